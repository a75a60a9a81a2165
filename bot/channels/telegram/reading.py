"""An update of Telegram in our words: who said what where, and whether it is for us."""

import re
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import msgspec
from aiogram import Bot
from aiogram.types import CallbackQuery, Chat, Message, MessageEntity, Update, User
from pydantic import ValidationError

START_AGAIN = "restart"  # what a button without an action means
SERVICE = 777_000  # Telegram's own account, which forwards posts of a linked channel


class Me(msgspec.Struct, frozen=True):
    """Our own account, as getMe tells it."""

    id: int
    username: str


class Incoming(msgspec.Struct, frozen=True, kw_only=True):
    """Something said, tapped or sent. `text` has our mention and our command taken out; `at` is when it was sent, or
    changed last, `sent_at` when it was sent.

    `thread` is set in forum topics only. `file` is the largest photo, or a document that may be a picture.
    """

    update: int
    chat: int
    at: datetime
    sent_at: datetime
    is_group: bool
    message: int = 0
    thread: int | None = None
    user: int = 0
    is_bot: bool = False
    is_for_chat: bool = False  # said in the name of the group itself, by an administrator who stays unnamed
    text: str = ""
    command: str = ""
    action: str = ""
    callback: str = ""
    calls_us: bool = False
    reply_to: int | None = None
    reply_user: int = 0
    quoted: str = ""
    names: tuple[str, ...] = ()
    file: str = ""
    is_album: bool = False
    is_edit: bool = False
    is_voiceless: bool = False  # a sticker, a voice: nothing to read
    is_place: bool = False
    position: tuple[float, float] | None = None  # latitude, longitude


class Membership(msgspec.Struct, frozen=True):
    """We were added or removed (blocked), or a group became a supergroup: `chat` has the id `moved_to` now."""

    chat: int
    is_group: bool
    is_in: bool
    moved_to: int | None = None


class Inline(msgspec.Struct, frozen=True):
    """Somebody types “@bot …” in any chat, one we need not be in; `chat` is his own."""

    chat: int
    query: str
    text: str


Read = Incoming | Membership | Inline


class UnreadableError(Exception):
    """It has another shape than any update."""


def read_body(body: Any, me: Me, bot: Bot | None = None) -> Read | None:
    """What came in, whatever it is. Raises UnreadableError."""
    try:
        update = Update.model_validate(body, context={"bot": bot})
    except (ValidationError, RecursionError):
        raise UnreadableError from None  # its text would hold what was said
    return read_update(update, me)


def read_update(update: Update, me: Me) -> Read | None:
    """None for what we need not answer: service messages, commands for other bots, other kinds of updates."""
    if update.inline_query:
        return Inline(update.inline_query.from_user.id, update.inline_query.id, update.inline_query.query.strip())
    if update.callback_query:
        return _tap(update.update_id, update.callback_query)
    if update.my_chat_member:
        member = update.my_chat_member
        is_in = member.new_chat_member.status not in {"left", "kicked"}
        return Membership(member.chat.id, _is_group(member.chat), is_in)
    message = update.message or update.edited_message
    if message is None or (message.from_user is None and message.sender_chat is None):
        return None
    return _moved(message) or _said(update.update_id, message, me, is_edit=update.message is None)


def _moved(message: Message) -> Membership | None:
    """A group that became a supergroup: told in the old one and in the new one."""
    if message.migrate_to_chat_id:
        return Membership(message.chat.id, is_group=True, is_in=True, moved_to=message.migrate_to_chat_id)
    if message.migrate_from_chat_id:
        return Membership(message.migrate_from_chat_id, is_group=True, is_in=True, moved_to=message.chat.id)
    return None


def _tap(number: int, query: CallbackQuery) -> Incoming | None:
    message = query.message
    if message is None:
        return None
    thread = message.message_thread_id if isinstance(message, Message) and message.is_topic_message else None
    return Incoming(
        update=number,
        chat=message.chat.id,
        at=(now := datetime.now(UTC)),
        sent_at=now,
        is_group=_is_group(message.chat),
        message=message.message_id,
        thread=thread,
        user=query.from_user.id,
        action=query.data or START_AGAIN,
        callback=query.id,
        calls_us=True,
    )


