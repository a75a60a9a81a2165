"""What only the process with the lead does: the channels that poll and answer, notices, what the night prunes."""

from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from functools import partial
from importlib import import_module
from typing import Any

import anyio
from anyio import to_thread
from anyio.abc import TaskStatus
from fastapi import FastAPI

from bot.operation.grouping import group_some
from bot.operation.retention import prune_if_due
from bot.outbox import SENDERS
from bot.outbox.chores import do_chores
from bot.outbox.rounds import ROUND_SECONDS, Rounds
from bot.outbox.sender import Sender
from bot.quiet_hours import read_quiet_hours
from bot.web.site import Site
from bot.workers.patience import again_and_again

GROUP_SECONDS = 2  # between two short turns of grouping what was asked
PRUNE_SECONDS = 600  # how often it is asked whether the night has come

Join = Callable[[FastAPI, Site, AsyncExitStack], Coroutine[Any, Any, Sender | None]]


async def do_duties(web: FastAPI, *, task_status: TaskStatus[None]) -> None:
    """Until cancelled. Started when every channel is at work, or was refused by its platform."""
    site: Site = web.state.site
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(again_and_again, partial(do_chores, site.app.database, site.app.clock), ROUND_SECONDS)
        tasks.start_soon(_prune_for_ever, site)
        tasks.start_soon(_group_for_ever, site)
        for sender in SENDERS:
            tasks.start_soon(_deliver, site, sender)
        async with anyio.create_task_group() as starting:
            for join in CHANNELS:
                starting.start_soon(tasks.start, _serve_channel, join, web)
        task_status.started()


async def _serve_channel(join: Join, web: FastAPI, *, task_status: TaskStatus[None]) -> None:
    stack = AsyncExitStack()
    try:
        sender = await join(web, web.state.site, stack)
        task_status.started()
        await (_deliver(web.state.site, sender) if sender else anyio.sleep_forever())
    finally:
        with anyio.CancelScope(shield=True):  # what is in hand is answered first, within the channel's own bound
            await stack.aclose()


async def _telegram(web: FastAPI, site: Site, stack: AsyncExitStack) -> Sender | None:
    """Telegram beside the web, where it is configured; its sender of notices."""
    if not site.settings.telegram_token:
        return None
    await to_thread.run_sync(import_module, "bot.channels.telegram.running")  # aiogram: a second and more
    from bot.channels.telegram.outbox import TelegramSender
    from bot.channels.telegram.running import telegram_of

    service = await stack.enter_async_context(telegram_of(site.app, web.state.arrived, web.state.tally))
    web.state.telegram = service
    stack.callback(setattr, web.state, "telegram", None)
    return TelegramSender(service) if service else None


async def _zalo_bot(web: FastAPI, site: Site, stack: AsyncExitStack) -> Sender | None:
    if not site.settings.zalo_bot_token:
        return None
    from bot.channels.zalo_bot.outbox import ZaloBotSender
    from bot.channels.zalo_bot.running import zalo_bot_of

    bot = await stack.enter_async_context(zalo_bot_of(site.app, web.state.zalo_bot_arrived, web.state.tally))
    return ZaloBotSender(bot)


async def _zalo_oa(web: FastAPI, site: Site, stack: AsyncExitStack) -> Sender | None:
    if not (site.settings.zalo_oa and site.settings.zalo_oa_app):
        return None
    from bot.channels.zalo_oa.outbox import ZaloOaSender
    from bot.channels.zalo_oa.running import zalo_oa_of

    account = await stack.enter_async_context(zalo_oa_of(site.app, web.state.zalo_oa_arrived, web.state.tally))
    return ZaloOaSender(account)


CHANNELS: tuple[Join, ...] = (_telegram, _zalo_bot, _zalo_oa)


async def _deliver(site: Site, sender: Sender) -> None:
    """Notices of one channel."""
    quiet_hours = read_quiet_hours(site.settings.notice_quiet)
    await Rounds(site.app.database, sender, site.app.clock, quiet_hours).go_on()


async def _prune_for_ever(site: Site) -> None:
    """Once a day, whatever else; a process that ends leaves the rest to the next night."""
    prune = partial(prune_if_due, site.app.database, site.settings, site.app.clock)
    await again_and_again(prune, PRUNE_SECONDS, is_long=True)


async def _group_for_ever(site: Site) -> None:
    """What waits for staff is in their list before anybody opens it."""
    await again_and_again(partial(group_some, site.app), GROUP_SECONDS)
