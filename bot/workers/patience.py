"""A database that is away for a moment ends nothing that goes on beside answers: it is waited for."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, NoReturn, TypeVar

import sqlalchemy as sa
import structlog
from anyio import to_thread

AFTER_TROUBLE = 5.0  # seconds

Pause = Callable[[float], Awaitable[object]]
Result = TypeVar("Result")

log = structlog.get_logger()


async def patiently(work: Callable[[], Awaitable[Result]], pause: Pause = asyncio.sleep) -> Result:
    """What comes of the work; it is begun anew until the database answers, so it must bear that."""
    while True:
        try:
            return await work()
        except sa.exc.OperationalError as error:
            log.warning("the database did not answer: it is asked again", reason=type(error).__name__)
        await pause(AFTER_TROUBLE)


async def when_it_answers(call: Callable[..., Result], *arguments: Any, pause: Pause = asyncio.sleep) -> Result:
    """`patiently`, of what waits for the database and is therefore called in a thread."""
    return await patiently(partial(to_thread.run_sync, call, *arguments), pause)


async def again_and_again(
    chore: Callable[[], object], seconds: float, pause: Pause = asyncio.sleep, *, is_long: bool = False
) -> NoReturn:
    """Until cancelled, in a thread; one that takes long is not waited for at the end. What fails waits for its next
    turn."""
    while True:
        try:
            await to_thread.run_sync(chore, abandon_on_cancel=is_long)
        except sa.exc.OperationalError as error:
            log.warning("the database did not answer: a chore waits", reason=type(error).__name__)
        await pause(seconds)
