"""The Official Account in operation: what comes is taken once, worked on in order for each chat, and answered."""

from datetime import timedelta
from typing import Any

from anyio import CapacityLimiter, to_thread

from bot.app import App
from bot.channels.private import Spoken
from bot.channels.zalo.commands import command_in
from bot.channels.zalo.door import Door
from bot.channels.zalo.groups import Groups
from bot.channels.zalo.intake import Intake
from bot.channels.zalo.ledger import Ledger
from bot.channels.zalo.media import Media
from bot.channels.zalo.menus import answer_with_menu, offer
from bot.channels.zalo.names import names_in
from bot.channels.zalo_oa.api import Api
from bot.channels.zalo_oa.form import CHANNEL
from bot.channels.zalo_oa.post import Post
from bot.channels.zalo_oa.reading import Account, Incoming, Kind, read_event
from bot.channels.zalo_oa.templates import ApprovedTemplate, NoTemplates, Templates
from bot.channels.zalo_oa.tokens import Tokens
from bot.channels.zalo_oa.window import Window, Windows
from bot.conversation.consent import forget_chat
from bot.conversation.group import Voice
from bot.conversation.group_turn import GroupTalk, Turn
from bot.conversation.messages import Answer, Chat, Ending
from bot.conversation.room import Role, Said
from bot.outbox.sender import SendFailedError
from knowledge.dossiers.following import forget_chat as follow_no_more

THREADS = 8
OLD = timedelta(minutes=5)  # in a group nobody waits for an answer any longer
UNTIL_HE_WRITES = timedelta(hours=12)  # a notice out of its time is looked at again


