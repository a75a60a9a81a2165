"""Whatever goes wrong, no line of any log holds a token, a secret, an address with one, or what a person wrote."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.app import App
from bot.channels.ledger import Ledger
from bot.channels.telegram.running import look, poll
from bot.channels.telegram.wording import CHANNEL
from bot.workers.inbox import Inbox
from telegram_server import MISHAPS, TOKEN, failure

from .conftest import People

NUMBER, DOSSIER, PHONE = "000000000000", "H24.999-261120-0007", "0900000000"
SAID = f"căn cước {NUMBER} hồ sơ {DOSSIER} gọi {PHONE} khai sinh cho con"
PHOTO = [{"file_id": "a-file", "file_unique_id": "u", "width": 1, "height": 1}]
EVERYTHING = {
    **MISHAPS,
    "refused": failure(400, f"Bad Request: {SAID}"),
    "blocked": failure(403, "Forbidden: bot was blocked by the user"),
    "moved": failure(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-990_000_000),
    "markup": failure(400, "Bad Request: can't parse entities: byte offset 12"),
    "topic gone": failure(400, "Bad Request: message thread not found"),
    "wrong token": failure(401, f"Unauthorized {TOKEN}"),
    "polled by another": failure(409, "Conflict: terminated by other getUpdates request"),
}


@pytest.fixture(autouse=True)
def mended(app: App) -> Iterator[None]:
    Ledger(app, CHANNEL).go_on()  # other tests take tokens away too
    yield
    Ledger(app, CHANNEL).go_on()


@contextmanager
def every_line(caplog: pytest.LogCaptureFixture) -> Iterator[list[str]]:
    """Ours before they are masked, and those of every library; not the access log of the server that plays Telegram."""
    caplog.set_level("DEBUG")
    lines: list[str] = []
    with capture_logs() as ours:
        yield lines
    others = [record for record in caplog.records if record.name != "aiohttp.access"]
    lines += [str(line) for line in ours]
    lines += [f"{record.name} {record.getMessage()} {record.exc_text or ''}" for record in others]


def secrets_of(people: People) -> tuple[str, ...]:
    settings = people.service.app.settings
    server = people.server.base.removeprefix("http://")
    return (TOKEN, TOKEN.partition(":")[2] + "/", settings.telegram_secret, f"{server}/bot", NUMBER, DOSSIER, PHONE)


def check(lines: list[str], people: People) -> None:
    told = [(word, line) for line in lines for word in (*secrets_of(people), "khai sinh") if word in line]
    assert told == []


@pytest.mark.parametrize("answer", EVERYTHING.values(), ids=EVERYTHING.keys())
async def test_whatever_telegram_answers(people: People, caplog: pytest.LogCaptureFixture, answer: Any) -> None:
    for method in ("sendMessage", "sendChatAction", "getFile", "getChatAdministrators", "answerCallbackQuery"):
        people.server.next(method, answer, answer)
    people.server.next("getWebhookInfo", answer)
    with every_line(caplog) as lines:
        await people.write(SAID)
        await people.write("", photo=PHOTO, caption=SAID)
        await people.call(SAID, 11)
        await people.tap(f"dossier:{DOSSIER}")
        await look(people.service)
    assert lines
    check(lines, people)


@pytest.mark.parametrize("answer", EVERYTHING.values(), ids=EVERYTHING.keys())
async def test_whatever_a_poll_brings(people: People, caplog: pytest.LogCaptureFixture, answer: Any) -> None:
    people.server.next("getUpdates", answer, {"ok": True, "result": [{"message": {"text": SAID}}, SAID]})
    people.server.bring(people.update(people.private, text=SAID, entities=5))
    with every_line(caplog) as lines:
        task = asyncio.create_task(
            poll(people.service, Inbox(people.service.app, CHANNEL), asyncio.Event(), people.pause)
        )
        idle = asyncio.create_task(people.server.idle.wait())
        await asyncio.wait((task, idle), timeout=120, return_when=asyncio.FIRST_COMPLETED)
        await people.settle()
        task.cancel()
        idle.cancel()
    check(lines, people)


@pytest.mark.parametrize(
    "update",
    [
        {"message": {"text": SAID}},
        {"message": SAID},
        {"edited_message": {"text": SAID, "chat": {"id": SAID, "type": SAID}}},
        {"callback_query": {"data": SAID}},
        {"inline_query": {"query": SAID}},
        {SAID: SAID},
    ],
    ids=["no chat", "a text", "a chat of texts", "half a tap", "half a query", "an unknown kind"],
)
async def test_whatever_is_no_update(people: People, caplog: pytest.LogCaptureFixture, update: dict[str, Any]) -> None:
    with every_line(caplog) as lines:
        await people.send({"update_id": people.update(1)["update_id"], **update})
    check(lines, people)


async def test_an_error_of_our_own_tells_neither(
    people: People, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: Any) -> None:
        raise RuntimeError(SAID + TOKEN)

    monkeypatch.setattr("bot.channels.telegram.service.answer_in_private", broken)
    with every_line(caplog) as lines:
        await people.write(SAID)
    assert any("an update was not answered" in line for line in lines)
    check(lines, people)
