"""On Telegram an answer is said to be wrong by its button, in words and by /gopy, in private and in groups."""

from typing import Any

import pytest
from sqlmodel import select

from bot.app import App
from knowledge.tables import Exchange
from telegram_server import ME

from .conftest import People

ASK = "làm giấy khai sinh cho con cần giấy tờ gì"


def command(text: str) -> dict[str, Any]:
    return {"entities": [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}]}


def ours() -> dict[str, Any]:
    """A reply to a message of ours."""
    return {"reply_to_message": {"message_id": 5, "date": 0, "chat": {"id": 1, "type": "group"}, "from": ME}}


def noted(app: App) -> int:
    with app.database.session() as session:
        return len(session.exec(select(Exchange).where(Exchange.ending == "feedback")).all())


async def test_below_an_answer_a_button_says_that_it_is_wrong(people: People, app: App) -> None:
    before = noted(app)
    await people.write(ASK)
    (answer,) = await people.tap(people.buttons()["Chưa đúng?"])
    assert "Góp ý đã được ghi lại" in answer
    assert noted(app) == before + 1


@pytest.mark.parametrize("text", ["xin chào", "hướng dẫn sử dụng"])
async def test_small_talk_has_no_such_button(people: People, text: str) -> None:
    await people.write(text)
    assert "Chưa đúng?" not in people.buttons()


async def test_in_a_group_a_command_is_noted_in_a_few_words(people: People, app: App) -> None:
    before = noted(app)
    await people.call(ASK, 11)
    (answer,) = await people.write("/gopy phí sai rồi", people.group, 11, **command("/gopy phí sai rồi"))
    assert "Góp ý đã được ghi lại" in answer
    assert noted(app) == before + 1


async def test_in_a_group_a_reply_to_us_is_noted_and_other_words_are_not(people: People, app: App) -> None:
    await people.call(ASK, 11)
    before = noted(app)
    assert await people.write("chưa đúng", people.group, 11) == []
    assert noted(app) == before
    assert len(await people.write("chưa đúng", people.group, 11, **ours())) == 1
    assert await people.write("chưa đúng", people.group, 12, **ours()) == []
    assert noted(app) == before + 2


async def test_buttons_of_a_group_stay_as_few_as_they_were(people: People) -> None:
    await people.call(ASK, 11)
    assert "Chưa đúng?" not in people.buttons()


async def test_a_group_whose_greeting_was_lost_is_told_what_we_are_with_the_first_answer(people: People) -> None:
    first, second = [(await people.call(ASK, user))[0] for user in (11, 12)]
    assert first.startswith("Đây là trợ lý tự động, không phải cán bộ.")
    assert "trợ lý tự động" not in second


async def test_a_group_that_was_greeted_is_not_told_again(people: People) -> None:
    user = {"id": 7, "is_bot": False, "first_name": "Lan"}
    us = {"id": ME["id"], "is_bot": True, "first_name": "Trợ lý"}
    change = {
        "chat": {"id": people.group, "type": "supergroup", "title": "Nhóm"},
        "from": user,
        "date": int(people.clock().timestamp()),
        "old_chat_member": {"status": "left", "user": us},
        "new_chat_member": {"status": "member", "user": us},
    }
    await people.send({"update_id": people.update(1)["update_id"], "my_chat_member": change})
    (greeting,) = people.server.texts(people.group)
    assert greeting.startswith("Đây là trợ lý tự động, không phải cán bộ.")
    assert "bot im lặng" in greeting
    assert "trợ lý tự động" not in (await people.call(ASK, 11))[0]
