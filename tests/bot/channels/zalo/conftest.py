"""The running product, made once, behind local servers of Zalo; only the clock is ours."""

import asyncio
import dataclasses
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

import zalo_oa_server
from bot.app import App
from bot.channels.zalo.door import Door, make_client
from bot.channels.zalo.media import Media
from bot.channels.zalo_bot.service import Service
from bot.channels.zalo_oa import service as oa_service
from bot.conversation.memory import MemoryStore
from bot.web import build_web
from knowledge.channel_marks import forget_before
from web_app import MovingClock, make_app
from zalo_bot_server import TOKEN, ZaloBotServer, serving

from .bot_people import SECRET, BotPeople
from .oa_people import OaPeople

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

        web.state.zalo_bot_arrived = asyncio.Event()
        service = Service(bot_app, Door(client, pause), Media(client, is_open=True), web.state.tally)
        holder.append(BotPeople(service, web, server, clock))
        service.ledger.go_on()
        yield holder[0]


# The Official Account


@pytest.fixture
async def oa_server(clock: MovingClock) -> AsyncIterator[zalo_oa_server.OaServer]:
    async with zalo_oa_server.serving(clock) as server:
        yield server


@pytest.fixture
def oa_settings(oa_server: zalo_oa_server.OaServer) -> dict[str, Any]:
    return {
        "zalo_oa": zalo_oa_server.OA,
        "zalo_oa_app": zalo_oa_server.APP,
        "zalo_oa_app_secret": zalo_oa_server.APP_SECRET,
        "zalo_oa_secret": zalo_oa_server.OA_SECRET,
        "zalo_oa_name": "Phường Mẫu",
        "zalo_oa_api": oa_server.base,
        "zalo_oa_login": oa_server.base,
        "public_url": "https://motcua.example.vn",
    }


class MakeOa:
    """The account in operation, with other settings where a test wants them; consent is given."""

    def __init__(self, make: MakeApp, server: zalo_oa_server.OaServer, clock: MovingClock, **settings: Any) -> None:
        self._make, self._server, self._clock, self._settings = make, server, clock, settings
        self._client = make_client()

    async def __call__(self, **settings: Any) -> OaPeople:
        app = self._make(**self._settings | settings)
        web, holder = build_web(app), list[OaPeople]()

        async def pause(seconds: float) -> None:
            await holder[0].pause(seconds)

        web.state.zalo_oa_arrived = asyncio.Event()
        media = Media(self._client, is_open=True)
        service = oa_service.Service(app, Door(self._client, pause), media, web.state.tally)
        holder.append(OaPeople(service, web, self._server, self._clock))
        await service.tokens.exchange(zalo_oa_server.CODE, "verifier")
        service.ledger.go_on()
        with app.database.session() as session:
            forget_before(session, "form:", self._clock() + timedelta(days=1))
        return holder[0]

    async def close(self) -> None:
        await self._client.aclose()


@pytest.fixture
async def make_oa(
    make: MakeApp, oa_server: zalo_oa_server.OaServer, clock: MovingClock, oa_settings: dict[str, Any]
) -> AsyncIterator[MakeOa]:
    maker = MakeOa(make, oa_server, clock, **oa_settings)
    yield maker
    await maker.close()


@pytest.fixture
async def oa(make_oa: MakeOa) -> OaPeople:
    return await make_oa()
