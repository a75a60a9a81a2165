"""Whether words ask, to whom they speak, and what an administrator orders."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.group_commands import Command, Order, command_in
from bot.conversation.group_words import (
    Ask,
    ask_in,
    calls_by_name,
    handles_in,
    is_nudge,
    looks_back,
    without_placeholders,
)

QUESTIONS = [
    "đăng ký nuôi trâu cần giấy tờ gì ạ",
    "dang ky nuoi trau o dau vay ca nha",
    "nuôi trâu có phải xin phép không",
    "nuôi trâu phải xin phép ko ạ",
    "nộp ở xã hay lên huyện",
    "sửa tên trong giấy đăng ký sao ta",
    "bao lâu thì có kết quả",
    "cho em hỏi đăng ký nuôi trâu",
    "cho xin mẫu đơn nuôi trâu với",
    "phải báo ai ạ",
    "đăng ký nuôi trâu?",
]
WISHES = ["em muốn đăng ký nuôi trâu", "em cần giấy phép nuôi trâu để đi xa ạ", "em muon nuoi trau"]
STATEMENTS = [
    "trâu nhà em to lắm",
    "không thế thì thôi",
    "căn cước ghi đúng mà sổ lại sai",  # "căn" is not "cần"
    "đầu năm nhà em nuôi trâu",  # "đầu" is not "đâu"
    "hay quá ạ",
    "nhà em có 3 con ạ",
    "bản sao",
]


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_question_is_told_by_its_words(text: str) -> None:
    assert ask_in(text) is Ask.QUESTION


@pytest.mark.parametrize("text", WISHES)
def test_a_wish_is_less_than_a_question(text: str) -> None:
    assert ask_in(text) is Ask.WISH


@pytest.mark.parametrize("text", STATEMENTS)
def test_a_statement_asks_nothing(text: str) -> None:
    assert ask_in(text) is Ask.NOTHING


@pytest.mark.parametrize("text", ["chị Hạnh ơi giúp em", "chú Ba ơi", "bác Văn Tư ơi cho cháu hỏi", "chi Hanh oi"])
def test_a_name_before_a_call_is_somebody(text: str) -> None:
    assert calls_by_name(text)


@pytest.mark.parametrize(
    "text",
    ["anh chị ơi", "các bác ơi cho hỏi", "cán bộ ơi", "mọi người ơi", "bà con ơi", "chị nào biết không", "ad ơi"],
)
def test_a_call_to_all_is_nobody(text: str) -> None:
    assert not calls_by_name(text)


@pytest.mark.parametrize(
    "text", ["ai biết không ạ", "?", "??", "có ai biết không mọi người", "trả lời giúp em với", "up"]
)
def test_a_nudge_asks_for_an_answer_to_what_was_said(text: str) -> None:
    assert is_nudge(text)


@pytest.mark.parametrize("text", ["", "đăng ký nuôi trâu ở đâu", "trâu ai", "👍"])
def test_other_words_are_no_nudge(text: str) -> None:
    assert not is_nudge(text)


@pytest.mark.parametrize("text", ["trả lời giúp câu trên", "trả lời câu nuôi trâu của tôi với", "câu này thì sao bot"])
def test_looking_back_points_to_what_was_said(text: str) -> None:
    assert looks_back(text)


def test_pictures_and_stickers_are_no_words() -> None:
    assert without_placeholders("[ảnh] giấy hẹn [sticker]") == "giấy hẹn"
    assert without_placeholders("[ảnh]") == ""


def test_handles_are_names_but_addresses_of_mail_are_not() -> None:
    assert handles_in("@hang_01 ơi gửi mail a@b.vn cho @tu") == ("hang_01", "tu")


@given(st.text(max_size=300))
def test_no_text_makes_the_words_fail(text: str) -> None:
    assert ask_in(text) in Ask
    assert {is_nudge(text), looks_back(text), calls_by_name(text)} <= {True, False}
    command_in(text, calls_us=True)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("im lặng trong 30 phút để cán bộ trả lời nhé", Command(Order.QUIET, timedelta(minutes=30))),
        ("im lang 2 tieng", Command(Order.QUIET, timedelta(hours=2))),
        ("bot tạm dừng nhé", Command(Order.QUIET)),
        ("chỉ trả lời khi được gọi tên nhé", Command(Order.ONLY_CALLED)),
        ("hoạt động lại từ bây giờ", Command(Order.AGAIN)),
        ("tiếp tục trả lời đi", Command(Order.AGAIN)),
        ("tóm tắt câu hỏi hôm nay giúp anh", None),
        ("thủ tục đăng ký nuôi trâu", None),
    ],
)
def test_orders_of_an_administrator(text: str, command: Command | None) -> None:
    assert command_in(text, calls_us=True) == command


def test_an_order_must_be_for_us() -> None:
    assert command_in("cả nhóm im lặng nhé", calls_us=False) is None
    assert command_in("bot im lặng nhé", calls_us=False) == Command(Order.QUIET)
