"""How Telegram stands, as the doctor, staff and the log are told; and what its webhook says of itself."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import count as counting
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.app import App
from bot.channels.ledger import Ledger, Reason
from bot.channels.state import MET, REMEDIES, Note, notes, told_to_staff
from bot.channels.telegram.running import look
from bot.channels.telegram.service import Service
from bot.channels.telegram.wording import CHANNEL
from knowledge.channel_ledger import count, trouble_of
from telegram_server import BotServer
from web_app import MovingClock

from .conftest import People

MONTHS = counting(1)
HOOK = "https://motcua.example.vn/telegram/webhook"
UNAUTHORIZED = {"ok": False, "error_code": 401, "description": "Unauthorized"}


@pytest.fixture
def clock() -> MovingClock:
    """A month of its own for each test: counts are a month's."""
    start = MovingClock()
    start.at += next(MONTHS) * timedelta(days=32)
    return start


@pytest.fixture(autouse=True)
def mended(app: App) -> Iterator[None]:
    Ledger(app, CHANNEL).go_on()  # other tests take tokens away too
    yield
    Ledger(app, CHANNEL).go_on()


def found(app: App) -> list[Note]:
    with app.database.session() as session:
        return [note for note in notes(app.settings, session, app.clock()) if note.channel == CHANNEL]


def told(app: App) -> tuple[str, ...]:
    with app.database.session() as session:
        return told_to_staff(session, app.clock())


def reason(service: Service) -> str:
    trouble = service.ledger.trouble()
    return trouble.reason if trouble else ""


# What is told


def test_all_well_the_way_of_receiving_is_told(app: App) -> None:
    assert found(app) == [Note(CHANNEL, f"configured, by webhook at {HOOK}")]
    polled = replace(app, settings=app.settings.model_copy(update={"telegram_secret": ""}))
    assert found(polled) == [Note(CHANNEL, "configured, by polling")]


@pytest.mark.parametrize("stop", [Reason.TOKEN, Reason.POLLED, Reason.WEBHOOK])
def test_what_stops_it_is_told_with_its_remedy_in_both_languages(app: App, stop: Reason) -> None:
    Ledger(app, CHANNEL).stop(stop, "said so")
    (note,) = found(app)
    assert note.is_broken
    assert (note.remedy, REMEDIES[stop].found in note.found, "said so" in note.found) == (
        REMEDIES[stop].remedy,
        True,
        True,
    )
    (sentence,) = told(app)
    assert sentence.startswith(f"Telegram {REMEDIES[stop].stands} từ ")
    assert "Người vận hành cần" in sentence


@pytest.mark.parametrize("stop", [Reason.POLLED, Reason.WEBHOOK])
def test_what_hears_nothing_is_not_said_to_send_nothing(stop: Reason) -> None:
    assert REMEDIES[stop].stands == "không nhận được tin"


@pytest.mark.parametrize("channel", ["telegram", "zalo_bot", "zalo_oa"])
def test_the_counts_of_every_channel_are_told(app: App, channel: str) -> None:
    configured = {"zalo_bot_token": "1:x", "zalo_oa": "2000"}
    settings = app.settings.model_copy(update=configured)
    with app.database.session() as session:
        for number, kind in enumerate(("refused_secret", "refused_signature", *MET), start=1):
            count(session, channel, kind, app.clock(), number)
        texts = [note.found for note in notes(settings, session, app.clock()) if note.channel == channel]
    assert "requests turned away this month: 1 by secret, 2 by signature" in texts
    (left_alone,) = [text for text in texts if text.startswith("left alone this month: ")]
    assert all(f"{number} {words}" in left_alone for number, words in enumerate(MET.values(), start=3))


def test_a_quiet_month_counts_nothing(app: App) -> None:
    assert len(found(app)) == 1


# A token that is taken back


async def test_a_token_refused_while_sending_stops_the_channel_and_is_told(people: People) -> None:
    people.server.token = "700:another"
    with capture_logs() as lines:
        assert await people.write("xin chào") == []
    assert people.service.post.is_stopped
    assert reason(people.service) == Reason.TOKEN
    assert [line["event"] for line in lines if line["log_level"] == "critical"] == ["a channel is stopped"]


async def test_once_stopped_telegram_is_asked_no_more_and_what_comes_is_counted(people: People, app: App) -> None:
    people.server.token = "700:another"
    await people.write("xin chào")
    asked = len(people.server.calls)
    with capture_logs() as lines:
        for _ in range(3):
            await people.write("khai sinh cho con cần gì")
    assert [name for name, _ in people.server.calls[asked:] if name == "sendMessage"] == []
    assert not any(line["log_level"] == "critical" for line in lines)
    people.service.tally.flush()
    assert [note.found for note in found(app)][1:] == ["left alone this month: 4 unanswered while stopped"]


async def test_a_refusal_of_what_shows_nothing_stops_it_too(people: People) -> None:
    people.server.next("answerCallbackQuery", UNAUTHORIZED)
    await people.tap("officer")
    assert reason(people.service) == Reason.TOKEN


# Looking whether updates still reach us


def webhook(url: str = HOOK, **more: Any) -> dict[str, Any]:
    about = {"url": url, "has_custom_certificate": False, "pending_update_count": 0}
    return {"ok": True, "result": about | more}


FAILING = {"pending_update_count": 5, "last_error_date": 1, "last_error_message": "Wrong response: 502 Bad Gateway"}


@pytest.mark.parametrize(
    ("answer", "stop", "detail"),
    [
        (webhook(), "", ""),
        (webhook(last_error_date=1, last_error_message="Connection timed out"), "", ""),
        (webhook("https://another.example.vn/hook"), Reason.WEBHOOK, "another webhook is set"),
        (webhook(""), Reason.WEBHOOK, "no webhook is set"),
        (webhook(**FAILING), Reason.WEBHOOK, "Wrong response: 502 Bad Gateway"),
        (UNAUTHORIZED, Reason.TOKEN, ""),
        ("<html>502</html>", "", ""),
        ({"ok": False, "error_code": 500}, "", ""),
    ],
    ids=[
        "all well",
        "an error that is over",
        "somebody else's",
        "taken away",
        "not reached",
        "token taken back",
        "a page of a proxy",
        "an error without words",
    ],
)
async def test_what_a_look_finds_stands_for_the_operator(
    people: People, app: App, answer: Any, stop: str, detail: str
) -> None:
    people.server.next("getWebhookInfo", answer)
    await look(people.service)
    with app.database.session() as session:
        trouble = trouble_of(session, CHANNEL, app.clock())
    assert (trouble.reason, trouble.detail) == (stop, detail) if trouble else stop == ""


async def test_what_is_found_is_told_once_and_goes_when_it_is_well_again(people: People) -> None:
    people.server.next("getWebhookInfo", webhook(**FAILING), webhook(**FAILING), webhook())
    with capture_logs() as lines:
        for expected in (Reason.WEBHOOK, Reason.WEBHOOK, ""):
            await look(people.service)
            assert reason(people.service) == expected
    assert [line["event"] for line in lines] == ["a channel is stopped", "a channel goes on"]


async def test_a_token_once_refused_is_not_asked_about_again(people: People) -> None:
    people.server.next("getWebhookInfo", UNAUTHORIZED, webhook())
    await look(people.service)
    await look(people.service)
    assert reason(people.service) == Reason.TOKEN


async def test_long_words_of_telegram_are_cut(people: People, app: App, server: BotServer) -> None:
    server.next("getWebhookInfo", webhook(**FAILING | {"last_error_message": "x" * 5_000}))
    await look(people.service)
    assert len(found(app)[0].found) < 300
