"""The Official Account beside the web: its webhook is set in Zalo's console, here its tokens are kept fresh."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog

from bot.app import App
from bot.channels.tally import Tally
from bot.channels.zalo.door import Door, Pause, make_client
from bot.channels.zalo.media import Media, is_local
from bot.channels.zalo_oa.service import Service
from bot.channels.zalo_oa.tokens import NoTokenError
from bot.workers.errands import look_seconds
from bot.workers.patience import patiently, when_it_answers

LOOK_SECONDS = 600.0  # a token lives 25 hours and is renewed after 20
AT_THE_END = 5.0  # seconds for what is being answered; what waits in groups is left

log = structlog.get_logger()


@asynccontextmanager
async def zalo_oa_of(
    app: App, arrived: asyncio.Event, tally: Tally, pause: Pause = asyncio.sleep
) -> AsyncIterator[Service]:
    """The service while it runs. `arrived` is set when this process has put something into the inbox."""
    async with make_client() as client:
        media = Media(client, is_open=is_local(app.settings.zalo_oa_api))
        service = Service(app, Door(client, pause), media, tally)
        duties = (service.errands.work(arrived, look_seconds(app)), look_after(service, pause))
        tasks = [asyncio.create_task(duty) for duty in duties]
        yield service
        for task in tasks:
            task.cancel()
        await service.errands.finish(AT_THE_END)


async def look_after(service: Service, pause: Pause) -> None:
    """Until cancelled: tokens renewed in time, what is old forgotten."""
    await when_it_answers(service.ledger.go_on_after_start, pause=pause)
    while True:
        try:
            await patiently(service.tokens.renew_in_time, pause)
        except NoTokenError as error:
            log.critical("zalo oa has no token", reason=str(error))
        for chore in (service.inbox.forget_old, service.windows.sweep):
            await when_it_answers(chore, pause=pause)
        await pause(LOOK_SECONDS)
