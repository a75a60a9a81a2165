"""What a lint is: one kind of mistake in a published record, and where it stands.

Lints look for what the publisher should mend. They stop no import, change nothing and say nothing to citizens.
Their words are Vietnamese: the report goes to the office that published the record.
"""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple

from knowledge.procedure import Procedure, Value

AROUND = 70  # letters shown on either side of the words that are wrong


class Certainty(StrEnum):
    """Whether the record contradicts itself or the law, or whether somebody has to look."""

    SURE = "Sai"
    CHECK = "Cần kiểm tra"


class Mistake(NamedTuple):
    """Where in the record, what stands there and, where this one differs from its kind, what would be right."""

    place: str
    stands: str
    right: str = ""


class Placed(NamedTuple):
    """A text of the record and its place, in the words of the portal's own page."""

    place: str
    text: str


class Record(NamedTuple):
    """A procedure and its texts, gathered once for all lints.

    `texts` is everything that tells people what to do: not the titles of laws, which keep the names of their time.
    `joined` are the same one after the other: what is not found there need not be looked for in each.
    """

    procedure: Procedure
    texts: tuple[Placed, ...]
    joined: str


class Whole(NamedTuple):
    """What single records are compared with: all names (folded to plain words) and the codes that were repealed."""

    codes_by_name: Mapping[str, tuple[str, ...]]
    ids_by_code: Mapping[str, tuple[str, ...]]
    repealed: Mapping[str, str]  # code -> the decision that repealed it, "" when it is not known


class Lint(NamedTuple):
    """One kind of mistake: `why` it is one, and what is `right` unless the mistake itself says so."""

    code: str
    title: str
    certainty: Certainty
    why: str
    right: str
    find: Callable[[Record, Whole], Iterable[Mistake]]


class LintFinding(Value, frozen=True):
    """One line of the report."""

    kind: str
    certainty: Certainty
    code: str
    name: str
    issuer: str
    link: str
    place: str
    stands: str
    why: str
    right: str


def name_key(name: str) -> str:
    """Names that differ in case, spaces or closing punctuation are one name."""
    return " ".join(name.lower().strip(" .;:").split())


def excerpt(text: str, begin: int, end: int) -> str:
    """The words at a place with a little around them, on one line."""
    before, after = text[max(0, begin - AROUND) : begin], text[end : end + AROUND]
    opening = "… " if begin > AROUND else ""
    closing = " …" if end + AROUND < len(text) else ""
    return f"{opening}{' '.join(f'{before}{text[begin:end]}{after}'.split())}{closing}"
