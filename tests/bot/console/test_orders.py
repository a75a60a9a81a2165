"""What administrators order reaches every answer it concerns, in all workers within seconds."""

import dataclasses
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.app import App
from bot.channels import CHANNELS
from bot.channels.names import CHANNEL_NAMES
from bot.conversation.group import Reason
from bot.conversation.group_turn import GroupTalk
from bot.conversation.messages import Answer, Chat, Ending, Question
from bot.conversation.reply import reply_to
from bot.conversation.room import Role, Said
from bot.operation.orders import LOOK_EVERY, OrderBook
from knowledge.database import open_database
from knowledge.operation.announcements import Announcement, announce
from knowledge.operation.switches import switch_off, switch_on
from knowledge.staff.accounts import Act
from staff_people import MINH, OTHER_WARD, WARD
from web_app import BIRTH, MovingClock

Ask = Callable[..., Answer]


@pytest.fixture
def ask(app: App) -> Ask:
    def asked(text: str, channel: str = "web", *, is_group: bool = False, commune: str = "") -> Answer:
        chat = Chat(channel, "c1", is_group=is_group)
        return reply_to(Question(text=text, chat=chat, asked_at=app.clock(), commune=commune), app)

    return asked


BIRTH_ASKED = "làm giấy khai sinh cho con cần giấy tờ gì"
WEDDING_ASKED = "đăng ký kết hôn cần giấy tờ gì"
TOLD = "Thông báo: Hệ thống <bảo trì> đến 22:00."


def announced(app: App, hours: float = 2, **limits: tuple[str, ...]) -> None:
    now = app.clock()
    given = Announcement(
        text="Hệ thống <bảo trì> đến 22:00.", begins_at=now, ends_at=now + timedelta(hours=hours), **limits
    )
    with app.database.session(writing=True) as session:
        announce(session, given, Act(MINH, now))


def switched(app: App, channel: str, *, is_off: bool = True) -> None:
    with app.database.session(writing=True) as session:
        (switch_off if is_off else switch_on)(session, channel, "trả lời sai", Act(MINH, app.clock()))


def first_block(answer: Answer) -> str:
    return answer.blocks[0].plain


@pytest.mark.parametrize("text", [BIRTH_ASKED, "xin chào", "hôm nay trời đẹp", "sổ đỏ"])
def test_an_announcement_stands_before_every_answer(app: App, ask: Ask, text: str) -> None:
    announced(app)
    answer = ask(text)
    assert first_block(answer) == TOLD
    assert len(answer.blocks) > 1


@pytest.mark.parametrize("channel", CHANNELS, ids=lambda channel: channel.name)
def test_every_channel_shows_it_as_written(app: App, ask: Ask, channel) -> None:
    announced(app)
    shown = "\n".join(map(str, channel.messages(ask(BIRTH_ASKED, channel.name))))
    assert "Thông báo" in shown
    assert "bảo trì" in shown


def test_a_group_reads_it_too(app: App, ask: Ask) -> None:
    announced(app)
    assert first_block(ask(BIRTH_ASKED, "telegram", is_group=True)) == TOLD


def test_who_is_in_danger_reads_the_number_to_call_first(app: App, ask: Ask) -> None:
    announced(app)
    answer = ask("cháy nhà rồi cứu với")
    assert answer.ending is Ending.EMERGENCY
    assert "Thông báo" not in answer.plain


def test_it_ends_by_itself(app: App, ask: Ask, clock: MovingClock) -> None:
    announced(app)
    assert first_block(ask(BIRTH_ASKED)) == TOLD
    clock.move(hours=2)
    assert "Thông báo" not in ask(BIRTH_ASKED).plain


def test_one_about_a_procedure_stands_only_where_it_is_told(app: App, ask: Ask) -> None:
    announced(app, procedures=(BIRTH,))
    assert first_block(ask(BIRTH_ASKED)) == TOLD
    assert "Thông báo" not in ask(WEDDING_ASKED).plain


