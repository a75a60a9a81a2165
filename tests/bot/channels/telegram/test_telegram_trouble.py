"""What Telegram does wrong, or tells us to do: nothing lost, nothing doubled, nobody sent to who does not want it."""

import asyncio
from typing import Any

import pytest
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramNetworkError,
    TelegramServerError,
)
from aiogram.methods import GetMe
from structlog.testing import capture_logs

from bot.app import App
from bot.channels.telegram.outbox import TelegramSender
from bot.channels.telegram.post import _wait_after
from knowledge.dossiers.following import forget_chat
from telegram_server import CUT, HALF, NO_TEXT, PAGE, SLOW, TAKEN, TOKEN, failure, flood

from .conftest import People

ASK = "làm giấy khai sinh cho con cần giấy tờ gì"


async def test_an_update_is_taken_once(people: People) -> None:
    update = people.update(people.private, text=ASK)
    assert await people.take(update)
    assert not await people.take(update)
    await people.settle()
    assert len(people.server.texts(people.private)) == 1


@pytest.mark.parametrize("message", [3, {}, {"message_id": 1}, {"chat": None}])
async def test_what_is_no_update_is_left_alone(people: People, message: Any) -> None:
    await people.take({"update_id": people.update(1)["update_id"], "message": message})
    await people.settle()
    assert people.server.sent == []


async def test_an_update_of_an_unknown_kind_is_taken_and_left_alone(people: People) -> None:
    assert await people.take({"update_id": people.update(1)["update_id"], "some_future_update": {}})
    await people.settle()


async def test_told_to_wait_we_wait_and_send_once(people: People) -> None:
    people.server.next("sendMessage", flood(7))
    assert len(await people.write(ASK)) == 1
    assert any(6.5 < seconds < 8 for seconds in people.paused)


async def test_a_storm_of_floods_keeps_the_order(people: People) -> None:
    people.server.next("sendMessage", *[flood(2)] * 3)
    texts = ["xin chào", ASK, "đăng ký tạm trú cần gì"]
    for text in texts:
        await people.take(people.update(people.private, text=text))
    await people.settle()
    first, second, third = people.server.texts(people.private)
    assert ("Bạn cần làm việc gì" in first, "khai sinh" in second, "tạm trú" in third) == (True, True, True)


async def test_what_several_chats_are_told_holds_the_whole_bot(people: People) -> None:
    others = [people.private + 100_000, people.private + 200_000]
    for chat in others:
        people.server.next("sendMessage", flood(30))
        await people.write("xin chào", chat)
    people.paused.clear()
    assert len(await people.write("xin chào")) == 1
    assert 25 < people.paused[0] < 45
    assert [len(people.server.texts(chat)) for chat in others] == [1, 1]


async def test_what_one_chat_is_told_holds_nobody_else(people: People) -> None:
    people.server.next("sendMessage", flood(30))
    await people.write("xin chào", people.private + 100_000)
    people.paused.clear()
    assert len(await people.write("xin chào")) == 1
    assert people.paused == []


async def test_told_to_wait_too_long_we_give_up(people: People) -> None:
    people.server.next("sendMessage", flood(9_000))
    assert await people.write(ASK) == []
    assert len(await people.write(ASK)) == 1


@pytest.mark.parametrize(
    "answer",
    [failure(500, "Internal Server Error"), failure(429, "Too Many Requests")],
    ids=["server error", "flood without a time"],
)
async def test_a_passing_trouble_is_tried_again(people: People, answer: dict[str, Any]) -> None:
    people.server.next("sendMessage", answer, answer)
    assert len(await people.write(ASK)) == 1
    for wait in (5, 15):  # and up to half a second more, less what noting it took
        assert any(wait - 0.5 < seconds < wait + 0.5 for seconds in people.paused)


@pytest.mark.parametrize(
    "answer",
    [CUT, PAGE, HALF, NO_TEXT, [], "null", {"ok": True, "result": 5}, {"ok": False, "error_code": 500}],
    ids=["connection cut", "a page", "half an answer", "no text", "a list", "null", "no message", "no words"],
)
async def test_what_may_have_arrived_is_not_sent_again(people: People, answer: Any) -> None:
    people.server.next("sendMessage", answer)
    assert await people.write(ASK) == []
    assert len(people.server.named("sendMessage")) == 1
    assert len(await people.write(ASK)) == 1


async def test_what_arrived_though_nobody_said_so_is_not_sent_again(people: People) -> None:
    people.server.next("sendMessage", TAKEN)
    assert len(await people.write(ASK)) == 1
    assert len(people.server.named("sendMessage")) == 1


async def test_a_slow_answer_to_one_chat_holds_up_no_other(people: People) -> None:
    people.server.next("sendMessage", SLOW)
    await people.take(people.update(people.private, text="xin chào"))
    await people.service.errands.drain()
    await asyncio.wait_for(people.server.sleeping.wait(), 120)
    other = people.private + 3_000_000
    await people.take(people.update(other, text="xin chào"))
    await people.service.errands.drain()
    while not people.server.texts(other):  # noqa: ASYNC110  over a real connection: no event of ours tells
        await asyncio.sleep(0)
    assert people.server.texts(people.private) == []
    people.server.awake.set()
    await people.settle()
    assert len(people.server.texts(people.private)) == 1


