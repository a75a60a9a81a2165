"""What Zalo sends to an Official Account, in our words (CHANNELS 3.2, 3.4). Most kinds of events are none of ours."""

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

import msgspec

from bot.channels.zalo.commands import command_in
from bot.channels.zalo.fields import moment, number_of, part, text
from bot.channels.zalo.names import called_in, names_in
from bot.channels.zalo_oa.form import action_of
from bot.settings import Settings

READABLE = ("pdf", "jpg", "jpeg", "png")  # files that may be a receipt
WORDED = ("text", "link")
PLACED, PICTURED, FILED = "location", "image", "file"
VOICELESS = ("audio", "video", "sticker", "gif", "business_card")


class Kind(StrEnum):
    SAID = "said"
    FOLLOWED = "followed"
    LEFT = "left"  # a citizen follows no more
    OFFICIAL = "official"  # a person of the office wrote
    GROUP_MADE = "group_made"
    GROUP_GONE = "group_gone"


class Incoming(msgspec.Struct, frozen=True, kw_only=True):
    """`chat` is the citizen's id in private, the group's in a group. `quoted` is empty where our own words are."""

    kind: Kind
    event: str  # the platform's number of it, or what stands in for it
    chat: str
    at: datetime
    user: str = ""
    is_group: bool = False
    text: str = ""
    action: str = ""
    place: str = ""
    picture: str = ""
    is_voiceless: bool = False
    calls_us: bool = True
    reply_to: str = ""
    reply_author: str = ""
    quoted: str = ""


class Account(msgspec.Struct, frozen=True):
    """We: the id of the account, and the names that call it in groups."""

    oa: str
    names: Sequence[str] = ()


def account_of(settings: Settings) -> Account:
    return Account(settings.zalo_oa, names_in(settings.zalo_oa_name))


def read_event(body: Any, account: Account) -> Incoming | None:
    """None for what is none of ours: other accounts, other shapes, receipts, unknown kinds."""
    if not isinstance(body, dict):
        return None
    name, at = text(body, "event_name"), moment(body.get("timestamp"))
    if at is None or text(body, "oa_id") not in {"", account.oa}:
        return None
    read = next((read for start, read in READERS if name.startswith(start)), None)
    return read(body, name, at, account) if read else None


def _followed(body: dict[str, Any], name: str, at: datetime, _account: Account) -> Incoming | None:
    citizen = text(part(body, "follower"), "id")
    kind = Kind.LEFT if name == "unfollow" else Kind.FOLLOWED
    return Incoming(kind=kind, event=_number(body, citizen), chat=citizen, user=citizen, at=at) if citizen else None


def _in_private(body: dict[str, Any], name: str, at: datetime, account: Account) -> Incoming | None:
    citizen = text(part(body, "sender"), "id")
    if not citizen or text(part(body, "recipient"), "id") != account.oa:
        return None
    return _said(
        body,
        name.removeprefix("user_send_"),
        Incoming(kind=Kind.SAID, event=_number(body, citizen), chat=citizen, user=citizen, at=at),
    )


def _submitted(body: dict[str, Any], _name: str, at: datetime, account: Account) -> Incoming | None:
    """A press on the account's menu; the details of a person that come by the same event are not for us."""
    citizen, payload = text(part(body, "sender"), "id"), text(part(body, "info"), "action_payload")
    if not citizen or not payload or text(part(body, "recipient"), "id") != account.oa:
        return None
    event = _number(body, citizen)
    return Incoming(kind=Kind.SAID, event=event, chat=citizen, user=citizen, at=at, text=payload)


def _in_group(body: dict[str, Any], name: str, at: datetime, account: Account) -> Incoming | None:
    group, member = group_of(body, account), text(part(body, "sender"), "id")
    if not group or not member:
        return None
    said = Incoming(kind=Kind.SAID, event=_number(body, group), chat=group, user=member, at=at, is_group=True)
    found = _said(body, name.removeprefix("user_send_group_"), said)
    if found is None or not found.text:
        return None
    bare, is_called = called_in(found.text, account.names)
    quote = part(part(body, "message"), "quote_msg")
    author = text(part(quote, "sender"), "id")
    is_ours = author == account.oa
    return msgspec.structs.replace(
        found,
        text=bare,
        calls_us=is_called or is_ours or bool(command_in(bare)[0]),
        reply_to="" if is_ours else text(quote, "msg_id"),
        reply_author="" if is_ours else author,
        quoted="" if is_ours else text(quote, "text"),
    )


def _official(body: dict[str, Any], name: str, at: datetime, account: Account) -> Incoming | None:
    """Only what a person wrote in the console bears his number; our own messages come back without one."""
    if not text(part(body, "sender"), "admin_id"):
        return None
    is_group = "group" in name
    chat = group_of(body, account) if is_group else text(part(body, "recipient"), "id")
    said = text(part(body, "message"), "text")
    event = _number(body, chat)
    return Incoming(kind=Kind.OFFICIAL, event=event, chat=chat, at=at, is_group=is_group, text=said) if chat else None


def _group_itself(body: dict[str, Any], name: str, at: datetime, account: Account) -> Incoming | None:
    group = group_of(body, account)
    kind = Kind.GROUP_MADE if name == "create_group" else Kind.GROUP_GONE
    event = _number(body, group)
    return Incoming(kind=kind, event=event, chat=group, at=at, is_group=True) if group else None


Reader = Callable[[dict[str, Any], str, datetime, Account], Incoming | None]
READERS: tuple[tuple[str, Reader], ...] = (
    ("follow", _followed),
    ("unfollow", _followed),
    ("user_send_group_", _in_group),
    ("user_send_", _in_private),
    ("user_submit_info", _submitted),
    ("oa_send_", _official),
    ("create_group", _group_itself),
    ("delete_group", _group_itself),
)  # the first whose beginning fits


def group_of(body: dict[str, Any], account: Account) -> str:
    """The group's id: four places have been seen, and one of them may hold our own id instead."""
    places = (body, part(body, "recipient"))
    found = (
        *(text(place, "group_id") for place in places),
        text(part(body, "message"), "conversation_id"),
        text(part(body, "recipient"), "id"),
    )
    return next((each for each in found if each not in {"", account.oa}), "")


def _said(body: dict[str, Any], kind: str, said: Incoming) -> Incoming | None:
    message = part(body, "message")
    words = text(message, "text").strip()
    if kind in WORDED:
        action = "" if said.is_group else action_of(words)
        return msgspec.structs.replace(said, text=words, action=action) if words else None
    if kind == PLACED:
        return msgspec.structs.replace(said, place=words, is_voiceless=not words)
    if kind in {PICTURED, FILED}:
        address = _address(message)
        return msgspec.structs.replace(said, text=words, picture=address, is_voiceless=not (words or address))
    return msgspec.structs.replace(said, is_voiceless=True) if kind in VOICELESS else None


def _address(message: dict[str, Any]) -> str:
    """Where the first picture, or file that may show a receipt, lies."""
    attachments = message.get("attachments")
    for attachment in attachments if isinstance(attachments, list) else ():
        payload = part(attachment, "payload") if isinstance(attachment, dict) else {}
        if text(payload, "url") and text(payload, "type").lower() in {"", *READABLE}:
            return text(payload, "url")
    return ""


def _number(body: dict[str, Any], chat: str) -> str:
    name = text(body, "event_name")
    return text(part(body, "message"), "msg_id")[:100] or number_of(chat, body.get("timestamp"), name)
