"""Menus answered by number: what stood under the last answer is remembered, whoever made that answer."""

from collections import OrderedDict
from datetime import datetime

import msgspec

from bot.answers.choices import number_in
from bot.answers.layout import lay_out
from bot.app import App
from bot.channels.private import Spoken, answer_in_private
from bot.conversation.memory import NUMBERS_FOR
from bot.conversation.messages import Answer, Chat, Choice, Ending
from bot.operation.standing_aside import is_off
from knowledge.language.normalise import normalise

MOST_GROUPS = 1_000


def answer_with_menu(spoken: Spoken, app: App, picture: bytes | None = None) -> Answer | None:
    """As in private anywhere, on a channel whose menus are numbers."""
    chat = Chat(spoken.channel, spoken.chat)
    is_typed = not (spoken.command or spoken.action) and picture is None
    if is_typed and (lost := _of_nothing(spoken.text, chat, app)):
        return lost
    answer = answer_in_private(spoken, app, picture)
    if answer is not None:
        offer(answer.choices, chat, app)
    return answer


def offer(choices: tuple[Choice, ...], chat: Chat, app: App) -> None:
    """Remember what a number will stand for, where the path of a question has not."""
    now = app.clock()
    memory = app.memories.recall(chat.key, now)
    if choices and memory.choices != choices:
        app.memories.remember(chat.key, msgspec.structs.replace(memory, choices=choices), now)


def is_number(text: str) -> bool:
    """Whether a message is nothing but a number of a menu: "2", "số 2 nhé", "２."."""
    return _number(text) is not None


def chosen(text: str, choices: tuple[Choice, ...]) -> Choice | None:
    at = _number(text)
    return choices[at] if at is not None and at < len(choices) and choices else None


def _number(text: str) -> int | None:
    """Counted from 0, -1 for the last. More than one digit is a year, a code, a second factor."""
    is_small = sum(letter.isdecimal() for letter in text) <= 1
    return number_in(normalise(text).folded) if is_small else None


def _of_nothing(text: str, chat: Chat, app: App) -> Answer | None:
    """What is said to a digit beyond the menu, or to one whose menu is gone; None for anything else, and where
    somebody of the office speaks, who will understand it."""
    at = _number(text) if any(letter.isdecimal() for letter in text) else None
    if at is None or is_off(chat.channel, app) or (chat.channel, chat.id) in app.ordered.taken:
        return None
    memory = app.memories.recall(chat.key, app.clock())
    if memory.wish or memory.awaits_code or 0 <= at < len(memory.choices):
        return None
    return Answer(ending=Ending.UNKNOWN, blocks=lay_out("number_of_nothing", most=len(memory.choices)))


class GroupMenus:
    """The last menu of each group: who answers it without having one of his own gets it with his own state."""

    def __init__(self) -> None:
        self._menus: OrderedDict[str, tuple[datetime, tuple[Choice, ...]]] = OrderedDict()

    def shown(self, group: str, choices: tuple[Choice, ...], now: datetime) -> None:
        self._menus.pop(group, None)
        if choices:
            self._menus[group] = now, choices
        if len(self._menus) > MOST_GROUPS:
            self._menus.popitem(last=False)

    def open_in(self, group: str, now: datetime) -> tuple[Choice, ...]:
        at, choices = self._menus.get(group, (now, ()))
        return choices if now - at <= NUMBERS_FOR else ()
