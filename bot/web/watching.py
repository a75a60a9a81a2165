"""Each process looks for what another one published, whether anybody asks meanwhile or not."""

import anyio
import sqlalchemy as sa
import structlog
from anyio import to_thread

from bot.library import Library

LOOK_SECONDS = 0.25  # one small query each time: an approved entry is to answer within a second
PAUSE_SECONDS = 60  # after a database that could not be read

log = structlog.get_logger()


async def watch_for_ever(library: Library) -> None:
    while True:
        try:
            await to_thread.run_sync(library.look_here, abandon_on_cancel=True)
            await anyio.sleep(LOOK_SECONDS)
        except sa.exc.SQLAlchemyError as error:
            log.warning("no look for a new edition", reason=type(error).__name__)
            await anyio.sleep(PAUSE_SECONDS)
