"""Starting the Zalo bot: webhook or polling, what the platform refuses, and an end that answers what is in hand."""

import asyncio
from collections.abc import Awaitable
from typing import Any

import httpx
import pytest
from structlog.testing import capture_logs

from bot.app import App
from bot.channels.ledger import Reason
from bot.channels.zalo_bot.form import CHANNEL, WEBHOOK
from bot.channels.zalo_bot.running import holds, introduced, poll, set_webhook, watch, zalo_bot_of
from bot.channels.zalo_bot.taking import take_in
from bot.web import build_web
from knowledge.channel_ledger import go_on, trouble_of
from zalo_bot_server import CUT, PAGE, TOKEN, ZaloBotServer, failure

from .bot_people import BotPeople
from .conftest import MakeApp

URL = f"https://motcua.example.vn{WEBHOOK}"


def polling(app: App, make: MakeApp) -> App:
    settings = {name: getattr(app.settings, name) for name in ("zalo_bot_token", "zalo_bot_api", "zalo_bot_name")}
    return make(**settings, zalo_bot_secret="")


# The webhook


async def test_the_webhook_is_set_with_its_secret_once(people: BotPeople, server: ZaloBotServer) -> None:
    await set_webhook(people.service)
    assert (server.webhook["url"], server.webhook["secret_token"]) == (URL, people.service.app.settings.zalo_bot_secret)
    await set_webhook(people.service)
    assert len(server.named("setWebhook")) == 1


async def test_a_webhook_that_somebody_moved_is_set_again(people: BotPeople, server: ZaloBotServer) -> None:
    await set_webhook(people.service)
    server.webhook["url"] = "https://elsewhere.vn"
    await set_webhook(people.service)
    assert server.webhook["url"] == URL


async def test_a_webhook_that_does_not_answer_is_told_to_the_operator(people: BotPeople, server: ZaloBotServer) -> None:
    server.verification = {"ok": False, "outcome": "webhook.http.403", "hint": "WAF"}
    with capture_logs() as lines:
        await set_webhook(people.service)
    assert [line["outcome"] for line in lines if line["log_level"] == "critical"] == ["webhook.http.403"]


async def test_with_the_daily_limit_used_up_it_is_left_until_tomorrow(people: BotPeople, server: ZaloBotServer) -> None:
    people.clock.move(days=100)  # a day of its own
    server.next("setWebhook", failure(426))
    for _ in range(3):
        await set_webhook(people.service)
    assert len(server.named("setWebhook")) == 1
    people.clock.move(days=1)
    await set_webhook(people.service)
    assert server.webhook["url"] == URL


async def test_without_a_public_address_the_operator_is_told(people: BotPeople, bot_app: App) -> None:
    bot_app.settings.public_url = ""
    with capture_logs() as lines:
        await set_webhook(people.service)
    assert any("MOTCUA_PUBLIC_URL" in line["event"] for line in lines if line["log_level"] == "critical")


# Who we are


async def test_our_own_name_is_learned_beside_the_ones_set(people: BotPeople) -> None:
    assert await introduced(people.service)
    assert people.service.names == ["Bot Phường Mẫu", "Bot Phường"]


async def test_a_platform_that_is_down_is_asked_until_it_answers(people: BotPeople, server: ZaloBotServer) -> None:
    server.next("getMe", CUT, PAGE, failure(403))
    assert await introduced(people.service)
    assert len(server.named("getMe")) == 4


async def test_a_refused_token_is_kept_for_the_doctor_and_gone_with_a_good_one(
    people: BotPeople, server: ZaloBotServer, bot_app: App
) -> None:
    server.token = "1:other"
    assert not await introduced(people.service)
    with bot_app.database.session() as session:
        trouble = trouble_of(session, CHANNEL, bot_app.clock())
    assert trouble
    assert trouble.reason == Reason.TOKEN
    server.token = TOKEN
    assert await introduced(people.service)
    assert not await people.service.post.is_stopped()


@pytest.mark.parametrize("answer", [CUT, PAGE, failure(403), failure(500), []], ids=str)
async def test_what_passes_takes_no_token_away(people: BotPeople, server: ZaloBotServer, answer: Any) -> None:
    server.next("getMe", answer, answer, answer)
    assert await holds(people.service)
    assert not await people.service.post.is_stopped()


