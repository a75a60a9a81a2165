"""The interface of an Official Account: HTTP 200 says nothing, `error` does (CHANNELS 3.3)."""

from typing import Any

from bot.channels.zalo.door import Door, UnclearError
from bot.channels.zalo_oa.tokens import Tokens
from bot.workers.inbox import Ticket

BAD_TOKEN = {-216, -220, -124}
RATE, FAILED_ONCE = -32, -200
BACK_OFF = (1.0, 5.0, 15.0)  # seconds; 4,000 requests a minute are allowed to the whole app

CHAT, GROUP, TEMPLATE = "/v3.0/oa/message/cs", "/v3.0/oa/group/message", "/v3.0/oa/message/template"


class RefusedError(Exception):
    """The platform's own code, below zero."""

    def __init__(self, code: int) -> None:
        super().__init__(f"refused with {code}")
        self.code = code


class Api:
    def __init__(self, door: Door, base: str, tokens: Tokens) -> None:
        self.door, self.tokens = door, tokens
        self._base = base.rstrip("/")

    async def call(self, path: str, body: dict[str, Any], ticket: Ticket) -> dict[str, Any]:
        """The data of the answer. A token that ran out is renewed once; what was refused for the moment is tried again.

        Raises RefusedError, DoorError and NoTokenError.
        """
        token, waits, is_renewed, has_failed = await self.tokens.current(), iter(BACK_OFF), False, False
        while True:
            await ticket.out()
            try:
                data = await self._called(path, body, token)
            except RefusedError as error:
                wait = next(waits, None) if error.code == RATE else None
                if error.code in BAD_TOKEN and not is_renewed:
                    token, is_renewed = await self.tokens.renewed(token), True
                elif error.code == FAILED_ONCE and not has_failed:
                    has_failed = True
                elif wait is None:
                    raise
                await ticket.back()
                await self.door.pause(wait or 0.0)
            else:
                ticket.arrived()
                return data

    async def _called(self, path: str, body: dict[str, Any], token: str) -> dict[str, Any]:
        status, answer = await self.door.post(f"{self._base}{path}", json=body, headers={"access_token": token})
        code = str(answer.get("error")) if isinstance(answer, dict) else ""
        if not isinstance(answer, dict) or not code.lstrip("-").isdecimal():
            raise UnclearError(f"status {status}, an answer of another shape")
        if int(code) != 0:
            raise RefusedError(int(code))
        data = answer.get("data")
        return data if isinstance(data, dict) else {}
