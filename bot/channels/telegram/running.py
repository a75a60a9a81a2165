"""Starting Telegram beside the web: a webhook where there is a secret and a public address, else polling."""

import asyncio
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import sqlalchemy as sa
import structlog
from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramNotFound,
    TelegramUnauthorizedError,
)
from aiogram.methods import DeleteWebhook, GetWebhookInfo, SetMyCommands, SetWebhook
from aiogram.types import BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats, WebhookInfo
from anyio import to_thread

from bot.app import App
from bot.channels.ledger import Ledger, Reason
from bot.channels.tally import Tally
from bot.channels.telegram.methods import RawUpdates
from bot.channels.telegram.post import Pause
from bot.channels.telegram.reading import Me
from bot.channels.telegram.service import Service
from bot.channels.telegram.session import Session
from bot.channels.telegram.taking import number_of, take_in
from bot.channels.telegram.wording import CHANNEL, COMMANDS, GROUP_COMMANDS, WEBHOOK
from bot.workers.errands import look_seconds
from bot.workers.inbox import Inbox
from bot.workers.patience import again_and_again, patiently, when_it_answers

UPDATES = ["message", "edited_message", "callback_query", "inline_query", "my_chat_member"]
POLL_SECONDS = 25
AFTER_TROUBLE, AFTER_NOTHING = 5.0, 0.5  # seconds
SWEEP_SECONDS = 3_600.0
MOST_WORDS = 120  # letters of what Telegram says went wrong
WATCH_SECONDS = 600.0  # between two looks whether Telegram still reaches us
FINAL = (TelegramUnauthorizedError, TelegramNotFound, TelegramForbiddenError, TelegramBadRequest)
AT_THE_END = 5.0  # seconds for what is being answered; what waits in groups is left

log = structlog.get_logger()


@asynccontextmanager
async def telegram_of(
    app: App, arrived: asyncio.Event, tally: Tally, pause: Pause = asyncio.sleep
) -> AsyncIterator[Service | None]:
    """The service while it runs; None where it could not be started, which is told to the operator. `arrived` is set
    when this process has put something into the inbox."""
    async with Bot(app.settings.telegram_token, session=Session(app.settings.telegram_api)) as bot:
        service = await _started(app, bot, tally, pause)
        tasks = [asyncio.create_task(each) for each in _duties(service, arrived, pause)] if service else []
        yield service
        for task in tasks:
            task.cancel()
        if service:
            await service.errands.finish(AT_THE_END)


def _duties(service: Service, arrived: asyncio.Event, pause: Pause) -> Iterator[Coroutine[Any, Any, None]]:
    app = service.app
    inbox = Inbox(app, CHANNEL)
    yield service.errands.work(arrived, look_seconds(app))
    yield again_and_again(inbox.forget_old, SWEEP_SECONDS, pause)
    yield watch(service, pause) if app.settings.telegram_secret else poll(service, inbox, arrived, pause)


async def _started(app: App, bot: Bot, tally: Tally, pause: Pause) -> Service | None:
    """None if we are refused; what cannot be reached, or has trouble of its own, is tried until it answers."""
    while True:
        try:
            return await _introduced(app, bot, tally, pause)
        except FINAL as error:
            await when_it_answers(_refused, app, error, pause=pause)
            return None
        except (TelegramAPIError, ClientDecodeError) as error:
            log.warning("telegram does not answer", reason=type(error).__name__)
            await pause(AFTER_TROUBLE)


def _refused(app: App, error: Exception) -> None:
    name = type(error).__name__
    log.critical("telegram is off: check MOTCUA_TELEGRAM_TOKEN and MOTCUA_PUBLIC_URL", reason=name)
    is_token = isinstance(error, TelegramUnauthorizedError | TelegramNotFound)  # the latter for one of another shape
    Ledger(app, CHANNEL).stop(Reason.TOKEN if is_token else Reason.WEBHOOK, name)


