"""Telegram in operation: updates are taken once, handled in order for each chat, and answered."""

import asyncio
from collections.abc import Coroutine
from datetime import timedelta
from io import BytesIO
from typing import Any

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.methods import AnswerCallbackQuery, SendChatAction, SendMessage
from aiogram.types import (
    EphemeralMessageParameters,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReplyParameters,
    Update,
)
from anyio import CapacityLimiter, to_thread
from pydantic import ValidationError

from bot.answers.layout import lay_out
from bot.app import App
from bot.channels.private import Spoken, answer_in_private
from bot.channels.telegram.groups import OLD, Groups
from bot.channels.telegram.post import MovedError, Pause, Post
from bot.channels.telegram.reading import CHANNEL, Incoming, Me, Membership, read_update
from bot.channels.telegram.wording import private_link
from bot.channels.telegram.writing import Piece, pieces
from bot.conversation.consent import forget_chat
from bot.conversation.group import Voice
from bot.conversation.group_turn import GroupTalk, Turn
from bot.conversation.group_warning import ASK_IN_PRIVATE
from bot.conversation.messages import Answer, Chat, Choice, Ending, Family, family_of
from bot.dossiers.pictures import MOST_BYTES
from bot.operation.standing_aside import is_off
from bot.outbox.sender import SendFailedError
from knowledge.channel_marks import forget_before, is_first
from knowledge.dossiers.following import forget_chat as follow_no_more

THREADS = 8
MOST_AT_WORK = 2_000  # updates taken and not answered yet; more are left to Telegram, which brings them again
TAKEN, TAKEN_FOR = "telegram:", timedelta(days=2)  # Telegram gives up after one

log = structlog.get_logger()


