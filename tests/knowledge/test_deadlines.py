"""When a dossier is due; the calendar's own edges are tested with it."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.calendar_seed import seeded_calendar
from knowledge.deadlines import LONGEST, DueUnit, OfficeHours, due, read_hours
from knowledge.procedure import InvalidValueError

TABLE, HOURS = seeded_calendar(), OfficeHours()


def counted(received: str, limit: float, unit: str, hours: OfficeHours = HOURS) -> str:
    at = due(datetime.fromisoformat(received), limit, DueUnit(unit), TABLE, hours).at
    return at.isoformat(timespec="minutes") if at else ""


@pytest.mark.parametrize(
    ("received", "limit", "unit", "at"),
    [
        pytest.param("2026-10-06T11:30", 1, "WORKING_DAY", "2026-10-07T11:30", id="end of the morning is the morning"),
        pytest.param("2026-10-06T11:31", 1, "WORKING_DAY", "2026-10-07T13:00", id="a minute later is the afternoon"),
        pytest.param("2026-10-06T13:00", 1, "HOUR", "2026-10-06T14:00", id="start of the afternoon"),
        pytest.param("2026-10-06T11:30", 1, "HOUR", "2026-10-06T14:00", id="an hour from the end of the morning"),
        pytest.param("2026-10-06T17:00", 1, "HOUR", "2026-10-07T08:30", id="an hour from closing"),
        pytest.param("2026-10-06T07:30", 4, "HOUR", "2026-10-06T11:30", id="an end at noon stays"),
        pytest.param("2026-10-06T07:30", 8, "HOUR", "2026-10-06T17:00", id="an end at closing stays"),
        pytest.param("2026-10-06T09:00", 0, "WORKING_DAY", "2026-10-06T09:00", id="nothing to wait for"),
        pytest.param("2026-10-10T09:00", 0.25, "WORKING_DAY", "2026-10-12T09:30", id="a quarter of a day"),
        pytest.param("2026-01-09T10:00", 1, "WORKING_DAY", "2026-01-10T10:00", id="a make-up Saturday counts"),
        pytest.param("2026-08-21T18:00", 1, "HOUR", "2026-08-22T08:30", id="starts on a make-up Saturday"),
        pytest.param("2026-01-30T09:00", 1, "MONTH", "2026-03-02T09:00", id="February has no 30th, its end is off"),
        pytest.param("2028-01-31T09:00", 1, "MONTH", "2028-02-29T09:00", id="a leap year"),
        pytest.param("2026-11-30T09:00", 3, "MONTH", "2027-03-01T09:00", id="over the year"),
        pytest.param("2026-03-02T09:00", 1, "YEAR", "2027-03-02T09:00", id="a year"),
        pytest.param("2026-11-24T09:00", 0, "SAME_DAY_15H", "2026-11-25T17:00", id="same day on a holiday"),
        pytest.param("2026-08-22T15:00", 0, "SAME_DAY_15H", "2026-08-22T17:00", id="same day on a make-up Saturday"),
        pytest.param("2026-10-05T09:00", 3, "OTHER", "", id="a limit in words"),
    ],
)
def test_a_due_date_is_counted(received: str, limit: float, unit: str, at: str) -> None:
    assert counted(received, limit, unit) == at


def test_office_hours_are_a_setting() -> None:
    hours = read_hours("08:00-12:00, 13:30-17:30")
    assert counted("2026-10-06T12:10", 1, "HOUR", hours) == "2026-10-06T14:30"
    assert counted("2026-10-06T14:00", 0, "SAME_DAY_15H", hours) == "2026-10-06T17:30"


@pytest.mark.parametrize("text", ["", "7-11", "07:30-11:30,11:00-17:00", "17:00-07:30", "07:30-07:30", "a-b"])
def test_office_hours_that_make_no_sense_are_told(text: str) -> None:
    with pytest.raises(InvalidValueError, match="office hours"):
        read_hours(text)


@pytest.mark.parametrize(
    ("limit", "unit"), [(-1, "DAY"), (1e9, "WORKING_DAY"), (float("nan"), "HOUR"), (1e300, "MONTH")]
)
def test_limits_that_no_procedure_has_are_refused(limit: float, unit: str) -> None:
    with pytest.raises(InvalidValueError, match="time limit"):
        counted("2026-10-05T09:00", limit, unit)


@pytest.mark.parametrize("received", ["1900-01-01T09:00", "9999-12-31T09:00"])
def test_times_of_other_centuries_are_refused(received: str) -> None:
    with pytest.raises(InvalidValueError, match="received"):
        counted(received, 1, "DAY")


def test_days_that_nobody_decided_yet_are_told() -> None:
    over_tet = due(datetime(2027, 2, 3, 9), 3, DueUnit.WORKING_DAY, TABLE, HOURS)  # noqa: DTZ001  Vietnamese wall clock
    assert {day.occasion for day in over_tet.undecided} == {"Tết Nguyên đán Đinh Mùi"}
    before = due(datetime(2027, 1, 6, 9), 3, DueUnit.WORKING_DAY, TABLE, HOURS)  # noqa: DTZ001  the same
    assert before.undecided == ()


MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1))  # noqa: DTZ001  the same


@given(MOMENTS, st.sampled_from([unit for unit in DueUnit if unit in LONGEST]), st.floats(0, 90))
def test_a_due_date_is_never_before_the_start_nor_on_a_day_off(received: datetime, unit: DueUnit, limit: float) -> None:
    found = due(received, min(limit, 20 if unit in {"MONTH", "YEAR"} else 90) % LONGEST[unit], unit, TABLE, HOURS)
    assert found.at is not None
    assert found.starts is not None
    assert received <= found.starts <= found.at
    assert TABLE.is_working(found.at.date())
    assert HOURS.opening <= found.at.time() <= HOURS.closing


@given(MOMENTS, st.integers(0, 30), st.integers(0, 30))
def test_more_time_is_never_earlier(received: datetime, one: int, other: int) -> None:
    shorter, longer = (due(received, limit, DueUnit.HOUR, TABLE, HOURS).at for limit in sorted((one, other)))
    assert shorter is not None
    assert longer is not None
    assert shorter <= longer
