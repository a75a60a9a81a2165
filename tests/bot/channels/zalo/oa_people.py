"""People who write to the Official Account: signed events arrive at our webhook, what we send at the local server."""

import json
from datetime import timedelta
from itertools import count
from typing import Any

import httpx
from fastapi import FastAPI

from bot.channels.zalo_oa.form import WEBHOOK
from bot.channels.zalo_oa.service import Service
from web_app import MovingClock
from zalo_oa_server import APP, OA, OaServer, sign

MESSAGES, CITIZENS, GROUPS = count(1), count(3 * 10**18), count(0xF414)
NAME = "@Phường Mẫu"


class OaPeople:
    """An event is handled when the call returns, waits in groups included."""

    def __init__(self, service: Service, web: FastAPI, server: OaServer, clock: MovingClock) -> None:
        self.service, self.server, self.clock = service, server, clock
        self.lan, self.hung, self.group = str(next(CITIZENS)), str(next(CITIZENS)), f"{next(GROUPS):020x}"
        server.groups.add(self.group)
        self.paused: list[float] = []
        self._web = httpx.AsyncClient(transport=httpx.ASGITransport(app=web), base_url="http://motcua.test")

    async def pause(self, seconds: float) -> None:
        self.paused.append(seconds)
        self.clock.at += timedelta(seconds=seconds)

    def event(self, name: str, sender: str = "", recipient: str = OA, **more: Any) -> dict[str, Any]:
        message = {"msg_id": f"{next(MESSAGES):020x}", **more.pop("message", {})}
        return {
            "app_id": APP,
            "event_name": name,
            "timestamp": str(int(self.clock().timestamp() * 1000)),
            "sender": {"id": sender or self.lan},
            "recipient": {"id": recipient},
            "message": message,
            **more,
        }

    async def push(
        self, event: Any, *, header: str | None = None, body: bytes | None = None, is_settled: bool = True
    ) -> int:
        """Send something to the webhook and wait until it is dealt with; the status."""
        body = json.dumps(event, ensure_ascii=False).encode() if body is None else body
        timestamp = event.get("timestamp", "") if isinstance(event, dict) else ""
        signed = sign(body, timestamp) if header is None else header
        response = await self._web.post(WEBHOOK, content=body, headers={"X-ZEvent-Signature": signed})
        if is_settled:
            await self.service.errands.settle()
        return response.status_code

    async def write(self, text: str, citizen: str = "", **message: Any) -> list[str]:
        """Write in private; what came back."""
        citizen = citizen or self.lan
        self.server.acted[citizen] = self.clock()
        before = len(self.server.texts(citizen))
        event = self.event("user_send_text", citizen, message={"text": text, **message})
        assert await self.push(event) == 200
        return self.server.texts(citizen)[before:]

    async def say(self, text: str, member: str = "", **message: Any) -> list[str]:
        """Write in the group; what came back."""
        before = len(self.server.texts(self.group))
        event = self.event("user_send_group_text", member, self.group, message={"text": text, **message})
        assert await self.push(event) == 200
        return self.server.texts(self.group)[before:]

    async def official(self, text: str, chat: str = "", *, is_group: bool = False, is_person: bool = True) -> None:
        sender = {"id": OA, **({"admin_id": "5000"} if is_person else {})}
        name = "oa_send_group_text" if is_group else "oa_send_text"
        recipient = chat or (self.group if is_group else self.lan)
        await self.push(self.event(name, recipient=recipient, message={"text": text}) | {"sender": sender})
