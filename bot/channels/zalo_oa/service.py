"""The Official Account in operation: what waits in the inbox is worked on in order for each chat, and answered."""

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
from bot.channels.zalo_oa.api import Api
from bot.channels.zalo_oa.form import CHANNEL
from bot.channels.zalo_oa.post import NO_TICKET, Post
from bot.channels.zalo_oa.reading import Incoming, Kind, account_of, read_event
from bot.channels.zalo_oa.templates import ApprovedTemplate, NoTemplates, Templates
from bot.channels.zalo_oa.tokens import Tokens
from bot.channels.zalo_oa.window import Window, Windows
from bot.conversation.commands import FORGET
from bot.conversation.consent import forget_chat
from bot.conversation.group import Voice
from bot.conversation.group_turn import GroupTalk, Turn
from bot.conversation.learning import learn_from_takeover
from bot.conversation.messages import Answer, Chat, Ending
from bot.conversation.room import Role, Said
from bot.operation.standing_aside import is_danger, is_off
from bot.outbox.sender import SendFailedError
from bot.workers.errands import Errand, Errands
from bot.workers.inbox import Inbox, Ticket
from knowledge.dossiers.following import forget_chat as follow_no_more

THREADS = 8
OLD = timedelta(minutes=5)  # in a group nobody waits for an answer any longer
OFFICIAL = "official"  # who writes in the account's own console bears no id
GMF = "gmf-"  # before the id of a group, so that no chat of ours is taken for another
UNTIL_HE_WRITES = timedelta(hours=12)  # a notice out of its time is looked at again

log = structlog.get_logger()


