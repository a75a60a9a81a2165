"""The whole path to an answer that staff wrote."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest
from sqlmodel import select

from bot.app import App, build_app
from bot.batch import row_of
from bot.conversation.messages import Answer, BlockKind, Chat, Ending, Family, Question, family_of
from bot.conversation.reply import reply_to
from bot.settings import Settings
from bot.web.listing import Wanted, list_procedures
from knowledge.database import open_database
from knowledge.faq.entry import FaqText, code_of
from knowledge.faq.publishing import retire
from knowledge.staff.accounts import Act
from knowledge.starter import publish_starter
from knowledge.tables import Exchange
from staff_people import HOA, OTHER_WARD, PARKING, WARD, publish_faq
from web_app import BIRTH, MovingClock

SATURDAY = FaqText(
    wordings=("Thứ bảy phường có làm việc không", "sáng thứ 7 có ai ở ủy ban không"),
    answer="Thứ Bảy Trung tâm **nghỉ**.\n\n- Nộp trực tuyến được cả ngày nghỉ\n- Xem [lịch](https://example.org/lich)",
    procedures=(BIRTH, "9.999999"),
)
LATE = FaqText(wordings=("làm khai sinh muộn có bị phạt không",), answer="Không bị phạt. " * 40)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    clock, settings = MovingClock(), Settings(data_dir=tmp_path_factory.mktemp("faq"), database_url="", commune="")
    database = open_database(settings.database)
    with database.session() as session:
        publish_starter(session, clock())
    parking = publish_faq(database, PARKING, clock())
    of_ward = msgspec.structs.replace(PARKING, commune=WARD, instead_of=parking, answer="Phường này không có bãi xe.")
    for text in (of_ward, SATURDAY, LATE):
        publish_faq(database, text, clock())
    future = FaqText(wordings=("mấy giờ phát lịch tết",), answer="Tám giờ.", valid_from=date(2027, 1, 1))
    publish_faq(database, future, clock())
    database.close()
    built = build_app(settings, clock)
    yield built
    built.close()


def ask(app: App, text: str, *, commune: str = "", is_group: bool = False, action: str = "") -> Answer:
    chat = Chat("web", f"{text} {commune} {is_group}", is_group=is_group)
    return reply_to(Question(text=text, chat=chat, asked_at=app.clock(), commune=commune, action=action), app)


@pytest.mark.parametrize(
    "text", ["Thứ bảy phường có làm việc không", "thu bay phuong co lam viec khong a", "thứ bảy có làm việc ko"]
)
def test_an_entry_answers_in_its_wordings_and_near_them(app: App, text: str) -> None:
    answer = ask(app, text)
    assert answer.ending is Ending.FAQ
    assert answer.faq == "faq-3"
    assert family_of(answer.ending) is Family.ANSWER


def test_the_answer_shows_the_question_the_words_and_where_they_come_from(app: App) -> None:
    answer = ask(app, "Thứ bảy phường có làm việc không")
    kinds = [block.kind for block in answer.blocks]
    assert kinds == [BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.BULLETS, BlockKind.SOURCE]
    assert answer.blocks[0].plain == SATURDAY.title
    assert answer.blocks[-1].plain == "Thành phố Hải Phòng trả lời, duyệt ngày 22/11/2026"
    urls = [span.url for block in answer.blocks for line in block.lines for span in line if span.url]
    assert urls == ["https://example.org/lich"]


def test_linked_procedures_that_exist_are_offered(app: App) -> None:
    answer = ask(app, "Thứ bảy phường có làm việc không")
    assert [choice.action for choice in answer.choices] == [f"show:{BIRTH}:summary", "officer"]


def test_a_commune_s_own_answer_comes_before_the_city_s(app: App) -> None:
    answers = {commune: ask(app, PARKING.title, commune=commune) for commune in ("", OTHER_WARD, WARD)}
    assert [answers[""].faq, answers[OTHER_WARD].faq, answers[WARD].faq] == ["faq-1", "faq-1", "faq-2"]
    assert "không có bãi xe" in answers[WARD].plain
    assert "Phường" in answers[WARD].blocks[-1].plain


@pytest.mark.parametrize(
    ("text", "ending"),
    [
        ("làm giấy khai sinh cho con cần giấy tờ gì", Ending.PROCEDURE),
        ("đăng ký khai sinh mất bao nhiêu ngày", Ending.ASPECT),
        ("khai sinh", Ending.PROCEDURE),
        ("cảm ơn", Ending.THANKS),
    ],
)
def test_entries_take_no_question_about_a_procedure(app: App, text: str, ending: Ending) -> None:
    answer = ask(app, text)
    assert answer.ending is ending
    assert answer.faq is None
    assert not [code for code in answer.procedures if code.startswith("faq")]


def test_an_entry_is_no_answer_before_its_day(app: App) -> None:
    assert ask(app, "mấy giờ phát lịch tết").faq is None


def test_an_entry_asked_for_in_other_words_is_told_or_offered_and_a_tap_opens_it(app: App) -> None:
    answer = ask(app, "gui xe o dau a")
    assert answer.faq == "faq-1" or "pick:faq-1" in {choice.action for choice in answer.choices}
    assert ask(app, "", action="pick:faq-1").faq == "faq-1"


def test_a_tap_on_an_entry_that_is_gone_ends_politely(app: App) -> None:
    answer = ask(app, "", action="pick:faq-999")
    assert answer.ending is Ending.UNKNOWN
    assert answer.blocks
    assert answer.faq is None


def test_in_a_group_the_answer_is_short(app: App) -> None:
    assert len(ask(app, LATE.title, is_group=True).plain) <= 360
    assert ask(app, PARKING.title, is_group=True).plain == "Có, bãi xe ở cổng sau."


def test_batch_and_record_name_the_entry(app: App) -> None:
    answer = ask(app, PARKING.title)
    assert row_of(answer)["faq"] == "faq-1"
    assert row_of(answer)["family"] == "answer"
    with app.database.session() as session:
        stored = session.exec(select(Exchange).where(Exchange.question == PARKING.title)).all()
    assert {each.faq for each in stored} >= {"faq-1"}


def test_entries_stand_in_no_list_of_procedures(app: App) -> None:
    index = app.library.index
    for wanted in (Wanted(query="gửi xe ở đâu"), Wanted()):
        assert not [entry for entry in list_procedures(index, wanted).entries if entry.code.startswith("faq")]
    assert not [entry for entry in index.held if entry.is_faq]


def test_a_retired_entry_answers_nobody(tmp_path: Path) -> None:
    clock, settings = MovingClock(), Settings(data_dir=tmp_path, database_url="", commune="")
    app = build_app(settings, clock)
    number = publish_faq(app.database, PARKING, clock())
    app.library.refresh(clock())
    assert ask(app, PARKING.title).faq == code_of(number)
    with app.database.session(writing=True) as session:
        retire(session, number, "đã bỏ bãi xe", Act(HOA, clock()))
    app.library.refresh(clock())
    assert ask(app, PARKING.title).faq is None
    app.close()


def test_markup_in_an_entry_reaches_no_channel_as_code(app: App) -> None:
    hostile = FaqText(
        wordings=("chỗ nào phát <b>áo mưa</b> [x](y) {{ 7*7 }}",),
        answer="<b>x</b> {{ 7*7 }} [a](https://x.vn)",
    )
    publish_faq(app.database, hostile, app.clock())
    app.library.refresh(app.clock())
    answer = ask(app, hostile.title)
    assert answer.blocks[0].plain == hostile.title
    assert "{{ 7*7 }}" in answer.plain
