"""The table of working days: what we were told, the library's guess for other years, edits of staff over both."""

import csv
import io
from datetime import date, datetime
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.calendar import Calendar, CalendarDay, Confidence, DayKind, by_day
from knowledge.calendar_edits import calendar_now, edit, edits_of
from knowledge.calendar_seed import calendar_of, read_days, seeded_calendar, seeded_year, written_days
from knowledge.database import Database
from knowledge.procedure import InvalidValueError

TABLE = seeded_calendar()


@pytest.mark.parametrize(
    ("day", "is_working"),
    [
        pytest.param(date(2026, 11, 23), True, id="a Monday"),
        pytest.param(date(2026, 11, 22), False, id="a Sunday"),
        pytest.param(date(2026, 11, 24), False, id="the day of culture"),
        pytest.param(date(2026, 1, 2), False, id="a swapped day that the library lacks"),
        pytest.param(date(2026, 1, 10), True, id="its make-up Saturday"),
        pytest.param(date(2026, 8, 22), True, id="a make-up Saturday"),
        pytest.param(date(2026, 8, 31), False, id="the day it makes up for"),
        pytest.param(date(2026, 5, 2), False, id="a plain Saturday after a holiday"),
        pytest.param(date(2024, 4, 29), False, id="a swapped day of a year that only the library knows"),
        pytest.param(date(2024, 5, 4), True, id="the make-up Saturday of that year"),
        pytest.param(date(2030, 2, 4), False, id="a Tết that nobody planned yet"),
    ],
)
def test_a_day_is_one_of_work_or_not(day: date, is_working: bool) -> None:
    assert TABLE.is_working(day) is is_working


def test_our_table_is_the_public_one(shared: Path) -> None:
    public = read_days((shared / "dossiers" / "calendar_vn_2025_2027.csv").read_text("utf-8"))
    ours = [day for year in (2025, 2026, 2027) for day in TABLE.year(year)]
    assert [(day.day, day.kind, day.confidence) for day in ours] == [
        (day.day, day.kind, day.confidence) for day in public
    ]


def test_a_table_of_ones_own_replaces_its_years_and_no_others() -> None:
    own = calendar_of([CalendarDay(day=date(2026, 3, 3), kind=DayKind.OFF, name="thử", basis="thử")])
    assert own.is_working(date(2026, 11, 24))
    assert not own.is_working(date(2026, 3, 3))
    assert not own.is_working(date(2025, 9, 2))


def test_nobody_knows_a_tet_that_is_not_decided() -> None:
    assert {day.occasion for day in TABLE.undecided(date(2027, 1, 1), date(2027, 3, 1))} == {"Tết Nguyên đán Đinh Mùi"}
    assert TABLE.undecided(date(2029, 1, 20), date(2029, 3, 1))
    assert TABLE.undecided(date(2026, 1, 1), date(2026, 12, 31)) == ()
    assert all(day.confidence is Confidence.MEDIUM for day in seeded_year(2023).values())


@pytest.mark.parametrize(
    ("today", "year"),
    [(date(2026, 9, 30), ""), (date(2026, 10, 1), "2027"), (date(2027, 3, 1), "2027"), (date(2027, 9, 4), "")],
    ids=["not yet", "from October", "the year itself", "when all is past"],
)
def test_staff_are_reminded_of_a_year_that_is_not_decided(today: date, year: str) -> None:
    reminder = TABLE.reminder(today)
    assert year in reminder
    assert bool(reminder) is bool(year)


def test_every_day_has_a_ground() -> None:
    with pytest.raises(InvalidValueError, match="ground"):
        CalendarDay(day=date(2026, 3, 3), kind=DayKind.OFF, name="thử", basis=" ")


def test_a_table_that_is_written_can_be_read() -> None:
    days = TABLE.year(2026)
    assert read_days(written_days(days)) == days


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0")))
@example("=HYPERLINK(x)")
@example("'=1")
@example("''@SUM(A1)")
@example("+84")
@example("'")
def test_no_cell_of_a_written_table_is_a_formula_and_it_reads_as_it_was(name: str) -> None:
    days = (CalendarDay(day=date(2026, 3, 3), kind=DayKind.OFF, name=name, basis=f"={name}x"),)
    written = written_days(days)
    cells = next(islice(csv.reader(io.StringIO(written)), 1, None))
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@\t")]
    assert read_days(written) == days


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", "row 1"),
        ("day,kind\n2026-01-01,off\n", "row 1: the heading lacks basis, confidence, name"),
        ("day,kind,name,basis,confidence\n2026-02-30,off,x,y,high\n", "row 2"),
        ("day,kind,name,basis,confidence\n2026-02-20,off,x,y,high\n2026-02-21,maybe,x,y,high\n", "row 3"),
        ("day,kind,name,basis,confidence\n2026-02-20,off,x,,high\n", "row 2"),
        ("day,kind,name,basis,confidence\n2026-02-20\n", "row 2"),
        ("day,kind,name,basis,confidence\n1900-02-20,off,x,y,high\n", "row 2"),
    ],
)
def test_a_table_that_cannot_be_read_names_the_row(text: str, named: str) -> None:
    with pytest.raises(InvalidValueError, match=named):
        read_days(text)


def test_edits_stand_over_what_was_told_and_the_newest_counts(database: Database, now: datetime) -> None:
    day = date(2027, 9, 3)
    removed = CalendarDay(day=day, kind=DayKind.PLAIN, name="", basis="nghỉ 1/9")
    restored = CalendarDay(day=day, kind=DayKind.OFF, name="Quốc khánh", basis="thông báo")
    with database.session() as session:
        edit(session, [removed], now)
    with database.session() as session:
        assert calendar_now(session).is_working(day)
        assert day not in {each.day for each in calendar_now(session).year(2027)}
        edit(session, [restored], now)
    with database.session() as session:
        assert calendar_now(session).special(day) == restored
        assert edits_of(session) == (removed, restored)


def test_a_year_without_any_day_of_work_is_told_and_does_not_hang() -> None:
    off = [
        CalendarDay(day=date.fromordinal(number), kind=DayKind.OFF, name="x", basis="y")
        for number in range(date(2026, 1, 1).toordinal(), date(2028, 1, 1).toordinal())
    ]
    with pytest.raises(InvalidValueError, match="look at the calendar"):
        Calendar(seeded_year, by_day(off)).next_working(date(2026, 1, 1))


@given(st.dates(date(2000, 1, 1), date(2098, 12, 31)))
def test_the_next_working_day_is_one_and_none_lies_between(day: date) -> None:
    later = TABLE.next_working(day)
    assert TABLE.is_working(later)
    assert not any(TABLE.is_working(date.fromordinal(each)) for each in range(day.toordinal() + 1, later.toordinal()))