async def test_a_token_taken_back_while_nobody_writes_is_seen_and_told(
    people: BotPeople, server: ZaloBotServer, bot_app: App
) -> None:
    server.token = "1:other"
    await asyncio.wait_for(watch(people.service), 120)
    with bot_app.database.session() as session:
        trouble = trouble_of(session, CHANNEL, bot_app.clock())
        go_on(session, CHANNEL)
    assert trouble
    assert trouble.reason == Reason.TOKEN


# Polling


async def test_a_poll_brings_one_message_at_a_time_and_idles_between(people: BotPeople, server: ZaloBotServer) -> None:
    server.updates.extend([people.event(text="xin chào"), people.event(text="làm giấy khai sinh cần gì")])
    task = asyncio.create_task(poll(people.service, asyncio.Event()))
    await asyncio.wait_for(server.idle.wait(), 120)
    await people.service.errands.settle()
    task.cancel()
    assert len(server.texts(people.private)) == 2


async def test_what_a_poll_meets_does_not_end_it(people: BotPeople, server: ZaloBotServer) -> None:
    idle: dict[str, Any] = failure(408)
    server.next("getUpdates", CUT, PAGE, failure(500), idle, {"ok": True, "result": None}, {"ok": True}, [])
    server.updates.append(people.event(text="xin chào"))
    task = asyncio.create_task(poll(people.service, asyncio.Event()))
    await asyncio.wait_for(server.idle.wait(), 120)
    await people.service.errands.settle()
    task.cancel()
    assert len(server.texts(people.private)) == 1


async def test_a_token_taken_away_ends_the_polling(people: BotPeople, server: ZaloBotServer) -> None:
    server.next("getUpdates", failure(408))
    server.token = "1:other"
    await asyncio.wait_for(poll(people.service, asyncio.Event()), 120)
    assert await people.service.post.is_stopped()


async def test_without_a_secret_the_webhook_is_taken_away_and_we_poll(
    bot_app: App, make: MakeApp, server: ZaloBotServer, people: BotPeople
) -> None:
    server.webhook = {"url": URL}
    server.updates.append(people.event(text="xin chào"))
    async with zalo_bot_of(polling(bot_app, make), asyncio.Event(), people.service.tally):
        await asyncio.wait_for(server.arrived.wait(), 120)
    assert server.webhook == {}


async def test_at_the_end_what_is_in_hand_is_answered(
    bot_app: App, make: MakeApp, server: ZaloBotServer, people: BotPeople
) -> None:
    async with zalo_bot_of(polling(bot_app, make), asyncio.Event(), people.service.tally) as service:
        take_in(service.inbox, people.event(text="xin chào"), people.service.tally)
        await service.errands.drain()
    assert len(server.texts(people.private)) == 1


# Beside the web


@pytest.fixture
async def running(bot_app: App) -> Any:
    """The running application: one task starts and stops it, as in a server."""
    with bot_app.database.session() as session:
        go_on(session, CHANNEL)
    web, started, is_over = build_web(bot_app), asyncio.Event(), asyncio.Event()

    async def live() -> None:
        async with web.router.lifespan_context(web):
            started.set()
            await is_over.wait()

    life = asyncio.create_task(live())
    await started.wait()
    yield web
    is_over.set()
    await life


async def test_the_running_server_answers_over_its_webhook(
    running: Any, server: ZaloBotServer, people: BotPeople
) -> None:
    headers = {"X-Bot-Api-Secret-Token": people.service.app.settings.zalo_bot_secret}
    transport = httpx.ASGITransport(app=running)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:

        def sent(body: Any) -> Awaitable[httpx.Response]:
            return client.post(WEBHOOK, json=body, headers=headers)

        event = people.event(text="làm giấy khai sinh cần gì")
        assert [(await sent(event)).status_code for _ in range(2)] == [200, 200]
        await asyncio.wait_for(server.arrived.wait(), 120)
    assert len(server.texts(people.private)) == 1


async def test_without_a_token_or_a_secret_there_is_no_webhook(make: MakeApp) -> None:
    transport = httpx.ASGITransport(app=build_web(make()))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        assert (await client.post(WEBHOOK, json={})).status_code == 404
