"""Working off an inbox: each update once, those of a chat in their order, different chats beside each other."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from functools import partial
from typing import Any, NamedTuple

import structlog
from anyio import to_thread

from bot.app import App
from bot.workers.inbox import Arrived, Inbox, Ticket

MOST_IN_HAND = 2_000  # more wait in the inbox
LOOK_SECONDS, OTHERS_SECONDS = 1.0, 0.1  # how soon is seen what was not told of; what other processes took in

Work = Coroutine[Any, Any, bool]  # whether it is over; what waits for a moment in a group is not
Order = Callable[[Arrived], int]

log = structlog.get_logger()


def look_seconds(app: App) -> float:
    """How often to look for what another process took in."""
    return OTHERS_SECONDS if app.settings.workers > 1 else LOOK_SECONDS


class Errand(NamedTuple):
    chat: str
    run: Callable[[Ticket], Work]


class Errands:
    """On one event loop, in the process with the lead. `read` says what an update is to us; None: nothing to do."""

    def __init__(self, inbox: Inbox, read: Callable[[Any], Errand | None], order: Order | None = None) -> None:
        """`order` is the platform's, of what several processes took in at the same moment."""
        self._inbox, self._read, self._order = inbox, read, order
        self._orders: dict[str, asyncio.Lock] = {}
        self._at_work: set[asyncio.Task[bool]] = set()
        self._in_hand: set[int] = set()  # also what waits for a moment in a group
        self._settled: list[int] = []
        self._draining = asyncio.Lock()

    async def work(self, arrived: asyncio.Event, seconds: float = LOOK_SECONDS) -> None:
        """Until cancelled; at once when told that something has arrived."""
        if unclear := await to_thread.run_sync(self._inbox.lay_aside):
            log.warning("a process died while it sent answers: they may be lost", count=unclear)
        while True:
            arrived.clear()
            await self.drain()
            with suppress(TimeoutError):
                await asyncio.wait_for(arrived.wait(), seconds)

    async def drain(self) -> None:
        """Begin what has arrived."""
        async with self._draining:
            await self._lay_down()
            room = max(0, MOST_IN_HAND - len(self._in_hand))
            fresh = await to_thread.run_sync(self._inbox.fresh, tuple(self._in_hand), room)
            for update in sorted(fresh, key=self._order) if self._order else fresh:
                self._begin(update)

    async def settle(self) -> None:
        """Until everything in the inbox is answered; what waits for a moment in groups as well."""
        await self.drain()
        while self._at_work:
            await asyncio.wait(tuple(self._at_work))
        await self._lay_down()

    async def finish(self, seconds: float) -> None:
        """Answer what is in hand within so many seconds, and leave the rest in the inbox."""
        if self._at_work:
            _, left = await asyncio.wait(tuple(self._at_work), timeout=seconds)
            for task in left:
                task.cancel()
        await self._lay_down()

    def start(self, work: Work, ticket: Ticket) -> None:
        """Do something for an update, beside everything else."""
        task = asyncio.get_running_loop().create_task(work)
        self._at_work.add(task)
        task.add_done_callback(partial(self._done, ticket))

    def order(self, chat: str) -> asyncio.Lock:
        """To be held while a chat is written to."""
        return self._orders.setdefault(chat, asyncio.Lock())

    def _begin(self, update: Arrived) -> None:
        self._in_hand.add(update.id)
        errand, ticket = self._read(update.body), Ticket(self._inbox, update.id)
        if errand is None:
            self._settled.append(update.id)
        else:
            self.start(self._in_order(errand, ticket), ticket)

    async def _in_order(self, errand: Errand, ticket: Ticket) -> bool:
        async with self.order(errand.chat):
            return await errand.run(ticket)

    def _done(self, ticket: Ticket, task: asyncio.Task[bool]) -> None:
        self._at_work.discard(task)
        if not self._at_work:
            self._orders.clear()
        if task.cancelled():
            return  # our own end: it waits for the next lead
        error = task.exception()
        if error:
            log.error("an update was not answered", reason=type(error).__name__)
        if error or task.result():
            self._settled.append(ticket.number)

    async def _lay_down(self) -> None:
        settled, self._settled = self._settled, []
        if settled:
            await to_thread.run_sync(self._inbox.settle, settled)
            self._in_hand.difference_update(settled)