@pytest.mark.parametrize(
    ("error", "waits"),
    [
        (TelegramNetworkError(GetMe(), "Request timeout error"), None),
        (TelegramNetworkError(GetMe(), "ServerDisconnectedError"), None),
        (TelegramNetworkError(GetMe(), "ClientConnectorError: Cannot connect to host"), 5.0),
        (TelegramEntityTooLarge(GetMe(), "?"), None),
        (TelegramServerError(GetMe(), "Bad Gateway"), 5.0),
        (TelegramAPIError(GetMe(), "Too Many Requests"), 5.0),
        (TelegramAPIError(GetMe(), "?"), None),
        (TelegramBadRequest(GetMe(), "chat not found"), None),
        (ClientDecodeError("?", ValueError(), None), None),
    ],
    ids=[
        "no answer in time",
        "gone in the middle",
        "not reached",
        "too large",
        "down",
        "a flood",
        "anything else",
        "no such chat",
        "no answer of Telegram's",
    ],
)
def test_what_was_surely_not_taken_is_tried_again_and_nothing_else(error: Exception, waits: float | None) -> None:
    assert _wait_after(error, 0) == waits
    assert _wait_after(error, 99) is None


async def test_a_storm_over_fifty_chats_loses_nothing_and_doubles_nothing(people: People) -> None:
    people.server.floods_first = 2
    chats = [people.private + 1_000_000 + at for at in range(50)]
    for chat in chats:
        await people.take(people.update(chat, text="xin chào"))
    await people.settle()
    assert [len(people.server.texts(chat)) for chat in chats] == [1] * 50
    assert len(people.server.named("sendMessage")) == 100


async def test_what_telegram_brings_twice_and_out_of_order_is_answered_once_each(people: People) -> None:
    chats = [people.private + 2_000_000 + at for at in range(6)]
    updates = [people.update(chat, text="xin chào") for chat in chats]
    for update in (*reversed(updates), *updates):
        await people.take(update)
    await people.settle()
    assert [len(people.server.texts(chat)) for chat in chats] == [1] * 6


async def test_a_trouble_that_lasts_ends(people: People) -> None:
    people.server.next("sendMessage", *[failure(500, "Internal Server Error")] * 9)
    assert await people.write(ASK) == []
    assert len(people.server.named("sendMessage")) == 5


async def test_a_group_that_moved_gets_its_answer_at_its_new_place(people: People) -> None:
    moved = people.group - 100_000
    people.server.next("sendMessage", failure(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=moved))
    await people.call(ASK, 11)
    assert len(people.server.texts(moved)) == 1


async def test_without_its_topic_an_answer_goes_to_the_group(people: People) -> None:
    people.server.next("sendMessage", failure(400, "Bad Request: message thread not found"))
    answers = await people.call(ASK, 11, message_thread_id=5, is_topic_message=True)
    assert len(answers) == 1
    assert "message_thread_id" not in people.server.sent[-1]


async def test_refused_markup_is_sent_plain(people: People) -> None:
    people.server.next("sendMessage", failure(400, "Bad Request: can't parse entities: byte offset 12"))
    (answer,) = await people.write(ASK)
    assert "parse_mode" not in people.server.sent[-1]
    assert "<b>" not in answer


@pytest.mark.parametrize("description", ["Forbidden: bot was blocked by the user", "Forbidden: bot was kicked"])
async def test_who_blocked_us_is_left_alone(people: People, description: str, monkeypatch: pytest.MonkeyPatch) -> None:
    gone: list[str] = []

    def forgotten(session: Any, channel: str, chat: str) -> None:
        gone.append(f"{channel}:{chat}")
        forget_chat(session, channel, chat)

    monkeypatch.setattr("bot.channels.telegram.service.follow_no_more", forgotten)
    people.server.next("sendMessage", failure(403, description))
    assert await people.write(ASK) == []
    assert gone == [f"telegram:{people.private}"]


async def test_an_old_tap_is_answered_all_the_same(people: People) -> None:
    assert len(await people.tap("show:1.001193:fee", callback="old")) == 1


@pytest.mark.parametrize("action", ["", "ch:7f3a:2", "x" * 64])
async def test_a_forged_tap_begins_anew(people: People, action: str) -> None:
    (answer,) = await people.tap(action)
    assert "Bạn cần làm việc gì" in answer


async def test_no_log_line_holds_the_token_or_what_was_said(people: People) -> None:
    people.server.next("sendMessage", CUT)
    people.server.next("getChatAdministrators", PAGE)
    with capture_logs() as lines:
        await people.write("số của em 000000000000")
        await people.call(ASK, 11)
        people.server.token = "700:other"
        await people.write(ASK)
    assert lines
    assert not any(word in str(lines) for word in (TOKEN, "000000000000", "khai sinh", people.server.base))
    assert people.service.post.is_stopped


async def test_what_is_more_than_can_be_in_hand_waits_in_the_inbox(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.workers.errands.MOST_IN_HAND", 2)
    for _ in range(5):
        await people.take(people.update(people.private, text="xin chào"))
    for answered in (2, 4, 5):
        await people.settle()
        assert len(people.server.texts(people.private)) == answered


async def test_messages_to_one_chat_keep_their_distance(people: People) -> None:
    for _ in range(3):
        await people.take(people.update(people.private, text="xin chào"))
    await people.settle()
    assert sum(people.paused) >= 1.0


async def test_a_notice_out_of_the_outbox_arrives_and_says_when_it_may_be_a_repeat(people: People, app: App) -> None:
    from anyio import to_thread

    from bot.answers.render import render_error

    sender = TelegramSender(people.service)
    for is_repeat in (False, True):
        await to_thread.run_sync(
            lambda repeat: sender.send(str(people.private), render_error(), "key", is_repeat=repeat), is_repeat
        )
    first, second = people.server.texts(people.private)
    assert second == f"Tin này có thể đã gửi trước đó.\n\n{first}"
