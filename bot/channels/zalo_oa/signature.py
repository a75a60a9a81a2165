"""Whether Zalo sent it: a plain SHA-256 over the app's id, the raw body, its own time and the key (CHANNELS 3.2).

The signature does not prove that it was sent just now: see FRESH.
"""

import hmac
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from bot.channels.zalo.fields import moment, text

FRESH = timedelta(hours=2)  # Zalo's last repeat comes 1 hour 50 minutes after the first try


def signature(app: str, body: bytes, timestamp: str, key: str) -> str:
    return sha256(app.encode() + body + timestamp.encode() + key.encode()).hexdigest()


def is_signed(header: str, body: bytes, event: Any, app: str, key: str) -> bool:
    """`event` is the body decoded; `header` comes with or without "mac="."""
    timestamp = text(event, "timestamp") if isinstance(event, dict) else ""
    given = header.strip().removeprefix("mac=").lower()
    expected = signature(app, body, timestamp, key)
    return bool(timestamp and key) and hmac.compare_digest(given.encode(), expected.encode())


def is_fresh(event: Any, now: datetime) -> bool:
    at = moment(event.get("timestamp")) if isinstance(event, dict) else None
    return at is not None and now - at <= FRESH
