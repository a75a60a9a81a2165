"""What Zalo sends to a bot, in our words. The platform's pages and what was captured differ (CHANNELS 2.3): both are
read, and of anything else nothing."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import msgspec

from bot.channels.zalo.fields import moment, number_of, part, text
from bot.channels.zalo.names import without_names

GROUP = "GROUP"


class Incoming(msgspec.Struct, frozen=True, kw_only=True):
    """Something sent to us. `text` has our name taken out; `picture` is an address that may end soon."""

    event: str  # the platform's number of it, or what stands in for it
    chat: str
    user: str
    at: datetime
    is_group: bool
    is_bot: bool = False
    text: str = ""
    picture: str = ""
    is_voiceless: bool = False  # a sticker, a voice: nothing to read
    is_unsupported: bool = False  # the platform keeps the content to itself


def events_in(body: Any) -> Iterator[Any]:
    """The events of a body: flat, wrapped as the pages show it, or several; none in a probe."""
    inner = body.get("result") if isinstance(body, dict) and "result" in body else body
    for each in inner if isinstance(inner, list) else [inner]:
        if isinstance(each, dict) and "message" in each:
            yield each


def is_group_id(chat: str) -> bool:
    return chat.startswith("zgr-")


def read_event(event: Any, names: Sequence[str]) -> Incoming | None:
    """None for what is none of ours: other shapes, unknown kinds."""
    message = event.get("message") if isinstance(event, dict) else None
    if not isinstance(message, dict):
        return None
    chat, sender = part(message, "chat"), part(message, "from")
    chat_id, at = text(chat, "id"), moment(message.get("date"))
    if not chat_id or at is None:
        return None
    kind = text(event, "event_name")
    is_group = text(chat, "chat_type").upper() == GROUP or is_group_id(chat_id)
    said = text(message, "text") or text(message, "caption")
    picture = text(message, "photo_url") or text(message, "photo")
    is_voiceless = any(name in message for name in ("sticker", "voice_url"))
    is_unsupported = ".unsupported." in kind
    if not (said or picture or is_voiceless or is_unsupported):
        return None
    return Incoming(
        event=text(message, "message_id") or number_of(chat_id, message.get("date"), kind),
        chat=chat_id,
        user=text(sender, "id") or chat_id,
        at=at,
        is_group=is_group,
        is_bot=sender.get("is_bot") is True,
        text=without_names(said, names),
        picture=picture,
        is_voiceless=is_voiceless and not said,
        is_unsupported=is_unsupported,
    )
