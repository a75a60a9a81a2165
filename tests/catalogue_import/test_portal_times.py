"""Times of the portal: days in Việt Nam's zone, and time limits that may be placeholders or text."""

from datetime import date

import pytest

from catalogue_import.formats.portal.fields import DETAIL_FIELDS
from catalogue_import.formats.portal.times import day, time_limit
from catalogue_import.issues import IssueKind
from catalogue_import.source_record import SourceRecord, UnreadableRecordError
from knowledge.procedure import TimeLimit, Unit


def row(**values: object) -> SourceRecord:
    return SourceRecord(dict(values), "file.json", DETAIL_FIELDS)


@pytest.mark.parametrize(
    ("milliseconds", "expected"),
    [
        pytest.param(1_768_496_400_000, date(2026, 1, 16), id="17:00Z is midnight of the next day"),
        pytest.param(1_768_496_399_000, date(2026, 1, 15), id="a second before is the day before"),
        pytest.param(1_768_435_200_000, date(2026, 1, 15), id="00:00Z is seven in the morning"),
        pytest.param(0, date(1970, 1, 1), id="zero is a time"),
        pytest.param(1_768_496_400_000.0, date(2026, 1, 16), id="written with a decimal point"),
        pytest.param(None, None, id="no time"),
    ],
)
def test_days_are_read_in_the_zone_of_viet_nam(milliseconds: float | None, expected: date | None) -> None:
    item = row(decisionDate=milliseconds)
    assert day(item, "decisionDate") == expected
    assert item.issues == []


@pytest.mark.parametrize("milliseconds", [-1, 4_102_444_800_000, 10**15], ids=["before 1970", "2100", "far future"])
def test_an_impossible_time_is_an_issue_and_no_day(milliseconds: int) -> None:
    item = row(decisionDate=milliseconds)
    assert day(item, "decisionDate") is None
    assert [issue.kind for issue in item.issues] == [IssueKind.BAD_TIME]


@pytest.mark.parametrize(
    ("published", "unit", "expected"),
    [
        pytest.param(7, "WORKING_DAY", TimeLimit(amount=7.0, unit=Unit.WORKING_DAY), id="working days stay such"),
        pytest.param(3.5, "WORKING_DAY", TimeLimit(amount=3.5, unit=Unit.WORKING_DAY), id="half a day"),
        pytest.param(30, "DAY", TimeLimit(amount=30.0, unit=Unit.DAY), id="days"),
        pytest.param(8, "HOUR", TimeLimit(amount=8.0, unit=Unit.HOUR), id="hours"),
        pytest.param(2, "MONTH", TimeLimit(amount=2.0, unit=Unit.MONTH), id="months"),
        pytest.param(1, "YEAR", TimeLimit(amount=1.0, unit=Unit.YEAR), id="years"),
        pytest.param(1, "OTHER", TimeLimit(), id="a placeholder is no time"),
        pytest.param(0, "OTHER", TimeLimit(), id="a zero placeholder is no time"),
        pytest.param(0, "DAY", TimeLimit(), id="zero days are no time"),
        pytest.param(None, "DAY", TimeLimit(), id="nothing said"),
        pytest.param("Theo mô tả", "OTHER", TimeLimit(text="Theo mô tả"), id="text stays text"),
        pytest.param(" Không quá 10 ngày ", "OTHER", TimeLimit(text="Không quá 10 ngày"), id="a number in words too"),
        pytest.param("15/12", "OTHER", TimeLimit(text="15/12"), id="a day of the year is text"),
        pytest.param("0", "OTHER", TimeLimit(), id="a placeholder typed as text"),
        pytest.param("01", "OTHER", TimeLimit(), id="another one"),
        pytest.param("-", "OTHER", TimeLimit(), id="a dash"),
        pytest.param("", "OTHER", TimeLimit(), id="an empty text"),
        pytest.param("15", "DAY", TimeLimit(amount=15.0, unit=Unit.DAY), id="a number typed as text, with a unit"),
        pytest.param("15 ngày", "DAY", TimeLimit(text="15 ngày"), id="text with a unit stays text"),
    ],
)
def test_time_limits(published: object, unit: str, expected: TimeLimit) -> None:
    assert time_limit(row(processingTime=published, processingTimeUnit=unit)) == expected


@pytest.mark.parametrize(
    ("published", "unit"),
    [(-1, "DAY"), (7, "QUARTER"), (10**20, "DAY"), (True, "DAY"), ([7], "DAY")],
    ids=["negative", "unknown unit", "huge", "a flag", "a list"],
)
def test_an_impossible_time_limit_makes_the_record_unreadable(published: object, unit: str) -> None:
    with pytest.raises(UnreadableRecordError):
        time_limit(row(processingTime=published, processingTimeUnit=unit))
