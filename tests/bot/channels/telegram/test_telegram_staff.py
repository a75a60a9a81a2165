"""Staff on Telegram: they say who they are, their answers in groups are learned, and what they answer is told there."""

import dataclasses
from typing import Any

import pytest
from anyio import to_thread

from bot.channels.telegram.outbox import TelegramSender
from bot.conversation.linking import code_of
from bot.outbox.delivering import deliver
from knowledge.askers import Asker
from knowledge.faq import desk
from knowledge.staff.accounts import account_of, add_account
from knowledge.staff.links import link, linked
from knowledge.staff_words import StaffWord, WordKind, tell
from staff_people import LAN

from .conftest import People

OFFICER, CITIZEN, OTHER = 700, 800, 900
QUESTION = "bãi gửi xe của trung tâm mở đến mấy giờ ạ"
ANSWER = "Dạ bãi xe mở đến 17 giờ 30 bác nhé."


@pytest.fixture(autouse=True)
def hired(people: People) -> None:
    app = people.service.app
    with app.database.session(writing=True) as session:
        if account_of(session, LAN.login) is None:
            add_account(session, LAN, "một câu dài dễ nhớ", app.clock())


def drafts(people: People) -> list[desk.Card]:
    with people.service.app.database.session() as session:
        return [card for card in desk.cards(session) if card.state is desk.State.DRAFT]


def reply_to(user: int, text: str, *, is_bot: bool = False) -> dict[str, Any]:
    sender = {"id": user, "is_bot": is_bot, "first_name": "Bác"}
    chat = {"id": -1, "type": "supergroup", "title": "Nhóm"}
    return {"reply_to_message": {"message_id": 5, "date": 1, "chat": chat, "from": sender, "text": text}}


def be_linked(people: People, user: int = OFFICER) -> None:
    app = people.service.app
    with app.database.session(writing=True) as session:
        link(session, "telegram", str(user), "lan", app.clock())


async def test_a_code_from_the_console_links_who_sends_it(people: People) -> None:
    app = people.service.app
    code = code_of("lan", app.secret, app.clock())
    said = await people.write(f"/canbo {code}", entities=[{"type": "bot_command", "offset": 0, "length": 6}])
    assert "Đã nối với tài khoản cán bộ “lan”" in said[0]
    with app.database.session() as session:
        assert linked(session, "telegram")[str(people.private)].login == "lan"


@pytest.mark.parametrize("code", ["", "lan-aaaaaaaaaa", "nobody-aaaaaaaaaa"])
async def test_who_has_no_code_learns_what_the_operator_needs(people: People, code: str) -> None:
    command = [{"type": "bot_command", "offset": 0, "length": 6}]
    said = await people.write(f"/canbo {code}".strip(), entities=command)
    assert f"telegram:{people.private}" in said[0]
    with people.service.app.database.session() as session:
        assert str(people.private) not in linked(session, "telegram")


async def test_an_answer_of_staff_to_a_citizen_becomes_a_draft(people: People) -> None:
    be_linked(people)
    before = len(drafts(people))
    await people.write(ANSWER, people.group, OFFICER, **reply_to(CITIZEN, f"{QUESTION}, gọi 0901234567 giúp"))
    newest, *_ = drafts(people)
    assert len(drafts(people)) == before + 1
    assert newest.text.answer == ANSWER
    assert newest.text.title.startswith(QUESTION)
    assert "0901234567" not in newest.text.title
    assert newest.newest.origin.startswith("Lan trả lời trong nhóm telegram lúc")
    assert people.server.texts(people.group) == []  # while staff talk, we do not


@pytest.mark.parametrize(
    ("author", "asked_by"),
    [
        pytest.param(CITIZEN, OTHER, id="one citizen answers another"),
        pytest.param(OFFICER, OFFICER, id="staff answer themselves"),
        pytest.param(77, CITIZEN, id="an administrator without an account"),
    ],
)
async def test_nothing_else_is_learned(people: People, author: int, asked_by: int) -> None:
    be_linked(people)
    people.server.administrators[people.group] = [77]
    before = len(drafts(people))
    await people.write(ANSWER, people.group, author, **reply_to(asked_by, f"{QUESTION} {author}"))
    assert len(drafts(people)) == before


async def test_administrators_teach_where_the_office_wants_it(people: People) -> None:
    app = people.service.app
    settings = app.settings.model_copy(update={"group_admins_teach": True})
    groups = people.service._groups
    groups._app = dataclasses.replace(app, settings=settings)
    people.server.administrators[people.group] = [77]
    await people.write(ANSWER, people.group, 77, **reply_to(CITIZEN, "thẻ gửi xe của trung tâm mất thì sao"))
    newest, *_ = drafts(people)
    assert (newest.newest.author, newest.text.title) == ("quan-tri-nhom", "thẻ gửi xe của trung tâm mất thì sao")


async def test_who_asked_in_a_topic_of_a_group_is_answered_there(people: People) -> None:
    app = people.service.app
    word = StaffWord(kind=WordKind.ANSWERED, at=app.clock(), text=ANSWER, commune="10507")
    asker = Asker(exchange=1, channel="telegram", chat=f"{people.group}:9", question=QUESTION)
    with app.database.session(writing=True) as session:
        tell(session, [asker], word, "test")
    await to_thread.run_sync(deliver, app.database, TelegramSender(people.service), app.clock)
    (sent,) = [each for each in people.server.sent if each["chat_id"] == str(people.group)]
    assert sent["message_thread_id"] == "9"
    assert QUESTION in sent["text"]
    assert ANSWER in sent["text"]
