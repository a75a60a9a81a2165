"""People who write to the Zalo bot: what they send arrives at our webhook, what we send at the local server."""

from datetime import timedelta
from itertools import count
from typing import Any

import httpx
from fastapi import FastAPI

from bot.channels.zalo_bot.form import WEBHOOK
from bot.channels.zalo_bot.service import Service
from web_app import MovingClock
from zalo_bot_server import ZaloBotServer

SECRET = "a-secret-of-the-webhook"
MESSAGES, CHATS = count(1), count(0x5000)


class BotPeople:
    """An event is handled when the call returns."""

    def __init__(self, service: Service, web: FastAPI, server: ZaloBotServer, clock: MovingClock) -> None:
        self.service, self.server, self.clock = service, server, clock
        self.private, self.group = f"{next(CHATS):020x}", f"zgr-{next(CHATS):020x}"
        self.paused: list[float] = []
        self._web = httpx.AsyncClient(transport=httpx.ASGITransport(app=web), base_url="http://motcua.test")

    async def pause(self, seconds: float) -> None:
        self.paused.append(seconds)
        self.clock.at += timedelta(seconds=seconds)

    def event(self, chat: str = "", user: str = "", kind: str = "text", **message: Any) -> dict[str, Any]:
        chat = chat or self.private
        body = {
            "date": int(self.clock().timestamp() * 1000),
            "chat": {"id": chat, "chat_type": "GROUP" if chat.startswith("zgr-") else "PRIVATE"},
            "message_id": f"{next(MESSAGES):020x}",
            "from": {"id": user or chat, "display_name": "Nguyễn Lan", "is_bot": False},
            **message,
        }
        return {"event_name": f"message.{kind}.received", "message": body}

    async def push(self, body: Any, *, secret: str | None = SECRET, content: bytes | None = None) -> int:
        """Send something to the webhook and wait until it is dealt with; the status."""
        headers = {} if secret is None else {"X-Bot-Api-Secret-Token": secret.encode("latin-1")}
        sent = {"content": content} if content is not None else {"json": body}
        response = await self._web.post(WEBHOOK, headers=headers, **sent)
        await self.service.errands.settle()
        return response.status_code

    async def write(self, text: str, chat: str = "", user: str = "", **message: Any) -> list[str]:
        """Write to a chat, by default the private one; what came back."""
        chat = chat or self.private
        before = len(self.server.texts(chat))
        assert await self.push(self.event(chat, user, text=text, **message)) == 200
        return self.server.texts(chat)[before:]

    async def call(self, text: str, user: str) -> list[str]:
        """Write to the group with our name before it."""
        return await self.write(f"@Bot Phường Mẫu {text}", self.group, user)
