"""Starting Zalo Bot beside the web: by webhook where there is a secret, else by polling."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import structlog
from anyio import to_thread

from bot.app import App
from bot.channels.ledger import Reason
from bot.channels.tally import Tally
from bot.channels.zalo.door import Door, DoorError, Pause, make_client
from bot.channels.zalo.media import Media, is_local
from bot.channels.zalo_bot.api import DAILY, IDLE, NOT_FOUND, TOKEN, RefusedError
from bot.channels.zalo_bot.form import CHANNEL, WEBHOOK
from bot.channels.zalo_bot.service import Service
from bot.channels.zalo_bot.taking import take_in
from bot.conversation.privacy import hashed
from bot.workers.errands import look_seconds
from bot.workers.patience import again_and_again, patiently, when_it_answers
from knowledge.channel_marks import is_first, is_set
from knowledge.clock import vietnam_day

POLL_SECONDS = 30
AFTER_TROUBLE = 5.0  # seconds
HURRIED = 1.0  # seconds; a server that ends empty polls sooner is asked no more often than that
AFTER_START = 2.0  # our own server listens by then: Zalo looks at once whether the webhook answers
SWEEP_SECONDS = 3_600.0
WATCH_SECONDS = 3_600.0  # between two looks whether the token still holds
AT_THE_END = 5.0  # seconds for what is being answered

log = structlog.get_logger()


@asynccontextmanager
async def zalo_bot_of(
    app: App, arrived: asyncio.Event, tally: Tally, pause: Pause = asyncio.sleep
) -> AsyncIterator[Service]:
    """The service while it runs. It answers at once; that it is known to the platform is seen to beside that.
    `arrived` is set when this process has put something into the inbox."""
    async with make_client() as client:
        media = Media(client, is_open=is_local(app.settings.zalo_bot_api))
        service = Service(app, Door(client, pause), media, tally)
        duties = (
            service.errands.work(arrived, look_seconds(app)),
            patiently(partial(run, service, arrived), pause),
            again_and_again(service.inbox.forget_old, SWEEP_SECONDS, pause),
        )
        tasks = [asyncio.create_task(duty) for duty in duties]
        yield service
        for task in tasks:
            task.cancel()
        await service.errands.finish(AT_THE_END)


async def run(service: Service, arrived: asyncio.Event) -> None:
    """Until cancelled, or until the token is refused; it may be begun anew."""
    if not await introduced(service):
        return
    if service.app.settings.zalo_bot_secret:
        await service.api.door.pause(AFTER_START)
        await set_webhook(service)
        await watch(service)
    else:
        await _called(service, "deleteWebhook")
        await poll(service, arrived)


async def watch(service: Service) -> None:
    """Until cancelled, or until the token is refused: that it was taken back is told by nobody, only seen."""
    while await holds(service):
        await service.api.door.pause(WATCH_SECONDS)


async def holds(service: Service) -> bool:
    """Whether our token is not refused."""
    try:
        await service.api.me()
    except RefusedError as error:
        if error.code == TOKEN:
            await to_thread.run_sync(service.ledger.stop, Reason.TOKEN, str(error.code))
        return error.code != TOKEN
    except DoorError as error:
        log.info("zalo bot did not answer", reason=str(error))
    return True


async def introduced(service: Service) -> bool:
    """Learn our own name; a server that cannot be reached is asked until it can. False if the token is refused."""
    while True:
        try:
            me = await service.api.me()
        except RefusedError as error:
            if error.code == TOKEN:
                await to_thread.run_sync(service.ledger.stop, Reason.TOKEN, str(error.code))
                return False
            log.warning("zalo bot does not answer", code=error.code)
        except DoorError as error:
            log.warning("zalo bot does not answer", reason=str(error))
        else:
            break
        await service.api.door.pause(AFTER_TROUBLE)
    service.names = [*filter(None, dict.fromkeys((*service.names, me.display_name)))]
    await to_thread.run_sync(service.ledger.go_on)
    log.info("zalo bot is on", account=me.account, joins_groups=me.joins_groups, knows_its_name=bool(service.names))
    return True


async def set_webhook(service: Service) -> None:
    """Not where it stands already, and not again on a day on which Zalo wants no more of it."""
    app, url = service.app, service.app.settings.public_url.rstrip("/") + WEBHOOK
    standing = f"webhook:{CHANNEL}:{hashed(url + app.settings.zalo_bot_secret, app.secret)}"
    spent = f"webhook:{CHANNEL}:spent:{vietnam_day(app.clock())}"
    info = await _called(service, "getWebhookInfo", NOT_FOUND)
    is_known = await to_thread.run_sync(is_set, app.database, standing)
    if (is_known and _part(info, "url") == url) or await to_thread.run_sync(is_set, app.database, spent):
        return
    try:
        result = await service.api.call("setWebhook", url=url, secret_token=app.settings.zalo_bot_secret)
    except (RefusedError, DoorError) as error:
        log.critical("zalo bot's webhook was not set: check MOTCUA_PUBLIC_URL", reason=str(error))
        if isinstance(error, RefusedError) and error.code == DAILY:
            await to_thread.run_sync(is_first, app.database, spent, app.clock())
        return
    await to_thread.run_sync(is_first, app.database, standing, app.clock())
    verification = _part(result, "verification") or {}
    if _part(verification, "ok") is False:
        log.critical("zalo bot's webhook is set but does not answer", outcome=_part(verification, "outcome"))


async def poll(service: Service, arrived: asyncio.Event) -> None:
    """Until cancelled, or until the token is refused. Nothing is kept for us while nobody polls, and what one poll
    brought no other one brings: it is held until the database takes it."""
    while True:
        wait, started = 0.0, asyncio.get_running_loop().time()
        try:
            result = await service.api.call("getUpdates", POLL_SECONDS + 10.0, timeout=str(POLL_SECONDS))
            if await when_it_answers(take_in, service.inbox, result, service.tally, pause=service.api.door.pause):
                arrived.set()
        except RefusedError as error:
            if error.code == TOKEN:
                await to_thread.run_sync(service.ledger.stop, Reason.TOKEN, str(error.code))
                return
            is_idle = error.code == IDLE
            hurried = HURRIED if asyncio.get_running_loop().time() - started < HURRIED else 0.0
            wait = hurried if is_idle else AFTER_TROUBLE
        except DoorError as error:
            log.warning("zalo bot does not answer", reason=str(error))
            wait = AFTER_TROUBLE
        await service.api.door.pause(wait)


async def _called(service: Service, method: str, *expected: int) -> Any:
    """What a method gives, an empty object where it refuses as expected, None with a word in the log otherwise."""
    try:
        return await service.api.call(method) or {}
    except RefusedError as error:
        if error.code in expected:
            return {}
        log.warning("zalo bot refused", method=method, code=error.code)
    except DoorError as error:
        log.warning("zalo bot does not answer", method=method, reason=str(error))
    return None


def _part(value: Any, name: str) -> Any:
    return value.get(name) if isinstance(value, dict) else None
