"""From the records of a register to entries, each problem at its cell. Nothing personal stands in a problem."""

import re
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from itertools import chain, groupby

import msgspec
from openpyxl.utils import get_column_letter

from bot.dossiers.dates import UnreadableDateError, read_moment
from bot.dossiers.registers.headings import Column
from bot.dossiers.registers.layout import SEARCHED_ROWS, Header, Layout
from bot.dossiers.registers.record import Record, RegisterFileError
from bot.dossiers.words import channel_of, squeezed, status_of
from knowledge.dossiers.dossier import Entry

ReadCode = Callable[[str], str | None]  # the canonical code of a cell, None if it holds none

MOMENTS = (Column.RECEIVED, Column.DUE, Column.FINISHED, Column.RETURNED, Column.REQUESTED, Column.UPDATED)
NO_CODE = {"", "chua cap ma", "chua co", "chua co ma", "khong co", "khong", "null", "none", "n/a", "…", "..."}
_PHONE = re.compile(r"(?:\+?84|0)?\d(?:[\s.-]?\d){7,11}\s*$")


class Reason(StrEnum):
    """Why a row was rejected."""

    NO_CODE = "no_code"
    BAD_CODE = "bad_code"


class Rejected(msgspec.Struct, frozen=True, omit_defaults=True):
    """`sheet` is named where a workbook has several registers."""

    row: int
    reason: Reason
    sheet: str = ""

    def __str__(self) -> str:
        return f"{_place(self.sheet, self.row)}: rejected, {self.reason}"


class Problem(msgspec.Struct, frozen=True):
    """Something at a cell (or a row, `column` "") that was left out; never the value itself, which may be personal."""

    row: int
    column: str
    said: str
    sheet: str = ""

    def __str__(self) -> str:
        return f"{_place(self.sheet, self.row)}{f', column {self.column}' if self.column else ''}: {self.said}"


def _place(sheet: str, row: int) -> str:
    return f"{f'sheet {sheet}, ' if sheet else ''}row {row}"


class Person(msgspec.Struct, frozen=True):
    """Whom a dossier belongs to. Never stored: only hashes of the last four digits are."""

    owner: str = ""
    phone: str = ""
    identity: str = ""


class Row(msgspec.Struct, frozen=True):
    """One dossier as a row of a register shows it."""

    number: int
    entry: Entry
    person: Person
    problems: tuple[Problem, ...] = ()


class Skipped(msgspec.Struct, frozen=True):
    """A title, a header, a total, a blank."""


Read = Row | Rejected | Skipped


def read_register(records: Iterable[Record], read_code: ReadCode) -> Iterator[tuple[Record, Read]]:
    """Every record with what it is. Raises RegisterFileError if no header names a code and two more columns."""
    sheets = groupby(records, key=lambda record: record.sheet)
    first = next(sheets, ("", iter(())))
    for _, rows in chain([first], sheets):
        yield from _read_sheet(rows, read_code)


def _read_sheet(records: Iterable[Record], read_code: ReadCode) -> Iterator[tuple[Record, Read]]:
    header, record = Header(), Record(0, ())
    for record in records:
        is_taken = header.takes(record)
        yield record, Skipped() if is_taken or not header.layout else _read_row(record, header.layout, read_code)
        if header.layout is None and record.number >= SEARCHED_ROWS:
            break
    header.settle()
    if header.layout is None:
        raise RegisterFileError(
            f"no header in the first {record.number} rows names a dossier code (Mã hồ sơ) and two more columns. "
            "Export the register with its header"
        )


