"""What a reader takes from a file with an announcement decision, as frozen values.

Nothing here knows the current edition: `catalogue_import` reads a file into a DecisionFile, and whoever publishes
it makes patches of its records.
"""

from datetime import date
from enum import StrEnum

from catalogue_import.issues import Severity
from knowledge.procedure import Channel, Level, Paper, Value


class Status(StrEnum):
    """What a decision does to a procedure."""

    NEW = "new"
    AMENDED = "amended"
    REPEALED = "repealed"
    REPLACED = "replaced"


class OnlineLevel(StrEnum):
    """How far a procedure can be done online, as the decision marks it."""

    FULL = "full"  # toàn trình
    PARTIAL = "partial"  # một phần
    NONE = "none"  # the columns exist, nothing is marked
    UNSPECIFIED = "unspecified"  # marked as online without saying which


class Place(Value, frozen=True):
    """Where something stands in a file. Tables, rows, pages and items count from 1; None where a file has none.

    `annex` and `stt` are as printed ("Phụ lục I", "1").
    """

    annex: str = ""
    stt: str | None = None
    sheet: str = ""
    page: int | None = None
    table: int | None = None
    row: int | None = None
    item: int | None = None
    column: str = ""  # heading of the column, or its letter in a workbook

    def __str__(self) -> str:
        parts = (
            self.annex if self.annex != self.sheet else "",
            f"trang tính “{self.sheet}”" if self.sheet else "",
            *(f"{word} {number}" for word, number in self._numbers() if number is not None),
            f"cột “{self.column}”" if self.column else "",
        )
        return ", ".join(filter(None, parts))

    def _numbers(self) -> tuple[tuple[str, int | None], ...]:
        return (("trang", self.page), ("bảng", self.table), ("mục", self.item), ("dòng", self.row))


class Announcement(Value, frozen=True):
    """The decision itself. `day` is the day of signing; `effective` that of the rows without an exception."""

    number: str = ""
    day: date | None = None
    issuer: str = ""
    title: str = ""
    effective: date | None = None


class Content(Value, frozen=True):
    """What a decision says of a procedure beyond the row of a list (layout e)."""

    steps: tuple[str, ...] = ()
    papers: tuple[Paper, ...] = ()
    subjects: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    conditions: str = ""


class DecisionRecord(Value, frozen=True):
    """One procedure with one status.

    None is "the decision does not say" (no such column, or an empty cell): for `levels` and `channels` too, where
    an empty tuple does not occur. `time_shortened` is None also where the cell says that nothing was shortened.
    `effective` is this record's own day: that of the decision, or of the exception for its rows.
    """

    status: Status
    code: str  # always clean: 1.001193
    name: str
    where: Place
    field: str | None = None
    levels: tuple[Level, ...] | None = None
    time_statutory: str | None = None
    time_shortened: str | None = None
    place: tuple[str, ...] = ()
    fee_text: str | None = None
    online_level: OnlineLevel | None = None
    channels: tuple[Channel, ...] | None = None
    legal_basis: tuple[str, ...] = ()
    successor: str | None = None
    effective: date | None = None
    announced_by: str | None = None  # of a repealed procedure: the decision that had announced it
    content: Content | None = None


class ReviewRecord(Value, frozen=True):
    """A row whose code breaks the pattern: a person decides; `suggested_code` only where the name matches."""

    code_printed: str
    reason: str
    name: str
    where: Place
    suggested_code: str | None = None
    status: Status | None = None


class CellIssue(Value, frozen=True):
    """One problem at its place, said in Vietnamese for those who work with the file."""

    code: str
    severity: Severity
    message: str
    where: Place


class DecisionFile(Value, frozen=True):
    """Everything of one file. `ignored` are codes that occur but give nothing: quoted, or of internal processes."""

    decision: Announcement
    records: tuple[DecisionRecord, ...] = ()
    needs_review: tuple[ReviewRecord, ...] = ()
    ignored: tuple[str, ...] = ()
    issues: tuple[CellIssue, ...] = ()

    @property
    def is_refused(self) -> bool:
        """Whether something is wrong enough that only an explicit choice may publish the rest."""
        return any(issue.severity is Severity.STOP for issue in self.issues)
