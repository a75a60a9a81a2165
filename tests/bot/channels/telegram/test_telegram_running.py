"""Starting Telegram and polling it: what it refuses, cuts, repeats or brings in pieces ends only what it must."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.app import App
from bot.channels.ledger import Ledger, Reason
from bot.channels.tally import Tally
from bot.channels.telegram.running import AFTER_TROUBLE, UPDATES, poll, telegram_of
from bot.channels.telegram.service import Service
from bot.channels.telegram.wording import CHANNEL
from bot.workers.inbox import Inbox
from telegram_server import MISHAPS, TOKEN, BotServer, failure

from .conftest import People

ASK = "làm giấy khai sinh cho con cần giấy tờ gì"
SECONDS = 120  # for what a real connection brings; far more than it takes


@pytest.fixture(autouse=True)
def mended(app: App) -> Any:
    Ledger(app, CHANNEL).go_on()  # other tests take tokens away too
    yield
    Ledger(app, CHANNEL).go_on()


def stopped(app: App) -> str:
    trouble = Ledger(app, CHANNEL).trouble()
    return trouble.reason if trouble else ""


@asynccontextmanager
async def polling(people: People) -> AsyncIterator[asyncio.Task[None]]:
    inbox = Inbox(people.service.app, CHANNEL)
    task = asyncio.create_task(poll(people.service, inbox, asyncio.Event(), people.pause))
    yield task
    task.cancel()


async def polled(people: People, *updates: Any) -> None:
    """Bring updates, and wait until the poll has taken them and finds nothing more."""
    people.server.bring(*updates)
    await asyncio.wait_for(people.server.idle.wait(), SECONDS)
    await people.settle()


# Polling


async def test_a_talk_by_polling(people: People) -> None:
    async with polling(people):
        await polled(people, people.update(people.private, text=ASK))
        (answer,) = people.server.texts(people.private)
        assert "khai sinh" in answer
        await polled(people, people.update(people.private, text="mất bao nhiêu tiền"))
    assert "phí" in people.server.texts(people.private)[1].lower()
    assert people.server.named("getUpdates")[0]["allowed_updates"] == UPDATES


async def test_what_was_taken_in_is_confirmed_and_not_before(people: People) -> None:
    update = people.update(people.private, text="xin chào")
    async with polling(people):
        await polled(people, update)
    first, *_, last = people.server.named("getUpdates")
    assert (int(first["offset"]), int(last["offset"])) == (0, update["update_id"] + 1)


@pytest.mark.parametrize("answer", MISHAPS.values(), ids=MISHAPS.keys())
async def test_what_a_poll_meets_does_not_end_it(people: People, answer: Any) -> None:
    people.server.next("getUpdates", answer, answer)
    async with polling(people) as task:
        await polled(people, people.update(people.private, text="xin chào"))
        assert not task.done()
    assert len(people.server.texts(people.private)) == 1
    assert stopped(people.service.app) == ""


async def test_one_update_that_nobody_can_read_holds_up_none_of_the_others(people: People) -> None:
    junk = people.update(1)["update_id"]
    first, second = (people.update(people.private, text="xin chào") for _ in range(2))
    unreadable = {"update_id": junk, "message": {"text": 5, "chat": []}}
    async with polling(people):
        await polled(people, first, unreadable, second)
    assert len(people.server.texts(people.private)) == 2


async def test_half_a_character_is_taken_for_nothing_and_the_next_is_answered(people: People) -> None:
    half = people.update(people.private, text="\ud83d")
    async with polling(people):
        await polled(people, half, people.update(people.private, text="xin chào"))
    assert len(people.server.texts(people.private)) == 1


async def test_what_has_no_number_is_not_asked_for_without_pause(people: People) -> None:
    people.server.next("getUpdates", {"ok": True, "result": [{"no": "number"}, 5, None]})
    async with polling(people):
        await polled(people, people.update(people.private, text="xin chào"))
    assert AFTER_TROUBLE in people.paused
    assert len(people.server.texts(people.private)) == 1


async def test_what_is_brought_again_after_a_restart_is_answered_once(people: People) -> None:
    update = people.update(people.private, text="xin chào")
    for _ in range(2):
        async with polling(people):
            await polled(people, update)
    assert len(people.server.texts(people.private)) == 1


async def test_another_program_that_polls_ends_it_and_is_told(people: People, app: App) -> None:
    with capture_logs() as lines:
        async with polling(people) as task:
            await asyncio.wait_for(people.server.idle.wait(), SECONDS)
            people.server.polled_by_another()
            await asyncio.wait_for(task, SECONDS)
    assert stopped(app) == Reason.POLLED
    assert [line["log_level"] for line in lines].count("critical") == 2
    assert not people.service.post.is_stopped
    assert len(await people.write("xin chào")) == 1  # what it still hears of is answered


async def test_a_webhook_that_somebody_sets_ends_it_as_well(people: People, app: App) -> None:
    people.server.webhook = {"url": "https://elsewhere.vn/hook"}
    async with polling(people) as task:
        await asyncio.wait_for(task, SECONDS)
    assert stopped(app) == Reason.POLLED


async def test_a_token_taken_back_in_the_middle_ends_it_and_is_told(people: People, app: App) -> None:
    async with polling(people) as task:
        await polled(people, people.update(people.private, text="xin chào"))
        people.server.token = "700:another"
        people.server.bring(people.update(people.private, text=ASK))
        await asyncio.wait_for(task, SECONDS)
    assert stopped(app) == Reason.TOKEN
    assert len(people.server.texts(people.private)) == 1


# Starting


@asynccontextmanager
async def running(app: App, server: BotServer, people: People, **settings: Any) -> AsyncIterator[Service | None]:
    told = {"telegram_api": server.base, "telegram_secret": ""} | settings
    own = replace(app, settings=app.settings.model_copy(update=told))
    async with telegram_of(own, asyncio.Event(), Tally(own), people.pause) as service:
        yield service


async def test_a_token_given_anew_ends_the_trouble_and_what_waited_is_answered(
    app: App, server: BotServer, people: People
) -> None:
    server.token = "700:another"
    async with running(app, server, people) as service:
        assert service is None
    assert stopped(app) == Reason.TOKEN
    server.token = TOKEN
    server.bring(people.update(people.private, text="xin chào"))
    async with running(app, server, people) as service:
        assert service is not None
        await asyncio.wait_for(server.idle.wait(), SECONDS)
        await service.errands.settle()
    assert stopped(app) == ""
    assert len(server.texts(people.private)) == 1


@pytest.mark.parametrize(
    ("method", "answer", "reason"),
    [
        ("getMe", failure(401, "Unauthorized"), Reason.TOKEN),
        ("getMe", failure(404, "Not Found"), Reason.TOKEN),
        ("setWebhook", failure(400, "Bad Request: bad webhook: Failed to resolve host"), Reason.WEBHOOK),
    ],
    ids=["refused", "of another shape", "an address it does not like"],
)
async def test_what_will_not_mend_itself_is_told_and_left(
    app: App, server: BotServer, people: People, method: str, answer: Any, reason: Reason
) -> None:
    server.next(method, answer)
    async with running(app, server, people, telegram_secret="a-secret") as service:
        assert service is None
    assert stopped(app) == reason


@pytest.mark.parametrize("method", ["getMe", "setMyCommands", "setWebhook"])
async def test_what_passes_is_waited_for(app: App, server: BotServer, people: People, method: str) -> None:
    server.next(method, *(each for name, each in MISHAPS.items() if name not in {"nothing", "an empty list"}))
    async with running(app, server, people, telegram_secret="a-secret") as service:
        assert service is not None
    assert server.webhook["url"] == "https://motcua.example.vn/telegram/webhook"
    assert stopped(app) == ""


async def test_polling_takes_a_webhook_away_first(app: App, server: BotServer, people: People) -> None:
    server.webhook = {"url": "https://motcua.example.vn/telegram/webhook"}
    async with running(app, server, people) as service:
        assert service is not None
        await asyncio.wait_for(server.idle.wait(), SECONDS)
    assert server.webhook == {}
