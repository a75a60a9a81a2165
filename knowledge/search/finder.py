"""From a message to ranked procedures: narrow by shared words, score the few that are left, rank.

Nothing here scans all wordings with a fuzzy scorer: 35,000 take 25-85 ms and hold the interpreter lock.
"""

from collections.abc import Collection, Sequence

import msgspec
import numpy as np

from knowledge.language.normalise import Text
from knowledge.search.asked import Asked, understand
from knowledge.search.features import FEATURES, Scores, Table, features_of
from knowledge.search.index import Index
from knowledge.search.postings import Hits
from knowledge.search.rows import Floats, Ints, in_spans
from knowledge.search.weights import load_weights

NARROWED, LOOKED_AT, SHORT_LIST = 200, 40, 16  # procedures after each step of narrowing
KEPT = 12  # candidates handed on: more are never offered


class Candidate(msgspec.Struct, frozen=True):
    """A procedure that may be meant; `probability` is among the candidates and adds up to one."""

    code: str
    probability: float
    wording: str  # the folded wording that came closest
    features: tuple[float, ...]  # in the order of FEATURES


class Findings(msgspec.Struct, frozen=True):
    """Candidates, best first, the message as it was understood, and how likely the first one is right."""

    asked: Asked
    candidates: tuple[Candidate, ...] = ()
    confidence: float = 0.0

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(candidate.code for candidate in self.candidates)


def find(text: Text, index: Index, *, without: Collection[str] = ()) -> Findings:
    """Rank the procedures a message may mean, leaving some codes out of account.

    No candidates when the message shares no word with any procedure.
    """
    asked = understand(text, index)
    if not asked.terms:
        return Findings(asked)
    procedures, closest, table = shortlist(asked, index, without=without)
    if not len(procedures):
        return Findings(asked)
    probabilities = load_weights().probabilities(table)
    order = np.argsort(-probabilities, kind="stable")[:KEPT]
    lines = zip(*(each[order].tolist() for each in (procedures, probabilities, closest, table)), strict=True)
    ranked = tuple(
        Candidate(index.entries[procedure].code, probability, index.wordings[wording], tuple(features))
        for procedure, probability, wording, features in lines
    )
    return Findings(asked, ranked, load_weights().confidence_of(confidence_signs(asked, ranked)))


def as_one(found: Findings, code: str) -> float:
    """The confidence if the first candidate and the one of a code are the same thing under two names."""
    first, *others = found.candidates
    twin = next((other for other in others if other.code == code), None)
    if twin is None:
        return found.confidence
    whole = msgspec.structs.replace(first, probability=first.probability + twin.probability)
    ranked = (whole, *(other for other in others if other is not twin))
    return load_weights().confidence_of(confidence_signs(found.asked, ranked))


def confidence_signs(asked: Asked, ranked: Sequence[Candidate]) -> dict[str, float]:
    """What speaks for the first candidate being right, each between 0 and 1."""
    first = dict(zip(FEATURES, ranked[0].features, strict=True))
    second = ranked[1].probability if len(ranked) > 1 else 0.0
    return {
        "probability": ranked[0].probability,
        "lead": ranked[0].probability - second,
        "wording_covered": first["wording_covered"],
        "message_covered": first["message_covered"],
        "alike": first["alike"],
        "covered": first["covered"],
        "missing": first["missing"],
        "length": min(1.0, len(asked.words) / 50),
        "brevity": asked.brevity,
    }


def shortlist(asked: Asked, index: Index, *, without: Collection[str] = ()) -> tuple[Ints, Ints, Table]:
    """The procedures that share most with a message, the closest wording of each, and their features.

    Narrowed step by step: all procedures by the words that all their wordings share with the message, the first of
    those by meaning too, the first of these by their closest wording. On every labelled question the right one was
    among the first 100, 40 and 10.
    """
    met = index.by_procedure.met(asked.terms)
    together = met.sums(asked.weights, len(index.entries))
    if index.hidden or without:
        together[[*index.hidden, *(index.position[code] for code in without if code in index.position)]] = 0.0
    together /= max(together.max(), 1e-6)
    looked_at = _largest(together, NARROWED)
    if not len(looked_at):
        return looked_at, looked_at, np.zeros((0, len(FEATURES)))
    meant = index.meanings.of(asked.terms, asked.weights)
    near = np.maximum(index.meanings.procedures.take(looked_at, axis=0) @ meant, 0.0)
    order = _largest(together[looked_at] + near, LOOKED_AT)
    looked_at, near = looked_at[order], near[order]
    hits = met.among(looked_at, len(index.entries))
    best, closest = _closest_wordings(looked_at, hits, asked, index)
    order = _largest(best / best.max() + together[looked_at] + near, SHORT_LIST)
    procedures, closest = looked_at[order], closest[order]
    scores = Scores(
        best=best[order],
        best_of_all=best.max(),
        together=together[procedures],
        near=near[order],
        meant=meant,
        holds=hits.table(len(asked.terms), len(looked_at))[:, order],
    )
    return procedures, closest, features_of(procedures, closest, scores, asked=asked, index=index)


def _closest_wordings(procedures: Ints, hits: Hits, asked: Asked, index: Index) -> tuple[Floats, Ints]:
    """For each procedure what its closest wording shares with a message, and which wording that is."""
    firsts = index.first_wording[procedures]
    lengths = index.first_wording[procedures + 1] - firsts
    rows, places = in_spans(firsts, lengths), lengths.cumsum() - lengths
    masses = index.rarity[list(asked.terms)] * np.array(asked.weights, dtype=np.float32)
    met = hits.texts + (places - firsts).take(hits.columns).repeat(hits.lengths)
    sums = np.bincount(met, weights=masses.take(hits.terms).repeat(hits.lengths), minlength=len(rows))
    shared = sums.astype(np.float32) / index.root_mass.take(rows)
    best = np.maximum.reduceat(shared, places)
    is_best = (shared == best.repeat(lengths)).nonzero()[0]
    return np.maximum(best, 1e-6), rows[is_best[is_best.searchsorted(places)]]


def _largest(scores: Floats, count: int) -> Ints:
    """Places of the largest scores above nothing, the largest first."""
    count = min(count, len(scores))
    falling = -scores
    top = falling.argpartition(count - 1)[:count]
    top = top[falling.take(top).argsort(kind="stable")]
    return top[scores.take(top) > 0].astype(np.int32)
