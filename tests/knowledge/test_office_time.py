"""Waiting is counted in hours of work: nights, weekends and holidays do not count."""

from datetime import datetime, time, timedelta

import pytest

from knowledge.calendar import Calendar, CalendarDay, DayKind
from knowledge.clock import VIETNAM
from knowledge.deadlines import OfficeHours
from knowledge.office_time import OfficeTime, hours_in

HOLIDAY = CalendarDay(day=datetime(2026, 11, 25, tzinfo=VIETNAM).date(), kind=DayKind.OFF, name="Nghỉ", basis="thử")
OFFICE = OfficeTime(Calendar(lambda _year: {HOLIDAY.day: HOLIDAY}), OfficeHours())


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026; the 22nd is a Sunday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("since", "until", "hours"),
    [
        pytest.param(at(23, 8), at(23, 10), 2, id="within a morning"),
        pytest.param(at(23, 10), at(23, 14), 2.5, id="over lunch"),
        pytest.param(at(23, 12), at(23, 12, 30), 0, id="at lunch"),
        pytest.param(at(20, 16), at(23, 8), 1.5, id="over a weekend"),
        pytest.param(at(24, 16), at(26, 8), 1.5, id="over a holiday"),
        pytest.param(at(16, 7), at(23, 7), 40, id="a week"),
        pytest.param(at(23, 20), at(23, 22), 0, id="an evening"),
        pytest.param(at(24, 8), at(23, 8), 0, id="later than now"),
    ],
)
def test_what_was_worked_between_two_moments(since: datetime, until: datetime, hours: float) -> None:
    assert OFFICE.worked(until)(since) == timedelta(hours=hours)


def test_moments_of_one_day_share_the_days_after_it() -> None:
    worked = OFFICE.worked(at(24, 8))
    assert [worked(at(20, 9)), worked(at(20, 16))] == [timedelta(hours=15), timedelta(hours=9.5)]


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        pytest.param(at(23, 9), at(23, 9), id="open already"),
        pytest.param(at(23, 12), at(23, 13), id="after lunch"),
        pytest.param(at(23, 6), at(23, 7, 30), id="before work"),
        pytest.param(at(20, 17), at(23, 7, 30), id="after work on a Friday"),
        pytest.param(at(24, 18), at(26, 7, 30), id="before a holiday"),
    ],
)
def test_when_somebody_is_there_next(moment: datetime, opens: datetime) -> None:
    assert OFFICE.opens(moment) == opens
    assert OFFICE.is_open(moment) is (moment == opens)


def test_a_promise_ends_within_hours_of_work() -> None:
    assert OFFICE.after(at(20, 16), 4) == at(23, 10, 30)
    assert OFFICE.after(at(22, 20), 8) == at(23, 17)


@pytest.mark.parametrize(
    ("text", "sessions"),
    [
        ("7h30–11h30, 13h–17h, thứ Hai đến thứ Sáu", ((time(7, 30), time(11, 30)), (time(13), time(17)))),
        ("Sáng: 07:00 - 11:30; chiều: 13:30 - 17:00", ((time(7), time(11, 30)), (time(13, 30), time(17)))),
        ("8 giờ đến 16 giờ", ((time(8), time(16)),)),
        ("7h30-11h30; sáng thứ Bảy 7h30-11h00", ((time(7, 30), time(11, 30)),)),
    ],
)
def test_hours_are_read_as_people_write_them(text: str, sessions: tuple[tuple[time, time], ...]) -> None:
    assert hours_in(text) == OfficeHours(sessions)


@pytest.mark.parametrize("text", ["", "giờ hành chính", "25h-26h", "17h-7h", "2026-11-22"])
def test_what_says_no_hours_gives_none(text: str) -> None:
    assert hours_in(text) is None
