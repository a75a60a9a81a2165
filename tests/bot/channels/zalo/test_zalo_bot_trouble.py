"""What the Zalo Bot Platform does wrong, or tells us to stop: nothing doubled, nothing lost unsaid, nobody flooded."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from anyio import to_thread
from structlog.testing import capture_logs

from bot.answers.render import render_error
from bot.app import App
from bot.channels.ledger import Reason
from bot.channels.zalo_bot.form import CHANNEL
from bot.channels.zalo_bot.outbox import ZaloBotSender
from bot.channels.zalo_bot.taking import take_in
from bot.outbox.sender import SendFailedError
from knowledge.channel_ledger import counts
from zalo_bot_server import CUT, HALF, PAGE, TOKEN, failure

from .bot_people import SECRET, BotPeople

ASK = "làm giấy khai sinh cho con cần giấy tờ gì"


def counted(app: App) -> dict[str, int]:
    with app.database.session() as session:
        return counts(session, CHANNEL, app.clock())


# What comes in


async def test_a_message_is_answered_once_however_often_it_comes(people: BotPeople) -> None:
    event = people.event(text=ASK)
    await asyncio.gather(*(people.push(event) for _ in range(5)))
    assert len(people.server.texts(people.private)) == 1


async def test_a_message_without_a_number_is_answered_once_too(people: BotPeople) -> None:
    event = people.event(text=ASK)
    del event["message"]["message_id"]
    for _ in range(2):
        await people.push(event)
    assert len(people.server.texts(people.private)) == 1


async def test_messages_out_of_order_are_all_answered(people: BotPeople) -> None:
    first = people.event(text="xin chào")
    people.clock.move(seconds=5)
    second = people.event(text=ASK)
    for event in (second, first):
        await people.push(event)
    assert len(people.server.texts(people.private)) == 2


@pytest.mark.parametrize("secret", ["", "wrong", SECRET.upper(), SECRET + " x", "ng\xe3"], ids=repr)
async def test_a_body_without_our_secret_is_refused_and_counted(people: BotPeople, bot_app: App, secret: str) -> None:
    before = counted(bot_app).get("refused_secret", 0)
    assert await people.push(people.event(text=ASK), secret=secret) == 401
    assert people.server.sent == []
    people.service.tally.flush()
    assert counted(bot_app)["refused_secret"] == before + 1


@pytest.mark.parametrize("content", [b"", b"{}", b" {} \n"], ids=repr)
@pytest.mark.parametrize("secret", [None, SECRET], ids=["without the secret", "with it"])
async def test_a_probe_gets_200(people: BotPeople, content: bytes, secret: str | None) -> None:
    assert await people.push(None, secret=secret, content=content) == 200


@pytest.mark.parametrize(
    "content",
    [b"[" * 50_000, b"\xff\xfe", b"null", b'{"event_name": 3}', b'{"ok": true, "result": {"message": {"chat": 1}}}'],
    ids=["nested without end", "no text", "null", "no message", "a chat that is a number"],
)
async def test_nonsense_with_our_secret_gets_200_and_nothing(people: BotPeople, content: bytes) -> None:
    assert await people.push(None, content=content) == 200
    assert people.server.sent == []


async def test_a_body_of_more_than_a_megabyte_is_refused(people: BotPeople) -> None:
    assert await people.push(None, content=b'{"x": "' + b"a" * 1_100_000 + b'"}') == 413


async def test_half_a_megabyte_of_text_is_no_crash(people: BotPeople) -> None:
    (said,) = await people.write("giấy tờ " * 40_000)
    assert "dài" in said


# What goes out


@pytest.mark.parametrize("is_honest", [True, False], ids=["as status too", "with status 200"])
async def test_a_spent_quota_stops_everything_until_tomorrow(people: BotPeople, *, is_honest: bool) -> None:
    people.server.quota, people.server.is_honest = 1, is_honest
    await people.write("xin chào")
    with capture_logs() as lines:
        assert await people.write(ASK) == []
    assert [line["reason"] for line in lines if line["log_level"] == "critical"] == [Reason.QUOTA]
    tried = len(people.server.calls)
    for _ in range(3):
        assert await people.write(ASK) == []
    assert len(people.server.calls) == tried
    people.server.quota = None
    people.clock.at += timedelta(days=1)
    assert len(await people.write(ASK)) == 1


async def test_a_storm_over_fifty_chats_asks_the_platform_once(people: BotPeople) -> None:
    people.server.quota = 0
    for number in range(50):
        await people.push(people.event(f"{number:020x}", text="xin chào"))
    assert len(people.server.named("sendMessage")) == 1


async def test_a_refused_token_stops_everything_until_it_is_mended(people: BotPeople) -> None:
    people.server.token = "12345:another"
    assert await people.write(ASK) == []
    people.clock.at += timedelta(days=40)
    assert await people.write(ASK) == []
    assert len(people.server.named("sendMessage")) == 1


async def test_for_the_time_being_refused_it_is_tried_again(people: BotPeople) -> None:
    people.server.next("sendMessage", failure(403), failure(403))
    assert len(await people.write(ASK)) == 1
    assert people.paused == [2.0, 10.0]


async def test_refused_for_the_time_being_three_times_it_is_given_up(people: BotPeople) -> None:
    people.server.next("sendMessage", *[failure(403)] * 3)
    assert await people.write(ASK) == []
    assert len(await people.write("xin chào")) == 1


@pytest.mark.parametrize(
    "answer", [CUT, PAGE, HALF, failure(400), failure(404), failure(426, name="errorCode"), {}, []]
)
async def test_what_may_have_arrived_is_not_sent_again_and_the_next_message_is_answered(
    people: BotPeople, answer: Any
) -> None:
    people.server.next("sendMessage", answer)
    assert await people.write(ASK) == []
    assert len(people.server.named("sendMessage")) == 1
    assert len(await people.write("xin chào")) == 1


async def test_a_server_that_is_not_there_is_tried_again(people: BotPeople) -> None:
    people.service.api._base = "http://127.0.0.1:9/bot"
    assert await people.write(ASK) == []
    assert len(people.paused) == 2


async def test_messages_are_counted_and_a_plan_nearly_used_up_is_told(people: BotPeople, bot_app: App) -> None:
    before = counted(bot_app).get("sent", 0)
    people.service.ledger._quota = next(n for n in range(9_999) if -(-n * 85 // 100) == before + 1)
    with capture_logs() as lines:
        await people.write("xin chào")
    assert counted(bot_app)["sent"] == before + 1
    assert any(line["event"] == "messages of this month" for line in lines)


# Notices


async def test_a_notice_arrives_and_its_buttons_are_numbers(people: BotPeople) -> None:
    from bot.dossiers.notices import told
    from knowledge.dossiers.following import Notice, NoticeKind

    sender = ZaloBotSender(people.service)
    notice = told(Notice(NoticeKind.CHANGED, "H24.999-261110-0001", status=4))
    await to_thread.run_sync(lambda: sender.send(people.private, notice, "k", is_repeat=False))
    (said,) = people.server.texts(people.private)
    assert "2. Thôi báo cho tôi" in said
    (answer,) = await people.write("2")
    assert "hết hạn" not in answer


async def test_a_notice_that_may_be_a_repeat_says_so(people: BotPeople) -> None:
    sender = ZaloBotSender(people.service)
    await to_thread.run_sync(lambda: sender.send(people.private, render_error(), "k", is_repeat=True))
    assert people.server.texts(people.private)[0].startswith("Tin này có thể đã gửi trước đó.")


@pytest.mark.parametrize("answer", [CUT, failure(429), failure(400), failure(403)])
async def test_a_notice_that_did_not_go_out_is_left_to_the_outbox(people: BotPeople, answer: Any) -> None:
    people.server.next("sendMessage", *[answer] * 3)
    sender = ZaloBotSender(people.service)
    with pytest.raises(SendFailedError) as failed:
        await to_thread.run_sync(lambda: sender.send(people.private, render_error(), "k", is_repeat=False))
    assert not failed.value.permanent


# The log


async def test_no_line_holds_the_token_a_text_or_a_number_of_a_person(people: BotPeople, caplog: Any) -> None:
    caplog.set_level("DEBUG")
    with capture_logs() as lines:
        for answer in (CUT, PAGE, HALF, failure(400), failure(429)):
            people.server.next("sendMessage", answer)
            await people.write("số của em 031099000000 làm khai sinh")
            people.service.ledger.go_on()
        await people.push(people.event(text=ASK), secret="wrong")
    said = f"{lines}{[record for record in caplog.records if record.name != 'aiohttp.access']}"
    assert lines
    assert not any(word in said for word in (TOKEN, SECRET, "031099000000", "khai sinh", people.private))


# Restarts


async def test_what_was_taken_in_before_a_crash_is_answered_by_the_next_process(people: BotPeople) -> None:
    event = people.event(text=ASK)
    assert await to_thread.run_sync(take_in, people.service.inbox, event, people.service.tally)
    assert people.server.texts(people.private) == []  # here the process ends
    await people.service.errands.settle()
    await people.push(event)  # and Zalo brings it again
    assert len(people.server.texts(people.private)) == 1


async def test_an_answer_on_its_way_when_the_process_died_is_not_sent_again(people: BotPeople) -> None:
    inbox, event = people.service.inbox, people.event(text=ASK)
    await to_thread.run_sync(take_in, inbox, event, people.service.tally)
    fresh = await to_thread.run_sync(inbox.fresh, (), 100)
    (number,) = [update.id for update in fresh if update.key == event["message"]["message_id"]]
    assert await to_thread.run_sync(inbox.go_out, number)
    assert await to_thread.run_sync(inbox.lay_aside) >= 1
    await people.service.errands.settle()
    assert people.server.texts(people.private) == []


async def test_while_zalo_refuses_for_the_moment_a_crash_loses_nothing(people: BotPeople) -> None:
    """Between two tries the message lies in the inbox as one that nobody has answered."""
    inbox, event, seen = people.service.inbox, people.event(text=ASK), []

    async def pause(_seconds: float) -> None:
        seen.extend(update.key for update in await to_thread.run_sync(inbox.fresh, (), 100))

    people.service.api.door.pause = pause
    people.server.next("sendMessage", failure(403))
    await people.push(event)
    assert len(people.server.texts(people.private)) == 1
    assert event["message"]["message_id"] in seen
