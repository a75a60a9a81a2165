"""Working off an inbox: each update once, those of a chat in their order, different chats beside each other."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from functools import partial
from typing import Any, NamedTuple

import sqlalchemy as sa
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
        """Until cancelled; at once when told that something has arrived. A database that is away is waited for."""
        has_begun = False
        while True:
            arrived.clear()
            try:
                if not has_begun:
                    await self._lay_aside()
                    has_begun = True
                await self.drain()
            except sa.exc.OperationalError as error:
                log.warning("the database did not answer: updates wait", reason=type(error).__name__)
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
        with suppress(sa.exc.OperationalError):  # the next lead lays it aside
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
        ticket = Ticket(self._inbox, update.id)
        self.start(self._in_order(update, ticket), ticket)

    async def _in_order(self, update: Arrived, ticket: Ticket) -> bool:
        """Read here too: an update at which reading fails is settled like one that could not be answered."""
        errand = self._read(update.body)
        if errand is None:
            return True
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

    async def _lay_aside(self) -> None:
        if unclear := await to_thread.run_sync(self._inbox.lay_aside):
            log.warning("a process died while it sent answers: they may be lost", count=unclear)

    async def _lay_down(self) -> None:
        settled, self._settled = self._settled, []
        if not settled:
            return
        try:
            await to_thread.run_sync(self._inbox.settle, settled)
        except sa.exc.OperationalError:
            self._settled += settled
            raise
        self._in_hand.difference_update(settled)
