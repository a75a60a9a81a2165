"""Sending to Telegram within its limits: in order for each chat, paused where it says so, never twice blindly.

What each error means stands in CHANNELS 1.6.
"""

import asyncio
import random
import time
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar, cast

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import SendMessage, TelegramMethod

from bot.channels.telegram.writing import Piece
from bot.outbox.sender import SendFailedError
from bot.workers.inbox import NoTicket, Ticket

PER_SECOND = 30  # of all chats
PRIVATE_SECONDS, GROUP_SECONDS = 1.0, 3.0  # between two messages to one chat; a group takes 20 a minute
AT_ONCE = 4  # on their way: so many answers are unclear when a process is killed
TRIES = 5
BACK_OFF = (5.0, 15.0, 60.0, 60.0)
LONGEST_PAUSE = 600.0  # seconds; what Telegram forbids for longer is given up
MOST_CHATS = 10_000
LATER = timedelta(hours=1)  # while the channel is stopped
STORM, MOST_FLOODED = 30.0, 50  # seconds within which several chats are told to wait

Result = TypeVar("Result")
NO_TICKET = NoTicket()
Pause = Callable[[float], Awaitable[object]]
Ticks = Callable[[], float]
Told = Callable[[], Awaitable[object]]

log = structlog.get_logger()


class Post:
    """One for a bot, on one event loop. `ticks` are seconds that only grow; `on_refused` is told, once, that our token
    was refused."""

    def __init__(
        self, bot: Bot, pause: Pause = asyncio.sleep, ticks: Ticks = time.monotonic, on_refused: Told | None = None
    ) -> None:
        self._bot, self._pause, self._ticks, self._on_refused = bot, pause, ticks, on_refused
        self._free: OrderedDict[int, float] = OrderedDict()  # when a chat may get its next message
        self._floods: OrderedDict[int, float] = OrderedDict()  # when a chat was last told to wait
        self._all_free = 0.0  # when any chat may
        self._sent: deque[float] = deque(maxlen=PER_SECOND)
        self._at_once = asyncio.Semaphore(AT_ONCE)
        self.is_stopped = False  # our token was refused

    async def send(
        self, method: TelegramMethod[Result], chat: int, ticket: Ticket = NO_TICKET, *, is_patient: bool = True
    ) -> Result:
        """Send a message to a chat, and wait where it has to wait if we are patient. Raises SendFailedError; permanent:
        this chat takes none any more."""
        if self.is_stopped:
            raise SendFailedError("the channel is stopped", wait=LATER, is_early=True)
        for attempt in range(TRIES):
            if not is_patient:
                self._refuse_to_wait(chat)
            await self._wait_for(chat)
            try:
                result = await self._sent_once(method, ticket)
            except TelegramRetryAfter as error:
                self._hold(chat, error.retry_after)
                self._hold_all(chat)
            except (TelegramAPIError, ClientDecodeError) as error:
                await self.notice(error)
                other = _mended(method, error)
                if other is None:
                    self._hold(chat, self._pause_after(error, attempt if is_patient else TRIES))
                method = other or method
            else:
                ticket.arrived()
                return result
            await ticket.back()
        raise SendFailedError("tried often enough", wait=timedelta(minutes=5))

    async def _sent_once(self, method: TelegramMethod[Result], ticket: Ticket) -> Result:
        async with self._at_once:
            await ticket.out()
            return await self._bot(method)

    async def call(self, method: TelegramMethod[Result]) -> Result | None:
        """What shows nothing in a chat (a tap noticed, a command list): its failure matters to nobody."""
        try:
            return await self._bot(method)
        except (TelegramAPIError, ClientDecodeError) as error:
            log.info("telegram refused", method=type(method).__name__, reason=type(error).__name__)
            await self.notice(error)
            return None

    async def notice(self, error: Exception) -> None:
        """A token that is refused for one thing is refused for all: nothing more is sent."""
        if isinstance(error, TelegramUnauthorizedError) and not self.is_stopped:
            self.is_stopped = True
            if self._on_refused is not None:
                await self._on_refused()

    def _refuse_to_wait(self, chat: int) -> None:
        """Raises SendFailedError where a chat, or all, may get nothing for longer than between two messages."""
        wait = max(self._free.get(chat, 0.0), self._all_free) - self._ticks()
        if wait > GROUP_SECONDS:
            raise SendFailedError("the chat has to wait", wait=timedelta(seconds=wait), is_early=True)

    async def _wait_for(self, chat: int) -> None:
        now = self._ticks()
        free = max(self._free.pop(chat, now), self._all_free, now)
        if len(self._sent) == PER_SECOND:
            free = max(free, self._sent[0] + 1.0)
        self._free[chat] = free + (GROUP_SECONDS if chat < 0 else PRIVATE_SECONDS)
        if len(self._free) > MOST_CHATS:
            self._free.popitem(last=False)
        self._sent.append(free)
        if free > now:
            await self._pause(free - now)

    def _pause_after(self, error: Exception, attempt: int) -> float:
        """Seconds; raises SendFailedError where trying again is of no use, or could send it twice."""
        wait = _wait_after(error, attempt)
        if wait is None:
            raise _failure(error) from None  # its text may hold an address with the token
        return wait

    def _hold(self, chat: int, seconds: float) -> None:
        """Nothing to this chat for so long, and a little longer, so that not all come back at once."""
        if seconds > LONGEST_PAUSE:
            raise SendFailedError("told to wait long", wait=timedelta(seconds=seconds), is_early=True)
        self._free[chat] = self._ticks() + seconds + random.uniform(0, 0.5)  # noqa: S311  no secret

    def _hold_all(self, chat: int) -> None:
        """What several chats are told concerns the whole bot: nobody gets anything before the last of them may."""
        now = self._ticks()
        others = [
            self._free.get(other, 0.0) for other, at in self._floods.items() if other != chat and now - at < STORM
        ]
        if others:
            self._all_free = max(self._all_free, self._free[chat], *others)
        self._floods[chat] = now
        self._floods.move_to_end(chat)
        if len(self._floods) > MOST_FLOODED:
            self._floods.popitem(last=False)