def _read_row(record: Record, layout: Layout, read_code: ReadCode) -> Read:
    codes, is_blank = _codes(record, layout, read_code)
    if not codes:
        return Rejected(record.number, Reason.NO_CODE if is_blank else Reason.BAD_CODE, record.sheet)
    problems: list[Problem] = [
        _problem(record, at, layout, "a formula without a value, left out") for at in record.formulas
    ]
    if any(record.cells[len(layout.headings) :]):
        said = "more cells than the header has columns: they may be shifted"
        problems.append(Problem(record.number, "", said, record.sheet))
    moments = {column: _moment(record, layout, column, problems) for column in MOMENTS}
    entry = _entry(record, layout, codes, moments)
    return Row(record.number, entry, _person(record, layout), tuple(problems))


def _codes(record: Record, layout: Layout, read_code: ReadCode) -> tuple[tuple[str, ...], bool]:
    """The codes of a row, its own first, and whether the cells for them say that there is none."""
    typed = [*layout.cells(record, Column.CODE), *layout.cells(record, Column.NATIONAL_CODE)]
    read = (read_code(cell) for cell in typed)
    is_blank = all(squeezed(cell) in NO_CODE for cell in typed)
    return tuple(dict.fromkeys(code for code in read if code)), is_blank


def _moment(record: Record, layout: Layout, column: Column, problems: list[Problem]) -> str | None:
    for at in layout.places.get(column, ()):
        try:
            moment = read_moment(record.cells[at]) if at < len(record.cells) else None
        except UnreadableDateError:
            problems.append(_problem(record, at, layout, "no date that can exist, left out"))
            continue
        if moment:
            return moment
    return None


def _problem(record: Record, at: int, layout: Layout, said: str) -> Problem:
    heading = layout.headings[at] if at < len(layout.headings) else ""
    named = f" ({' '.join(heading.split())})" if heading else ""
    return Problem(record.number, f"{get_column_letter(at + 1)}{named}", said, record.sheet)


def _entry(record: Record, layout: Layout, codes: tuple[str, ...], moments: dict[Column, str | None]) -> Entry:
    status, status_raw = _status(layout.cells(record, Column.STATUS))
    channels = (channel_of(cell) for cell in layout.cells(record, Column.CHANNEL))
    entry = Entry(
        system=layout.first(record, Column.SYSTEM),
        code=codes[0],
        other_codes=codes[1:],
        procedure_code=_none_as_blank(layout.first(record, Column.PROCEDURE_CODE)),
        procedure=_none_as_blank(layout.first(record, Column.PROCEDURE)),
        agency=_none_as_blank(layout.first(record, Column.AGENCY)),
        channel=next((channel for channel in channels if channel), None),
        status=status,
        status_raw=status_raw,
        supplements=_count(record, layout),
    )
    return msgspec.structs.replace(entry, **{column.value: moment for column, moment in moments.items()})


def _status(cells: list[str]) -> tuple[int | None, str]:
    """The status, or the office's own word for one that the national list lacks."""
    cells = [cell for cell in cells if _none_as_blank(cell)]
    known = next((status for cell in cells if (status := status_of(cell))), None)
    words = [cell for cell in cells if not cell.isdigit()] or cells
    return known, "" if known or not words else " ".join(words[0].split())


def _none_as_blank(cell: str) -> str:
    return "" if squeezed(cell) in NO_CODE or cell == "-" else " ".join(cell.split())


def _count(record: Record, layout: Layout) -> int | None:
    """The number of supplements: 0 in a blank cell, None where there is no such column."""
    if not layout.has(Column.SUPPLEMENTS):
        return None
    found = re.search(r"(?<!\d)\d{1,2}(?!\d)", layout.first(record, Column.SUPPLEMENTS))
    return int(found[0]) if found else 0


def _person(record: Record, layout: Layout) -> Person:
    phones = (_phone(cell) for cell in layout.cells(record, Column.PHONE))
    return Person(
        owner=_none_as_blank(layout.first(record, Column.OWNER)),
        phone=next((phone for phone in phones if phone), ""),
        identity=layout.first(record, Column.IDENTITY),
    )


def _phone(cell: str) -> str:
    """The number that a cell ends with: it may stand behind an address."""
    found = _PHONE.search(cell)
    return found[0].strip() if found else ""