def test_one_for_a_commune_or_a_channel_stands_only_there(app: App, ask: Ask) -> None:
    announced(app, communes=(WARD,), channels=("web",))
    assert first_block(ask(BIRTH_ASKED, commune=WARD)) == TOLD
    assert "Thông báo" not in ask(BIRTH_ASKED, commune=OTHER_WARD).plain
    assert "Thông báo" not in ask(BIRTH_ASKED, "telegram", commune=WARD).plain


def test_a_channel_that_is_off_says_one_sentence_without_any_number_in_private(app: App, ask: Ask) -> None:
    switched(app, "web")
    answer = ask(BIRTH_ASKED)
    assert answer.ending is Ending.SWITCHED_OFF
    assert "tạm ngừng" in answer.plain
    assert answer.plain.count(".") == 1 + answer.plain.count("dichvucong.gov.vn") * 2
    assert not any(letter.isdigit() for letter in answer.plain)
    assert ask(BIRTH_ASKED, "telegram").ending is Ending.PROCEDURE


def test_a_channel_that_is_off_says_nothing_in_a_group(app: App, ask: Ask) -> None:
    switched(app, "telegram")
    answer = ask(BIRTH_ASKED, "telegram", is_group=True)
    assert (answer.ending, answer.blocks) == (Ending.SILENCE, ())


def test_a_group_of_a_channel_that_is_off_hears_nothing_even_when_it_calls(app: App, clock: MovingClock) -> None:
    talk = GroupTalk(app, "telegram", "g1")
    said = Said(id="1", author="a", at=clock(), text=BIRTH_ASKED, calls_us=True)
    assert talk.hear(said).answer
    switched(app, "telegram")
    clock.move(seconds=3)
    turn = talk.hear(said)
    assert (turn.answer, turn.decision.reason) == (None, Reason.SWITCHED_OFF)
    assert talk.tapped("a", f"show:{BIRTH}") is None
    warned = Said(id="2", author="a", at=clock(), text="căn cước 031099000001", role=Role.CITIZEN)
    assert talk.hear(warned).answer is None


def test_another_worker_obeys_within_seconds_without_a_restart(app: App, ask: Ask, clock: MovingClock) -> None:
    other = open_database(str(app.database.engine.url))
    assert ask(BIRTH_ASKED).ending is Ending.PROCEDURE  # read: nothing is off
    switched(dataclasses.replace(app, database=other), "web")
    clock.move(seconds=LOOK_EVERY.total_seconds())
    assert ask(BIRTH_ASKED).ending is Ending.SWITCHED_OFF
    switched(dataclasses.replace(app, database=other), "web", is_off=False)
    other.close()
    clock.move(seconds=LOOK_EVERY.total_seconds())
    assert ask(BIRTH_ASKED).ending is Ending.PROCEDURE


def test_orders_are_not_read_for_every_answer(app: App) -> None:
    book = OrderBook()
    first = book.at(app.database, app.clock())
    switched(app, "web")
    assert book.at(app.database, app.clock()) is first
    book.forget()
    assert "web" in book.at(app.database, app.clock()).off


def test_a_database_that_is_gone_changes_no_orders(app: App, clock: MovingClock, monkeypatch) -> None:
    switched(app, "web")
    book = OrderBook()
    assert "web" in book.at(app.database, clock()).off
    gone = dataclasses.replace(app).database
    monkeypatch.setattr(gone, "engine", open_database("sqlite://", migrating=False).engine)
    clock.move(minutes=1)
    assert "web" in book.at(gone, clock()).off
    assert OrderBook().at(gone, clock()).off == {}


def test_every_channel_that_citizens_use_has_a_name_and_a_switch() -> None:
    assert {channel.name for channel in CHANNELS} - {"terminal"} <= set(CHANNEL_NAMES)
