"""Periods of reports: read, named, walked through, and cut into their parts."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.periods import InvalidPeriodError, PeriodKind, period_of, period_on

DAYS = st.dates(date(2001, 1, 8), date(2099, 12, 20))
KINDS = st.sampled_from(PeriodKind)


@pytest.mark.parametrize(
    ("key", "first", "last"),
    [
        ("2026-11-22", "2026-11-22", "2026-11-22"),
        ("2026-W47", "2026-11-16", "2026-11-22"),
        ("2026-W01", "2025-12-29", "2026-01-04"),
        ("2026-W53", "2026-12-28", "2027-01-03"),
        ("2026-02", "2026-02-01", "2026-02-28"),
        ("2028-02", "2028-02-01", "2028-02-29"),
        ("2026-Q1", "2026-01-01", "2026-03-31"),
        ("2026-q4", "2026-10-01", "2026-12-31"),
        (" 2026 ", "2026-01-01", "2026-12-31"),
    ],
)
def test_a_period_is_read_from_its_key(key: str, first: str, last: str) -> None:
    period = period_of(key)
    assert (period.first, period.last) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "key",
    ["", "tháng 11", "2026-13", "2026-00", "2026-W54", "2027-W53", "2026-Q5", "2026-02-30", "1999", "2101", "２０２６"],
)
def test_what_is_no_period_is_refused_with_examples(key: str) -> None:
    with pytest.raises(InvalidPeriodError, match=r"2026-Q4|2000 to 2100"):
        period_of(key)


def test_a_period_begins_and_ends_at_midnight_in_viet_nam() -> None:
    day = period_of("2026-11-22")
    assert day.begins == datetime(2026, 11, 21, 17, tzinfo=UTC)
    assert day.ends == datetime(2026, 11, 22, 17, tzinfo=UTC)


@given(KINDS, DAYS)
def test_a_key_names_its_period_and_no_other(kind: PeriodKind, day: date) -> None:
    period = period_on(kind, day)
    assert period.first <= day <= period.last
    assert period_of(period.key) == period


@given(KINDS, DAYS)
def test_periods_follow_each_other_without_a_gap(kind: PeriodKind, day: date) -> None:
    period = period_on(kind, day)
    assert period.before.ends == period.begins
    assert period.after.begins == period.ends
    assert period.before.after == period


@given(KINDS, DAYS)
def test_the_parts_of_a_period_cover_it_once(kind: PeriodKind, day: date) -> None:
    period = period_on(kind, day)
    parts = period.parts
    if kind is PeriodKind.DAY:
        assert parts == ()
        return
    assert (parts[0].first, parts[-1].last) == (period.first, period.last)
    assert all(one.last + timedelta(days=1) == other.first for one, other in pairwise(parts))


@pytest.mark.parametrize(("key", "count"), [("2026-W47", 7), ("2026-11", 30), ("2026-Q4", 3), ("2026", 12)])
def test_a_period_has_as_many_parts_as_a_chart_has_bars(key: str, count: int) -> None:
    assert len(period_of(key).parts) == count