class Service:
    """One in a process that receives from Zalo, on one event loop."""

    def __init__(self, app: App, door: Door, media: Media) -> None:
        settings = app.settings
        self.app, self._media = app, media
        self.account = Account(settings.zalo_oa, names_in(settings.zalo_oa_name))
        self.ledger, self.windows = Ledger(app, CHANNEL), Windows(app)
        self.tokens = Tokens(app, door, self.ledger)
        self.post = Post(app, Api(door, settings.zalo_oa_api, self.tokens), self.ledger)
        self.templates: Templates = ApprovedTemplate(app, self.post) if settings.zalo_oa_template else NoTemplates()
        self.intake = Intake(app, CHANNEL)
        self._pause = door.pause
        self._groups = Groups(app, CHANNEL, f"https://zalo.me/{settings.zalo_oa}")
        self._threads = CapacityLimiter(THREADS)

    async def take(self, body: Any) -> None:
        incoming = read_event(body, self.account)
        if incoming is None:
            self.ledger.met("ignored")
        elif not await self.intake.is_new(incoming.event):
            self.ledger.met("repeated")
        else:
            self.intake.start(self._handle(incoming), incoming.chat)

    async def notify(self, citizen: str, answer: Answer, key: str) -> None:
        """Something nobody asked for just now. Raises SendFailedError."""
        window = await to_thread.run_sync(self.windows.of, citizen)
        if window is Window.FREE or (window is Window.PAID and self.app.settings.zalo_oa_paid):
            offer(answer.choices, Chat(CHANNEL, citizen), self.app)
            await self.post.to_citizen(citizen, answer, "sent" if window is Window.FREE else "sent_paid")
        elif self.templates.is_on:
            await self.templates.send(citizen, key)
        else:
            raise SendFailedError("he did not write within the time for notices", wait=UNTIL_HE_WRITES)

    async def _handle(self, incoming: Incoming) -> None:
        if incoming.kind is Kind.OFFICIAL:
            await self._official(incoming)
        elif incoming.kind is Kind.LEFT:
            await to_thread.run_sync(self._forget, incoming.chat)
        elif incoming.kind is Kind.GROUP_GONE:
            self._groups.left(incoming.chat)
        elif await self.post.is_stopped():
            self.ledger.met("unanswered")
        elif incoming.kind is Kind.GROUP_MADE:
            await self._send_to_group(incoming.chat, "", Answer(ending=Ending.GREETING, blocks=()))
        elif incoming.is_group:
            await self._in_group(incoming)
        else:
            await self._in_private(incoming)

    async def _official(self, incoming: Incoming) -> None:
        """Somebody of the office writes: in private he has taken over, in a group he is heard as staff."""
        if incoming.is_group:
            said = self._said(incoming, Role.ADMIN)
            await to_thread.run_sync(self._groups.talk_of(incoming.chat).hear, said, limiter=self._threads)
        else:
            await to_thread.run_sync(self.windows.mute, incoming.chat)

    def _forget(self, citizen: str) -> None:
        """He follows us no more: nothing is sent to him, and what tells when he wrote is of no use."""
        self.windows.forget(citizen)
        with self.app.database.session() as session:
            follow_no_more(session, CHANNEL, citizen)

    # Private chats

    async def _in_private(self, incoming: Incoming) -> None:
        if incoming.kind is Kind.SAID:
            await to_thread.run_sync(self.windows.acted, incoming.chat, incoming.at)
        if await to_thread.run_sync(self.windows.is_muted, incoming.chat):
            self.ledger.met("left_to_officer")
            return
        picture = await self._media.fetched(incoming.picture) if incoming.picture else None
        answer = await to_thread.run_sync(answer_with_menu, _spoken(incoming), self.app, picture, limiter=self._threads)
        if answer is not None:
            await self._to_citizen(incoming.chat, answer)

    async def _to_citizen(self, citizen: str, answer: Answer) -> None:
        try:
            await self.post.to_citizen(citizen, answer)
        except SendFailedError as error:
            if error.permanent:
                await to_thread.run_sync(self._forget, citizen)
            raise

    # Groups

    async def _in_group(self, incoming: Incoming) -> None:
        if self.app.clock() - incoming.at > OLD:
            return
        group, member = incoming.chat, incoming.user
        if incoming.calls_us:
            answer = await to_thread.run_sync(self._called, incoming, limiter=self._threads)
            if answer is not None:
                await self._send_to_group(group, member, answer)
                return
        talk = self._groups.talk_of(group)
        turn = await to_thread.run_sync(talk.hear, self._said(incoming), limiter=self._threads)
        await self._told(group, turn)
        if turn.decision.voice is Voice.WAIT:
            self.intake.aside(self._later(group, talk, turn.decision.wait))

    def _called(self, incoming: Incoming) -> Answer | None:
        """What needs no judging: a wish to be forgotten, a number of a menu."""
        if command_in(incoming.text)[0] == "xoa":
            return forget_chat(self._groups.chat(incoming.chat, incoming.user), self.app)
        return self._groups.picked(incoming.chat, incoming.user, incoming.text)

    async def _later(self, group: str, talk: GroupTalk, wait: timedelta) -> None:
        await self._pause(wait.total_seconds())
        async with self.intake.order_of(group):
            for turn in await to_thread.run_sync(talk.due, self.app.clock(), limiter=self._threads):
                await self._told(group, turn)

    async def _told(self, group: str, turn: Turn) -> None:
        if turn.answer is not None:
            await self._send_to_group(group, turn.said.author, turn.answer)

    async def _send_to_group(self, group: str, member: str, answer: Answer) -> None:
        answer = await to_thread.run_sync(self._groups.introduced, group, answer)
        self._groups.shown(group, answer)
        try:
            await self.post.to_group(group, member, answer)
        except SendFailedError as error:
            if error.permanent:
                self._groups.left(group)
            raise

    def _said(self, incoming: Incoming, role: Role = Role.CITIZEN) -> Said:
        return Said(
            id=incoming.event,
            author=incoming.user or "official",
            at=self.app.clock(),
            text=incoming.text,
            role=role,
            calls_us=incoming.calls_us and role is Role.CITIZEN,
            reply_to=incoming.reply_to,
            reply_author=incoming.reply_author,
            quoted=incoming.quoted,
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
