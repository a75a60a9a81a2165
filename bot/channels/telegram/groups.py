"""The groups we are in: each has its talk, its administrators and its id, which may change."""

from collections import OrderedDict
from datetime import datetime, timedelta

from aiogram.methods import GetChatAdministrators
from anyio import to_thread

from bot.app import App
from bot.channels.commands import said_by
from bot.channels.telegram.moves import Moves
from bot.channels.telegram.post import Post
from bot.channels.telegram.reading import Incoming, Me
from bot.channels.telegram.wording import CHANNEL, private_link
from bot.conversation.group_turn import GroupTalk
from bot.conversation.learning import administrator_of
from bot.conversation.room import Role, Said
from bot.quiet_hours import read_quiet_hours
from knowledge.staff.accounts import Who
from knowledge.staff.links import linked

MOST_GROUPS = 1_000
OLD = timedelta(minutes=5)  # after a restart what was said before comes in a burst: nobody waits for it any more
ADMINISTRATORS_FOR = timedelta(minutes=10)
STAFF_FOR = timedelta(minutes=1)


class Groups:
    """By chat and, in a forum, by topic: what is spoken of in one is nothing to another."""

    def __init__(self, app: App, post: Post, me: Me) -> None:
        self._app, self._post, self._me = app, post, me
        self._quiet_hours = read_quiet_hours(app.settings.group_quiet)
        self._groups: OrderedDict[tuple[int, int], GroupTalk] = OrderedDict()
        self.moves = Moves(app)
        self._administrators: dict[int, tuple[datetime, frozenset[int]]] = {}
        self._staff: tuple[datetime, dict[str, Who]] | None = None

    def talk_of(self, chat: int, thread: int | None) -> GroupTalk:
        key = self.moves.name_of(chat), thread or 0
        group = self._groups.pop(key, None)
        if group is None:
            link = private_link(self._me.username)
            group = GroupTalk(
                self._app, CHANNEL, self.name_of(chat, thread), private_url=link, quiet_hours=self._quiet_hours
            )
        self._groups[key] = group
        if len(self._groups) > MOST_GROUPS:
            self._groups.popitem(last=False)
        return group

    def name_of(self, chat: int, thread: int | None) -> str:
        """Under which a group's talk is kept."""
        return f"{self.moves.name_of(chat)}:{thread or 0}"

    def left(self, chat: int) -> None:
        name = self.moves.name_of(chat)
        for key in [key for key in self._groups if key[0] == name]:
            del self._groups[key]
        self._administrators.pop(chat, None)

    async def is_administrator(self, chat: int, user: int) -> bool:
        return user in await self._administrators_of(chat)

    async def said(self, incoming: Incoming) -> Said:
        role = await self._role_of(incoming.chat, incoming.user, incoming)
        return Said(
            id=str(incoming.message),
            author=str(incoming.user),
            at=self._app.clock(),
            text=said_by(incoming.command, incoming.text),
            role=role,
            calls_us=incoming.calls_us,
            reply_to="" if incoming.reply_to is None or not incoming.reply_user else str(incoming.reply_to),
            reply_author=str(incoming.reply_user or ""),
            quoted=incoming.quoted,
            names=incoming.names,
            teacher=await self._teacher(incoming, role),
        )

    async def _role_of(self, chat: int, user: int, incoming: Incoming | None = None) -> Role:
        if incoming and incoming.is_bot:
            return Role.BOT
        if (incoming and incoming.is_for_chat) or await self.is_administrator(chat, user):
            return Role.ADMIN
        return Role.STAFF if str(user) in await self._linked() else Role.CITIZEN

    async def _teacher(self, incoming: Incoming, role: Role) -> Who | None:
        """Whose answer to a citizen this is: of somebody with an account, or of an administrator where these teach."""
        if role not in {Role.STAFF, Role.ADMIN} or not incoming.reply_user:
            return None
        if await self._role_of(incoming.chat, incoming.reply_user) is not Role.CITIZEN:
            return None
        return (await self._linked()).get(str(incoming.user)) or administrator_of(self._app)

    async def _linked(self) -> dict[str, Who]:
        """Staff with an account, by their ids here."""
        now = self._app.clock()
        if self._staff is None or now - self._staff[0] > STAFF_FOR:
            self._staff = now, await to_thread.run_sync(self._read_links)
        return self._staff[1]

    def _read_links(self) -> dict[str, Who]:
        with self._app.database.session() as session:
            return linked(session, CHANNEL)

    async def _administrators_of(self, chat: int) -> frozenset[int]:
        asked_at, known = self._administrators.get(chat, (None, frozenset()))
        now = self._app.clock()
        if asked_at is None or now - asked_at > ADMINISTRATORS_FOR:
            members = await self._post.call(GetChatAdministrators(chat_id=chat))
            known = frozenset(member.user.id for member in members) if members else known
            self._administrators[chat] = now, known
        return known
