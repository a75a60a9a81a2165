"""What is measured about each candidate: a short list of numbers that a person can read."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz

from knowledge.procedure import Level
from knowledge.search.asked import UNKNOWN, Asked
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
    "covered",  # share of the message's words, by rarity, that any of its wordings holds
    "missing",  # the rarest word of the message that none of its wordings holds
    "named_here",  # circumstances named both in the message and in its wording
    "named_only_there",  # circumstances of its wording that the message does not name
    "special",  # it is for a special case (foreign, army …) that the message does not name
    "named_only_asked",  # circumstances of the message that neither its wording nor its name mention
)

SPECIAL = frozenset({"foreign", "ministry", "mobile", "abroad_work"})  # circumstances nobody leaves unsaid
HEAVIEST = 9.0  # rarity of a word that one procedure of five thousand has
_NOWHERE = np.zeros(0, dtype=np.int32)

Table = npt.NDArray[np.float64]


def features_of(
    rows: Sequence[tuple[int, int]], best: Floats, together: Floats, *, asked: Asked, index: Index
) -> Table:
    """One line of FEATURES for each (procedure, its closest wording)."""
    most, most_together = max(best.max(), 1e-6), max(together.max(), 1e-6)
    table = np.zeros((len(rows), len(FEATURES)))
    covered, missing = _coverage([procedure for procedure, _ in rows], asked, index)
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
            covered[line],
            missing[line],
            *_circumstances(index, procedure, wording, asked),
        )
    return table


def _coverage(procedures: Sequence[int], asked: Asked, index: Index) -> tuple[Floats, Floats]:
    """For each procedure: the share of the message's mass its wordings hold, and the heaviest word they lack."""
    order = np.argsort(procedures)
    wanted = np.array(procedures)[order]
    held, lacked = np.zeros(len(wanted)), np.zeros(len(wanted))
    for slot, mass in asked.content:
        rows = index.by_procedure.rows_of(slot) if slot != UNKNOWN else _NOWHERE
        at = np.minimum(np.searchsorted(rows, wanted), max(0, len(rows) - 1))
        holds = rows[at] == wanted if len(rows) else np.zeros(len(wanted), dtype=bool)
        held += mass * holds
        lacked = np.maximum(lacked, mass * ~holds)
    whole = sum(mass for _, mass in asked.content) or 1.0
    back = np.argsort(order)
    return (held / whole)[back], (lacked / HEAVIEST)[back]


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


def _circumstances(index: Index, procedure: int, wording: int, asked: Asked) -> tuple[float, float, float, float]:
    there = index.named[wording]
    anywhere = there | index.about[procedure]
    return (
        float(len(there & asked.circumstances)),
        float(len(there - asked.circumstances)),
        float(not SPECIAL.isdisjoint(index.about[procedure] - asked.circumstances)),
        float(len(asked.circumstances - anywhere)),
    )
