"""Reading the filled-in template: every mistake is reported at its cell."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from msgspec.structs import replace
from openpyxl.worksheet.worksheet import Worksheet

from catalogue_import.decision_file import Announcement, DecisionFile, DecisionRecord, Place, ReviewRecord, Status
from catalogue_import.files import InputError
from catalogue_import.formats.decision.codes import read_codes
from catalogue_import.formats.decision.days import ImpossibleDayError, day_in
from catalogue_import.formats.decision.joining import merged
from catalogue_import.formats.decision.suggestions import review_of
from catalogue_import.formats.decision.text import letters, one_line, tidy
from catalogue_import.formats.decision.values import fee_text, items, levels_in, time_shortened, time_statutory
from catalogue_import.formats.template.layout import (
    COLUMNS,
    DECISION_SHEET,
    EXAMPLE,
    HEADING_ROW,
    LEVELS,
    LINES,
    LIST_SHEET,
    ONLINE,
    STATUSES,
    Column,
    Key,
)
from catalogue_import.reading_issues import ReadingIssue, Reporter
from catalogue_import.workbooks import open_workbook

MOST_ROWS = 5_000  # ten times what any decision lists
CHOICES: Mapping[Key, Mapping[str, Any]] = {
    Key.STATUS: {letters(word): value for word, value in STATUSES.items()},
    Key.LEVEL: {letters(word): value for word, value in LEVELS.items()},
    Key.ONLINE: {letters(word): value for word, value in ONLINE.items()},
}
REQUIRED = (Key.STATUS, Key.CODE, Key.NAME)


class Line(NamedTuple):
    """One row of the list: texts by column, and the values as the program keeps them."""

    texts: Mapping[Key, str]
    values: Mapping[Key, Any]
    where: Place
    headings: Mapping[Key, str]

    def at(self, key: Key) -> Place:
        return replace(self.where, column=self.headings.get(key, ""))


def read_template(path: Path) -> DecisionFile:
    """Raises InputError when the workbook lost its sheets or columns."""
    workbook = open_workbook(path)
    reporter = Reporter()
    announcement = _announcement(workbook[DECISION_SHEET], reporter)
    read = [row for line in _lines(path, workbook[LIST_SHEET], reporter) if (row := _row(line, announcement, reporter))]
    if not read:
        reporter.add(ReadingIssue.EMPTY_TEMPLATE, where=Place(sheet=LIST_SHEET))
    records = merged([row for row in read if isinstance(row, DecisionRecord)], reporter)
    return DecisionFile(
        decision=announcement,
        records=records,
        needs_review=tuple(row for row in read if isinstance(row, ReviewRecord)),
        issues=reporter.issues,
    )


def _announcement(sheet: Worksheet, reporter: Reporter) -> Announcement:
    """By the words of the first column, wherever they stand."""
    keys = {letters(line.heading): line for line in LINES}
    found: dict[Key, Any] = {}
    for row in sheet.iter_rows(max_row=MOST_ROWS, max_col=2):
        line = keys.get(letters(_text(row[0].value)))
        if line is not None and len(row) > 1:
            place = Place(sheet=sheet.title, row=row[1].row, column=line.heading)
            is_day = line.key in {Key.DAY, Key.EFFECTIVE}
            found[line.key] = _day(row[1].value, place, reporter) if is_day else one_line(_text(row[1].value))
            if not found[line.key] and line.heading.endswith("*"):
                reporter.add(ReadingIssue.EMPTY_CELL, line.heading, place)
    announcement = Announcement(
        number="".join(found.get(Key.NUMBER, "").split()),
        day=found.get(Key.DAY),
        issuer=found.get(Key.ISSUER, ""),
        title=found.get(Key.TITLE, ""),
        effective=found.get(Key.EFFECTIVE),
    )
    if announcement.day and announcement.effective and announcement.effective < announcement.day:
        reporter.add(ReadingIssue.EARLY_DAY, f"{announcement.effective:%d/%m/%Y}", Place(sheet=sheet.title))
    return announcement


def _lines(path: Path, sheet: Worksheet, reporter: Reporter) -> Iterator[Line]:
    if (sheet.max_row or 0) > MOST_ROWS:
        raise InputError(
            f"{path.name}: trang “{sheet.title}” có hơn {MOST_ROWS:,} dòng. Xóa các dòng thừa, hoặc tách tệp"
        )
    columns = _columns(path, sheet, reporter)
    headings = {column.key: column.heading for column in columns.values()}
    for number, values in enumerate(sheet.iter_rows(min_row=HEADING_ROW + 1, values_only=True), start=HEADING_ROW + 1):
        by_key = {column.key: values[at] for at, column in columns.items() if at < len(values)}
        texts = {key: _text(value) for key, value in by_key.items()}
        if any(texts.values()) and not texts.get(Key.EXAMPLE, "").upper().startswith(EXAMPLE):
            yield Line(texts, by_key, Place(sheet=sheet.title, row=number), headings)


def _columns(path: Path, sheet: Worksheet, reporter: Reporter) -> dict[int, Column]:
    """In any order; an added column is reported, a lost one that every row needs ends the reading."""
    known = {letters(column.heading): column for column in COLUMNS}
    found: dict[int, Column] = {}
    for at, cell in enumerate(next(sheet.iter_rows(min_row=HEADING_ROW, max_row=HEADING_ROW, values_only=True), ())):
        text = _text(cell)
        column = known.get(letters(text))
        if column is not None:
            found[at] = column
        elif text:
            reporter.add(ReadingIssue.UNKNOWN_COLUMN, text, Place(sheet=sheet.title, row=HEADING_ROW, column=text))
    missing = [known_column.heading for known_column in COLUMNS if known_column.key in REQUIRED]
    lost = [heading for heading in missing if heading not in {column.heading for column in found.values()}]
    if lost:
        raise InputError(
            f"{path.name}: trang “{sheet.title}” thiếu cột {', '.join(lost)}. Dùng mẫu mới và chép lại các dòng"
        )
    return found


def _row(line: Line, announcement: Announcement, reporter: Reporter) -> DecisionRecord | ReviewRecord | None:
    status = _choice(line, Key.STATUS, reporter)
    for key in REQUIRED:
        if not line.texts.get(key):
            reporter.add(ReadingIssue.EMPTY_CELL, line.headings[key], line.at(key))
    codes = _codes(line, Key.CODE)
    if len(codes) != 1:
        printed = line.texts.get(Key.CODE, "")
        reporter.add(ReadingIssue.BAD_CODE, printed, line.at(Key.CODE))
        return review_of(printed, line.texts.get(Key.NAME, ""), line.where, status)
    return _record(line, status, codes[0], announcement, reporter) if status else None


def _record(line: Line, status: Status, code: str, announcement: Announcement, reporter: Reporter) -> DecisionRecord:
    texts = line.texts
    own = _day(line.values.get(Key.EFFECTIVE), line.at(Key.EFFECTIVE), reporter)
    return DecisionRecord(
        status=status,
        code=code,
        name=one_line(texts.get(Key.NAME, "")),
        where=line.where,
        field=one_line(texts.get(Key.FIELD, "")) or None,
        levels=_choice(line, Key.LEVEL, reporter) or levels_in(texts.get(Key.LEVEL, "")) or None,
        time_statutory=time_statutory(texts.get(Key.TIME, ""), ""),
        time_shortened=time_shortened(texts.get(Key.TIME_SHORTENED, ""), ""),
        place=items(texts.get(Key.PLACE, "")),
        fee_text=fee_text(texts.get(Key.FEE, "")),
        online_level=_choice(line, Key.ONLINE, reporter),
        legal_basis=items(texts.get(Key.LEGAL, "")),
        successor=_successor(line, status, reporter),
        effective=own or announcement.effective,
    )


def _choice(line: Line, key: Key, reporter: Reporter) -> Any:
    """The meaning of a word of the list; another one is reported, except a level in other words."""
    text = line.texts.get(key, "")
    value = CHOICES[key].get(letters(text))
    if text and value is None and not (key is Key.LEVEL and levels_in(text)):
        reporter.add(ReadingIssue.NOT_A_CHOICE, text, line.at(key))
    return value


def _successor(line: Line, status: Status, reporter: Reporter) -> str | None:
    codes = _codes(line, Key.SUCCESSOR)
    if line.texts.get(Key.SUCCESSOR) and len(codes) != 1:
        reporter.add(ReadingIssue.BAD_CODE, line.texts[Key.SUCCESSOR], line.at(Key.SUCCESSOR))
    if status is Status.REPLACED and not codes:
        reporter.add(ReadingIssue.NO_SUCCESSOR, line.texts.get(Key.CODE, ""), line.at(Key.SUCCESSOR))
    return codes[0] if len(codes) == 1 else None


def _codes(line: Line, key: Key) -> tuple[str, ...]:
    value = line.values.get(key)
    return read_codes(line.texts.get(key, ""), value if type(value) is float else None).clean


def _day(value: Any, place: Place, reporter: Reporter) -> date | None:
    """A day of the program, or one that was typed; what is none is reported."""
    if isinstance(value, datetime):
        return value.date()
    text = _text(value)
    try:
        day = day_in(text)
    except ImpossibleDayError:
        day = None
    if text and day is None:
        reporter.add(ReadingIssue.BAD_DAY, text, place)
    return day


def _text(value: Any) -> str:
    return "" if value is None else tidy(str(value))