def _said(number: int, message: Message, me: Me, *, is_edit: bool) -> Incoming | None:
    is_group = _is_group(message.chat)
    text, entities = message.text or message.caption or "", message.entities or message.caption_entities or []
    command = _command(text, entities, me)
    if command is None:
        return None
    file = _file(message)
    if not text and not file and (is_group or not _says_something(message)):
        return None
    user, replied = message.from_user, _replied(message)
    is_ours = replied is not None and replied.from_user is not None and replied.from_user.id == me.id
    bare, calls_us, names = _without_us(text, entities, me)
    return Incoming(
        update=number,
        chat=message.chat.id,
        at=_changed_at(message) or message.date.astimezone(UTC),
        sent_at=message.date.astimezone(UTC),
        is_group=is_group,
        message=message.message_id,
        thread=message.message_thread_id if message.is_topic_message else None,
        user=user.id if user else 0,
        is_bot=user is not None and user.is_bot and message.sender_chat is None,
        is_for_chat=message.sender_chat is not None or (user is not None and user.id == SERVICE),
        text=bare,
        command=command,
        calls_us=not is_group or calls_us or is_ours or bool(command),
        reply_to=replied.message_id if replied else None,
        reply_user=replied.from_user.id if replied and replied.from_user and not is_ours else 0,
        quoted=(replied.text or replied.caption or "") if replied and not is_ours else "",
        names=names,
        file=file,
        is_album=message.media_group_id is not None,
        is_edit=is_edit,
        is_voiceless=not text and not file,
        is_place=message.location is not None,
        position=(message.location.latitude, message.location.longitude) if message.location else None,
    )


def _changed_at(message: Message) -> datetime | None:
    with suppress(OverflowError, OSError, ValueError):  # a number that is no time
        return datetime.fromtimestamp(message.edit_date, UTC) if message.edit_date else None
    return None


def _is_group(chat: Chat) -> bool:
    return chat.type != "private"


def _says_something(message: Message) -> bool:
    """Private stickers, voices and the like get a word; service messages none."""
    return any((message.sticker, message.voice, message.video, message.audio, message.location, message.contact))


def _replied(message: Message) -> Message | None:
    """What it answers; the first message of a forum topic names its opening, which is no answer to it."""
    replied = message.reply_to_message
    return None if replied is None or replied.forum_topic_created else replied


def _command(text: str, entities: list[MessageEntity], me: Me) -> str | None:
    """Our command at the start, without slash; "" for none, None for one of another bot."""
    first = next((entity for entity in entities if entity.type == "bot_command" and entity.offset == 0), None)
    if first is None:
        return ""
    name, _, bot = _said_by(first, text)[1:].partition("@")
    return name.lower() if not bot or bot.lower() == me.username.lower() else None


def _without_us(text: str, entities: list[MessageEntity], me: Me) -> tuple[str, bool, tuple[str, ...]]:
    """The text without our mentions and commands, whether there was a mention, and who else is mentioned."""
    ours: list[str] = []
    others: list[str] = []
    calls_us = False
    for entity in entities:
        said = _said_by(entity, text)
        if _is_us(entity, said, me):
            calls_us = True
            ours.append(said)
        elif entity.type in {"mention", "text_mention"}:
            others.append(str(entity.user.id) if entity.user else said.removeprefix("@"))
        elif entity.type == "bot_command" and entity.offset == 0:
            ours.append(said)
    for said in filter(None, ours):
        text = text.replace(said, " ", 1)
    return re.sub(r"[^\S\n]+", " ", text).strip(), calls_us, tuple(others)


def _said_by(entity: MessageEntity, text: str) -> str:
    """What an entity marks; its offsets are UTF-16 units, and one that splits a character loses it."""
    start, end = max(entity.offset, 0), max(entity.offset + entity.length, 0)
    return text.encode("utf-16-le", "ignore")[2 * start : 2 * end].decode("utf-16-le", "ignore")


def _is_us(entity: MessageEntity, said: str, me: Me) -> bool:
    user: User | None = entity.user
    is_named = entity.type == "mention" and said[1:].lower() == me.username.lower()
    return is_named or (entity.type == "text_mention" and user is not None and user.id == me.id)


def _file(message: Message) -> str:
    if message.photo:
        return message.photo[-1].file_id
    document = message.document
    is_picture = document is not None and (document.mime_type or "").startswith(("image/", "application/pdf"))
    return document.file_id if document is not None and is_picture else ""
