"""The lead: of all processes one polls, answers what channels brought, empties the outbox and does the daily jobs.

It lies in the database as a lease that its holder renews; who dies loses it after LEASE.
"""

from collections.abc import Callable, Coroutine
from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import uuid4

import anyio
import sqlalchemy as sa
import structlog
from anyio import to_thread
from anyio.abc import TaskGroup

from bot.workers.shelf import Shelf
from knowledge.clock import Clock
from knowledge.shelf import Left

LEASE = timedelta(seconds=15)  # a process that is held up for longer, by a full disk say, has lost it
RENEW_SECONDS = 3.0
KEY = "lead"

Duties = Callable[..., Coroutine[Any, Any, None]]  # takes task_status, which it calls when it is at work

log = structlog.get_logger()


class Lead:
    """One for a process. `shelf` is the database's: there is one, whatever else is shared or not."""

    def __init__(self, shelf: Shelf, clock: Clock) -> None:
        self._shelf, self._clock = shelf, clock
        self._us = uuid4().hex.encode()

    def take(self) -> bool:
        """Take or renew it; False where another process has it."""
        return self._shelf.change(KEY, self._claimed, self._clock(), LEASE)

    def give_up(self) -> None:
        """A database that is gone by then will see it end by itself."""
        with suppress(sa.exc.OperationalError):
            if self._shelf.get(KEY, self._clock()) == self._us:
                self._shelf.drop(KEY)

    def _claimed(self, holder: bytes | None) -> tuple[bytes | Left, bool]:
        is_ours = holder in {None, self._us}
        return (self._us if is_ours else Left.AS_IT_IS), is_ours


async def lead_on(lead: Lead, duties: Duties, begun: anyio.Event) -> None:
    """Until cancelled: do the duties while we have the lead. Begun when they are, or when somebody else has it."""
    try:
        while True:
            if await _is_ours(lead):
                await _while_ours(lead, duties, begun)
            begun.set()
            await anyio.sleep(RENEW_SECONDS)
    finally:
        with anyio.CancelScope(shield=True):
            await to_thread.run_sync(lead.give_up)


async def _while_ours(lead: Lead, duties: Duties, begun: anyio.Event) -> None:
    log.info("this process has the lead")
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(_begin, tasks, duties, begun)  # beside the renewing: a channel may take long to begin
        while await _is_ours(lead):  # noqa: ASYNC110  nobody in this process could set an event
            await anyio.sleep(RENEW_SECONDS)
        log.warning("this process lost the lead")
        tasks.cancel_scope.cancel()


async def _begin(tasks: TaskGroup, duties: Duties, begun: anyio.Event) -> None:
    await tasks.start(duties)
    begun.set()


async def _is_ours(lead: Lead) -> bool:
    try:
        return await to_thread.run_sync(lead.take)
    except sa.exc.OperationalError as error:
        log.warning("the lead could not be asked for", reason=type(error).__name__)
        return False
