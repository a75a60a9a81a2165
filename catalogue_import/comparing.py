"""How far a copy agrees with the record that is in force."""

from collections.abc import Callable
from typing import NamedTuple

from catalogue_import.formats.decision.text import same_key
from catalogue_import.recovered import Recovered
from knowledge.procedure import Procedure


class Difference(NamedTuple):
    """`copy` and `record` are what each says, shortened to what differs."""

    code: str
    field: str
    copy: str
    record: str


Pair = Callable[[Recovered, Procedure], tuple[frozenset[str] | str, frozenset[str] | str]]


def _texts(values: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(same_key, values))


COMPARED: tuple[tuple[str, Pair], ...] = (
    ("name", lambda copy, record: (same_key(copy.name), same_key(record.name))),
    ("field", lambda copy, record: (same_key(copy.field), same_key(record.field))),
    ("decision", lambda copy, record: (copy.decision, record.decision.number if record.decision else "")),
    ("levels", lambda copy, record: (frozenset(copy.levels), frozenset(record.levels))),
    ("subjects", lambda copy, record: (_texts(copy.subjects), _texts(record.subjects))),
    ("papers", lambda copy, record: (_papers(copy), str(_paper_count(record)))),
    (
        "legal_bases",
        lambda copy, record: (
            _texts(tuple(law.number for law in copy.legal_bases)),
            _texts(tuple(law.number for law in record.legal_bases)),
        ),
    ),
)


def differences(copy: Recovered, record: Procedure) -> list[Difference]:
    """Of the fields that the copy shows; their words after NFC, without white space and case."""
    pairs = ((field, *pair(copy, record)) for field, pair in COMPARED)
    return [
        Difference(copy.code, field, _said(ours, theirs), _said(theirs, ours))
        for field, ours, theirs in pairs
        if ours and ours != theirs
    ]


def _papers(copy: Recovered) -> str:
    return str(len(copy.papers)) if copy.papers else ""


def _paper_count(record: Procedure) -> int:
    return sum(len(group.papers) for group in record.paper_groups)


def _said(one: frozenset[str] | str, other: frozenset[str] | str) -> str:
    if isinstance(one, str) or isinstance(other, str):
        return str(one)
    return "; ".join(sorted(one - other))
