"""Answers as plain messages: within the limit, nothing lost, choices by the numbers that memory knows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.zalo.writing import MOST_UNITS, menu_of, page_of, pieces, units
from bot.conversation.messages import Answer, Block, BlockKind, Choice, Ending, Span

PAGE = "https://motcua.example.vn/tthc/1.001193"


def block(*lines: str, kind: BlockKind = BlockKind.PARAGRAPH) -> Block:
    return Block(kind, tuple((Span(line),) for line in lines))


HEADING = block("Đăng ký khai sinh", kind=BlockKind.HEADING)
BULLETS = block("Tờ khai", "Giấy chứng sinh 🙏", kind=BlockKind.BULLETS)
LONG = tuple(block(f"Đoạn {number}. " + "giấy tờ " * 60) for number in range(8))
CHOICES = (
    Choice(label="Nộp trực tuyến", url="https://dichvucong.gov.vn/x"),
    Choice(label="Lệ phí", action="show:1.001193:fee"),
)


def answer(*blocks: Block, ending: Ending = Ending.PROCEDURE, choices: tuple[Choice, ...] = ()) -> Answer:
    return Answer(ending=ending, blocks=blocks, choices=choices, procedures=("1.001193",))


def test_headings_are_bold_by_place_and_length_in_utf_16() -> None:
    (piece,) = pieces([block("🙏"), HEADING, Block(BlockKind.PARAGRAPH, ((Span("Phí: "), Span("0 đồng", bold=True)),))])
    assert piece.text == "🙏\n\nĐăng ký khai sinh\n\nPhí: 0 đồng"
    assert piece.bold == ((4, 17), (28, 6))


def test_addresses_stand_bare_behind_their_words() -> None:
    spans = (Span("Mẫu đơn", url="https://a.vn/m.docx"), Span("; "), Span("a.vn", url="https://a.vn"))
    (piece,) = pieces([Block(BlockKind.PARAGRAPH, (spans,))])
    assert piece.text == "Mẫu đơn (https://a.vn/m.docx); a.vn"


def test_nothing_to_say_is_no_message() -> None:
    assert pieces([], menu_of(answer(choices=CHOICES))) == ()


def test_choices_bear_the_numbers_of_their_order() -> None:
    (piece,) = pieces([HEADING], menu_of(answer(choices=CHOICES)))
    assert piece.text.endswith("1. Nộp trực tuyến: https://dichvucong.gov.vn/x\n2. Lệ phí")


def test_choices_that_the_text_numbers_are_not_listed_again() -> None:
    choices = (Choice(label="Trẻ mới sinh", action="pick:1.001193"), Choice(label="Hỏi cán bộ", action="officer"))
    lines = [piece.text for piece in pieces([HEADING], menu_of(answer(ending=Ending.CHOICE, choices=choices)))]
    assert "Trẻ mới sinh" not in lines[0]
    assert lines[0].endswith("2. Hỏi cán bộ")


def test_a_link_alone_bears_no_number() -> None:
    (piece,) = pieces([HEADING], menu_of(answer(choices=(Choice(label="Hỏi riêng", url="https://zalo.me/1"),))))
    assert piece.text.endswith("\n\nHỏi riêng: https://zalo.me/1")


def test_in_a_group_one_is_told_to_reply() -> None:
    assert "reply" in pieces([HEADING], menu_of(answer(choices=CHOICES), is_group=True))[0].text


def test_what_is_too_long_leads_to_its_page_and_keeps_its_menu() -> None:
    (piece,) = pieces([HEADING, *LONG], menu_of(answer(choices=CHOICES)), PAGE)
    assert units(piece.text) <= MOST_UNITS
    assert PAGE in piece.text
    assert piece.text.endswith("2. Lệ phí")
    assert "Đoạn 2" in piece.text


def test_without_a_page_it_comes_in_several_messages_with_the_menu_last() -> None:
    found = pieces([HEADING, *LONG], menu_of(answer(choices=CHOICES)))
    assert len(found) > 1
    assert all(units(piece.text) <= MOST_UNITS for piece in found)
    assert all(f"Đoạn {number}" in "".join(piece.text for piece in found) for number in range(8))
    assert found[-1].text.endswith("2. Lệ phí")


def test_one_endless_line_is_cut_between_words_and_no_address_in_two() -> None:
    address = "https://example.vn/" + "a" * 200
    found = pieces([block(f"{'chữ ' * 450}{address} {'sau ' * 400}")])
    assert len(found) > 1
    assert any(address in piece.text for piece in found)


@pytest.mark.parametrize("text", ["🙏" * 5_000, "x" * 9_000], ids=["pairs of surrogates", "one word"])
def test_a_word_without_end_is_cut_all_the_same(text: str) -> None:
    found = pieces([block(text)])
    assert "".join(piece.text for piece in found) == text
    assert all(units(piece.text) <= MOST_UNITS for piece in found)


@given(st.lists(st.text(min_size=1, max_size=3_000), max_size=6))
def test_no_message_is_longer_than_zalo_takes(texts: list[str]) -> None:
    for piece in pieces([block(text) for text in texts], menu_of(answer(choices=CHOICES))):
        assert units(piece.text) <= 2_000


@pytest.mark.parametrize(
    ("ending", "public_url", "page"),
    [
        (Ending.PROCEDURE, "https://motcua.example.vn/", PAGE),
        (Ending.ASPECT, "https://motcua.example.vn", PAGE),
        (Ending.PROCEDURE, "", ""),
        (Ending.CHOICE, "https://motcua.example.vn", ""),
    ],
)
def test_the_page_is_that_of_the_procedure_answered(ending: Ending, public_url: str, page: str) -> None:
    assert page_of(answer(ending=ending), public_url) == page
