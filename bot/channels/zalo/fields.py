"""Fields of what Zalo sends, read as far as they are what they should be: numbers may be texts, texts numbers."""

import re
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

_NUMBER = re.compile(r"\d{1,15}", re.ASCII)


def part(message: dict[str, Any], name: str) -> dict[str, Any]:
    value = message.get(name)
    return value if isinstance(value, dict) else {}


def text(message: dict[str, Any], name: str) -> str:
    value = message.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else ""


def moment(value: Any) -> datetime | None:
    """Milliseconds, or seconds; as number or text."""
    if isinstance(value, bool) or not _NUMBER.fullmatch(str(value)):
        return None
    number = int(value)
    try:
        return datetime.fromtimestamp(number / 1000 if number > 10**11 else number, UTC)
    except (OverflowError, OSError, ValueError):
        return None


def number_of(chat: str, date: Any, kind: str) -> str:
    """What stands in for the number of an event that has none: the same for the same event."""
    return sha256(f"{chat} {date} {kind}".encode()).hexdigest()[:24]
