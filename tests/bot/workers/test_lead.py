"""One process leads; who dies or falls silent loses the lead to another one."""

from collections.abc import Iterator

import anyio
import anyio.lowlevel
import pytest
from anyio.abc import TaskStatus

from bot.workers import lead as module
from bot.workers.lead import LEASE, Lead, lead_on
from bot.workers.shelf import LocalShelf, Shelf
from bot.workers.table import TableShelf
from knowledge.database import Database
from web_app import MovingClock


@pytest.fixture
def clock() -> MovingClock:
    return MovingClock()


@pytest.fixture
def table(database: Database) -> TableShelf:
    return TableShelf(database)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(module, "RENEW_SECONDS", 0.0)
    return


def test_the_first_has_the_lead_and_keeps_it(table: TableShelf, clock: MovingClock) -> None:
    one, other = Lead(table, clock), Lead(table, clock)
    for _ in range(5):
        assert (one.take(), other.take()) == (True, False)
        clock.move(seconds=LEASE.total_seconds() - 1)


def test_of_a_process_that_fell_silent_another_takes_it_over(table: TableShelf, clock: MovingClock) -> None:
    one, other = Lead(table, clock), Lead(table, clock)
    one.take()
    clock.move(seconds=LEASE.total_seconds())
    assert (other.take(), one.take()) == (True, False)


def test_who_asks_in_vain_does_not_prolong_it_for_a_process_that_died(table: TableShelf, clock: MovingClock) -> None:
    dead, others = Lead(table, clock), [Lead(table, clock) for _ in range(3)]
    dead.take()
    for _ in range(4):
        clock.move(seconds=LEASE.total_seconds() / 5)
        assert [other.take() for other in others] == [False] * 3
    clock.move(seconds=LEASE.total_seconds() / 5)
    assert [other.take() for other in others] == [True, False, False]


def test_who_gives_it_up_leaves_it_at_once_and_only_his_own(table: TableShelf, clock: MovingClock) -> None:
    one, other = Lead(table, clock), Lead(table, clock)
    one.take()
    other.give_up()
    assert other.take() is False
    one.give_up()
    assert other.take() is True


async def _turns(shelf: Shelf, clock: MovingClock, seen: list[str], name: str) -> None:
    async def duties(*, task_status: TaskStatus[None]) -> None:
        seen.append(name)
        task_status.started()
        try:
            await anyio.sleep_forever()
        finally:
            seen.append(f"{name} stops")

    await lead_on(Lead(shelf, clock), duties, anyio.Event())


async def until(is_so: object) -> None:
    assert callable(is_so)
    with anyio.fail_after(120):
        while not is_so():
            await anyio.lowlevel.checkpoint()


async def test_duties_are_done_by_one_and_taken_up_by_the_next_when_it_stops(clock: MovingClock, quick: None) -> None:
    shelf, seen = LocalShelf(9), list[str]()
    async with anyio.create_task_group() as processes:
        first = anyio.CancelScope()

        async def one() -> None:
            with first:
                await _turns(shelf, clock, seen, "one")

        processes.start_soon(one)
        await until(lambda: seen)
        processes.start_soon(_turns, shelf, clock, seen, "other")
        for _ in range(20):
            await anyio.lowlevel.checkpoint()
        assert seen == ["one"]
        first.cancel()
        await until(lambda: len(seen) == 3)
        processes.cancel_scope.cancel()
    assert seen == ["one", "one stops", "other", "other stops"]


async def test_who_lost_the_lead_stops_its_duties(clock: MovingClock, quick: None) -> None:
    shelf, seen = LocalShelf(9), list[str]()
    async with anyio.create_task_group() as processes:
        processes.start_soon(_turns, shelf, clock, seen, "one")
        await until(lambda: seen)
        shelf.change(module.KEY, lambda _holder: (b"another process", None), clock(), LEASE)  # between two renewals
        await until(lambda: len(seen) == 2)
        shelf.drop(module.KEY)
        await until(lambda: len(seen) == 3)
        processes.cancel_scope.cancel()
    assert seen == ["one", "one stops", "one", "one stops"]
