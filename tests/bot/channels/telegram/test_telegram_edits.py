"""Messages that are changed after they were sent: answered anew where there is something new to say, never alike."""

from typing import Any

import pytest

from bot.channels.telegram.edits import MOST_ANSWERS, MOST_KEPT, Edits
from bot.channels.telegram.reading import Incoming
from bot.channels.telegram.service import Service
from bot.conversation.messages import Answer, Block, BlockKind, Ending, Span
from telegram_server import ME
from web_app import MovingClock

from .conftest import UPDATES, People

ASK = "làm giấy khai sinh cho con cần giấy tờ gì"
OTHER = "đăng ký tạm trú cần giấy tờ gì"
LAN = 11
NAME = f"@{ME['username']}"
MENTION = [{"type": "mention", "offset": 0, "length": len(NAME)}]
NUMBER = "000000000000"


class Writer:
    """Somebody in a chat whose messages can be changed."""

    def __init__(self, people: People, chat: int, user: int) -> None:
        self.people, self.chat, self.user = people, chat, user

    async def write(self, text: str, **message: Any) -> int:
        """The message's number."""
        update = self.people.update(self.chat, self.user, text=text, **message)
        await self.people.send(update)
        return int(update["message"]["message_id"])

    async def change(self, number: int, text: str, **message: Any) -> list[str]:
        """What came back."""
        before = len(self.people.server.texts(self.chat))
        body = self.people.update(self.chat, self.user, text=text, **message)["message"]
        edited = body | {"message_id": number, "edit_date": body["date"]}
        await self.people.send({"update_id": next(UPDATES), "edited_message": edited})
        return self.people.server.texts(self.chat)[before:]

    @property
    def heard(self) -> list[str]:
        return self.people.server.texts(self.chat)


@pytest.fixture
def alone(people: People) -> Writer:
    return Writer(people, people.private, 0)


@pytest.fixture
def grouped(people: People) -> Writer:
    return Writer(people, people.group, LAN)


# In private


async def test_another_question_is_answered_as_a_reply_to_it(alone: Writer) -> None:
    number = await alone.write(ASK)
    (answer,) = await alone.change(number, OTHER)
    assert "tạm trú" in answer
    assert alone.people.server.sent[-1]["reply_parameters"]["message_id"] == number


@pytest.mark.parametrize(
    "text",
    [ASK, f"{ASK}?", f"{ASK}  🙏", ASK.upper(), f"dạ {ASK} ạ"],
    ids=["the same", "a mark", "an emoji", "louder", "politer: another text with the same answer"],
)
async def test_what_asks_the_same_is_not_answered_again(alone: Writer, text: str) -> None:
    number = await alone.write(ASK)
    assert await alone.change(number, text) == []
    assert len(alone.heard) == 1


async def test_changed_back_it_is_not_answered_alike(alone: Writer) -> None:
    number = await alone.write(ASK)
    assert len(await alone.change(number, OTHER)) == 1
    assert await alone.change(number, OTHER) == []


async def test_one_message_gets_so_many_answers_and_no_more(alone: Writer) -> None:
    number = await alone.write(ASK)
    for text in (OTHER, ASK, OTHER, ASK, OTHER):
        await alone.change(number, text)
    assert len(alone.heard) == MOST_ANSWERS


async def test_a_place_that_moves_on_is_answered_once(alone: Writer) -> None:
    def place(latitude: float) -> dict[str, Any]:
        return {"location": {"latitude": latitude, "longitude": 106.7, "live_period": 900}}

    number = await alone.write("", **place(20.8))
    for step in range(4):
        assert await alone.change(number, "", **place(20.81 + step / 100)) == []
    assert len(alone.heard) == 1


async def test_a_caption_put_right_is_read(alone: Writer) -> None:
    number = await alone.write("", sticker={"file_id": "s"} | STICKER)
    (answer,) = await alone.change(number, ASK)
    assert "khai sinh" in answer


STICKER = {
    "file_unique_id": "u",
    "type": "regular",
    "width": 1,
    "height": 1,
    "is_animated": False,
    "is_video": False,
}


async def test_what_was_said_to_the_process_before_is_left_alone_after_a_restart(alone: Writer) -> None:
    number = await alone.write(ASK)
    before = alone.people.service
    alone.people.clock.move(seconds=60)
    alone.people.service = Service(before.app, before.bot, before.me, alone.people.pause)
    old = {"date": int(alone.people.clock().timestamp()) - 60}
    assert await alone.change(number, OTHER, **old) == []
    assert len(await alone.change(await alone.write(ASK), OTHER)) == 1


# In a group


async def test_a_mention_put_in_later_counts_as_a_call(grouped: Writer) -> None:
    number = await grouped.write("phường mình hôm nay nắng quá")
    (answer,) = await grouped.change(number, f"{NAME} {ASK}", entities=MENTION)
    assert "khai sinh" in answer
    assert grouped.people.server.sent[-1]["reply_parameters"]["message_id"] == number


