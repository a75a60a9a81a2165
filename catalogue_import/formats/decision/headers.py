"""Finding the heading of a table, of one row or several, and what its columns mean."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from catalogue_import.formats.decision.blocks import Row
from catalogue_import.formats.decision.codes import quoted_codes, read_codes
from catalogue_import.formats.decision.columns import MARKING, Column, city_time, column_of, is_part_cut_off
from catalogue_import.formats.decision.meanings import Meaning
from catalogue_import.reading_issues import ReadingIssue, Reporter

NUMBERING = re.compile(r"\(?\d{1,2}\)?(?:\s*=.*)?|\([a-z]\)|\[\d{1,2}\]")
MOST_HEADING_ROWS = 4
LONGEST_HEADING = 150  # characters; a longer cell is prose, whatever words it holds
FEWEST_NUMBERS = 3  # cells of a row of column numbers
SILENT = frozenset({Meaning.UNKNOWN, Meaning.IGNORED, Meaning.NOTE})
SUB_HEADINGS = frozenset(
    {
        Meaning.TIME,
        Meaning.TIME_SHORTENED,
        Meaning.ONLINE_FULL,
        Meaning.ONLINE_PARTIAL,
        Meaning.ONLINE_CHANNEL,
        Meaning.ONLINE,
        Meaning.DIRECT,
        Meaning.POSTAL,
        *(Meaning.LEVEL_MINISTRY, Meaning.LEVEL_PROVINCE, Meaning.LEVEL_COMMUNE),
        *(Meaning.OLD_CODE, Meaning.OLD_NAME, Meaning.NEW_CODE, Meaning.NEW_NAME, Meaning.CODE, Meaning.NAME),
    }
)
SINGLE = frozenset(
    {
        *(Meaning.CODE, Meaning.NAME, Meaning.OLD_CODE, Meaning.NEW_CODE, Meaning.OLD_NAME, Meaning.NEW_NAME),
        *(Meaning.TIME, Meaning.TIME_SHORTENED, Meaning.STATUS, Meaning.EFFECTIVE, Meaning.FIELD),
    }
)  # what a row can say only once; fees and places may stand in several columns


class Header(NamedTuple):
    """`rows` is how many rows the heading has; `columns` one for each of the grid."""

    columns: tuple[Column, ...]
    rows: int

    def places(self, meaning: Meaning) -> list[int]:
        return [index for index, column in enumerate(self.columns) if column.meaning is meaning]

    def has(self, *meanings: Meaning) -> bool:
        return any(column.meaning in meanings for column in self.columns)


def find_header(rows: Sequence[Row]) -> Header | None:
    """The heading that begins in the first of these rows, if one does."""
    if not rows or not _begins_heading(rows):
        return None
    count = 1
    while count < min(MOST_HEADING_ROWS, len(rows)) and _goes_on(rows[:count], rows[count]):
        count += 1
    width = max(len(row.cells) for row in rows[:count])
    return Header(_columns(rows[:count], width), count)


def is_numbering(row: Row) -> bool:
    """A row of column numbers: (1) (2) (3)."""
    texts = [cell.text for cell in row.filled]
    return len(texts) >= FEWEST_NUMBERS and all(NUMBERING.fullmatch(text) for text in texts)


def report_columns(header: Header, rows: Sequence[Row], reporter: Reporter) -> Header:
    """Every column that nothing reads is an issue at its heading; one full of codes is the column of codes."""
    where = rows[0].where
    if not header.has(Meaning.CODE, Meaning.OLD_CODE, Meaning.INTERNAL):
        header = _with_guessed_codes(header, rows, reporter)
    for column in header.columns:
        if column.meaning is Meaning.UNKNOWN and column.heading.printed:
            place = replace(where, column=column.heading.printed)
            reporter.add(ReadingIssue.UNKNOWN_COLUMN, column.heading.printed, place)
    for printed in _repeated(header):
        reporter.add(ReadingIssue.REPEATED_COLUMN, printed, replace(where, column=printed))
    return header


def _repeated(header: Header) -> list[str]:
    """Headings of columns that mean what another one means already, where a row can say it only once."""
    first: dict[Meaning, str] = {}
    for column in header.columns:
        if column.meaning in SINGLE:
            first.setdefault(column.meaning, column.heading.printed)
    others = (column for column in header.columns if column.meaning in SINGLE)
    return [column.heading.printed for column in others if first[column.meaning] != column.heading.printed]


def _columns(heading: Sequence[Row], width: int) -> tuple[Column, ...]:
    columns = tuple(column_of(_path(heading, index)) for index in range(width))
    shortened = city_time(columns)
    columns = tuple(
        column._replace(meaning=Meaning.TIME_SHORTENED) if column is shortened else column for column in columns
    )
    return tuple(
        column._replace(meaning=Meaning.IGNORED) if is_part_cut_off(columns, column) else column for column in columns
    )


def _begins_heading(rows: Sequence[Row]) -> bool:
    """Several headings, of which one marks a list; it may stand only among the sub-headings below."""
    short = [cell.text for cell in rows[0].filled if len(cell.text) <= LONGEST_HEADING]
    meanings = {column_of([text]).meaning for text in short} - SILENT
    has_codes = any(quoted_codes(cell.text) for cell in rows[0].filled)
    return not has_codes and len(meanings) > 1 and (bool(meanings & MARKING) or _marks_below(rows))


def _marks_below(rows: Sequence[Row]) -> bool:
    """Of "Thủ tục cũ" and "Thủ tục mới", each above a code and a name."""
    if len(rows) == 1 or not _goes_on(rows[:1], rows[1]):
        return False
    columns = _columns(rows[:2], len(rows[0].cells))
    return bool({column.meaning for column in columns} & MARKING)


def _goes_on(heading: Sequence[Row], row: Row) -> bool:
    """Whether this row still belongs to the heading: cells of it hang down, or only sub-headings stand in it."""
    if any(quoted_codes(cell.text) for cell in row.filled) or is_numbering(row) or not row.filled:
        return False
    first = heading[0].at
    if any(first <= cell.row < row.at for cell in row.cells if cell.text):
        return True
    own = row.own
    meanings = {column_of([cell.text]).meaning for cell in own}
    return len(own) > 1 and meanings <= SUB_HEADINGS


def _path(rows: Sequence[Row], index: int) -> list[str]:
    """The cells above a column, each once; where parents were not merged, the one to the left stands above."""
    path: list[str] = []
    for position, row in enumerate(rows):
        cell = row.cells[index] if index < len(row.cells) else None
        text = cell.text if cell else ""
        if not text and position + 1 < len(rows) and _text(rows[position + 1], index):
            text = _to_the_left(row, index)
        if text and (not path or path[-1] != text):
            path.append(text)
    return path


def _text(row: Row, index: int) -> str:
    return row.cells[index].text if index < len(row.cells) else ""


def _to_the_left(row: Row, index: int) -> str:
    return next((text for at in range(index - 1, -1, -1) if (text := _text(row, at))), "")


def _with_guessed_codes(header: Header, rows: Sequence[Row], reporter: Reporter) -> Header:
    for index, column in enumerate(header.columns):
        texts = [_text(row, index) for row in rows[header.rows :]]
        codes = [text for text in texts if text and len(text) < 30 and read_codes(text).clean]  # noqa: PLR2004  with H24
        if column.meaning in {Meaning.UNKNOWN, Meaning.IGNORED} and len(codes) * 2 > len(list(filter(None, texts))):
            reporter.add(ReadingIssue.GUESSED_COLUMN, column.heading.printed or str(index + 1), rows[0].where)
            columns = [*header.columns]
            columns[index] = column._replace(meaning=Meaning.CODE)
            return header._replace(columns=tuple(columns))
    return header
