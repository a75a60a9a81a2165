"""The outbox worked off for ever: each channel in its own time, and in it the chats beside each other, so that one that
has to wait, or takes long, holds up nobody."""

import asyncio
from functools import partial

import anyio
import sqlalchemy as sa
import structlog
from anyio import CapacityLimiter, to_thread

from bot.outbox.delivering import due, send
from bot.outbox.sender import Sender
from bot.quiet_hours import QuietHours
from knowledge.clock import Clock
from knowledge.database import Database
from knowledge.outbox import Claimed

ROUND_SECONDS = 5.0  # a notice of an office is not urgent to the second
BUSY_SECONDS = 1.0  # while there is more to send: limits are counted by the second
AT_ONCE = 8  # messages of a channel on their way

log = structlog.get_logger()


class Rounds:
    """Of one channel, on one event loop; its sender runs in threads beside it."""

    def __init__(self, database: Database, sender: Sender, clock: Clock, quiet_hours: QuietHours | None = None) -> None:
        self._database, self._sender, self._clock = database, sender, clock
        self._due = partial(due, database, sender, clock, quiet_hours)
        self._hands = CapacityLimiter(AT_ONCE)
        self._on_their_way: dict[int, asyncio.Task[None]] = {}

    async def go_on(self) -> None:
        """Until cancelled; what is on its way then is waited for: nobody else would know whether it arrived."""
        pause = ROUND_SECONDS
        try:
            while True:
                await anyio.sleep(pause)
                pause = BUSY_SECONDS if await self.begin() else ROUND_SECONDS
        finally:
            with anyio.CancelScope(shield=True):
                await self.settle()

    async def begin(self) -> int:
        """Take what is due, as much as there are hands, and let it go; how much that was. A database that is away is
        asked again in the next round."""
        free = AT_ONCE - len(self._on_their_way)
        try:
            with anyio.CancelScope(shield=True):  # what is ours has to be sent
                taken = await to_thread.run_sync(self._due, free) if free else []
        except sa.exc.OperationalError as error:
            log.warning("the outbox was not delivered", reason=type(error).__name__)
            return 0
        for message in taken:
            if message.id not in self._on_their_way:  # as one is whose sending took longer than its lease
                task = asyncio.get_running_loop().create_task(self._send(message))
                self._on_their_way[message.id] = task
                task.add_done_callback(partial(self._done, message.id))
        return len(taken)

    async def settle(self) -> None:
        """Until nothing is on its way."""
        while self._on_their_way:
            await asyncio.wait(tuple(self._on_their_way.values()))

    async def _send(self, message: Claimed) -> None:
        await to_thread.run_sync(send, self._database, self._sender, message, self._clock, limiter=self._hands)

    def _done(self, number: int, task: asyncio.Task[None]) -> None:
        """What failed unforeseen, or could not be marked, comes again when its lease has ended, a few times."""
        self._on_their_way.pop(number)
        if not task.cancelled() and (error := task.exception()):
            log.error("a notice was not delivered", channel=self._sender.name, reason=type(error).__name__)
