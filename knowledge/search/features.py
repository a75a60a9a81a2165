"""What is measured about each candidate: a short list of numbers that a person can read."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz

from knowledge.procedure import Level
from knowledge.search.asked import Asked
from knowledge.search.index import Floats, Index

FEATURES = (
    "closest",  # its closest wording against that of the best candidate
    "together",  # all its wordings against those of the best candidate
    "wording_covered",  # share of its closest wording that the message holds
    "message_covered",  # share of the message that its closest wording holds
    "alike",  # the closest wording against the message, letter by letter
    "commune",  # done at the commune, where people ask
    "other_level",  # done by ministries only
    "city",  # the city's own procedure, which wins over a national twin
    "asked_often",
    "worded",  # has wordings of its own
    "usual",  # the one of its family that is meant when nothing special is said
    "unusual",  # another one of a family with a usual one
    "sign",  # the message names the sign of this option of its family
    "no_sign",  # the message names no sign of this unusual option
    "named_here",  # circumstances named both in the message and in its wording
    "named_only_there",  # circumstances of its wording that the message does not name
    "named_only_asked",  # circumstances of the message that neither its wording nor its name mention
)

Table = npt.NDArray[np.float64]


def features_of(
    rows: Sequence[tuple[int, int]], best: Floats, together: Floats, *, asked: Asked, index: Index
) -> Table:
    """One line of FEATURES for each (procedure, its closest wording)."""
    most, most_together = max(best.max(), 1e-6), max(together.max(), 1e-6)
    table = np.zeros((len(rows), len(FEATURES)))
    for line, (procedure, wording) in enumerate(rows):
        shared = float(best[procedure]) * float(np.sqrt(index.mass[wording]))
        table[line] = (
            best[procedure] / most,
            together[procedure] / most_together,
            min(1.0, shared / float(index.mass[wording])),
            min(1.0, shared / max(asked.term_mass, 1e-6)),
            fuzz.token_set_ratio(asked.line, index.wordings[wording]) / 100,
            *_standing(index, procedure),
            *_family_signs(index, procedure, asked),
            *_circumstances(index, procedure, wording, asked),
        )
    return table


def _standing(index: Index, procedure: int) -> tuple[float, ...]:
    entry = index.entries[procedure]
    return (
        float(Level.COMMUNE in entry.levels),
        float(entry.levels == (Level.MINISTRY,)),
        float(entry.is_city),
        float(entry.is_asked_often),
        float(entry.code in index.plain_names),
    )


def _family_signs(index: Index, procedure: int, asked: Asked) -> tuple[float, float, float, float]:
    """usual, unusual, sign, no_sign: the strongest over its families."""
    usual = unusual = sign = no_sign = 0.0
    code = index.entries[procedure].code
    for family in index.families.get(code, ()):
        has_usual = any(option.usual for option in family.options)
        mine = next(option for option in family.options if option.code == code)
        named = mine.is_named_in(asked.line)
        usual = max(usual, float(mine.usual))
        unusual = max(unusual, float(has_usual and not mine.usual))
        sign = max(sign, float(named))
        no_sign = max(no_sign, float(has_usual and not mine.usual and not named))
    return usual, unusual, sign, no_sign


def _circumstances(index: Index, procedure: int, wording: int, asked: Asked) -> tuple[float, float, float]:
    there = index.named[wording]
    anywhere = there | index.about[procedure]
    return (
        float(len(there & asked.circumstances)),
        float(len(there - asked.circumstances)),
        float(len(asked.circumstances - anywhere)),
    )
