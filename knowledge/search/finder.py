"""From a message to ranked procedures: narrow by shared words, score the few that are left, rank.

Nothing here scans all wordings with a fuzzy scorer: 35,000 take 25-85 ms and hold the interpreter lock.
"""

from collections.abc import Collection, Sequence

import msgspec
import numpy as np

from knowledge.language.normalise import Text
from knowledge.search.asked import Asked, understand
from knowledge.search.features import FEATURES, Table, features_of
from knowledge.search.index import Floats, Index, Postings
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

    def explain(self) -> str:
        """Why the first ones stand where they do, for operators."""
        rows = [f"words: {self.asked.line}", f"aspect: {self.asked.aspect.aspect}"]
        for candidate in self.candidates[:5]:
            named = ", ".join(f"{name} {value:.2f}" for name, value in zip(FEATURES, candidate.features, strict=True))
            rows.append(f"{candidate.code} {candidate.probability:.2f} «{candidate.wording}» {named}")
        return "\n".join(rows)


def find(text: Text, index: Index, *, without: Collection[str] = ()) -> Findings:
    """Rank the procedures a message may mean, leaving some codes out of account.

    No candidates when the message shares no word with any procedure.
    """
    asked = understand(text, index)
    if not asked.terms:
        return Findings(asked)
    rows, table = shortlist(asked, index, without=without)
    if not rows:
        return Findings(asked)
    probabilities = load_weights().probabilities(table)
    candidates = [
        Candidate(
            code=index.entries[procedure].code,
            probability=float(probability),
            wording=index.wordings[wording],
            features=tuple(line.tolist()),
        )
        for (procedure, wording), line, probability in zip(rows, table, probabilities, strict=True)
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
    }


def shortlist(asked: Asked, index: Index, *, without: Collection[str] = ()) -> tuple[list[tuple[int, int]], Table]:
    """The procedures that share most with a message, each with its closest wording, and their features."""
    wording_scores = _scores(index.by_wording, asked, index, len(index.wordings)) / np.sqrt(index.mass)
    best = np.maximum.reduceat(wording_scores, index.first_wording[:-1])
    together = _scores(index.by_procedure, asked, index, len(index.entries))
    left_out = [index.position[code] for code in without if code in index.position]
    best[left_out] = together[left_out] = 0.0
    most, most_together = max(best.max(), 1e-6), max(together.max(), 1e-6)
    rows = []
    for procedure in _largest(best / most + together / most_together, SHORT_LIST):
        own = slice(*index.first_wording[procedure : procedure + 2])
        rows.append((procedure, int(index.first_wording[procedure] + np.argmax(wording_scores[own]))))
    return rows, features_of(rows, best, together, asked=asked, index=index)


def _scores(postings: Postings, asked: Asked, index: Index, rows: int) -> Floats:
    """What each row shares with the message, weighed by rarity; all terms in one pass."""
    terms = np.array(asked.terms)
    starts, ends = postings.starts[terms], postings.starts[terms + 1]
    here = np.concatenate([np.arange(start, end) for start, end in zip(starts, ends, strict=True)])
    each = np.repeat(index.rarity[terms] * np.array(asked.weights), ends - starts)
    return np.asarray(
        np.bincount(postings.rows[here], weights=postings.weights[here] * each, minlength=rows), dtype=np.float64
    )


def _largest(scores: Floats, count: int) -> Sequence[int]:
    count = min(count, len(scores))
    top = np.argpartition(-scores, count - 1)[:count]
    return [int(at) for at in top[np.argsort(-scores[top], kind="stable")] if scores[at] > 0]
