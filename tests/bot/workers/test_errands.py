"""One update that cannot be read, or a database that is away for a moment, ends nothing but itself."""

import asyncio
from contextlib import suppress
from typing import Any

import sqlalchemy as sa

from bot.workers.errands import Errand, Errands
from bot.workers.inbox import Arrived, Ticket

AWAY = sa.exc.OperationalError("SELECT 1", {}, Exception("the database system is starting up"))


class Shelf:
    """An inbox in memory that can be away for some calls."""

    def __init__(self, *bodies: Any, away: int = 0) -> None:
        self.waiting = {number: Arrived(number, str(number), body) for number, body in enumerate(bodies, 1)}
        self.away = away

    def _come(self) -> None:
        if self.away:
            self.away -= 1
            raise AWAY

    def lay_aside(self) -> int:
        self._come()
        return 0

    def fresh(self, in_hand: tuple[int, ...], room: int) -> list[Arrived]:
        self._come()
        return [update for number, update in self.waiting.items() if number not in in_hand][:room]

    def settle(self, numbers: list[int]) -> None:
        self._come()
        for number in numbers:
            del self.waiting[number]


def errands_of(shelf: Shelf, answered: list[Any]) -> Errands:
    async def answer(body: Any) -> bool:
        answered.append(body)
        return True

    def read(body: Any) -> Errand | None:
        if body == "nothing to us":
            return None
        chat = str(body["chat"])  # what is no object fails here

        def run(_: Ticket) -> Any:
            return answer(body)

        return Errand(chat, run)

    return Errands(shelf, read)  # type: ignore[arg-type]  in place of the inbox


async def work_until_settled(errands: Errands, shelf: Shelf) -> None:
    working = asyncio.create_task(errands.work(asyncio.Event(), 0.001))
    async with asyncio.timeout(120):
        while shelf.waiting and not working.done():  # noqa: ASYNC110  the shelf tells nobody when it is empty
            await asyncio.sleep(0)
    working.cancel()
    with suppress(asyncio.CancelledError):
        await working


async def test_an_update_that_cannot_be_read_is_settled_and_the_next_one_is_answered() -> None:
    answered: list[Any] = []
    shelf = Shelf(None, "nothing to us", {"chat": 1})
    await work_until_settled(errands_of(shelf, answered), shelf)
    assert (shelf.waiting, answered) == ({}, [{"chat": 1}])


async def test_a_database_that_is_away_is_waited_for_and_nothing_is_answered_twice() -> None:
    for away in range(1, 6):
        answered: list[Any] = []
        shelf = Shelf({"chat": 1}, {"chat": 1}, {"chat": 2}, away=away)
        await work_until_settled(errands_of(shelf, answered), shelf)
        assert (shelf.waiting, len(answered)) == ({}, 3)


async def test_a_database_that_goes_away_while_something_is_settled_settles_it_later() -> None:
    answered: list[Any] = []
    shelf = Shelf({"chat": 1})
    errands = errands_of(shelf, answered)
    await errands.drain()
    while errands._at_work:  # noqa: ASYNC110  they tell nobody
        await asyncio.sleep(0)
    shelf.away = 2
    await work_until_settled(errands, shelf)
    assert (shelf.waiting, answered) == ({}, [{"chat": 1}])


async def test_those_of_one_chat_are_answered_in_their_order() -> None:
    answered: list[Any] = []
    shelf = Shelf(*({"chat": number % 2, "said": number} for number in range(20)))
    await work_until_settled(errands_of(shelf, answered), shelf)
    for chat in (0, 1):
        said = [each["said"] for each in answered if each["chat"] == chat]
        assert said == sorted(said)
        assert len(said) == 10


async def test_a_database_that_is_away_at_the_end_does_not_hold_it_up() -> None:
    answered: list[Any] = []
    shelf = Shelf({"chat": 1})
    errands = errands_of(shelf, answered)
    await errands.drain()
    while errands._at_work:  # noqa: ASYNC110  they tell nobody
        await asyncio.sleep(0)
    shelf.away = 1
    await errands.finish(60)
    assert answered == [{"chat": 1}]
    assert shelf.waiting  # for the next lead, which finds that an answer was on its way
