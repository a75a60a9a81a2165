"""The groups we are in: each has its talk and its last menu."""

from collections import OrderedDict
from datetime import datetime, timedelta

import msgspec

from bot.app import App
from bot.channels.zalo.menus import GroupMenus, chosen, is_number
from bot.conversation.consent import introduction
from bot.conversation.group_turn import GroupTalk
from bot.conversation.group_warning import ASK_IN_PRIVATE
from bot.conversation.messages import Answer, Chat, Choice, Ending, Family, family_of
from bot.conversation.room import Role
from bot.quiet_hours import read_quiet_hours
from knowledge.staff.accounts import Who
from knowledge.staff.links import linked

MOST_GROUPS = 1_000
STAFF_FOR = timedelta(minutes=1)  # after which it is looked up again who they are


class Groups:
    """`link` opens a private chat with us, "" where the channel has none."""

    def __init__(self, app: App, channel: str, link: str = "") -> None:
        self._app, self._channel, self._link = app, channel, link
        self._quiet_hours = read_quiet_hours(app.settings.group_quiet)
        self._talks: OrderedDict[str, GroupTalk] = OrderedDict()
        self._menus = GroupMenus()
        self._staff: tuple[datetime, dict[str, Who]] | None = None

    def talk_of(self, group: str) -> GroupTalk:
        talk = self._talks.pop(group, None)
        if talk is None:
            talk = GroupTalk(self._app, self._channel, group, private_url=self._link, quiet_hours=self._quiet_hours)
        self._talks[group] = talk
        if len(self._talks) > MOST_GROUPS:
            self._talks.popitem(last=False)
        return talk

    def picked(self, group: str, author: str, text: str) -> Answer | None:
        """What a number stands for: in the author's own menu, else in the last one of the group; None for any other
        text, and for a number of nothing."""
        if not is_number(text):
            return None
        now = self._app.clock()
        own = self._app.memories.recall(self.chat(group, author).key, now).choices
        choice = chosen(text, own or self._menus.open_in(group, now))
        return self.talk_of(group).tapped(author, choice.action) if choice and choice.action else None

    def shown(self, group: str, answer: Answer) -> None:
        self._menus.shown(group, answer.choices, self._app.clock())

    def introduced(self, group: str, answer: Answer) -> Answer:
        """With what we are before a group's first answer; what concerns a dossier leads to a private chat alone."""
        choices = answer.choices
        if answer.ending is Ending.SILENCE:
            return answer
        if family_of(answer.ending) is Family.DOSSIER:
            choices = (Choice(label=ASK_IN_PRIVATE, url=self._link),) if self._link else ()
        first = introduction(Chat(self._channel, group, is_group=True), self._app)
        return msgspec.structs.replace(answer, blocks=(*first, *answer.blocks), choices=choices)

    def role_of(self, member: str) -> Role:
        """Zalo tells of no administrators: staff who have made themselves known by /canbo may quiet us."""
        return Role.ADMIN if member in self._linked() else Role.CITIZEN

    def teacher_of(self, member: str, asker: str) -> Who | None:
        """Whose answer to a citizen it is, where a member of staff replies to one."""
        staff = self._linked()
        return staff.get(member) if asker and asker not in staff else None

    def _linked(self) -> dict[str, Who]:
        now = self._app.clock()
        if self._staff is None or now - self._staff[0] > STAFF_FOR:
            with self._app.database.session() as session:
                self._staff = now, linked(session, self._channel)
        return self._staff[1]

    def left(self, group: str) -> None:
        self._talks.pop(group, None)

    def chat(self, group: str, author: str) -> Chat:
        """Where somebody's own subject in a group is remembered."""
        return Chat(self._channel, f"{group}/{author}", is_group=True)
