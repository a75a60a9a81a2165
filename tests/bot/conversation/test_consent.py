"""Who the bot is, that it forgets, and that it is told where it is wrong."""

from dataclasses import replace
from itertools import count

import msgspec
import pytest
from sqlmodel import select

from bot.app import App
from bot.conversation.consent import forget_chat, introduction
from bot.conversation.messages import Chat, Ending, Question
from bot.conversation.privacy import hashed
from bot.conversation.reply import reply_to
from knowledge.outbox import Message, put
from knowledge.outbox import put_for as messages_for
from knowledge.staff_words import StaffWord, WordKind
from knowledge.tables import Exchange

CHATS = count(1)


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


def test_a_group_is_told_so_once_and_in_short(app: App) -> None:
    group = Chat("telegram", f"-{next(CHATS)}", is_group=True)
    (block,) = introduction(group, app)
    assert block.plain.count(". ") == 1
    assert all(word in block.plain for word in ("tự động", "lưu", "/xoa"))
    assert len(block.plain) < 140
    assert introduction(group, app) == ()


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


def put_for(chat: Chat, app: App, key: str) -> None:
    body = msgspec.json.encode(StaffWord(kind=WordKind.ANSWERED, at=app.clock(), text="Ở cổng sau.")).decode()
    message = Message(key=key, channel=chat.channel, chat=chat.address, body=body, not_before=app.clock())
    with app.database.session(writing=True) as session:
        put(session, [message], app.clock())


def waiting_for(chat: Chat, app: App) -> list[str]:
    with app.database.session() as session:
        return [message.key for message in messages_for(session, chat.channel, chat.address, "")]


def test_what_was_to_be_told_is_told_no_more(app: App, chat: Chat) -> None:
    put_for(chat, app, f"word {chat.id}")
    assert waiting_for(chat, app) == [f"word {chat.id}"]
    forget_chat(chat, app)
    assert waiting_for(chat, app) == []


def test_who_is_forgotten_in_a_group_takes_nothing_of_the_group_along(app: App) -> None:
    member = Chat("telegram", f"-{next(CHATS)}:0/7", is_group=True)
    put_for(member, app, f"digest {member.id}")
    assert "nhóm" in forget_chat(member, app).blocks[0].plain
    assert waiting_for(member, app) == [f"digest {member.id}"]
