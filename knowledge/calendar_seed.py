"""The days that the table starts with: our own file for its years, the `holidays` library for all others."""

import csv
import io
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

import msgspec

from knowledge.calendar import FIRST_YEAR, LAST_YEAR, Calendar, CalendarDay, Confidence, DayKind, Days, by_day
from knowledge.procedure import InvalidValueError

FILE = Path(__file__).parent / "calendar_days.csv"
COLUMNS = tuple(CalendarDay.__struct_fields__)
OTHER_NAMES = {"date": "day", "name_vi": "name"}  # headings met in tables of others
LIBRARY = "thư viện holidays, chưa đối chiếu"
NEW_YEAR_ENDS, TET_ENDS = (1, 15), (2, 28)  # between these days of a year a day off belongs to Tết Nguyên đán
NATIONAL_DAY = (9, 2)
FORMULA_SIGNS = frozenset("=+-@\t\r")  # a cell of a CSV that begins so is computed by spreadsheets


def seeded_calendar(edits: Days = MappingProxyType({})) -> Calendar:
    return Calendar(told=seeded_year, edits=edits)


def calendar_of(days: Iterable[CalendarDay]) -> Calendar:
    """A table of one's own: its years are taken from it alone, all others as seeded."""
    table = by_day(days)
    years = {day.year for day in table}
    return Calendar(told=lambda year: table if year in years else seeded_year(year))


@cache
def seeded_year(year: int) -> Days:
    ours = {day: each for day, each in _ours().items() if day.year == year}
    return MappingProxyType(ours or _of_library(year))


@cache
def _ours() -> Days:
    return by_day(read_days(FILE.read_text("utf-8")))


def read_days(text: str) -> tuple[CalendarDay, ...]:
    """The days of a table as CSV with a heading (day or date, kind, name or name_vi, basis, confidence).

    Raises InvalidValueError that names the row.
    """
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    headings = {OTHER_NAMES.get(heading, heading) for heading in rows.fieldnames or ()}
    if lacking := set(COLUMNS) - headings:
        raise InvalidValueError(f"row 1: the heading lacks {', '.join(sorted(lacking))}")
    return tuple(_day(number, row) for number, row in enumerate(rows, start=2))


def _day(number: int, row: dict[str, str]) -> CalendarDay:
    values = {OTHER_NAMES.get(heading, heading): _as_it_was(value) for heading, value in row.items()}
    try:
        return msgspec.convert({column: values[column] for column in COLUMNS}, CalendarDay)
    except (msgspec.ValidationError, InvalidValueError) as error:
        raise InvalidValueError(f"row {number}: {error}") from error


def written_days(days: Iterable[CalendarDay]) -> str:
    """What `read_days` reads. No cell is a formula to the program that opens it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for each in days:
        writer.writerow([each.day.isoformat(), each.kind, _inert(each.name), _inert(each.basis), each.confidence])
    return out.getvalue()


def _inert(text: str) -> str:
    """A quote before what spreadsheets would compute (OWASP: CSV injection), and before such a quote."""
    return f"'{text}" if text.lstrip("'")[:1] in FORMULA_SIGNS else text


def _as_it_was(cell: str | list[str] | None) -> object:
    """A row that is too short or too long has cells of other kinds."""
    is_quoted = isinstance(cell, str) and cell[:1] == "'" and cell.lstrip("'")[:1] in FORMULA_SIGNS
    return cell[1:] if cell and is_quoted else cell


def _of_library(year: int) -> Days:
    """The library's guess. Of the years after our file's nobody knows Tết's plan nor the day beside 2 September."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return {}
    import holidays

    is_past = year < max(day.year for day in _ours())
    found = holidays.country_holidays("VN", years=year, language="vi")
    off = [_day_off(day, found[day], is_past=is_past) for day in sorted(found)]
    work = [
        CalendarDay(day=day, kind=DayKind.WORK, name="Làm bù", basis=LIBRARY, confidence=Confidence.MEDIUM)
        for day in found.weekend_workdays
        if day.year == year
    ]
    return by_day((*off, *work))


def _day_off(day: date, name: str, *, is_past: bool) -> CalendarDay:
    place = (day.month, day.day)
    is_tet = NEW_YEAR_ENDS < place <= TET_ENDS
    is_open = is_tet or (day.month == NATIONAL_DAY[0] and place != NATIONAL_DAY)
    return CalendarDay(
        day=day,
        kind=DayKind.OFF,
        name=f"Tết Nguyên đán ({name})" if is_tet else name,
        basis=LIBRARY,
        confidence=Confidence.LOW if is_open and not is_past else Confidence.MEDIUM,
    )