async def _introduced(app: App, bot: Bot, tally: Tally, pause: Pause) -> Service:
    about = await bot.get_me()
    await bot(SetMyCommands(commands=_commands(COMMANDS), scope=BotCommandScopeAllPrivateChats()))
    await bot(SetMyCommands(commands=_commands(GROUP_COMMANDS), scope=BotCommandScopeAllGroupChats()))
    await bot(_webhook(app) if app.settings.telegram_secret else DeleteWebhook())
    log.info("telegram is on", username=about.username, reads_groups=bool(about.can_read_all_group_messages))
    service = Service(app, bot, Me(about.id, about.username or ""), pause, tally)
    await when_it_answers(service.ledger.go_on, pause=pause)
    return service


def _commands(named: tuple[tuple[str, str], ...]) -> list[BotCommand]:
    return [BotCommand(command=name, description=description) for name, description in named]


def _webhook(app: App) -> SetWebhook:
    return SetWebhook(
        url=_address(app), secret_token=app.settings.telegram_secret, allowed_updates=UPDATES, max_connections=40
    )


def _address(app: App) -> str:
    return app.settings.public_url.rstrip("/") + WEBHOOK


async def watch(service: Service, pause: Pause) -> None:
    """Until cancelled: a token that was taken back and a webhook that others set are told by nobody, only seen."""
    while True:
        await pause(WATCH_SECONDS)
        await patiently(partial(look, service), pause)


async def look(service: Service) -> None:
    """Whether our token still holds and updates still reach us; what is found stands for the operator to see."""
    info = await service.post.call(GetWebhookInfo())
    if info is None or service.post.is_stopped:
        return
    fault = _fault(info, _address(service.app))
    trouble = await to_thread.run_sync(service.ledger.trouble)
    if fault and trouble is None:
        await service.stopped(Reason.WEBHOOK, fault)
    elif not fault and trouble is not None:
        await to_thread.run_sync(service.ledger.go_on)


def _fault(info: WebhookInfo, address: str) -> str:
    """Why updates do not come, "" where they do. An error of the past does not count when nothing waits."""
    if info.url != address:
        return "another webhook is set" if info.url else "no webhook is set"
    return (info.last_error_message or "")[:MOST_WORDS] if info.pending_update_count else ""


async def poll(service: Service, inbox: Inbox, arrived: asyncio.Event, pause: Pause) -> None:
    """Until cancelled, or until Telegram says that somebody else does it."""
    offset = 0
    while True:
        try:
            request = RawUpdates(offset=offset, timeout=POLL_SECONDS, allowed_updates=UPDATES)
            updates = await service.bot(request, request_timeout=POLL_SECONDS + 10)
        except (TelegramConflictError, TelegramUnauthorizedError) as error:
            is_token = isinstance(error, TelegramUnauthorizedError)
            log.critical("telegram is off: another program polls, or the token is refused", reason=type(error).__name__)
            await service.stopped(Reason.TOKEN if is_token else Reason.POLLED, type(error).__name__)
            return
        except (TelegramAPIError, ClientDecodeError) as error:
            log.warning("telegram does not answer", reason=type(error).__name__)
            await pause(AFTER_TROUBLE)
            continue
        before, offset = offset, await _taken(service, inbox, updates or [], offset)
        arrived.set()
        if offset == before:  # who says at once that there is nothing, or nothing with a number, is not asked at once
            await pause(AFTER_TROUBLE if updates else AFTER_NOTHING)


async def _taken(service: Service, inbox: Inbox, updates: list[Any], offset: int) -> int:
    """What to ask for next: what the database could not take in is asked for again."""
    try:
        for update in updates:
            await to_thread.run_sync(take_in, inbox, update, service.tally)
            number = number_of(update)
            offset = offset if number is None else max(offset, number + 1)
    except sa.exc.OperationalError as error:
        log.warning("the database did not answer: updates wait", reason=type(error).__name__)
    return offset
