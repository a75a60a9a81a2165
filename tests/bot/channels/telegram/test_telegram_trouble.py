"""What Telegram does wrong, or tells us to do: nothing lost, nothing doubled, nobody sent to who does not want it."""

from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.app import App
from bot.channels.telegram.outbox import TelegramSender
from knowledge.dossiers.following import forget_chat
from telegram_server import FLOOD, TOKEN

from .conftest import People

ASK = "làm giấy khai sinh cho con cần giấy tờ gì"
CUT, PAGE = "cut", "<html>502 Bad Gateway</html>"


def flood(seconds: int) -> dict[str, Any]:
    return {**FLOOD, "parameters": {"retry_after": seconds}}


def failure(code: int, description: str, **parameters: Any) -> dict[str, Any]:
    return {"ok": False, "error_code": code, "description": description, "parameters": parameters}


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


@pytest.mark.parametrize("answer", [CUT, PAGE], ids=["connection cut", "a page of a proxy"])
async def test_what_may_have_arrived_is_not_sent_again(people: People, answer: str) -> None:
    people.server.next("sendMessage", answer)
    assert await people.write(ASK) == []
    assert len(people.server.named("sendMessage")) == 1


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