def _wait_after(error: Exception, attempt: int) -> float | None:
    """Seconds after which to try again; None where that is of no use, or could send it twice."""
    if isinstance(error, TelegramEntityTooLarge):  # a network error by its class
        return None
    is_refused = isinstance(error, TelegramNetworkError) and "Cannot connect" in str(error)
    is_flood = type(error) is TelegramAPIError and "Too Many Requests" in str(error)
    is_down = isinstance(error, TelegramServerError)
    if (is_refused or is_flood or is_down) and attempt < len(BACK_OFF):
        return BACK_OFF[attempt]
    return None


def _mended(method: TelegramMethod[Result], error: Exception) -> TelegramMethod[Result] | None:
    """The message without what Telegram refused: its topic is gone, or our markup was wrong. None for anything else."""
    if not isinstance(method, SendMessage) or not isinstance(error, TelegramBadRequest):
        return None
    if "thread not found" in str(error) and method.message_thread_id is not None:
        return cast("TelegramMethod[Result]", method.model_copy(update={"message_thread_id": None}))
    if "can't parse entities" in str(error) and method.parse_mode == "HTML":
        log.error("our own markup was refused")
        plain = {"text": Piece(method.text).plain, "parse_mode": None}
        return cast("TelegramMethod[Result]", method.model_copy(update=plain))
    return None


def _failure(error: Exception) -> SendFailedError:
    if isinstance(error, TelegramMigrateToChat):
        return MovedError(error.migrate_to_chat_id)
    is_gone = isinstance(error, TelegramForbiddenError) or (
        isinstance(error, TelegramBadRequest) and "chat not found" in str(error)
    )
    return SendFailedError(type(error).__name__, permanent=is_gone and not isinstance(error, TelegramNotFound))


class MovedError(SendFailedError):
    """The group has another id now."""

    def __init__(self, chat: int) -> None:
        super().__init__("the group moved", permanent=True)
        self.chat = chat
