"""The running product behind a local Bot API server, and people who write to it."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from aiogram import Bot
from anyio import to_thread

from bot.app import App, build_app
from bot.channels.telegram.reading import Me
from bot.channels.telegram.service import Service
from bot.channels.telegram.session import Session
from bot.channels.telegram.wording import CHANNEL
from bot.settings import Settings
from bot.workers.inbox import Inbox
from telegram_server import ME, TOKEN, BotServer, serving
from web_app import MovingClock

UPDATES, CHATS = count(1), count(5_000)


@pytest.fixture
def clock() -> MovingClock:
    return MovingClock()


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """Made once a worker: each test has chats and updates of its own."""
    folder = tmp_path_factory.mktemp("telegram")
    settings = Settings(
        data_dir=folder,
        database_url="",
        secret="for tests only",
        commune="",
        public_url="https://motcua.example.vn",
        telegram_token=TOKEN,
        telegram_secret="a-secret",
    )
    app = build_app(settings, MovingClock())
    yield app
    app.close()


@pytest.fixture
def app(made: App, clock: MovingClock) -> App:
    return replace(made, clock=clock)


@pytest.fixture
async def server() -> AsyncIterator[BotServer]:
    async with serving() as server:
        yield server


class People:
    """Who writes to the bot; an update is handled when the call returns, waits in groups included."""

    def __init__(self, service: Service, server: BotServer, clock: MovingClock) -> None:
        self.service, self.server, self.clock = service, server, clock
        self.private, self.group = next(CHATS), -next(CHATS)
        self.paused: list[float] = []

    async def pause(self, seconds: float) -> None:
        self.paused.append(seconds)
        self.clock.at += timedelta(seconds=seconds)

    def update(self, chat: int, user: int = 0, **message: Any) -> dict[str, Any]:
        kind = {"type": "private"} if chat > 0 else {"type": "supergroup", "title": "Nhóm"}
        body = {
            "message_id": next(UPDATES),
            "date": int(self.clock().timestamp()),
            "chat": {"id": chat, **kind},
            "from": {"id": user or abs(chat), "is_bot": False, "first_name": "Lan"},
            **message,
        }
        return {"update_id": next(UPDATES), "message": body}

    async def take(self, update: Any) -> bool:
        """Into the inbox, as the webhook of any process does it."""
        return await to_thread.run_sync(Inbox(self.service.app, CHANNEL).take, str(update["update_id"]), update)

    async def settle(self) -> None:
        await self.service.errands.settle()

    async def send(self, update: dict[str, Any]) -> None:
        await self.take(update)
        await self.settle()

    async def write(self, text: str, chat: int = 0, user: int = 0, **message: Any) -> list[str]:
        """Write to a chat, by default the private one; what came back."""
        chat = chat or self.private
        before = len(self.server.texts(chat))
        await self.send(self.update(chat, user, text=text, **message))
        return self.server.texts(chat)[before:]

    async def call(self, text: str, user: int, **message: Any) -> list[str]:
        """Write to the group with our name before it."""
        name = f"@{ME['username']}"
        entities = [{"type": "mention", "offset": 0, "length": len(name)}]
        return await self.write(f"{name} {text}", self.group, user, entities=entities, **message)

    async def tap(self, action: str, chat: int = 0, user: int = 0, callback: str = "1") -> list[str]:
        chat = chat or self.private
        before = len(self.server.texts(chat))
        query = {
            "id": callback,
            "from": {"id": user or abs(chat), "is_bot": False, "first_name": "Lan"},
            "chat_instance": "1",
            "data": action,
            "message": {"message_id": 1, "date": 0, "chat": {"id": chat, "type": "private" if chat > 0 else "group"}},
        }
        await self.send({"update_id": next(UPDATES), "callback_query": query})
        return self.server.texts(chat)[before:]

    def buttons(self) -> dict[str, str]:
        """Labels under the last message, and what they carry."""
        rows = self.server.sent[-1].get("reply_markup", {}).get("inline_keyboard", [])
        return {each["text"]: each.get("callback_data") or each["url"] for row in rows for each in row}


@pytest.fixture
async def people(app: App, server: BotServer, clock: MovingClock) -> AsyncIterator[People]:
    async with Bot(TOKEN, session=Session(server.base)) as bot:
        holder: list[People] = []

        async def pause(seconds: float) -> None:
            await holder[0].pause(seconds)

        service = Service(app, bot, Me(ME["id"], ME["username"]), pause)
        holder.append(People(service, server, clock))
        yield holder[0]