async def test_a_mention_put_in_an_hour_later_counts_as_well(grouped: Writer) -> None:
    number = await grouped.write("phường mình hôm nay nắng quá")
    at = int(grouped.people.clock().timestamp())
    grouped.people.clock.move(minutes=60)
    changed = {"date": at, "entities": MENTION}
    body = grouped.people.update(grouped.chat, LAN, text=f"{NAME} {ASK}", **changed)["message"]
    edited = body | {"message_id": number, "edit_date": int(grouped.people.clock().timestamp())}
    await grouped.people.send({"update_id": next(UPDATES), "edited_message": edited})
    assert len(grouped.heard) == 1


async def test_a_question_that_called_us_and_is_another_now_is_answered_anew(grouped: Writer) -> None:
    number = await grouped.write(f"{NAME} {ASK}", entities=MENTION)
    (answer,) = await grouped.change(number, f"{NAME} {OTHER}", entities=MENTION)
    assert "tạm trú" in answer


async def test_a_mention_put_to_what_was_answered_unasked_changes_nothing(grouped: Writer) -> None:
    number = await grouped.write(f"{ASK} ạ?")
    assert len(grouped.heard) == 1
    assert await grouped.change(number, f"{NAME} {ASK} ạ?", entities=MENTION) == []


async def test_what_was_answered_unasked_and_is_another_question_now_is_answered_anew(grouped: Writer) -> None:
    number = await grouped.write(f"{ASK} ạ?")
    (answer,) = await grouped.change(number, f"{OTHER} ạ?")
    assert "tạm trú" in answer


async def test_what_was_answered_and_is_mere_talk_now_gets_nothing(grouped: Writer) -> None:
    number = await grouped.write(f"{ASK} ạ?")
    assert await grouped.change(number, "cảm ơn cả nhà nhé") == []


@pytest.mark.parametrize("text", ["mai ai đi chợ không", f"{ASK} ạ?"], ids=["talk", "a question that nobody was asked"])
async def test_what_was_never_ours_stays_so(grouped: Writer, text: str) -> None:
    number = await grouped.write("phường mình hôm nay nắng quá")
    assert await grouped.change(number, text) == []


async def test_a_number_put_in_later_is_warned_of_once(grouped: Writer) -> None:
    number = await grouped.write("mình gửi giấy tờ")
    (warning,) = await grouped.change(number, f"mình gửi căn cước {NUMBER}")
    assert NUMBER not in warning
    assert await grouped.change(number, f"mình gửi căn cước {NUMBER} nhé") == []


# What is kept to know it


def incoming(number: int, text: str, at: MovingClock, **more: Any) -> Incoming:
    return Incoming(
        update=1, chat=-5, at=at(), sent_at=at(), is_group=True, message=number, text=text, is_edit=True, **more
    )


def answer(*texts: str) -> Answer:
    return Answer(ending=Ending.ASPECT, blocks=tuple(Block(BlockKind.PARAGRAPH, ((Span(text),),)) for text in texts))


def test_what_is_not_known_may_matter_if_it_was_sent_since_we_listen() -> None:
    clock = MovingClock()
    edits = Edits(clock)
    assert edits.may_matter(incoming(1, "x", clock))
    early = incoming(1, "x", MovingClock(clock.at.replace(year=2025)))
    assert not edits.may_matter(early)


def test_the_same_answer_is_known_whatever_stands_before_it() -> None:
    clock = MovingClock()
    edits = Edits(clock)
    edits.note(incoming(1, "x", clock), 1, answer("Chào bạn", "Cần tờ khai", "Nguồn"))
    assert not edits.is_news(-5, 1, answer("Cần tờ khai", "Nguồn"))
    assert not edits.is_news(-5, 1, answer("Đã trả lời ở trên", "Chào bạn", "Cần tờ khai", "Nguồn"))
    assert edits.is_news(-5, 1, answer("Cần giấy chứng sinh", "Nguồn"))
    assert edits.is_news(-5, 2, answer("Cần tờ khai", "Nguồn"))
    assert edits.is_news(-6, 1, answer("Cần tờ khai", "Nguồn"))


def test_a_command_makes_another_message_of_the_same_words() -> None:
    clock = MovingClock()
    edits = Edits(clock)
    edits.note(incoming(1, "An Phong", clock), 1, answer("x"))
    assert not edits.may_matter(incoming(1, "an phong.", clock))
    assert edits.may_matter(incoming(1, "An Phong", clock, command="xa"))


def test_of_an_answer_to_an_earlier_message_the_words_are_not_known() -> None:
    clock = MovingClock()
    edits = Edits(clock)
    edits.note(incoming(2, "y", clock), 1, answer("x"))
    assert edits.is_answered(incoming(1, "x", clock))
    assert not edits.is_answered(incoming(2, "y", clock))
    assert edits.may_matter(incoming(1, "x", clock))


def test_so_many_are_kept_and_what_is_older_than_these_is_left_alone() -> None:
    clock = MovingClock()
    edits = Edits(clock)
    for number in range(MOST_KEPT + 1):
        clock.move(seconds=1)
        edits.note(incoming(number, "x", clock), number, answer("x"))
    assert not edits.is_answered(incoming(0, "x", clock))
    assert not edits.may_matter(incoming(0, "khác", MovingClock(clock.at.replace(hour=1))))
    assert edits.may_matter(incoming(1, "khác", clock))
