"""The Bot API of Zalo: HTTP 200 is no success, `ok` is (CHANNELS 2.1)."""

from typing import Any

import msgspec

from bot.channels.zalo.door import Door, UnclearError

IDLE = 408  # the normal end of a poll
TOKEN = 401
TEMPORARY = 403  # the platform's "internal server error"
NOT_FOUND = 404
DAILY = 426
QUOTA = 429


class RefusedError(Exception):
    """The platform's own code."""

    def __init__(self, code: int) -> None:
        super().__init__(f"refused with {code}")
        self.code = code


class Me(msgspec.Struct, frozen=True):
    account: str = ""
    display_name: str = ""
    joins_groups: bool = False


class Api:
    def __init__(self, door: Door, base: str, token: str) -> None:
        self.door = door
        self._base = f"{base.rstrip('/')}/bot{token}"

    async def call(self, method: str, seconds: float = 0.0, **parameters: Any) -> Any:
        """The result of a method, None where it has none. Raises RefusedError and DoorError."""
        status, body = await self.door.post(f"{self._base}/{method}", seconds, json=parameters)
        if not isinstance(body, dict) or "ok" not in body:
            raise UnclearError(f"status {status}, an answer of another shape")
        if body["ok"] is not True:
            code = str(body.get("error_code", body.get("errorCode")))  # one page of the docs spells it so
            raise RefusedError(int(code) if code.isdecimal() else status)
        return body.get("result")

    async def me(self) -> Me:
        found = await self.call("getMe")
        about = found if isinstance(found, dict) else {}
        names = [str(about.get(name) or "") for name in ("account_name", "display_name")]
        return Me(names[0], names[1], joins_groups=about.get("can_join_groups") is True)
