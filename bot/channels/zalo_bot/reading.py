"""What Zalo sends to a bot, in our words. The platform's pages and what was captured differ (CHANNELS 2.3): both are
read, and of anything else nothing."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import msgspec

GROUP = "GROUP"
_NUMBER = re.compile(r"\d{1,15}", re.ASCII)
_AROUND_NAME = " \t\n,;:.!?"


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


def read_event(event: Any, names: Sequence[str]) -> Incoming | None:
    """None for what is none of ours: other shapes, unknown kinds."""
    message = event.get("message")
    if not isinstance(message, dict):
        return None
    chat, sender = _part(message, "chat"), _part(message, "from")
    chat_id, at = _text(chat, "id"), _moment(message.get("date"))
    if not chat_id or at is None:
        return None
    kind = _text(event, "event_name")
    is_group = _text(chat, "chat_type").upper() == GROUP or chat_id.startswith("zgr-")
    said = _text(message, "text") or _text(message, "caption")
    picture = _text(message, "photo_url") or _text(message, "photo")
    is_voiceless = any(name in message for name in ("sticker", "voice_url"))
    is_unsupported = ".unsupported." in kind
    if not (said or picture or is_voiceless or is_unsupported):
        return None
    return Incoming(
        event=_text(message, "message_id") or _stand_in(chat_id, message.get("date"), kind),
        chat=chat_id,
        user=_text(sender, "id") or chat_id,
        at=at,
        is_group=is_group,
        is_bot=sender.get("is_bot") is True,
        text=without_names(said, names),
        picture=picture,
        is_voiceless=is_voiceless and not said,
        is_unsupported=is_unsupported,
    )


def without_names(text: str, names: Sequence[str]) -> str:
    """The text without “@our name”, wherever it stands and in whatever case; the longest name is tried first."""
    text = unicodedata.normalize("NFC", text).strip()
    for name in sorted(map(_composed, names), key=len, reverse=True):
        mention = re.compile(rf"@{re.escape(name)}(?!\w)", re.IGNORECASE)
        text, found = mention.subn(" ", text)
        if found:
            text = re.sub(r"[ \t]{2,}", " ", text).strip(_AROUND_NAME[:3]).lstrip(_AROUND_NAME)
    return text.replace(" ,", ",")


def _composed(name: str) -> str:
    return unicodedata.normalize("NFC", name).strip().removeprefix("@")


def _part(message: dict[str, Any], name: str) -> dict[str, Any]:
    part = message.get(name)
    return part if isinstance(part, dict) else {}


def _text(message: dict[str, Any], name: str) -> str:
    value = message.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else ""


def _moment(value: Any) -> datetime | None:
    """Milliseconds, or seconds; as number or text."""
    if isinstance(value, bool) or not _NUMBER.fullmatch(str(value)):
        return None
    number = int(value)
    try:
        return datetime.fromtimestamp(number / 1000 if number > 10**11 else number, UTC)
    except (OverflowError, OSError, ValueError):
        return None


def _stand_in(chat: str, date: Any, kind: str) -> str:
    return sha256(f"{chat} {date} {kind}".encode()).hexdigest()[:24]
