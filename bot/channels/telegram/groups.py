"""The groups we are in: each has its talk, its administrators and its id, which may change."""

from collections import OrderedDict
from datetime import datetime, timedelta

from aiogram.methods import GetChatAdministrators

from bot.app import App
from bot.channels.commands import said_by
from bot.channels.telegram.post import Post
from bot.channels.telegram.reading import CHANNEL, Incoming, Me
from bot.channels.telegram.wording import private_link
from bot.conversation.group_turn import GroupTalk
from bot.conversation.room import Role, Said
from bot.quiet_hours import read_quiet_hours

MOST_GROUPS = 1_000
OLD = timedelta(minutes=5)  # after a restart what was said before comes in a burst: nobody waits for it any more
ADMINISTRATORS_FOR = timedelta(minutes=10)


class Groups:
    """By chat and, in a forum, by topic: what is spoken of in one is nothing to another."""

    def __init__(self, app: App, post: Post, me: Me) -> None:
        self._app, self._post, self._me = app, post, me
        self._quiet_hours = read_quiet_hours(app.settings.group_quiet)
        self._groups: OrderedDict[tuple[int, int], GroupTalk] = OrderedDict()
        self._administrators: dict[int, tuple[datetime, frozenset[int]]] = {}

    def talk_of(self, chat: int, thread: int | None) -> GroupTalk:
        key = chat, thread or 0
        group = self._groups.pop(key, None)
        if group is None:
            link = private_link(self._me.username)
            group = GroupTalk(
                self._app, CHANNEL, f"{chat}:{thread or 0}", private_url=link, quiet_hours=self._quiet_hours
            )
        self._groups[key] = group
        if len(self._groups) > MOST_GROUPS:
            self._groups.popitem(last=False)
        return group

    def moved(self, chat: int, to: int) -> None:
        for before, thread in [key for key in self._groups if key[0] == chat]:
            self._groups[to, thread] = self._groups.pop((before, thread))

    def left(self, chat: int) -> None:
        for key in [key for key in self._groups if key[0] == chat]:
            del self._groups[key]
        self._administrators.pop(chat, None)

    async def is_administrator(self, chat: int, user: int) -> bool:
        return user in await self._administrators_of(chat)

    async def said(self, incoming: Incoming) -> Said:
        role = Role.CITIZEN
        if incoming.is_bot:
            role = Role.BOT
        elif incoming.is_for_chat or await self.is_administrator(incoming.chat, incoming.user):
            role = Role.ADMIN
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
        )

    async def _administrators_of(self, chat: int) -> frozenset[int]:
        asked_at, known = self._administrators.get(chat, (None, frozenset()))
        now = self._app.clock()
        if asked_at is None or now - asked_at > ADMINISTRATORS_FOR:
            members = await self._post.call(GetChatAdministrators(chat_id=chat))
            known = frozenset(member.user.id for member in members) if members else known
            self._administrators[chat] = now, known
        return known
