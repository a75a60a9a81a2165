"""Intervals, against numbers reckoned elsewhere."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evaluation.rates import Rate, percentile


@pytest.mark.parametrize(
    ("hits", "total", "low", "high"),
    [
        # Reckoned with the closed formula of Wilson (1927) in exact decimals, z = 1.96.
        pytest.param(5, 10, 0.2366, 0.7634, id="half of ten"),
        pytest.param(0, 10, 0.0, 0.2775, id="none of ten"),
        pytest.param(10, 10, 0.7225, 1.0, id="all of ten"),
        pytest.param(1, 1, 0.2065, 1.0, id="the only one"),
        pytest.param(940, 1000, 0.9235, 0.9531, id="nearly all of a thousand"),
        pytest.param(0, 0, 0.0, 1.0, id="nothing counted, nothing known"),
    ],
)
def test_the_interval_is_that_of_wilson(hits: int, total: int, low: float, high: float) -> None:
    assert Rate(hits, total).interval == pytest.approx((low, high), abs=5e-5)


@given(st.integers(0, 5000).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))))
def test_an_interval_lies_within_nothing_and_all_and_holds_its_share(counts: tuple[int, int]) -> None:
    rate = Rate(*counts)
    low, high = rate.interval
    assert 0 <= low <= rate.share + 1e-9
    assert rate.share - 1e-9 <= high <= 1


@given(st.integers(1, 500), st.integers(2, 50))
def test_more_cases_of_the_same_share_make_a_narrower_interval(half: int, times: int) -> None:
    few, many = Rate(half, 2 * half).interval, Rate(half * times, 2 * half * times).interval
    assert many[1] - many[0] < few[1] - few[0]


def test_a_rate_says_itself_in_whole_percent_for_a_cell() -> None:
    assert Rate(5, 10).short == "50 (24-76)"
    assert Rate(0, 10).short == "0 (0-28)"


TIMES = [float(at) for at in range(1, 102)]


@pytest.mark.parametrize(("percent", "value"), [(50, 51.0), (99, 100.0), (0, 1.0)], ids=["median", "p99", "fastest"])
def test_a_percentile_is_that_of_the_times_and_stands_within_its_interval(percent: float, value: float) -> None:
    found = percentile(TIMES, percent)
    assert found.value == value
    assert found.low <= found.value <= found.high


def test_the_interval_of_a_median_agrees_with_the_order_statistics() -> None:
    """The 95 % interval of a median of 101 values lies between about the 41st and the 61st (binomial)."""
    found = percentile(TIMES, 50)
    assert found.low == pytest.approx(41, abs=3)
    assert found.high == pytest.approx(61, abs=3)


def test_the_same_times_give_the_same_interval() -> None:
    times = np.random.default_rng(5).exponential(size=300).tolist()
    assert percentile(times, 99) == percentile(times, 99)


def test_one_time_is_its_own_interval() -> None:
    assert (percentile([3.0], 50).low, percentile([3.0], 99).high) == (3.0, 3.0)
