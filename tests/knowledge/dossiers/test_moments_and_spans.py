"""Moments as text, and from when to when an office had a dossier in hand."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.dossiers.dossier import Dossier, Shown
from knowledge.dossiers.moments import as_datetime, day_of, has_time, is_after, is_same, moment_of
from knowledge.dossiers.spans import begun_on, ended_on

DAY, NINE, TEN = "2026-11-12", "2026-11-12T09:00", "2026-11-12T10:00"
TIMES = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  bounds


@pytest.mark.parametrize(
    ("one", "other", "after", "same"),
    [
        pytest.param(TEN, NINE, True, False, id="by the minute"),
        pytest.param(NINE, TEN, False, False, id="before"),
        pytest.param(NINE, NINE, False, True, id="the same"),
        pytest.param(NINE, DAY, False, True, id="a day says no time"),
        pytest.param("2026-11-13", NINE, True, False, id="the next day"),
        pytest.param(DAY, "2026-11-11T23:59", True, False, id="the day before"),
    ],
)
def test_moments_are_compared_as_exactly_as_the_less_exact_one_tells(
    one: str, other: str, *, after: bool, same: bool
) -> None:
    assert (is_after(one, other), is_same(one, other)) == (after, same)


@given(TIMES, TIMES)
def test_no_moment_is_both_after_and_before_another(one: datetime, other: datetime) -> None:
    first, second = moment_of(one), moment_of(other)
    assert is_after(first, second) + is_after(second, first) + is_same(first, second) == 1


@given(TIMES)
def test_a_moment_keeps_the_local_minute(at: datetime) -> None:
    made = as_datetime(moment_of(at))
    assert made == at.replace(second=0, microsecond=0)
    assert made.utcoffset() is not None


def test_a_day_has_no_time() -> None:
    assert (has_time(DAY), has_time(NINE), day_of(NINE)) == (False, True, DAY)
    assert as_datetime(DAY).isoformat() == "2026-11-12T00:00:00+07:00"


@pytest.mark.parametrize(
    ("code", "received", "day"),
    [
        ("H24.999-261110-0001", "2026-11-12T09:00", "2026-11-12"),
        ("H24.999-261110-0001", None, "2026-11-10"),
        ("H24.999-20261110-0001", None, "2026-11-10"),
        ("00012/2026/00034", None, ""),
        ("no code", None, ""),
    ],
)
def test_a_dossier_begins_when_it_was_received_or_its_code_was_given(code: str, received: str | None, day: str) -> None:
    assert begun_on(Dossier(code=code, received=received)) == day


@pytest.mark.parametrize(
    ("shown", "day"),
    [
        pytest.param(Shown(status=9, finished=NINE, returned="2026-11-15"), DAY, id="the work counts, not collecting"),
        pytest.param(Shown(status=10, returned="2026-11-15"), "2026-11-15", id="collected"),
        pytest.param(Shown(finished=DAY), DAY, id="an end alone"),
        pytest.param(Shown(status=4, finished=DAY), None, id="still in work"),
        pytest.param(Shown(status=9), None, id="no end told"),
    ],
)
def test_work_ends_when_it_was_finished(shown: Shown, day: str | None) -> None:
    assert ended_on(shown) == day
