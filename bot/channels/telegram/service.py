"""Telegram in operation: what waits in the inbox is handled in order for each chat, and answered."""

import asyncio
from datetime import timedelta
from functools import partial
from io import BytesIO
from typing import Any

import msgspec
import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.methods import AnswerCallbackQuery, SendChatAction
from anyio import CapacityLimiter, to_thread

from bot.answers.layout import lay_out
from bot.app import App
from bot.channels.ledger import Ledger, Reason
from bot.channels.private import Spoken, answer_in_private
from bot.channels.tally import Tally
from bot.channels.telegram.edits import Edits
from bot.channels.telegram.groups import OLD, Groups
from bot.channels.telegram.inline import answer_inline, offers_for
from bot.channels.telegram.methods import message, whisper
from bot.channels.telegram.post import NO_TICKET, MovedError, Pause, Post
from bot.channels.telegram.reading import Incoming, Inline, Me, Membership, Read, UnreadableError, read_body
from bot.channels.telegram.wording import CHANNEL, private_link
from bot.channels.telegram.writing import Piece, pieces
from bot.conversation.consent import forget_chat, introduction
from bot.conversation.feedback import with_doubt
from bot.conversation.group import Voice
from bot.conversation.group_turn import GroupTalk, Turn
from bot.conversation.group_warning import ASK_IN_PRIVATE
from bot.conversation.messages import Answer, Chat, Choice, Ending, Family, family_of
from bot.dossiers.pictures import MOST_BYTES
from bot.operation.standing_aside import is_off
from bot.outbox.sender import SendFailedError, in_parts
from bot.workers.errands import Errand, Errands
from bot.workers.inbox import Inbox, Ticket
from bot.workers.patience import when_it_answers
from knowledge.dossiers.following import forget_chat as follow_no_more

THREADS = 8

log = structlog.get_logger()


