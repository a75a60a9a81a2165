"""What is measured about each candidate: a short list of numbers that a person can read."""

import msgspec
import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz
from rapidfuzz.process import cdist

from knowledge.language.circumstances import mask_of
from knowledge.search.asked import UNKNOWN, Asked
from knowledge.search.index import Index
from knowledge.search.rows import Floats, Ints, in_spans

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
    "other_marks",  # share of the message's marked words that it has with other marks only ("thuê" for "thuế")
    "named_here",  # circumstances named both in the message and in its wording
    "named_only_there",  # circumstances of its wording that the message does not name
    "special",  # it is for a special case (foreign, army …) that the message does not name
    "not_special",  # the message names a special case that it is not for
    "named_only_asked",  # circumstances of the message that neither its wording nor its name mention
    "often_if_short",  # asked often, and the message has few words to tell more
    "commune_if_short",  # done at the commune, and the same
    "meaning",  # the middle of its wordings against the message, by meaning
    "closest_meaning",  # the wording nearest in meaning
)

COMMUNE, OFTEN = 0, 3  # columns of the index's standing
SPECIAL = mask_of({"foreign", "abroad", "ministry", "mobile", "abroad_work"})  # circumstances nobody leaves unsaid
HEAVIEST = 9.0  # rarity of a word that one procedure of five thousand has
_NOWHERE = np.zeros(0, dtype=np.int32)

Table = npt.NDArray[np.float64]


class Scores(msgspec.Struct, frozen=True):
    """What each procedure of a short list shares with a message: by its closest wording, by all its wordings (against
    the best of all procedures), and in meaning. `meant` is the unit vector of the message."""

    best: Floats
    best_of_all: float
    together: Floats
    near: Floats
    meant: Floats


def features_of(procedures: Ints, closest: Ints, scores: Scores, *, asked: Asked, index: Index) -> Table:
    """One line of FEATURES for each procedure with its closest wording."""
    shared = scores.best * index.root_mass[closest]
    lines = [index.wordings[wording] for wording in closest]
    alike = cdist([asked.line], lines, scorer=fuzz.token_set_ratio, dtype=np.float64)[0] / 100
    columns = (
        scores.best / scores.best_of_all,
        scores.together,
        np.minimum(1.0, shared / index.root_mass[closest] ** 2),
        np.minimum(1.0, shared / max(asked.term_mass, 1e-6)),
        alike,
        *index.standing[procedures].T,
        *_family_signs(index, procedures, asked).T,
        *_coverage(procedures, asked, index),
        _other_marks(procedures, asked, index),
        *_circumstances(procedures, closest, asked, index),
        index.standing[procedures, OFTEN] * asked.brevity,
        index.standing[procedures, COMMUNE] * asked.brevity,
        scores.near,
        _closest_meanings(procedures, scores.meant, index),
    )
    return np.column_stack(columns)


def _other_marks(procedures: Ints, asked: Asked, index: Index) -> Floats:
    """For each procedure: share of the marked words, by mass, that it holds unmarked but never so marked."""
    whole = sum(mass for _, _, mass in asked.marked)
    others = np.zeros(len(procedures))
    for folded, marked, mass in asked.marked:
        others += mass * (_holds(index, folded, procedures) & ~_holds(index, marked, procedures))
    return others / (whole or 1.0)


def _holds(index: Index, term: int, procedures: Ints) -> npt.NDArray[np.bool_]:
    rows = index.by_procedure.rows_of(term)
    return np.asarray(rows.take(np.searchsorted(rows, procedures), mode="clip") == procedures)


def _closest_meanings(procedures: Ints, meant: Floats, index: Index) -> Floats:
    """For each procedure the cosine of the wording of it that lies nearest to the message."""
    firsts = index.first_wording[procedures]
    lengths = index.first_wording[procedures + 1] - firsts
    near = index.meanings.wordings[in_spans(firsts, lengths)].astype(np.float32) @ meant
    return np.asarray(np.maximum.reduceat(near, np.cumsum(lengths) - lengths))


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


def _family_signs(index: Index, procedures: Ints, asked: Asked) -> Table:
    """usual, unusual, sign, no_sign of each procedure: the strongest over its families."""
    table = np.zeros((len(procedures), 4))
    named: dict[int, frozenset[str]] = {}  # by family: the codes whose sign the message names
    for line, procedure in zip(table, procedures, strict=True):
        code = index.entries[procedure].code
        for family in index.families.get(code, ()):
            if id(family) not in named:
                named[id(family)] = frozenset(one.code for one in family.options if one.is_named_in(asked.line))
            is_usual = any(one.usual and one.code == code for one in family.options)
            is_other = not is_usual and family.has_usual
            is_named = code in named[id(family)]
            np.maximum(line, (is_usual, is_other, is_named, is_other and not is_named), out=line)
    return table


def _circumstances(procedures: Ints, closest: Ints, asked: Asked, index: Index) -> tuple[Ints, ...]:
    there, about, mine = index.named[closest], index.about[procedures], asked.circumstances
    left_out = mine & ~(there | about)
    return (
        np.bitwise_count(there & mine),
        np.bitwise_count(there & ~mine),
        np.asarray(about & ~mine & SPECIAL, dtype=bool),
        np.asarray(left_out & SPECIAL, dtype=bool),
        np.bitwise_count(left_out),
    )
