"""Reading what other programs send: JSON of any shape, or nothing."""

from typing import Any

import msgspec


def json_of(body: bytes) -> Any:
    """None for what is no JSON, or nested beyond all reason."""
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
