"""Who the bot is, that it forgets, and that it is told where it is wrong."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

import pytest
from sqlmodel import select

from bot.app import App, build_app
from bot.conversation.consent import forget_chat, introduction, says_wrong, take_feedback
from bot.conversation.messages import Chat, Ending, Question
from bot.conversation.privacy import hashed
from bot.conversation.reply import reply_to
from bot.settings import Settings
from knowledge.tables import Exchange
from web_app import MovingClock

CHATS = count(1)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    folder = tmp_path_factory.mktemp("consent")
    app = build_app(Settings(data_dir=folder, database_url="", secret="for tests only", commune=""), MovingClock())
    yield app
    app.close()


@pytest.fixture
def chat() -> Chat:
    return Chat("telegram", f"chat-{next(CHATS)}")


def asked(text: str, chat: Chat, app: App) -> Question:
    return Question(text=text, chat=chat, asked_at=app.clock())


def kept(chat: Chat, app: App) -> list[Exchange]:
    with app.database.session() as session:
        return list(session.exec(select(Exchange).where(Exchange.chat == hashed(chat.key, app.secret))))


def test_a_chat_is_told_once_what_we_are_in_two_sentences(app: App, chat: Chat) -> None:
    (block,) = introduction(chat, app)
    assert block.plain.count(". ") == 1
    assert "tự động" in block.plain
    assert "lưu" in block.plain
    assert introduction(chat, app) == ()


def test_another_process_knows_it_too(app: App, chat: Chat) -> None:
    introduction(chat, app)
    assert introduction(chat, replace(app)) == ()


def test_forgetting_leaves_nothing_of_this_chat_and_everything_of_others(app: App, chat: Chat) -> None:
    other = Chat("telegram", f"chat-{next(CHATS)}")
    for each in (chat, other):
        introduction(each, app)
        reply_to(asked("đăng ký khai sinh cho con cần gì", each, app), app)
    assert forget_chat(chat, app).ending is Ending.FORGOTTEN
    assert kept(chat, app) == []
    assert len(kept(other, app)) == 1
    assert app.memories.recall(chat.key, app.clock()).subject == ""
    assert introduction(chat, app) != ()


def test_what_is_said_of_an_answer_is_kept_masked_with_its_procedure(app: App, chat: Chat) -> None:
    reply_to(asked("đăng ký khai sinh cho con cần gì", chat, app), app)
    answer = take_feedback(asked("sai rồi, số của em 000000000000", chat, app), app)
    assert answer.ending is Ending.FEEDBACK
    last = kept(chat, app)[-1]
    assert (last.ending, last.procedures) == ("feedback", "1.001193")
    assert "000000000000" not in last.question


@pytest.mark.parametrize(
    ("text", "is_wrong"), [("Chưa đúng", True), ("sai roi a", True), ("sai tên thì sửa ở đâu", False)]
)
def test_words_that_only_say_it_is_wrong(text: str, *, is_wrong: bool) -> None:
    assert says_wrong(text) is is_wrong
