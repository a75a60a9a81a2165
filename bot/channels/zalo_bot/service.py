"""Zalo Bot in operation: what waits in the inbox is worked on in order for each chat, and answered."""

from datetime import timedelta
from functools import partial
from typing import Any

import structlog
from anyio import CapacityLimiter, to_thread

from bot.app import App
from bot.channels.ledger import Ledger
from bot.channels.private import Spoken
from bot.channels.tally import Tally
from bot.channels.zalo.commands import command_in
from bot.channels.zalo.door import Door
from bot.channels.zalo.groups import Groups
from bot.channels.zalo.media import Media
from bot.channels.zalo.menus import answer_with_menu, offer
from bot.channels.zalo.names import names_in
from bot.channels.zalo.writing import menu_of, page_of, pieces
from bot.channels.zalo_bot.api import Api
from bot.channels.zalo_bot.form import CHANNEL
from bot.channels.zalo_bot.post import NO_TICKET, Post
from bot.channels.zalo_bot.reading import Incoming, is_group_id, read_event
from bot.conversation.commands import FORGET
from bot.conversation.consent import forget_chat
from bot.conversation.messages import Answer, Chat
from bot.conversation.room import Said
from bot.outbox.sender import SendFailedError, in_parts
from bot.workers.errands import Errand, Errands
from bot.workers.inbox import Inbox, Ticket

THREADS = 8
OLD = timedelta(minutes=5)  # in a group nobody waits for an answer any longer

log = structlog.get_logger()


class Service:
    """One for all processes, on one event loop: the one with the lead answers what all of them took in."""

    def __init__(self, app: App, door: Door, media: Media, tally: Tally) -> None:
        settings = app.settings
        self.app, self._media, self.tally = app, media, tally
        self.api = Api(door, settings.zalo_bot_api, settings.zalo_bot_token)
        self.ledger = Ledger(app, CHANNEL, settings.zalo_bot_quota)
        self.post = Post(self.api, self.ledger)
        self.inbox = Inbox(app, CHANNEL)
        self.errands = Errands(self.inbox, self._errand)
        self.names = names_in(settings.zalo_bot_name)
        self._groups = Groups(app, CHANNEL, settings.zalo_bot_link)
        self._threads = CapacityLimiter(THREADS)

    def _errand(self, event: Any) -> Errand | None:
        incoming = read_event(event, self.names)
        return Errand(incoming.chat, partial(self._run, incoming)) if incoming else None

    async def _run(self, incoming: Incoming, ticket: Ticket) -> bool:
        try:
            await self._handle(incoming, ticket)
        except SendFailedError as error:
            log.info("zalo bot took no answer", reason=error.reason)
        return True

    async def notify(self, chat: str, answer: Answer, parts: int = 0) -> None:
        """Something nobody asked for just now, of which the first `parts` have arrived. Raises SendFailedError."""
        is_group = is_group_id(chat)
        if not is_group:
            offer(answer.choices, Chat(CHANNEL, chat), self.app)
        await self._send(chat, answer, NO_TICKET, is_group=is_group, parts=parts)

    async def _handle(self, incoming: Incoming, ticket: Ticket) -> None:
        if await self.post.is_stopped():
            self.tally.met(CHANNEL, "unanswered")
        elif incoming.is_group:
            await self._in_group(incoming, ticket)
        else:
            await self._in_private(incoming, ticket)

    async def _in_private(self, incoming: Incoming, ticket: Ticket) -> None:
        command, text = command_in(incoming.text)
        spoken = Spoken(
            channel=CHANNEL,
            chat=incoming.chat,
            user=incoming.user,
            text=text,
            command=command,
            is_voiceless=incoming.is_voiceless or incoming.is_unsupported,
        )
        picture = await self._media.fetched(incoming.picture) if incoming.picture else None
        answer = await to_thread.run_sync(answer_with_menu, spoken, self.app, picture, limiter=self._threads)
        if answer is not None:
            await self._send(incoming.chat, answer, ticket)

    async def _in_group(self, incoming: Incoming, ticket: Ticket) -> None:
        """Everything that arrives from a group calls us: the platform brings nothing else."""
        if self.app.clock() - incoming.at > OLD or not incoming.text:
            return
        answer = await to_thread.run_sync(self._answered_in_group, incoming, limiter=self._threads)
        if answer is not None:
            self._groups.shown(incoming.chat, answer)
            await self._send(incoming.chat, answer, ticket, is_group=True)

    def _answered_in_group(self, incoming: Incoming) -> Answer | None:
        group, author = incoming.chat, incoming.user
        if command_in(incoming.text)[0] == FORGET:
            return forget_chat(self._groups.chat(group, author), self.app)
        answer = self._groups.picked(group, author, incoming.text)
        if answer is None:
            role, now = self._groups.role_of(author), self.app.clock()
            said = Said(id=incoming.event, author=author, at=now, text=incoming.text, role=role, calls_us=True)
            answer = self._groups.talk_of(group).hear(said).answer
        return self._groups.introduced(group, answer) if answer else None

    async def _send(self, chat: str, answer: Answer, ticket: Ticket, *, is_group: bool = False, parts: int = 0) -> None:
        page = page_of(answer, self.app.settings.public_url)
        cut = pieces(answer.blocks, menu_of(answer, is_group=is_group), page)
        await in_parts([partial(self.post.send, chat, piece, ticket) for piece in cut], parts)
