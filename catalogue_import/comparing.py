"""How far a copy agrees with the record that is in force."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from catalogue_import.formats.decision.text import same_key
from catalogue_import.reading import LEVEL_NAMES
from catalogue_import.recovered import Recovered
from knowledge.procedure import LegalBasis, Level, Procedure
from knowledge.value_words import law_key


class Difference(NamedTuple):
    """`copy` and `record` are what each says, shortened to what differs."""

    code: str
    field: str
    copy: str
    record: str


Said = Mapping[str, str]  # what is said, as printed, by what it is compared by
Pair = Callable[[Recovered, Procedure], tuple[Said, Said]]


def _texts(values: Iterable[str]) -> Said:
    return {same_key(value): value for value in values if value}


def _laws(laws: Iterable[LegalBasis]) -> Said:
    """By their numbers: "Nghị định số 104/2022/NĐ-CP" is 104/2022/NĐ-CP."""
    return {law_key(law.number): law.number for law in laws}


COMPARED: tuple[tuple[str, Pair], ...] = (
    ("name", lambda copy, record: (_texts([copy.name]), _texts([record.name]))),
    ("field", lambda copy, record: (_texts([copy.field]), _texts([record.field]))),
    ("decision", lambda copy, record: (_texts([copy.decision]), _texts([_decision(record)]))),
    ("levels", lambda copy, record: (_levels(copy.levels), _levels(record.levels))),
    ("subjects", lambda copy, record: (_texts(copy.subjects), _texts(record.subjects))),
    ("papers", lambda copy, record: (_count(len(copy.papers)), _count(_paper_count(record)))),
    ("legal_bases", lambda copy, record: (_laws(copy.legal_bases), _laws(record.legal_bases))),
)


def differences(copy: Recovered, record: Procedure) -> list[Difference]:
    """Of the fields that the copy shows; their words after NFC, without white space and case."""
    pairs = ((field, *pair(copy, record)) for field, pair in COMPARED)
    return [
        Difference(copy.code, field, _only(ours, theirs), _only(theirs, ours))
        for field, ours, theirs in pairs
        if ours and ours.keys() != theirs.keys()
    ]


def _levels(levels: Iterable[Level]) -> Said:
    return {level: LEVEL_NAMES[level] for level in levels}


def _decision(record: Procedure) -> str:
    return record.decision.number if record.decision else ""


def _count(number: int) -> Said:
    return {str(number): str(number)} if number else {}


def _paper_count(record: Procedure) -> int:
    return sum(len(group.papers) for group in record.paper_groups)


def _only(one: Said, other: Said) -> str:
    return "; ".join(text for key, text in sorted(one.items()) if key not in other)
