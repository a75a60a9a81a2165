"""The running product, made once, behind local servers of Zalo; only the clock is ours."""

import dataclasses
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import pytest

from bot.app import App
from bot.channels.zalo.door import Door, make_client
from bot.channels.zalo.media import Media
from bot.channels.zalo_bot.service import Service
from bot.conversation.memory import MemoryStore
from bot.web import build_web
from web_app import MovingClock, make_app
from zalo_bot_server import TOKEN, ZaloBotServer, serving

from .bot_people import SECRET, BotPeople

MakeApp = Callable[..., App]


@pytest.fixture(scope="session")
def zalo_built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    app = make_app(tmp_path_factory.mktemp("zalo"), MovingClock())
    yield app
    app.close()


@pytest.fixture
def clock() -> MovingClock:
    return MovingClock()


@pytest.fixture
def make(zalo_built: App, clock: MovingClock) -> MakeApp:
    """The product with other settings and nothing remembered of any chat; the database is the same for all tests."""

    def made(**settings: Any) -> App:
        return dataclasses.replace(
            zalo_built,
            settings=zalo_built.settings.model_copy(update=settings),
            memories=MemoryStore(zalo_built.memories._keep),
            clock=clock,
        )

    return made


@pytest.fixture
async def server() -> AsyncIterator[ZaloBotServer]:
    async with serving() as server:
        yield server


@pytest.fixture
def bot_app(make: MakeApp, server: ZaloBotServer) -> App:
    return make(
        zalo_bot_token=TOKEN,
        zalo_bot_secret=SECRET,
        zalo_bot_name="Bot Phường Mẫu; Bot Phường",
        zalo_bot_api=server.base,
        public_url="https://motcua.example.vn",
    )


@pytest.fixture
async def people(bot_app: App, server: ZaloBotServer, clock: MovingClock) -> AsyncIterator[BotPeople]:
    web = build_web(bot_app)
    async with make_client() as client:
        holder: list[BotPeople] = []

        async def pause(seconds: float) -> None:
            await holder[0].pause(seconds)

        service = Service(bot_app, Door(client, pause), Media(client, is_open=True))
        web.state.zalo_bot = service
        holder.append(BotPeople(service, web, server, clock))
        service.ledger.go_on()
        yield holder[0]
