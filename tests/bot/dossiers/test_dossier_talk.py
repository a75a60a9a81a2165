"""Dossiers in conversation: from a message to what a citizen reads and what is stored of it."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlmodel import select

from bot.app import App, build_app
from bot.conversation.messages import Answer, Chat, Ending, Family, Question, family_of
from bot.conversation.reply import reply_to
from bot.settings import Settings
from knowledge.dossiers.dossier import Entry
from knowledge.dossiers.factors import Keys
from knowledge.dossiers.ledger import Update, save
from knowledge.tables import Exchange
from web_app import MovingClock

SECRET = "for tests only"
CODE, PAYING, DONE, SILENT = (f"H24.999-261110-{number:04}" for number in (1, 2, 3, 4))
PHONE, RIGHT = "0000001234", "1234"
CHATS = count()
DOSSIERS = (
    Entry(
        system="Một cửa TP",
        code=CODE,
        status=5,
        due="2026-11-27T09:00",
        requested="2026-11-12T08:00",
        agency="UBND xã Ví Dụ",
        procedure="Cấp Giấy xác nhận tình trạng hôn nhân",
        to_add=("Bản sao <sổ> & giấy *hẹn*",),
        updated="2026-11-22T08:00",
        factors=Keys(SECRET).factors_of(CODE, PHONE),
    ),
    Entry(code=PAYING, status=6, due="2026-11-20", to_pay=("Lệ phí: 8.000 đồng",), procedure="Cấp đổi"),
    Entry(code=DONE, status=9, due="2026-11-20T17:00", finished="2026-11-19T10:00", agency="Sở Xây dựng"),
    Entry(code=SILENT, status_raw="Chờ họp hội đồng", due="2026-11-01"),
)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    clock = MovingClock()
    folder: Path = tmp_path_factory.mktemp("dossier-talk")
    built = build_app(Settings(data_dir=folder, secret=SECRET, public_url="https://motcua.example"), clock)
    with built.database.session() as session:
        save(session, [Update(entries=(entry,)) for entry in DOSSIERS], clock())
    yield built
    built.close()


class Talk:
    def __init__(self, app: App, *, is_group: bool = False) -> None:
        self.app, self.chat = app, Chat("test", f"talk-{next(CHATS)}", is_group=is_group)

    def say(self, text: str, action: str = "") -> Answer:
        return reply_to(Question(text=text, chat=self.chat, asked_at=self.app.clock(), action=action), self.app)

    def tap(self, answer: Answer, label: str) -> Answer:
        choice = next(choice for choice in answer.choices if choice.label == label)
        return self.say(choice.label, choice.action)


@pytest.fixture
def talk(app: App) -> Talk:
    return Talk(app)


@pytest.mark.parametrize("asked", ["bao giờ có kết quả", "còn mấy ngày nữa ạ", "giờ tôi phải làm gì", "trễ hạn chưa"])
def test_what_is_asked_on_after_a_dossier_is_about_it(asked: str, talk: Talk) -> None:
    told = talk.say(CODE)
    assert talk.say(asked).plain == told.plain


def test_what_names_a_procedure_after_a_dossier_is_about_the_procedure(talk: Talk) -> None:
    talk.say(CODE)
    assert family_of(talk.say("đăng ký khai sinh mất bao lâu").ending) is not Family.DOSSIER
    assert family_of(talk.say("bao giờ có kết quả").ending) is not Family.DOSSIER


def test_the_code_is_asked_for_and_then_the_state_is_told(talk: Talk) -> None:
    assert talk.say("hồ sơ của tôi tới đâu rồi").ending is Ending.DOSSIER_CODE
    told = talk.say("h24 999 261110 0001")
    assert told.ending is Ending.DOSSIER_TOLD
    assert family_of(told.ending) is Family.DOSSIER
    for said in (
        f"Hồ sơ {CODE}",
        "Đang chờ bạn: bổ sung giấy tờ (từ 12/11/2026).",
        "Hẹn trả: 9 giờ, thứ Sáu 27/11/2026, còn 5 ngày. Thời gian chờ bạn thường không tính vào hạn.",
        "Nơi giải quyết: UBND xã Ví Dụ.",
        "Cập nhật 08:00 22/11/2026, theo Một cửa TP",
    ):
        assert said in told.plain
    assert "hôn nhân" not in told.plain
    assert "sổ" not in told.plain


def test_what_to_add_takes_the_four_digits_and_is_shown_as_it_is(talk: Talk) -> None:
    asked = talk.tap(talk.say(CODE), "Xem cần bổ sung gì")
    assert asked.ending is Ending.DOSSIER_FACTOR
    assert talk.say("9999").ending is Ending.DOSSIER_MISSING
    told = talk.say("4 số cuối là 1234 nhé")
    assert "Bản sao <sổ> & giấy *hẹn*" in told.plain
    assert "xác nhận tình trạng hôn nhân" in told.plain
    assert talk.tap(told, "Báo cho tôi khi có thay đổi").plain.count("Sẽ báo khi hồ sơ có thay đổi") == 1


def test_the_digits_alone_mean_nothing_where_nobody_asked_for_them(talk: Talk) -> None:
    talk.say(CODE)
    assert talk.say("1234").ending is not Ending.DOSSIER_TOLD


@pytest.mark.parametrize(
    ("code", "said"),
    [
        pytest.param(PAYING, "Đang chờ bạn: nộp thuế, phí hoặc lệ phí", id="to pay"),
        pytest.param(DONE, "Đã có kết quả: bạn chưa nhận (từ 19/11/2026)", id="done"),
        pytest.param(DONE, "Xong 19/11/2026, sớm hơn ngày hẹn 20/11/2026", id="early"),
        pytest.param(SILENT, "Cơ quan ghi: “Chờ họp hội đồng”", id="a word nobody mapped"),
        pytest.param(SILENT, "đã qua. Sổ chưa ghi ngày xong", id="due passed, nobody says more"),
        pytest.param("H24.999-261110-0999", "Chưa tìm thấy hồ sơ khớp", id="unknown"),
    ],
)
def test_every_state_is_told_in_plain_words(code: str, said: str, app: App) -> None:
    assert said in Talk(app).say(f"hồ sơ {code} xong chưa").plain


def test_amounts_wait_for_the_factor(talk: Talk) -> None:
    assert "8.000" not in talk.say(PAYING).plain


def test_in_a_group_nothing_is_told_and_the_private_chat_is_offered(app: App) -> None:
    answer = Talk(app, is_group=True).say(f"hồ sơ {CODE} tới đâu rồi")
    assert answer.ending is Ending.DOSSIER_PRIVATE
    assert CODE not in answer.plain
    assert [choice.url for choice in answer.choices] == ["https://motcua.example"]


def test_neither_the_code_nor_the_digits_are_stored(app: App) -> None:
    talk = Talk(app)
    talk.tap(talk.say(f"tra giúp {CODE}"), "Xem cần bổ sung gì")
    talk.say("1234")
    with app.database.session() as session:
        rows = session.exec(select(Exchange)).all()[-3:]
    stored = " ".join(f"{row.question} {row.action} {row.shown}" for row in rows)
    assert "H24.999-261110-****" in stored
    assert CODE not in stored
    assert "1234" not in stored


def test_after_another_subject_the_digits_are_not_waited_for_any_more(talk: Talk) -> None:
    talk.tap(talk.say(CODE), "Xem cần bổ sung gì")
    talk.say("đăng ký khai sinh cần giấy tờ gì")
    assert talk.say("1234").ending not in {Ending.DOSSIER_TOLD, Ending.DOSSIER_MISSING}


def test_half_a_code_after_it_was_asked_for_gets_a_word_about_what_is_missing(talk: Talk) -> None:
    talk.say("hồ sơ của tôi tới đâu rồi")
    answer = talk.say("24.999-261110-0001")
    assert answer.ending is Ending.DOSSIER_CODE
    assert "thiếu chữ cái" in answer.plain


@pytest.mark.parametrize("action", ["follow:", "follow:H24", "dossier_more:xxx", "dossier::", "unfollow:1.001193"])
def test_a_forged_button_is_asked_for_its_code(action: str, talk: Talk) -> None:
    assert talk.say("Xem", action).ending is Ending.DOSSIER_CODE


def test_two_codes_in_one_message_are_both_offered(talk: Talk) -> None:
    answer = talk.say(f"{CODE} và {DONE} tới đâu")
    assert answer.ending is Ending.DOSSIER_TOLD
    assert talk.tap(answer, f"Xem hồ sơ {DONE}").plain.startswith(f"Hồ sơ {DONE}")
