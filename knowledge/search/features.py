"""What is measured about each candidate: a short list of numbers that a person can read."""

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz
from rapidfuzz.process import cdist

from knowledge.language.circumstances import mask_of
from knowledge.search.asked import UNKNOWN, Asked
from knowledge.search.index import Floats, Index, Ints

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
    "often_if_short",  # asked often, and the message has few words to tell more
    "commune_if_short",  # done at the commune, and the same
)

COMMUNE, OFTEN = 0, 3  # columns of the index's standing
SPECIAL = mask_of({"foreign", "ministry", "mobile", "abroad_work"})  # circumstances nobody leaves unsaid
HEAVIEST = 9.0  # rarity of a word that one procedure of five thousand has
_NOWHERE = np.zeros(0, dtype=np.int32)

Table = npt.NDArray[np.float64]


def features_of(
    procedures: Ints, closest: Ints, best: Floats, together: Floats, *, asked: Asked, index: Index
) -> Table:
    """One line of FEATURES for each procedure with its closest wording.

    `best` and `together` are the scores of all procedures, by their closest wording and by all their wordings.
    """
    shared = best[procedures] * index.root_mass[closest]
    lines = [index.wordings[wording] for wording in closest]
    alike = cdist([asked.line], lines, scorer=fuzz.token_set_ratio, dtype=np.float64)[0] / 100
    columns = (
        best[procedures] / max(best.max(), 1e-6),
        together[procedures] / max(together.max(), 1e-6),
        np.minimum(1.0, shared / index.root_mass[closest] ** 2),
        np.minimum(1.0, shared / max(asked.term_mass, 1e-6)),
        alike,
        *index.standing[procedures].T,
        *np.array([_family_signs(index, int(at), asked) for at in procedures]).T,
        *_coverage(procedures, asked, index),
        *np.array([_circumstances(index, *both, asked) for both in zip(procedures, closest, strict=True)]).T,
        index.standing[procedures, OFTEN] * asked.brevity,
        index.standing[procedures, COMMUNE] * asked.brevity,
    )
    return np.column_stack(columns)


def _coverage(procedures: Ints, asked: Asked, index: Index) -> tuple[Floats, Floats]:
    """For each procedure: the share of the message's mass its wordings hold, and the heaviest word they lack."""
    order = np.argsort(procedures)
    wanted = procedures[order]
    held, lacked = np.zeros(len(wanted)), np.zeros(len(wanted))
    for slot, mass in asked.content:
        rows = index.by_procedure.rows_of(slot) if slot != UNKNOWN else _NOWHERE
        places = np.searchsorted(rows, wanted)
        holds = rows.take(places, mode="clip") == wanted if len(rows) else np.zeros(len(wanted), dtype=bool)
        held += mass * holds
        lacked = np.maximum(lacked, mass * ~holds)
    whole = sum(mass for _, mass in asked.content) or 1.0
    back = np.argsort(order)
    return (held / whole)[back], (lacked / HEAVIEST)[back]


def _family_signs(index: Index, procedure: int, asked: Asked) -> tuple[bool, bool, bool, bool]:
    """usual, unusual, sign, no_sign: the strongest over its families."""
    usual = unusual = sign = no_sign = False
    code = index.entries[procedure].code
    for family in index.families.get(code, ()):
        mine = next(option for option in family.options if option.code == code)
        is_other = not mine.usual and family.has_usual
        is_named = mine.is_named_in(asked.line)
        usual |= mine.usual
        unusual |= is_other
        sign |= is_named
        no_sign |= is_other and not is_named
    return usual, unusual, sign, no_sign


def _circumstances(index: Index, procedure: int, wording: int, asked: Asked) -> tuple[int, int, int, int]:
    there, about, mine = index.named[wording], index.about[procedure], asked.circumstances
    return (
        (there & mine).bit_count(),
        (there & ~mine).bit_count(),
        int(bool(about & ~mine & SPECIAL)),
        (mine & ~(there | about)).bit_count(),
    )
