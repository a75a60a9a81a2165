"""Reading what other programs send: JSON of any shape, or nothing."""

from typing import Any

import msgspec
from fastapi import Request
from starlette.exceptions import HTTPException


async def body_of(request: Request, channel: str) -> bytes | None:
    """What came to a channel's webhook; None, and counted, for more than anything of its platform's holds."""
    try:
        return await request.body()
    except HTTPException:  # bot.web.body_limit
        request.app.state.tally.met(channel, "too_large")
        return None


def json_of(body: bytes) -> Any:
    """None for what is no JSON, or nested beyond all reason."""
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
