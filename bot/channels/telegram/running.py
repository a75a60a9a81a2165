"""Starting Telegram beside the web: a webhook where there is a secret and a public address, else polling."""

import asyncio
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager
from typing import Any

import sqlalchemy as sa
import structlog
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramConflictError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import DeleteWebhook, GetUpdates, SetMyCommands, SetWebhook
from aiogram.types import BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats
from anyio import to_thread

from bot.app import App
from bot.channels.telegram.post import Pause
from bot.channels.telegram.reading import CHANNEL, Me
from bot.channels.telegram.service import Service
from bot.channels.telegram.wording import COMMANDS, GROUP_COMMANDS, WEBHOOK
from bot.workers.inbox import Inbox
from bot.workers.patience import again_and_again

UPDATES = ["message", "edited_message", "callback_query", "inline_query", "my_chat_member"]
POLL_SECONDS = 25
AFTER_TROUBLE = 5.0  # seconds
SWEEP_SECONDS = 3_600.0
OTHERS_SECONDS, ALONE_SECONDS = 0.1, 2.0  # between two looks for what another process took in
AT_THE_END = 5.0  # seconds for what is being answered; what waits in groups is left

log = structlog.get_logger()


@asynccontextmanager
async def telegram_of(app: App, arrived: asyncio.Event, pause: Pause = asyncio.sleep) -> AsyncIterator[Service | None]:
    """The service while it runs; None where it could not be started, which is told to the operator. `arrived` is set
    when this process has put something into the inbox."""
    server = TelegramAPIServer.from_base(app.settings.telegram_api)
    async with Bot(app.settings.telegram_token, session=AiohttpSession(api=server)) as bot:
        service = await _started(app, bot, pause)
        tasks = [asyncio.create_task(each) for each in _duties(app, service, arrived, pause)] if service else []
        yield service
        for task in tasks:
            task.cancel()
        if service:
            await service.errands.finish(AT_THE_END)


def _duties(app: App, service: Service, arrived: asyncio.Event, pause: Pause) -> Iterator[Coroutine[Any, Any, None]]:
    inbox = Inbox(app, CHANNEL)
    yield service.errands.work(arrived, OTHERS_SECONDS if app.settings.workers > 1 else ALONE_SECONDS)
    yield again_and_again(inbox.forget_old, SWEEP_SECONDS, pause)
    if not app.settings.telegram_secret:
        yield poll(service, inbox, arrived, pause)


async def _started(app: App, bot: Bot, pause: Pause) -> Service | None:
    """None if we are refused; what cannot be reached, or has trouble of its own, is tried until it answers."""
    while True:
        try:
            return await _introduced(app, bot, pause)
        except (TelegramNetworkError, TelegramServerError, TelegramRetryAfter, ClientDecodeError) as error:
            log.warning("telegram does not answer", reason=type(error).__name__)
            await pause(AFTER_TROUBLE)
        except TelegramAPIError as error:
            reason = type(error).__name__
            log.critical("telegram is off: check MOTCUA_TELEGRAM_TOKEN and MOTCUA_PUBLIC_URL", reason=reason)
            return None


async def _introduced(app: App, bot: Bot, pause: Pause) -> Service:
    about = await bot.get_me()
    await bot(SetMyCommands(commands=_commands(COMMANDS), scope=BotCommandScopeAllPrivateChats()))
    await bot(SetMyCommands(commands=_commands(GROUP_COMMANDS), scope=BotCommandScopeAllGroupChats()))
    await bot(_webhook(app) if app.settings.telegram_secret else DeleteWebhook())
    log.info("telegram is on", username=about.username, reads_groups=bool(about.can_read_all_group_messages))
    return Service(app, bot, Me(about.id, about.username or ""), pause)


def _commands(named: tuple[tuple[str, str], ...]) -> list[BotCommand]:
    return [BotCommand(command=name, description=description) for name, description in named]


def _webhook(app: App) -> SetWebhook:
    return SetWebhook(
        url=app.settings.public_url.rstrip("/") + WEBHOOK,
        secret_token=app.settings.telegram_secret,
        allowed_updates=UPDATES,
        max_connections=40,
    )


async def poll(service: Service, inbox: Inbox, arrived: asyncio.Event, pause: Pause) -> None:
    """Until cancelled, or until Telegram says that somebody else does it."""
    offset = 0
    while True:
        try:
            request = GetUpdates(offset=offset, timeout=POLL_SECONDS, allowed_updates=UPDATES)
            updates = await service.bot(request, request_timeout=POLL_SECONDS + 10)
        except (TelegramConflictError, TelegramUnauthorizedError) as error:
            log.critical("telegram is off: another program polls, or the token is refused", reason=type(error).__name__)
            return
        except (TelegramAPIError, ClientDecodeError) as error:
            log.warning("telegram does not answer", reason=type(error).__name__)
            await pause(AFTER_TROUBLE)
            continue
        try:
            for update in updates:
                body = update.model_dump(mode="json", by_alias=True, exclude_none=True)
                await to_thread.run_sync(inbox.take, str(update.update_id), body)
                offset = update.update_id + 1
        except sa.exc.OperationalError as error:  # what was not taken in is asked for again
            log.warning("the database did not answer: updates wait", reason=type(error).__name__)
            await pause(AFTER_TROUBLE)
        arrived.set()
