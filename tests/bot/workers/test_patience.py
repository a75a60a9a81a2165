"""A database that is away for a moment is waited for: nothing ends, nothing is lost, everything is counted."""

import asyncio
from collections.abc import Callable
from contextlib import contextmanager, suppress
from threading import Barrier, Thread
from typing import Any

import pytest
import sqlalchemy as sa
from structlog.testing import capture_logs

from bot.channels.tally import Tally
from bot.workers.inbox import Ticket
from bot.workers.patience import AFTER_TROUBLE, again_and_again, patiently, when_it_answers
from knowledge.channel_ledger import counts
from knowledge.database import Database
from web_app import MovingClock

AWAY = sa.exc.OperationalError("SELECT 1", {}, Exception("the database system is starting up"))


class EnoughError(Exception):
    """Ends what goes on for ever."""


class Pauses:
    """Noted instead of waited for; the last one ends the test."""

    def __init__(self, most: int = 1_000) -> None:
        self.seconds: list[float] = []
        self._most = most

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)
        if len(self.seconds) == self._most:
            raise EnoughError


class Moody:
    """A call that the database answers only after some others."""

    def __init__(self, away: int, error: Exception = AWAY) -> None:
        self.away, self.error, self.calls = away, error, list[tuple[Any, ...]]()

    def __call__(self, *given: Any) -> str:
        self.calls.append(given)
        if len(self.calls) <= self.away:
            raise self.error
        return "answered"

    async def work(self) -> str:
        return self()


@pytest.mark.parametrize("away", [0, 1, 7])
async def test_work_is_begun_anew_until_the_database_answers(away: int) -> None:
    moody, pauses = Moody(away), Pauses()
    assert await patiently(moody.work, pauses) == "answered"
    assert (len(moody.calls), pauses.seconds) == (away + 1, [AFTER_TROUBLE] * away)


@pytest.mark.parametrize("away", [0, 1, 7])
async def test_a_call_is_made_again_with_the_same(away: int) -> None:
    moody, pauses = Moody(away), Pauses()
    assert await when_it_answers(moody, 1, "two", pause=pauses) == "answered"
    assert moody.calls == [(1, "two")] * (away + 1)
    assert pauses.seconds == [AFTER_TROUBLE] * away


@pytest.mark.parametrize("error", [ValueError("ours"), sa.exc.IntegrityError("x", {}, Exception()), KeyError(1)])
async def test_what_is_no_absence_is_not_waited_for(error: Exception) -> None:
    moody, pauses = Moody(1, error), Pauses()
    with pytest.raises(type(error)):
        await when_it_answers(moody, pause=pauses)
    assert (len(moody.calls), pauses.seconds) == (1, [])


async def test_the_operator_reads_that_it_was_away_and_nothing_of_what_was_asked() -> None:
    with capture_logs() as lines:
        await when_it_answers(Moody(2), "a secret", pause=Pauses())
    assert [line["log_level"] for line in lines] == ["warning"] * 2
    assert "secret" not in str(lines)


@pytest.mark.parametrize("away", [0, 2])
async def test_a_chore_is_done_turn_by_turn_whatever_becomes_of_one(away: int) -> None:
    moody, pauses = Moody(away), Pauses(5)
    with pytest.raises(EnoughError):
        await again_and_again(moody, 60.0, pauses)
    assert (len(moody.calls), pauses.seconds) == (5, [60.0] * 5)


async def test_a_bug_in_a_chore_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError):
        await again_and_again(lambda: 1 / 0, 60.0, Pauses())


async def test_a_chore_that_takes_long_does_not_hold_up_the_end() -> None:
    begun, loop, is_over = asyncio.Event(), asyncio.get_running_loop(), asyncio.Event()
    gate = Barrier(2)

    def long() -> None:
        loop.call_soon_threadsafe(begun.set)
        gate.wait(60)
        loop.call_soon_threadsafe(is_over.set)

    chore = asyncio.create_task(again_and_again(long, 60.0, Pauses(), is_long=True))
    await begun.wait()
    chore.cancel()
    with suppress(asyncio.CancelledError):
        await chore
    assert not is_over.is_set()
    gate.wait(60)
    await is_over.wait()


# What rests on it


class Box:
    """The inbox of a ticket."""

    def __init__(self, call: Moody) -> None:
        self.go_out: Callable[[int], Any] = call


async def test_an_answer_goes_out_when_the_database_is_there_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.workers.patience.AFTER_TROUBLE", 0.0)
    moody = Moody(3)
    ticket = Ticket(Box(moody), 7)  # type: ignore[arg-type]  in place of the inbox
    await ticket.out()
    await ticket.out()  # the second piece of the same answer
    assert moody.calls == [(7,)] * 4


class Ledger:
    """What a tally needs of the app."""

    def __init__(self, database: Database) -> None:
        self.database, self.clock = database, MovingClock()

    def counted(self) -> dict[str, int]:
        with self.database.session() as session:
            return counts(session, "zalo_bot", self.clock())


@pytest.fixture
def ledger(sqlite_database: Database) -> Ledger:
    return Ledger(sqlite_database)


class AwayDatabase:
    @contextmanager
    def queueing(self) -> Any:
        raise AWAY
        yield


def test_what_was_counted_while_the_database_was_away_is_stored_later(ledger: Ledger) -> None:
    tally = Tally(ledger)  # type: ignore[arg-type]  in place of the app
    there, ledger.database = ledger.database, AwayDatabase()  # type: ignore[assignment]  the same
    for _ in range(3):
        tally.met("zalo_bot", "ignored")
    with pytest.raises(sa.exc.OperationalError):
        tally.flush()
    tally.met("zalo_bot", "ignored")
    tally.met("zalo_bot", "repeated")
    ledger.database = there
    tally.flush()
    tally.flush()
    assert ledger.counted() == {"ignored": 4, "repeated": 1}


def test_where_nothing_was_met_the_database_is_left_alone() -> None:
    Tally(None).flush()  # type: ignore[arg-type]  no app at all


def test_threads_that_count_at_once_lose_nothing(ledger: Ledger) -> None:
    tally, together = Tally(ledger), Barrier(5)  # type: ignore[arg-type]  in place of the app

    def count() -> None:
        together.wait(60)
        for _ in range(500):
            tally.met("zalo_bot", "ignored")

    threads = [Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    together.wait(60)
    for _ in range(20):
        tally.flush()
    for thread in threads:
        thread.join()
    tally.flush()
    assert ledger.counted() == {"ignored": 2_000}