class Service:
    """One for all processes, on one event loop: the one with the lead answers what all of them took in."""

    def __init__(self, app: App, bot: Bot, me: Me, pause: Pause = asyncio.sleep, tally: Tally | None = None) -> None:
        self.app, self.bot, self.me = app, bot, me
        self.tally, self.ledger = tally or Tally(app), Ledger(app, CHANNEL)
        self.post = Post(bot, pause, on_refused=partial(self.stopped, Reason.TOKEN))
        self.errands = Errands(Inbox(app, CHANNEL), self._errand, order=lambda update: int(update.key))
        self._pause = pause
        self._groups = Groups(app, self.post, me)
        self._threads = CapacityLimiter(THREADS)
        self._edits = Edits(app.clock)
        self._tickets: dict[tuple[int, str], Ticket] = {}  # of messages of groups that wait for a moment

    def _errand(self, body: Any) -> Errand | None:
        try:
            read = read_body(body, self.me, self.bot)
        except UnreadableError:
            self.tally.met(CHANNEL, "unreadable")
            return None
        return Errand(str(read.chat), partial(self._run, read)) if read else None

    async def _run(self, read: Read, ticket: Ticket) -> bool:
        try:
            await self._recalled()
            return await self._handle(read, ticket)
        except SendFailedError as error:
            await self._not_taken(read.chat, error)
            return True

    async def _not_taken(self, chat: int, error: SendFailedError) -> None:
        log.info("telegram took no answer", reason=error.reason, permanent=error.permanent)
        if self.post.is_stopped:
            self.tally.met(CHANNEL, "unanswered")
        if error.permanent:
            await self._gone(chat)

    async def stopped(self, reason: Reason, detail: str = "") -> None:
        """Tell the operator: in the log, by the doctor and on the console."""
        await when_it_answers(self.ledger.stop, reason, detail, pause=self._pause)

    async def _recalled(self) -> None:
        if not self._groups.moves.is_known:
            await to_thread.run_sync(self._groups.moves.recall)

    async def _handle(self, read: Read, ticket: Ticket) -> bool:
        """Whether it is over with that; a question in a group may wait for a moment."""
        if isinstance(read, Membership):
            await self._membership(read, ticket)
        elif isinstance(read, Inline):
            await self._offer(read)
        elif read.is_edit and not self._edits.may_matter(read):
            return True
        elif read.is_group and not read.action:
            return await self._in_group(read, ticket)
        else:
            await self._answer(read, ticket)
        return True

    async def _membership(self, read: Membership, ticket: Ticket) -> None:
        if read.moved_to:
            await to_thread.run_sync(self._groups.moves.move, read.chat, read.moved_to)
        elif self._groups.moves.has_left(read.chat):
            return  # nobody speaks there any more
        elif not read.is_in:
            await self._gone(read.chat)
        elif read.is_group and not await to_thread.run_sync(is_off, CHANNEL, self.app):
            told = Answer(ending=Ending.GREETING, blocks=lay_out("in_group"))
            await self._send(read.chat, None, None, await self._introduced(read.chat, told), ticket)

    async def _offer(self, inline: Inline) -> None:
        offers = await to_thread.run_sync(offers_for, inline.text, self.app, limiter=self._threads)
        await self.post.call(answer_inline(inline.query, offers))

    async def _gone(self, chat: int) -> None:
        """We were blocked or removed: nothing more is sent there, its notices are taken back."""
        self._groups.left(chat)
        await to_thread.run_sync(self._follow_no_more, chat)

    def _follow_no_more(self, chat: int) -> None:
        with self.app.database.queueing() as session:
            follow_no_more(session, CHANNEL, str(self._groups.moves.name_of(chat)))

    # Private chats, and taps anywhere

    async def _answer(self, incoming: Incoming, ticket: Ticket) -> None:
        if incoming.callback:
            await self.post.call(AnswerCallbackQuery(callback_query_id=incoming.callback))
        elif not incoming.is_group:
            await self.post.call(SendChatAction(chat_id=incoming.chat, action="typing"))
        picture = await self._downloaded(incoming.file) if incoming.file else None
        answer = await to_thread.run_sync(self._answered, incoming, picture, limiter=self._threads)
        if answer is not None and self._edits.is_news(incoming.chat, incoming.message, answer):
            reply = incoming.message if incoming.is_edit else None
            await self._send(incoming.chat, incoming.thread, reply, answer, ticket)
            if not incoming.callback:  # what is tapped stands under a message of ours
                self._edits.note(incoming, incoming.message, answer)

    def _answered(self, incoming: Incoming, picture: bytes | None) -> Answer | None:
        if not incoming.is_group:
            return with_doubt(answer_in_private(_spoken(incoming), self.app, picture))
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

    async def _in_group(self, incoming: Incoming, ticket: Ticket) -> bool:
        if self.app.clock() - incoming.at > OLD:
            return True
        said = await self._groups.said(incoming)
        if incoming.command == "xoa":
            name = self._groups.name_of(incoming.chat, incoming.thread)
            chat = Chat(CHANNEL, f"{name}/{incoming.user}", is_group=True)
            await self._send(incoming.chat, incoming.thread, incoming.message, forget_chat(chat, self.app), ticket)
            return True
        talk = self._groups.talk_of(incoming.chat, incoming.thread)
        hear = partial(talk.edited, is_open=self._edits.is_answered(incoming)) if incoming.is_edit else talk.hear
        turn = await to_thread.run_sync(hear, said, limiter=self._threads)
        if turn.decision.voice is Voice.WAIT:
            self._tickets[incoming.chat, said.id] = ticket
            self.errands.start(self._later(incoming, talk, turn.decision.wait, ticket), ticket)
            return False
        await self._told(incoming, turn, ticket)
        return True

    async def _later(self, incoming: Incoming, talk: GroupTalk, wait: timedelta, ticket: Ticket) -> bool:
        await self._pause(wait.total_seconds())
        async with self.errands.order(str(incoming.chat)):
            try:
                await self._due(incoming, talk)
            except SendFailedError as error:
                await self._not_taken(incoming.chat, error)
        if self._tickets.get(key := (incoming.chat, str(incoming.message))) is ticket:  # else it was changed meanwhile
            del self._tickets[key]
        return True

    async def _due(self, incoming: Incoming, talk: GroupTalk) -> None:
        """What has waited long enough in this talk, by now perhaps other messages too."""
        for turn in await to_thread.run_sync(talk.due, self.app.clock(), limiter=self._threads):
            ticket = self._tickets.get((incoming.chat, turn.said.id), NO_TICKET)
            await self._told(incoming, turn, ticket)

    async def _told(self, incoming: Incoming, turn: Turn, ticket: Ticket) -> None:
        """In the talk in which something came in; the turn may be of an earlier message there."""
        chat, replied, answer = incoming.chat, int(turn.said.id), turn.answer
        if answer is None or not self._edits.is_news(chat, replied, answer):
            return
        if family_of(answer.ending) is Family.DOSSIER:
            link = Choice(label=ASK_IN_PRIVATE, url=private_link(self.me.username))
            answer = Answer(ending=answer.ending, blocks=answer.blocks, choices=(link,))
        is_warning = turn.decision.voice is Voice.WARN
        if not (is_warning and await self._whispered(chat, int(turn.said.author), answer)):
            await self._send(chat, incoming.thread, replied, await self._introduced(chat, answer), ticket)
        self._edits.note(incoming, replied, answer)

    async def _introduced(self, chat: int, answer: Answer) -> Answer:
        """With what we are before a group's first answer, whatever we were told when we came."""
        group = Chat(CHANNEL, str(self._groups.moves.name_of(chat)), is_group=True)
        first = await to_thread.run_sync(introduction, group, self.app)
        return msgspec.structs.replace(answer, blocks=(*first, *answer.blocks))

    async def _whispered(self, chat: int, user: int, answer: Answer) -> bool:
        """For its author alone, which only an administrator among bots may send; False where that is not so."""
        if not await self._groups.is_administrator(chat, self.me.id):
            return False
        return await self.post.call(whisper(chat, user, pieces(answer)[0])) is not None

    async def notify(self, chat: int, answer: Answer, thread: int | None = None, parts: int = 0) -> None:
        """Something nobody asked for just now, of which the first `parts` have arrived. Raises SendFailedError, also
        where the chat has to wait."""
        await self._recalled()
        steps = [partial(self._posted, chat, thread, None, piece, is_patient=False) for piece in pieces(answer)]
        await in_parts(steps, parts)

    async def _send(self, chat: int, thread: int | None, reply: int | None, answer: Answer, ticket: Ticket) -> None:
        for piece in pieces(answer):
            await self._posted(chat, thread, reply, piece, ticket)

    async def _posted(
        self,
        chat: int,
        thread: int | None,
        reply: int | None,
        piece: Piece,
        ticket: Ticket = NO_TICKET,
        *,
        is_patient: bool = True,
    ) -> None:
        """To where the chat is now, which may be learned by the refusal."""
        chat = self._groups.moves.id_of(chat)
        try:
            await self.post.send(message(chat, thread, reply, piece), chat, ticket, is_patient=is_patient)
        except MovedError as moved:
            await to_thread.run_sync(self._groups.moves.move, chat, moved.chat)
            again = message(moved.chat, thread, reply, piece)
            await self.post.send(again, moved.chat, ticket, is_patient=is_patient)


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
        is_place=incoming.is_place,
        position=incoming.position,
        has_buttons=True,
    )
