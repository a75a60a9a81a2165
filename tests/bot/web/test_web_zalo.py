"""The webhooks of Zalo on the running application: events taken in, refused and left alone."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

import zalo_bot_server
import zalo_oa_server
from bot.channels.zalo_bot.form import WEBHOOK as BOT_HOOK
from bot.channels.zalo_oa.command import exchange
from bot.channels.zalo_oa.form import WEBHOOK as OA_HOOK
from web_app import MovingClock
from zalo_oa_server import APP, CODE, OA, sign

ASK = "làm giấy khai sinh cho con cần gì"


@pytest.mark.parametrize("hook", [BOT_HOOK, OA_HOOK])
def test_without_its_settings_a_channel_has_no_webhook(client: TestClient, hook: str) -> None:
    assert client.post(hook, json={"x": 1}).status_code == 404
    assert client.get(hook).status_code == 405


@pytest.mark.parametrize(
    "settings",
    [
        {"zalo_bot_token": "1:x", "zalo_bot_secret": ""},
        {"zalo_bot_token": "", "zalo_bot_secret": "a-secret-of-ours"},
        {"zalo_oa": OA, "zalo_oa_app": APP, "zalo_oa_secret": ""},
        {"zalo_oa": OA, "zalo_oa_app": "", "zalo_oa_secret": "x"},
    ],
    ids=["no secret", "no token", "no key", "no app"],
)
def test_half_a_configuration_takes_nothing(visit: Any, settings: dict[str, str]) -> None:
    visitor = visit(**settings)
    for hook in (BOT_HOOK, OA_HOOK):
        assert visitor.post(hook, json={"x": 1}).status_code == 404


@pytest.fixture
async def account(clock: MovingClock) -> AsyncIterator[zalo_oa_server.OaServer]:
    async with zalo_oa_server.serving(clock) as server:
        yield server


@pytest.fixture
async def bots() -> AsyncIterator[zalo_bot_server.ZaloBotServer]:
    async with zalo_bot_server.serving() as server:
        yield server


@pytest.fixture
async def running(
    visit: Any, account: zalo_oa_server.OaServer, bots: zalo_bot_server.ZaloBotServer
) -> AsyncIterator[FastAPI]:
    """Both channels in the running application: one task starts and stops it, as in a server."""
    web: FastAPI = visit(
        public_url="https://motcua.example.vn",
        zalo_bot_token=zalo_bot_server.TOKEN,
        zalo_bot_secret="a-secret-of-ours",
        zalo_bot_api=bots.base,
        zalo_oa=OA,
        zalo_oa_app=APP,
        zalo_oa_app_secret=zalo_oa_server.APP_SECRET,
        zalo_oa_secret=zalo_oa_server.OA_SECRET,
        zalo_oa_api=account.base,
        zalo_oa_login=account.base,
    ).app
    await exchange(web.state.site.app, CODE, "verifier")
    started, is_over = asyncio.Event(), asyncio.Event()

    async def live() -> None:
        async with web.router.lifespan_context(web):
            started.set()
            await is_over.wait()

    life = asyncio.create_task(live())
    await started.wait()
    yield web
    is_over.set()
    await life


def signed(clock: MovingClock, number: str) -> dict[str, Any]:
    timestamp = str(int(clock().timestamp() * 1000))
    body = json.dumps(
        {
            "app_id": APP,
            "event_name": "user_send_text",
            "timestamp": timestamp,
            "sender": {"id": "3001"},
            "recipient": {"id": OA},
            "message": {"msg_id": number, "text": ASK},
        }
    ).encode()
    return {"content": body, "headers": {"X-ZEvent-Signature": sign(body, timestamp)}}


async def test_both_channels_answer_side_by_side(
    running: FastAPI,
    account: zalo_oa_server.OaServer,
    bots: zalo_bot_server.ZaloBotServer,
    clock: MovingClock,
) -> None:
    message = {
        "date": int(clock().timestamp() * 1000),
        "chat": {"id": "a" * 20, "chat_type": "PRIVATE"},
        "message_id": "side-by-side",
        "from": {"id": "a" * 20},
        "text": ASK,
    }
    body = {"ok": True, "result": {"event_name": "message.text.received", "message": message}}
    secret = {"X-Bot-Api-Secret-Token": "a-secret-of-ours"}
    transport = httpx.ASGITransport(app=running)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        for _ in range(2):
            assert (await client.post(BOT_HOOK, json=body, headers=secret)).status_code == 200
            assert (await client.post(OA_HOOK, **signed(clock, "side-by-side"))).status_code == 200
        await asyncio.wait_for(asyncio.gather(bots.arrived.wait(), account.arrived.wait()), 120)
    assert len(bots.texts("a" * 20)) == 1
    assert len(account.texts("3001")) == 1