class Service:
    """One in a process that receives from Telegram, on one event loop."""

    def __init__(self, app: App, bot: Bot, me: Me, pause: Pause = asyncio.sleep) -> None:
        self.app, self.bot, self.me = app, bot, me
        self.post = Post(bot, pause)
        self._pause = pause
        self._groups = Groups(app, self.post, me)
        self._threads = CapacityLimiter(THREADS)
        self._orders: dict[int, asyncio.Lock] = {}
        self._at_work: set[asyncio.Task[None]] = set()

    @property
    def is_full(self) -> bool:
        return len(self._at_work) >= MOST_AT_WORK

    async def take(self, body: Any) -> bool:
        """Take an update, once in all processes; False if it was taken before or is none that we know."""
        try:
            update = Update.model_validate(body, context={"bot": self.bot})
        except ValidationError:
            log.info("telegram sent what is no update")
            return False
        key, now = f"{TAKEN}{update.update_id}", self.app.clock()
        if not await to_thread.run_sync(is_first, self.app.database, key, now):
            return False
        read = read_update(update, self.me)
        if read is not None:
            self._start(self._in_order(read), read.chat)
        return True

    async def settle(self) -> None:
        """Until everything taken is answered; what waits for a moment in groups as well."""
        while self._at_work:
            await asyncio.wait(tuple(self._at_work))

    async def finish(self, seconds: float) -> None:
        """Answer what is in hand within so many seconds, and leave the rest."""
        if self._at_work:
            _, left = await asyncio.wait(tuple(self._at_work), timeout=seconds)
            for task in left:
                task.cancel()

    def forget_old(self) -> None:
        with self.app.database.session() as session:
            forget_before(session, TAKEN, self.app.clock() - TAKEN_FOR)

    def _start(self, work: Coroutine[Any, Any, None], chat: int) -> None:
        self._orders.setdefault(chat, asyncio.Lock())
        task = asyncio.get_running_loop().create_task(work)
        self._at_work.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._at_work.discard(task)
        if not self._at_work:
            self._orders.clear()
        if not task.cancelled() and (error := task.exception()):
            log.error("an update was not answered", reason=type(error).__name__)

    async def _in_order(self, read: Incoming | Membership) -> None:
        async with self._orders.setdefault(read.chat, asyncio.Lock()):
            try:
                await self._handle(read)
            except SendFailedError as error:
                log.info("telegram took no answer", reason=error.reason, permanent=error.permanent)
                if error.permanent:
                    await self._gone(read.chat)

    async def _handle(self, read: Incoming | Membership) -> None:
        if isinstance(read, Membership):
            await self._membership(read)
        elif read.is_group and not read.action:
            await self._in_group(read)
        else:
            await self._answer(read)

    async def _membership(self, read: Membership) -> None:
        if read.moved_to:
            self._groups.moved(read.chat, read.moved_to)
        elif not read.is_in:
            await self._gone(read.chat)
        elif read.is_group and not await to_thread.run_sync(is_off, CHANNEL, self.app):
            await self._send(read.chat, None, None, Answer(ending=Ending.GREETING, blocks=lay_out("in_group")))

    async def _gone(self, chat: int) -> None:
        """We were blocked or removed: nothing more is sent there, its notices are taken back."""
        self._groups.left(chat)
        await to_thread.run_sync(self._follow_no_more, chat)

    def _follow_no_more(self, chat: int) -> None:
        with self.app.database.session() as session:
            follow_no_more(session, CHANNEL, str(chat))

    # Private chats, and taps anywhere

    async def _answer(self, incoming: Incoming) -> None:
        if incoming.callback:
            await self.post.call(AnswerCallbackQuery(callback_query_id=incoming.callback))
        elif not incoming.is_group:
            await self.post.call(SendChatAction(chat_id=incoming.chat, action="typing"))
        picture = await self._downloaded(incoming.file) if incoming.file else None
        answer = await to_thread.run_sync(self._answered, incoming, picture, limiter=self._threads)
        if answer is not None:
            reply = incoming.message if incoming.is_edit else None
            await self._send(incoming.chat, incoming.thread, reply, answer)

    def _answered(self, incoming: Incoming, picture: bytes | None) -> Answer | None:
        if not incoming.is_group:
            return answer_in_private(_spoken(incoming), self.app, picture)
        return self._groups.talk_of(incoming.chat, incoming.thread).tapped(str(incoming.user), incoming.action)

    async def _downloaded(self, file: str) -> bytes:
        """What a picture holds; nothing, where Telegram does not give it."""
        content = BytesIO()
        try:
            about = await self.bot.get_file(file)
            if about.file_path and (about.file_size or 0) <= MOST_BYTES:
                await self.bot.download_file(about.file_path, content)
        except TelegramAPIError as error:
            log.info("a picture could not be fetched", reason=type(error).__name__)
        return content.getvalue()

    # Groups

    async def _in_group(self, incoming: Incoming) -> None:
        if self.app.clock() - incoming.at > OLD or incoming.is_edit:
            return
        said = await self._groups.said(incoming)
        if incoming.command == "xoa":
            chat = Chat(CHANNEL, f"{incoming.chat}:{incoming.thread or 0}/{incoming.user}", is_group=True)
            await self._send(incoming.chat, incoming.thread, incoming.message, forget_chat(chat, self.app))
            return
        talk = self._groups.talk_of(incoming.chat, incoming.thread)
        turn = await to_thread.run_sync(talk.hear, said, limiter=self._threads)
        await self._told(incoming.chat, incoming.thread, turn)
        if turn.decision.voice is Voice.WAIT:
            self._start(self._later(incoming, talk, turn.decision.wait), incoming.chat)

    async def _later(self, incoming: Incoming, talk: GroupTalk, wait: timedelta) -> None:
        await self._pause(wait.total_seconds())
        async with self._orders.setdefault(incoming.chat, asyncio.Lock()):
            for turn in await to_thread.run_sync(talk.due, self.app.clock(), limiter=self._threads):
                await self._told(incoming.chat, incoming.thread, turn)

    async def _told(self, chat: int, thread: int | None, turn: Turn) -> None:
        if turn.answer is None:
            return
        answer = turn.answer
        if family_of(answer.ending) is Family.DOSSIER:
            link = Choice(label=ASK_IN_PRIVATE, url=private_link(self.me.username))
            answer = Answer(ending=answer.ending, blocks=answer.blocks, choices=(link,))
        if turn.decision.voice is Voice.WARN and await self._whispered(chat, int(turn.said.author), answer):
            return
        await self._send(chat, thread, int(turn.said.id), answer)

    async def _whispered(self, chat: int, user: int, answer: Answer) -> bool:
        """For its author alone, which only an administrator among bots may send; False where that is not so."""
        if not await self._groups.is_administrator(chat, self.me.id):
            return False
        whisper = EphemeralMessageParameters(receiver_user_id=user)
        method = _message(chat, None, None, pieces(answer)[0]).model_copy(
            update={"ephemeral_message_parameters": whisper}
        )
        return await self.post.call(method) is not None

    async def notify(self, chat: int, answer: Answer, thread: int | None = None) -> None:
        """Something nobody asked for just now. Raises SendFailedError."""
        await self._send(chat, thread, None, answer)

    async def _send(self, chat: int, thread: int | None, reply: int | None, answer: Answer) -> None:
        for piece in pieces(answer):
            try:
                await self.post.send(_message(chat, thread, reply, piece), chat)
            except MovedError as moved:
                self._groups.moved(chat, moved.chat)
                chat = moved.chat
                await self.post.send(_message(chat, thread, reply, piece), chat)


def _spoken(incoming: Incoming) -> Spoken:
    return Spoken(
        channel=CHANNEL,
        chat=str(incoming.chat),
        user=str(incoming.user),
        text=incoming.text,
        command=incoming.command,
        action=incoming.action,
        is_album=incoming.is_album,
        is_voiceless=incoming.is_voiceless,
    )


def _message(chat: int, thread: int | None, reply: int | None, piece: Piece) -> SendMessage:
    return SendMessage(
        chat_id=chat,
        message_thread_id=thread,
        text=piece.html,
        parse_mode="HTML",
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        reply_parameters=ReplyParameters(message_id=reply, allow_sending_without_reply=True) if reply else None,
        reply_markup=_keyboard(piece),
    )


def _keyboard(piece: Piece) -> InlineKeyboardMarkup | None:
    rows = [[_button(choice) for choice in row] for row in piece.rows]
    return InlineKeyboardMarkup(inline_keyboard=rows) if rows else None


def _button(choice: Choice) -> InlineKeyboardButton:
    if choice.url:
        return InlineKeyboardButton(text=choice.label, url=choice.url)
    return InlineKeyboardButton(text=choice.label, callback_data=choice.action)
