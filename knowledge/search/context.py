"""What a message means after another one: "thế mất bao nhiêu tiền" keeps the subject, "còn bố là người nước ngoài
thì sao" moves it to another case, and a new question leaves it behind.

Three readings are weighed against each other: the message alone, read on from the message before it, and said of
the subject's name. Weights are data, fitted by bench/fit_context.py.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from itertools import chain

import msgspec
import numpy as np

from knowledge.language.fillers import filler_positions
from knowledge.language.normalise import Text, normalise
from knowledge.procedure import Aspect
from knowledge.search.asked import UNKNOWN, Asked
from knowledge.search.features import Table
from knowledge.search.finder import Candidate, Findings, find
from knowledge.search.index import Index
from knowledge.search.rows import Floats
from knowledge.search.weights import load_weights

READINGS = (
    "alone",  # logarithm of its chance when the message stands alone
    "read_on",  # … when it is read on from the message before
    "of_subject",  # … when it is said of the subject's name
    "before",  # … in the message before
)
SIGNS = (
    *READINGS,
    "subject",  # it is what was spoken of
    "other_case",  # another case of the subject's family
    "named_case",  # … whose sign the message names
    "same_field",
    "subject_if_short",
    "subject_if_nothing_new",  # every word of the message only asks or stands in the subject's name
    "subject_if_leaning",  # the message begins with "thế", "còn", "nếu" …
    "subject_if_new_words",  # share of the message that no wording of the subject holds
    "subject_if_full",  # how much the message says
    "subject_if_sure_alone",
    "subject_if_briefly_practical",  # it asks in few words for a fee, a time, a place …
    "subject_if_briefly_papers",  # … for papers or conditions
    "alone_if_short",
    "alone_if_new_words",
    "alone_if_leaning",
    "alone_if_sure",
    "read_on_if_short",
    "other_case_if_leaning",
    "meaning",  # the middle of its wordings against the message, by meaning
    "meaning_read_on",  # … against both messages
)
PRACTICAL = frozenset({Aspect.FEE, Aspect.TIME, Aspect.PLACE, Aspect.ONLINE, Aspect.WHO, Aspect.RESULT, Aspect.FORM})
PAPERS = frozenset({Aspect.DOCUMENTS, Aspect.CONDITIONS})
LEANING = frozenset("the vay con neu nhung a thi roi va khong da ma gio xong".split())
POOL = 10  # candidates of each reading
FLOOR = 1e-4  # chance of what a reading does not know
FULL = 30.0  # mass of a message that says enough by itself


class Earlier(msgspec.Struct, frozen=True):
    """What was spoken of: the words that a person said of it, and the procedure it was taken for."""

    said: str
    subject: str


def find_after(
    text: Text, earlier: Earlier, alone: Findings, index: Index, *, without: Collection[str] = ()
) -> Findings:
    """Rank what a message means after an earlier one; `alone` are the findings of the message by itself."""
    readings = read(text, earlier, alone, index, without=without)
    table = signs_of(readings, earlier.subject, index)
    chances = load_weights().context_probabilities(table, SIGNS)
    order = sorted(range(len(readings.pool)), key=lambda at: -chances[at])
    ranked = tuple(Candidate(readings.pool[at], float(chances[at]), "", tuple(table[at].tolist())) for at in order)
    signs = confidence_signs(ranked, readings)
    return Findings(alone.asked, ranked, load_weights().context_confidence_of(signs))


class Readings(msgspec.Struct, frozen=True):
    """The readings of one message, and the codes that any of them may mean."""

    alone: Findings
    read_on: Findings
    of_subject: Findings
    before: Findings
    pool: tuple[str, ...]


def read(text: Text, earlier: Earlier, alone: Findings, index: Index, *, without: Collection[str] = ()) -> Readings:
    """All readings of a message after an earlier one about a subject that the index knows."""
    said = (earlier.said, f"{earlier.said}. {text.clean}", f"{index.name_of(earlier.subject)}. {text.clean}")
    before, read_on, of_subject = (find(normalise(one), index, without=without) for one in said)
    cases = (option.code for family in index.families.get(earlier.subject, ()) for option in family.options)
    found = chain.from_iterable(reading.codes[:POOL] for reading in (alone, read_on, of_subject, before))
    return Readings(alone, read_on, of_subject, before, tuple(dict.fromkeys((earlier.subject, *found, *cases))))


def signs_of(readings: Readings, subject: str, index: Index) -> Table:
    """One line of SIGNS for each code of the pool."""
    asked, pool = readings.alone.asked, readings.pool
    logs = np.array(
        [
            [math.log(max(FLOOR, chances.get(code, 0.0))) for code in pool]
            for chances in map(_chances, (readings.alone, readings.read_on, readings.of_subject, readings.before))
        ]
    )
    alone, read_on = logs[0], logs[1]
    is_subject = np.array([code == subject for code in pool], dtype=float)
    is_case, is_named = _cases(readings, subject, index)
    leans = float(bool(asked.words) and asked.words[0] in LEANING)
    new_words, short, sure = _new_words(asked, subject, index), asked.brevity, readings.alone.confidence
    places = [index.position[code] for code in pool]
    field = index.entries[index.position[subject]].field
    columns = (
        *logs,
        is_subject,
        is_case,
        is_named,
        np.array([index.entries[at].field == field for at in places], dtype=float),
        is_subject * short,
        is_subject * says_nothing_new(asked, subject, index),
        is_subject * leans,
        is_subject * new_words,
        is_subject * min(1.0, asked.word_mass / FULL),
        is_subject * sure,
        is_subject * short * (asked.aspect.aspect in PRACTICAL),
        is_subject * short * (asked.aspect.aspect in PAPERS),
        alone * short,
        alone * new_words,
        alone * leans,
        alone * sure,
        read_on * short,
        is_case * leans,
        *(
            index.meanings.procedures[places] @ index.meanings.of(a.terms, a.weights)
            for a in (asked, readings.read_on.asked)
        ),
    )
    return np.column_stack(columns)


def confidence_signs(ranked: Sequence[Candidate], readings: Readings) -> dict[str, float]:
    """What speaks for the first candidate being right, each between 0 and 1."""
    first = ranked[0]
    alone, read_on = _chances(readings.alone), _chances(readings.read_on)
    return {
        "probability": first.probability,
        "lead": first.probability - (ranked[1].probability if len(ranked) > 1 else 0.0),
        "alone": alone.get(first.code, 0.0),
        "read_on": read_on.get(first.code, 0.0),
        "sure_alone": readings.alone.confidence,
        "sure_alone_of_it": readings.alone.confidence * (readings.alone.codes[:1] == (first.code,)),
        "subject": float(first.code == readings.pool[0]),
        "brevity": readings.alone.asked.brevity,
    }


def says_nothing_new(asked: Asked, subject: str, index: Index, also: Collection[int] = ()) -> bool:
    """Whether every word only asks, is a filler, or stands in a name of the subject spoken of; those at `also` ask."""
    fillers, own = filler_positions(asked.words), index.own_words(subject)
    idle = asked.aspect.asking.union(fillers, also)
    return all(at in idle or word in own for at, word in enumerate(asked.words))


def _chances(findings: Findings) -> Mapping[str, float]:
    return {candidate.code: candidate.probability for candidate in findings.candidates}


def _cases(readings: Readings, subject: str, index: Index) -> tuple[Floats, Floats]:
    line, cases, named = readings.alone.asked.line, set[str](), set[str]()
    for family in index.families.get(subject, ()):
        for option in family.options:
            if option.code != subject:
                cases.add(option.code)
                named |= {option.code} if option.is_named_in(line) else set()
    return (
        np.array([code in cases for code in readings.pool], dtype=float),
        np.array([code in named for code in readings.pool], dtype=float),
    )


def _new_words(asked: Asked, subject: str, index: Index) -> float:
    """Share of the message, by rarity, that no wording of the subject holds."""
    place = index.position[subject]
    held = sum(mass for slot, mass in asked.content if slot != UNKNOWN and place in index.by_procedure.rows_of(slot))
    whole = sum(mass for _, mass in asked.content)
    return 1 - held / whole if whole else 0.0
