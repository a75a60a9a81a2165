"""Guessing at an account: how often for nothing, how long afterwards, and that nobody waits for ever."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.web.slowing import FORGOTTEN_AFTER, FREE, Slowdown
from bot.workers.shelf import LocalShelf, Shelf
from bot.workers.table import TableShelf
from knowledge.database import Database
from web_app import MovingClock

MINUTE = timedelta(minutes=1)


@pytest.fixture
def clock() -> MovingClock:
    return MovingClock()


@pytest.fixture
def slow(clock: MovingClock) -> Slowdown:
    return Slowdown("passwords", MINUTE, clock)


def use_up(slow: Slowdown, key: str = "lan") -> None:
    assert [slow.take(key) for _ in range(FREE)] == [0.0] * FREE


def test_the_first_attempts_wait_for_nothing_and_each_later_one_twice_as_long(
    slow: Slowdown, clock: MovingClock
) -> None:
    use_up(slow)
    waits = []
    for _ in range(8):
        waits.append(slow.take("lan"))
        clock.move(seconds=waits[-1])
        assert slow.take("lan") == 0.0
    assert waits == [2, 4, 8, 16, 32, 60, 60, 60]


def test_an_attempt_that_has_to_wait_is_not_counted(slow: Slowdown, clock: MovingClock) -> None:
    use_up(slow)
    assert [slow.take("lan") for _ in range(50)] == [2.0] * 50
    clock.move(seconds=2)
    assert slow.take("lan") == 0.0


def test_attempts_at_one_account_hold_up_no_other(slow: Slowdown) -> None:
    use_up(slow)
    assert slow.take("lan")
    assert slow.take("hoa") == 0.0


def test_the_right_one_makes_all_before_it_forgotten(slow: Slowdown) -> None:
    use_up(slow)
    slow.forgive("lan")
    use_up(slow)
    slow.forgive("nobody")


def test_after_an_hour_of_quiet_all_is_forgotten(slow: Slowdown, clock: MovingClock) -> None:
    use_up(slow)
    clock.move(seconds=FORGOTTEN_AFTER.total_seconds())
    use_up(slow)


def test_two_on_one_shelf_count_apart(clock: MovingClock) -> None:
    shelf = LocalShelf(10)
    use_up(Slowdown("passwords", MINUTE, clock, shelf))
    use_up(Slowdown("codes", MINUTE, clock, shelf))


@pytest.mark.parametrize("minutes", [1, 60, 60 * 24 * 365], ids=["a minute", "an hour", "a year"])
def test_a_clock_set_back_holds_nobody_up_for_longer(slow: Slowdown, clock: MovingClock, minutes: int) -> None:
    use_up(slow)
    clock.move(minutes=-minutes)
    assert slow.take("lan") <= MINUTE.total_seconds()


def test_processes_that_share_a_database_count_together(sqlite_database: Database, clock: MovingClock) -> None:
    shelf: Shelf = TableShelf(sqlite_database)
    one, other = (Slowdown("passwords", MINUTE, clock, shelf) for _ in range(2))
    assert [each.take("lan") for _ in range(FREE // 2) for each in (one, other)] == [0.0] * FREE
    assert one.take("lan") == other.take("lan") == 2.0
    other.forgive("lan")
    assert one.take("lan") == 0.0


@given(st.lists(st.floats(0, 4000), max_size=60))
def test_whatever_somebody_else_tries_nobody_waits_longer_than_the_bound(pauses: list[float]) -> None:
    clock = MovingClock()
    slow = Slowdown("codes", 15 * MINUTE, clock)
    for pause in pauses:
        clock.move(seconds=pause)
        assert 0 <= slow.take("lan") <= 15 * 60
    clock.move(minutes=15)
    assert slow.take("lan") == 0.0
