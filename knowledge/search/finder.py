"""From a message to ranked procedures: narrow by shared words, score the few that are left, rank.

Nothing here scans all wordings with a fuzzy scorer: 35,000 take 25-85 ms and hold the interpreter lock.
"""

from collections.abc import Collection, Sequence

import msgspec
import numpy as np

from knowledge.language.normalise import Text
from knowledge.search.asked import Asked, understand
from knowledge.search.features import FEATURES, Table, features_of
from knowledge.search.index import Floats, Index, Ints, Postings
from knowledge.search.weights import load_weights

SHORT_LIST = 30  # procedures scored closely; beyond the 30th the right one was never found on the public questions


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
    candidates = [
        Candidate(
            code=index.entries[procedure].code,
            probability=probability,
            wording=index.wordings[wording],
            features=tuple(line),
        )
        for procedure, wording, line, probability in zip(
            procedures, closest, table.tolist(), probabilities.tolist(), strict=True
        )
    ]
    ranked = tuple(sorted(candidates, key=lambda candidate: -candidate.probability))
    return Findings(asked, ranked, load_weights().confidence_of(confidence_signs(asked, ranked)))


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
    """The procedures that share most with a message, the closest wording of each, and their features."""
    wording_scores = _scores(index.by_wording, asked, index, len(index.wordings)) / index.root_mass
    best = np.maximum.reduceat(wording_scores, index.first_wording[:-1])
    together = _scores(index.by_procedure, asked, index, len(index.entries))
    left_out = [*index.hidden, *(index.position[code] for code in without if code in index.position)]
    best[left_out] = together[left_out] = 0.0
    first_guess = best / max(best.max(), 1e-6) + together / max(together.max(), 1e-6)
    procedures = _largest(first_guess, SHORT_LIST)
    starts, ends = index.first_wording[procedures], index.first_wording[procedures + 1]
    closest = np.array(
        [start + int(wording_scores[start:end].argmax()) for start, end in zip(starts, ends, strict=True)],
        dtype=np.int32,
    )
    return procedures, closest, features_of(procedures, closest, best, together, asked=asked, index=index)


def _scores(postings: Postings, asked: Asked, index: Index, rows: int) -> Floats:
    """What each row shares with the message, weighed by rarity; all terms in one pass."""
    pieces = [slice(postings.starts[term], postings.starts[term + 1]) for term in asked.terms]
    weighed = [
        postings.weights[piece] * (weight * index.rarity[term])
        for piece, weight, term in zip(pieces, asked.weights, asked.terms, strict=True)
    ]
    met = np.concatenate([postings.rows[piece] for piece in pieces])
    return np.asarray(np.bincount(met, weights=np.concatenate(weighed), minlength=rows), dtype=np.float64)


def _largest(scores: Floats, count: int) -> Ints:
    """Places of the largest scores above nothing, the largest first."""
    count = min(count, len(scores))
    top = np.argpartition(-scores, count - 1)[:count]
    top = top[np.argsort(-scores[top], kind="stable")]
    return top[scores[top] > 0].astype(np.int32)
