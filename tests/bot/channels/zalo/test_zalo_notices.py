"""Notices on Zalo: what has arrived of a long one does not come again, a channel that stands still loses none."""

from functools import partial
from typing import Any

import pytest
from anyio import to_thread

from bot.channels.ledger import Reason
from bot.channels.zalo_bot.outbox import ZaloBotSender
from bot.channels.zalo_oa.api import CHAT, GROUP
from bot.channels.zalo_oa.outbox import ZaloOaSender
from bot.channels.zalo_oa.service import GMF
from bot.conversation.messages import Answer, Block, BlockKind, Choice, Ending, Span
from bot.outbox.delivering import deliver
from bot.outbox.sender import Sender, SendFailedError

from .bot_people import BotPeople
from .oa_people import NAME, OaPeople

CHOICES = (Choice(label="Xem hồ sơ", action="restart"), Choice(label="Thôi báo", action="officer"))


def long_answer(choices: tuple[Choice, ...] = ()) -> Answer:
    blocks = tuple(Block(BlockKind.PARAGRAPH, ((Span(f"{letter} " * 900),),)) for letter in "abc")
    return Answer(ending=Ending.HELP, blocks=blocks, choices=choices)


async def sent(sender: Sender, chat: str, answer: Answer, parts: int = 0) -> SendFailedError | None:
    """What went wrong, if anything."""
    send = partial(sender.send, chat, answer, "key", is_repeat=False, parts=parts)
    try:
        await to_thread.run_sync(send)
    except SendFailedError as error:
        return error
    return None


def begins(texts: list[str]) -> list[str]:
    return [text.removeprefix("[@").lstrip()[0] for text in texts]


async def test_of_a_long_notice_of_the_bot_the_rest_comes_later(people: BotPeople) -> None:
    sender = ZaloBotSender(people.service)
    people.server.next("sendMessage", None, {"ok": False, "error_code": 400, "description": "no"})
    error = await sent(sender, people.private, long_answer())
    assert error is not None
    assert error.parts == 1
    assert await sent(sender, people.private, long_answer(), error.parts) is None
    assert begins(people.server.texts(people.private)) == ["a", "b", "c"]


@pytest.mark.parametrize("choices", [(), CHOICES], ids=["plain", "with buttons"])
async def test_of_a_long_notice_of_the_account_the_rest_comes_later(oa: OaPeople, choices: tuple[Choice, ...]) -> None:
    await oa.write("xin chào")
    before = len(oa.server.texts(oa.lan))
    sender = ZaloOaSender(oa.service)
    oa.server.next(CHAT, None, None, {"error": -210, "message": "no"})
    error = await sent(sender, oa.lan, long_answer(choices))
    assert error is not None
    assert error.parts == 2
    assert await sent(sender, oa.lan, long_answer(choices), error.parts) is None
    assert begins(oa.server.texts(oa.lan)[before:]) == ["a", "b", "c"]
    if choices:
        assert {button["title"] for button in oa.server.buttons()} == {choice.label for choice in choices}


async def test_of_a_long_notice_to_a_group_the_rest_comes_later(oa: OaPeople) -> None:
    sender = ZaloOaSender(oa.service)
    oa.server.next(GROUP, None, {"error": -210, "message": "no"})
    error = await sent(sender, GMF + oa.group, long_answer())
    assert error is not None
    assert error.parts == 1
    assert await sent(sender, GMF + oa.group, long_answer(), error.parts) is None
    assert begins(oa.server.texts(oa.group)) == ["a", "b", "c"]


async def test_while_the_bot_is_stopped_its_notices_wait_without_end(people: BotPeople) -> None:
    people.service.ledger.stop(Reason.QUOTA)
    error = await sent(ZaloBotSender(people.service), people.private, long_answer())
    assert error is not None
    assert error.is_early
    assert people.server.texts(people.private) == []


@pytest.mark.parametrize(
    ("code", "is_early"),
    [
        pytest.param(-211, True, id="the quota is used up"),
        pytest.param(-234, True, id="the night"),
        pytest.param(-224, True, id="the package does not allow it"),
        pytest.param(-230, False, id="he has not written for a week"),
        pytest.param(-210, False, id="too long"),
    ],
)
async def test_what_waits_for_better_times_is_not_given_up(oa: OaPeople, code: int, *, is_early: bool) -> None:
    await oa.write("xin chào")
    oa.server.next(CHAT, {"error": code, "message": "no"})
    error = await sent(ZaloOaSender(oa.service), oa.lan, long_answer())
    oa.service.ledger.go_on()
    assert error is not None
    assert (error.is_early, error.parts) == (is_early, 0)


async def test_a_stopped_account_keeps_its_notices(oa: OaPeople) -> None:
    await oa.write("xin chào")
    before: list[Any] = oa.server.texts(oa.lan)
    oa.service.ledger.stop(Reason.PACKAGE)
    error = await sent(ZaloOaSender(oa.service), oa.lan, long_answer())
    oa.service.ledger.go_on()
    assert error is not None
    assert error.is_early
    assert oa.server.texts(oa.lan) == before


async def test_a_group_of_the_account_gets_its_digest(oa: OaPeople) -> None:
    await oa.official("bot tổng kết cuối ngày", is_group=True)
    for member in (oa.lan, oa.hung):
        await oa.say(f"{NAME} làm giấy khai sinh cho con cần giấy tờ gì", member)
    before = len(oa.server.texts(oa.group))
    clock = oa.service.app.clock
    oa.clock.move(hours=8)
    sender = ZaloOaSender(oa.service)
    await to_thread.run_sync(deliver, oa.service.app.database, sender, clock, GMF + oa.group)
    (told,) = oa.server.texts(oa.group)[before:]
    assert told.startswith("Hôm nay nhóm hỏi")
    assert "2 lần" in told


async def test_at_night_who_posts_a_number_in_a_group_is_warned_and_not_answered(oa: OaPeople) -> None:
    oa.clock.move(hours=11)  # eleven in the evening
    question = "làm giấy khai sinh cho con cần giấy tờ gì ạ?"
    assert await oa.say(question) == []
    (told,) = await oa.say(f"số căn cước của em là 000000000000, {question}")
    assert "Bạn nên thu hồi tin nhắn" in told
    assert "Giấy chứng sinh" not in told
    assert " 000000000000" not in told
