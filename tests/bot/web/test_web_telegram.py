"""The webhook, and Telegram running beside the web."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Any

import httpx
import pytest
from anyio import to_thread
from fastapi import FastAPI

from bot.app import App
from bot.channels.state import told_to_staff
from bot.web import build_web
from knowledge.channel_ledger import counts
from telegram_server import TOKEN, BotServer, serving
from web_app import MovingClock, make_app

SECRET, HOOK = "a-secret", "/telegram/webhook"
HEADERS = {"X-Telegram-Bot-Api-Secret-Token": SECRET}


@pytest.fixture
async def server() -> AsyncIterator[BotServer]:
    async with serving() as server:
        yield server


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """Made once: each test brings updates with numbers of their own."""
    app = make_app(tmp_path_factory.mktemp("web-telegram"), MovingClock())
    yield app
    app.close()


def configured(made: App, server: BotServer, **settings: Any) -> App:
    telegram = {"telegram_token": TOKEN, "telegram_api": server.base, "public_url": "https://motcua.example.vn"}
    return replace(made, settings=made.settings.model_copy(update=telegram | settings))


@pytest.fixture
async def web(made: App, server: BotServer) -> AsyncIterator[FastAPI]:
    """The running application: one task starts and stops it, as in a server."""
    app = configured(made, server, telegram_secret=SECRET)
    web, started, is_over = build_web(app), asyncio.Event(), asyncio.Event()

    async def live() -> None:
        async with web.router.lifespan_context(web):
            started.set()
            await is_over.wait()

    life = asyncio.create_task(live())
    await started.wait()
    yield web
    is_over.set()
    await life


@pytest.fixture
async def client(web: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=web), base_url="http://test") as client:
        yield client


def update(number: int, text: str = "làm giấy khai sinh cho con cần gì") -> dict[str, Any]:
    who = {"id": 9, "is_bot": False, "first_name": "Lan"}
    message = {"message_id": 1, "date": 1, "chat": {"id": 9, "type": "private"}, "from": who, "text": text}
    return {"update_id": number, "message": message}


async def test_starting_sets_the_webhook_with_its_secret_and_the_commands(web: FastAPI, server: BotServer) -> None:
    assert web.state.telegram is not None
    assert server.webhook["url"] == f"https://motcua.example.vn{HOOK}"
    assert server.webhook["secret_token"] == SECRET
    described = [each["description"] for each in server.named("setMyCommands")[0]["commands"]]
    assert "Xem hồ sơ đã nộp đến đâu" in described


async def test_an_update_gets_200_and_an_answer_once(
    web: FastAPI, client: httpx.AsyncClient, server: BotServer
) -> None:
    for _ in range(2):
        assert (await client.post(HOOK, json=update(1), headers=HEADERS)).status_code == 200
    await web.state.telegram.errands.settle()
    assert len(server.texts(9)) == 1


@pytest.mark.parametrize("secret", ["", "another"])
async def test_without_the_secret_nothing_is_taken(
    web: FastAPI, client: httpx.AsyncClient, server: BotServer, secret: str
) -> None:
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
    response = await client.post(HOOK, json=update(2), headers=headers)
    await web.state.telegram.errands.settle()
    assert (response.status_code, server.sent) == (401, [])


@pytest.mark.parametrize("body", [b"", b"{}", b"no json", b"[]", b'{"update_id":7}', b"\xff\xfe", b"null"])
async def test_whatever_comes_with_the_secret_gets_200(client: httpx.AsyncClient, body: bytes) -> None:
    assert (await client.post(HOOK, content=body, headers=HEADERS)).status_code == 200


async def test_what_is_refused_ignored_or_repeated_is_counted(web: FastAPI, client: httpx.AsyncClient) -> None:
    for body, headers in ((update(70), {}), ([], HEADERS), (update(71), HEADERS), (update(71), HEADERS)):
        await client.post(HOOK, json=body, headers=headers)
    await client.post(HOOK, content=b"x" * 2_000_000, headers=HEADERS)
    await client.post(HOOK, json={"update_id": 72, "message": {"text": 5}}, headers=HEADERS)
    await web.state.telegram.errands.settle()
    app: App = web.state.site.app
    await to_thread.run_sync(web.state.tally.flush)
    with app.database.session() as session:
        counted = counts(session, "telegram", app.clock())
    assert counted == dict.fromkeys(("refused_secret", "ignored", "repeated", "too_large", "unreadable"), 1)


async def test_more_than_any_update_holds_is_not_read_and_never_brought_again(client: httpx.AsyncClient) -> None:
    assert (await client.post(HOOK, content=b"x" * 2_000_000, headers=HEADERS)).status_code == 200
    assert (await client.post(HOOK, content=b"x" * 2_000_000)).status_code == 401


async def test_an_error_inside_never_makes_telegram_repeat(
    web: FastAPI, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: Any) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr("bot.channels.telegram.service.answer_in_private", broken)
    assert (await client.post(HOOK, json=update(3), headers=HEADERS)).status_code == 200
    await web.state.telegram.errands.settle()
    monkeypatch.undo()
    assert (await client.post(HOOK, json=update(4), headers=HEADERS)).status_code == 200


async def test_without_telegram_there_is_no_webhook(made: App) -> None:
    transport = httpx.ASGITransport(app=build_web(made))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        assert (await client.post(HOOK, json=update(5), headers=HEADERS)).status_code == 404


async def test_a_refused_token_leaves_the_web_running_and_is_told(made: App, server: BotServer) -> None:
    server.token = "700:another"
    web = build_web(configured(made, server, telegram_secret=SECRET))
    async with web.router.lifespan_context(web):
        assert web.state.telegram is None
    with made.database.session() as session:
        (told,) = told_to_staff(session, made.clock())
    assert told.startswith("Telegram đang dừng gửi từ ")


async def test_without_a_secret_telegram_is_polled(made: App, server: BotServer) -> None:
    web = build_web(configured(made, server))
    server.updates.append(update(6))
    async with web.router.lifespan_context(web):
        async with asyncio.timeout(120):
            while not server.texts(9):  # polled over a real connection
                await web.state.telegram.errands.settle()
                await asyncio.sleep(0)
    assert {name for name, _ in server.calls} >= {"deleteWebhook", "getUpdates"}
    assert len(server.texts(9)) == 1


async def test_what_is_in_hand_is_answered_before_the_server_stops(made: App, server: BotServer) -> None:
    web = build_web(configured(made, server, telegram_secret=SECRET))
    async with (
        web.router.lifespan_context(web),
        httpx.AsyncClient(transport=httpx.ASGITransport(app=web), base_url="http://test") as client,
    ):
        assert (await client.post(HOOK, json=update(80), headers=HEADERS)).status_code == 200
        await web.state.telegram.errands.drain()
    assert len(server.texts(9)) == 1