class Service:
    """One for all processes, on one event loop: the one with the lead answers what all of them took in."""

    def __init__(self, app: App, door: Door, media: Media, tally: Tally) -> None:
        settings = app.settings
        self.app, self._media, self.tally = app, media, tally
        self.account = account_of(settings)
        self.ledger, self.windows = Ledger(app, CHANNEL), Windows(app)
        self.tokens = Tokens(app, door, self.ledger)
        self.post = Post(app, Api(door, settings.zalo_oa_api, self.tokens), self.ledger)
        self.templates: Templates = ApprovedTemplate(app, self.post) if settings.zalo_oa_template else NoTemplates()
        self.inbox = Inbox(app, CHANNEL)
        self.errands = Errands(self.inbox, self._errand)
        self._tickets: dict[tuple[str, str], Ticket] = {}  # of messages of groups that wait for a moment
        self._pause = door.pause
        self._groups = Groups(app, CHANNEL, f"https://zalo.me/{settings.zalo_oa}")
        self._threads = CapacityLimiter(THREADS)

    def _errand(self, event: Any) -> Errand | None:
        incoming = read_event(event, self.account)
        return Errand(incoming.chat, partial(self._run, incoming)) if incoming else None

    async def _run(self, incoming: Incoming, ticket: Ticket) -> bool:
        try:
            return await self._handle(incoming, ticket)
        except SendFailedError as error:
            await self._not_taken(incoming, error)
            return True

    async def _not_taken(self, incoming: Incoming, error: SendFailedError) -> None:
        log.info("zalo oa took no answer", reason=error.reason, permanent=error.permanent)
        if error.permanent and incoming.is_group:
            self._groups.left(GMF + incoming.chat)
        elif error.permanent:
            await to_thread.run_sync(self._forget, incoming.chat)

    async def notify(self, chat: str, answer: Answer, key: str, parts: int = 0) -> None:
        """Something nobody asked for just now, of which the first `parts` have arrived. Raises SendFailedError."""
        if chat.startswith(GMF):
            await self.post.to_group(chat.removeprefix(GMF), "", answer, parts=parts)
            return
        window = await to_thread.run_sync(self.windows.of, chat)
        if window is Window.FREE or (window is Window.PAID and self.app.settings.zalo_oa_paid):
            offer(answer.choices, Chat(CHANNEL, chat), self.app)
            await self.post.to_citizen(chat, answer, "sent" if window is Window.FREE else "sent_paid", parts=parts)
        elif self.templates.is_on:
            await self.templates.send(chat, key)
        else:
            raise SendFailedError("he did not write within the time for notices", wait=UNTIL_HE_WRITES)

    async def _handle(self, incoming: Incoming, ticket: Ticket) -> bool:
        """Whether it is over with that; a question in a group may wait for a moment."""
        if incoming.kind is Kind.OFFICIAL:
            await self._official(incoming)
        elif incoming.kind is Kind.LEFT:
            await to_thread.run_sync(self._forget, incoming.chat)
        elif incoming.kind is Kind.GROUP_GONE:
            self._groups.left(GMF + incoming.chat)
        elif await self.post.is_stopped():
            self.tally.met(CHANNEL, "unanswered")
        elif incoming.kind is Kind.GROUP_MADE:
            await self._greet(incoming.chat, ticket)
        elif incoming.is_group:
            return await self._in_group(incoming, ticket)
        else:
            await self._in_private(incoming, ticket)
        return True

    async def _greet(self, group: str, ticket: Ticket) -> None:
        if not await to_thread.run_sync(is_off, CHANNEL, self.app):
            await self._send_to_group(group, "", Answer(ending=Ending.GREETING, blocks=()), ticket)

    async def _official(self, incoming: Incoming) -> None:
        """Somebody of the office writes: in private he has taken over, in a group he is heard as staff."""
        if incoming.is_group:
            said = await to_thread.run_sync(self._said, incoming)
            await to_thread.run_sync(self._groups.talk_of(GMF + incoming.chat).hear, said, limiter=self._threads)
        else:
            await to_thread.run_sync(self._taken_over, incoming, limiter=self._threads)

    def _taken_over(self, incoming: Incoming) -> None:
        is_new = not self.windows.is_muted(incoming.chat)
        self.windows.mute(incoming.chat)
        if is_new:
            learn_from_takeover(Chat(CHANNEL, incoming.chat), incoming.text, incoming.at, self.app)

    def _forget(self, citizen: str) -> None:
        """He follows us no more: nothing is sent to him, and what tells when he wrote is of no use."""
        self.windows.forget(citizen)
        with self.app.database.queueing() as session:
            follow_no_more(session, CHANNEL, citizen)

    # Private chats

    async def _in_private(self, incoming: Incoming, ticket: Ticket) -> None:
        if incoming.kind is Kind.SAID:
            await to_thread.run_sync(self.windows.acted, incoming.chat, incoming.at)
        spoken = _spoken(incoming)
        waits = spoken.command != FORGET and not is_danger(incoming.text)  # what is done whoever else speaks
        if waits and await to_thread.run_sync(self.windows.is_muted, incoming.chat):
            self.tally.met(CHANNEL, "left_to_officer")
            return
        picture = await self._media.fetched(incoming.picture) if incoming.picture else None
        answer = await to_thread.run_sync(answer_with_menu, spoken, self.app, picture, limiter=self._threads)
        if answer is not None:
            await self.post.to_citizen(incoming.chat, answer, ticket=ticket)
        if spoken.command == FORGET:
            await to_thread.run_sync(self.windows.forget_act, incoming.chat)

    # Groups

    async def _in_group(self, incoming: Incoming, ticket: Ticket) -> bool:
        if self.app.clock() - incoming.at > OLD:
            return True
        group, member = incoming.chat, incoming.user
        answer = await to_thread.run_sync(self._called, incoming, limiter=self._threads) if incoming.calls_us else None
        if answer is not None:
            await self._send_to_group(group, member, answer, ticket)
            return True
        said = await to_thread.run_sync(self._said, incoming)
        talk = self._groups.talk_of(GMF + group)
        turn = await to_thread.run_sync(talk.hear, said, limiter=self._threads)
        if turn.decision.voice is Voice.WAIT:
            self._tickets[group, said.id] = ticket
            self.errands.start(self._later(incoming, talk, turn.decision.wait), ticket)
            return False
        await self._told(group, turn, ticket)
        return True

    def _called(self, incoming: Incoming) -> Answer | None:
        """What needs no judging: a wish to be forgotten, a number of a menu."""
        group = GMF + incoming.chat
        if command_in(incoming.text)[0] == FORGET:
            return forget_chat(self._groups.chat(group, incoming.user), self.app)
        return self._groups.picked(group, incoming.user, incoming.text)

    async def _later(self, incoming: Incoming, talk: GroupTalk, wait: timedelta) -> bool:
        await self._pause(wait.total_seconds())
        async with self.errands.order(incoming.chat):
            try:
                await self._due(incoming.chat, talk)
            except SendFailedError as error:
                await self._not_taken(incoming, error)
        self._tickets.pop((incoming.chat, incoming.event), None)
        return True

    async def _due(self, group: str, talk: GroupTalk) -> None:
        """What has waited long enough in this group, by now perhaps other messages too."""
        for turn in await to_thread.run_sync(talk.due, self.app.clock(), limiter=self._threads):
            await self._told(group, turn, self._tickets.get((group, turn.said.id), NO_TICKET))

    async def _told(self, group: str, turn: Turn, ticket: Ticket) -> None:
        if turn.answer is not None:
            await self._send_to_group(group, turn.said.author, turn.answer, ticket)

    async def _send_to_group(self, group: str, member: str, answer: Answer, ticket: Ticket) -> None:
        answer = await to_thread.run_sync(self._groups.introduced, GMF + group, answer)
        self._groups.shown(GMF + group, answer)
        await self.post.to_group(group, member, answer, ticket)

    def _said(self, incoming: Incoming) -> Said:
        role = Role.ADMIN if incoming.kind is Kind.OFFICIAL else self._groups.role_of(incoming.user)
        return Said(
            id=incoming.event,
            author=incoming.user or OFFICIAL,
            at=self.app.clock(),
            text=incoming.text,
            role=role,
            calls_us=incoming.calls_us and incoming.kind is not Kind.OFFICIAL,
            reply_to=incoming.reply_to,
            reply_author=incoming.reply_author,
            quoted=incoming.quoted,
            teacher=self._groups.teacher_of(incoming.user, incoming.reply_author),
        )


def _spoken(incoming: Incoming) -> Spoken:
    command, text = command_in(incoming.text)
    if incoming.kind is Kind.FOLLOWED:
        command = "start"
    elif incoming.place:
        command, text = "xa", incoming.place
    return Spoken(
        channel=CHANNEL,
        chat=incoming.chat,
        user=incoming.user,
        text="" if incoming.action else text,
        command="" if incoming.action else command,
        action=incoming.action,
        is_voiceless=incoming.is_voiceless,
    )
