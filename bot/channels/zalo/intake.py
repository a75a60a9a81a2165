"""What a channel brings is taken once in all processes, and worked on afterwards: in order for each chat, not more at
once than we can hold."""

import asyncio
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any

import structlog
from anyio import to_thread

from bot.app import App
from bot.outbox.sender import SendFailedError
from knowledge.channel_marks import forget_before, is_first

MOST_AT_WORK = 2_000  # taken and not answered yet; more are refused, which the platforms bring again
KEPT = timedelta(days=2)

Work = Coroutine[Any, Any, None]

log = structlog.get_logger()


class Intake:
    """One for a channel in a process, on one event loop."""

    def __init__(self, app: App, channel: str) -> None:
        self._app, self._channel = app, channel
        self._orders: dict[str, asyncio.Lock] = {}
        self._at_work: set[asyncio.Task[None]] = set()

    @property
    def is_full(self) -> bool:
        return len(self._at_work) >= MOST_AT_WORK

    async def is_new(self, event: str) -> bool:
        """Whether nobody has taken an event before."""
        key = f"{self._channel}:{event}"
        return await to_thread.run_sync(is_first, self._app.database, key, self._app.clock())

    def start(self, work: Work, chat: str) -> None:
        """Work on something after whatever was begun for the same chat."""
        self.aside(self._in_order(work, self._orders.setdefault(chat, asyncio.Lock())))

    def aside(self, work: Work) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._at_work.add(task)
        task.add_done_callback(self._done)

    def order_of(self, chat: str) -> asyncio.Lock:
        return self._orders.setdefault(chat, asyncio.Lock())

    async def settle(self) -> None:
        """Until everything taken is answered."""
        while self._at_work:
            await asyncio.wait(tuple(self._at_work))

    async def finish(self, seconds: float) -> None:
        """Answer what is in hand within so many seconds, and leave the rest."""
        if self._at_work:
            _, left = await asyncio.wait(tuple(self._at_work), timeout=seconds)
            for task in left:
                task.cancel()

    def forget_old(self) -> None:
        with self._app.database.session() as session:
            forget_before(session, f"{self._channel}:", self._app.clock() - KEPT)

    async def _in_order(self, work: Work, order: asyncio.Lock) -> None:
        async with order:
            try:
                await work
            except SendFailedError as error:
                log.info("a message was not sent", channel=self._channel, reason=error.reason)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._at_work.discard(task)
        if not self._at_work:
            self._orders.clear()
        if not task.cancelled() and (error := task.exception()):
            log.error("an update was not answered", channel=self._channel, reason=type(error).__name__)
