"""What is measured about each candidate: a short list of numbers that a person can read."""

from collections.abc import Collection, Iterable

import msgspec
import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz
from rapidfuzz.process import cdist

from knowledge.language.circumstances import mask_of
from knowledge.search.asked import Asked
from knowledge.search.index import Case, Index
from knowledge.search.rows import Floats, Ints, in_spans
from knowledge.wordings import Family

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

NOWHERE = -1  # the line of a term that stands in no procedure

Table = npt.NDArray[np.float64]


class Scores(msgspec.Struct, frozen=True):
    """What each procedure of a short list shares with a message: by its closest wording, by all its wordings (against
    the best of all procedures), and in meaning. `meant` is the unit vector of the message, `holds` whether each
    term of it, a line each, stands in each procedure; a last line is of terms that stand nowhere."""

    best: Floats
    best_of_all: float
    together: Floats
    near: Floats
    meant: Floats
    holds: npt.NDArray[np.bool_]


def features_of(procedures: Ints, closest: Ints, scores: Scores, *, asked: Asked, index: Index) -> Table:
    """One line of FEATURES for each procedure with its closest wording."""
    shared, brevity = scores.best * index.root_mass[closest], asked.brevity
    lines = [index.wordings[wording] for wording in closest.tolist()]
    alike = cdist([asked.line], lines, scorer=fuzz.token_set_ratio, dtype=np.float64)[0] / 100
    columns = (
        scores.best / scores.best_of_all,
        scores.together,
        np.minimum(1.0, shared / index.root_mass[closest] ** 2),
        np.minimum(1.0, shared / max(asked.term_mass, 1e-6)),
        alike,
        *index.standing[procedures].T,
        *_family_signs(index, procedures, asked).T,
        *_word_by_word(scores.holds, asked),
        *_circumstances(procedures, closest, asked, index),
        index.standing[procedures, OFTEN] * brevity,
        index.standing[procedures, COMMUNE] * brevity,
        scores.near,
        _closest_meanings(procedures, scores.meant, index),
    )
    return np.array(columns, dtype=np.float64).T


def _word_by_word(holds: npt.NDArray[np.bool_], asked: Asked) -> tuple[Floats, Floats, Floats]:
    """For each procedure: the share of the message's mass its wordings hold, the heaviest word they lack, and the
    share of the marked words, by mass, that they hold unmarked but never so marked."""
    lines = {term: at for at, term in enumerate(asked.terms)}
    words, masses = zip(*asked.content, strict=True)
    folded, marked, marked_masses = zip(*asked.marked, strict=True) if asked.marked else ((), (), ())
    held = holds[[lines.get(word, NOWHERE) for word in words]]
    of_folded, of_marked = (holds[[lines[term] for term in terms]] for terms in (folded, marked))
    mass = np.array(masses)
    return (
        mass @ held / (sum(masses) or 1.0),
        (mass[:, None] * ~held).max(axis=0) / HEAVIEST,
        np.array(marked_masses) @ (of_folded & ~of_marked) / (sum(marked_masses) or 1.0),
    )


def _closest_meanings(procedures: Ints, meant: Floats, index: Index) -> Floats:
    """For each procedure the cosine of the wording of it that lies nearest to the message."""
    firsts = index.first_wording[procedures]
    lengths = index.first_wording[procedures + 1] - firsts
    near = index.meanings.wordings.take(in_spans(firsts, lengths), axis=0) @ meant
    return np.asarray(np.maximum.reduceat(near, lengths.cumsum() - lengths))


def _family_signs(index: Index, procedures: Ints, asked: Asked) -> Table:
    """usual, unusual, sign, no_sign of each procedure: the strongest over its families."""
    named = {case for _, _, cases in index.signs.found_in(asked.words) for case in cases}
    codes = (index.entries[procedure].code for procedure in procedures.tolist())
    return np.array([_strongest(code, index.families.get(code, ()), named) for code in codes], dtype=np.float64)


def _strongest(code: str, families: Iterable[Family], named: Collection[Case]) -> tuple[bool, bool, bool, bool]:
    is_usual = is_unusual = has_sign = has_none = False
    for family in families:
        is_named, is_other = (family.name, code) in named, bool(family.usual) and code not in family.usual
        is_usual, is_unusual = is_usual or code in family.usual, is_unusual or is_other
        has_sign, has_none = has_sign or is_named, has_none or (is_other and not is_named)
    return is_usual, is_unusual, has_sign, has_none


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
