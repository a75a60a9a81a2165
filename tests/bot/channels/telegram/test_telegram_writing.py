"""Answers as Telegram messages: never refused for their form, whatever they hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.writing import MOST_UNITS, pieces, units
from bot.conversation.messages import Answer, Block, BlockKind, Choice, Ending, Span


def answer(*blocks: Block, choices: tuple[Choice, ...] = ()) -> Answer:
    return Answer(ending=Ending.PROCEDURE, blocks=blocks, choices=choices)


def paragraph(*lines: str) -> Block:
    return Block(BlockKind.PARAGRAPH, tuple((Span(line),) for line in lines))


def test_leaves_are_escaped_and_styles_are_tags() -> None:
    block = Block(
        BlockKind.PARAGRAPH, ((Span("<xã> & "), Span("đậm", bold=True), Span("trang", url="https://a.vn/?a=1&b")),)
    )
    (piece,) = pieces(answer(Block(BlockKind.HEADING, ((Span("Tên"),),)), block))
    assert piece.html == ('<b>Tên</b>\n\n&lt;xã&gt; &amp; <b>đậm</b><a href="https://a.vn/?a=1&amp;b">trang</a>')
    assert piece.plain == "Tên\n\n<xã> & đậmtrang"


def test_a_long_answer_is_cut_at_block_borders_with_its_buttons_last() -> None:
    choice = Choice(label="Các bước", action="show:1.001193:steps")
    parts = pieces(answer(*(paragraph(f"{at} " + "chữ " * 400) for at in range(5)), choices=(choice,)))
    assert [piece.plain.split()[0] for piece in parts] == ["0", "2", "4"]
    assert [piece.choices for piece in parts] == [(), (), (choice,)]


def test_a_block_too_long_is_cut_at_its_lines_then_at_sentences() -> None:
    lines = pieces(answer(paragraph("a" * 3_000, "b" * 3_000)))
    assert [piece.plain[0] for piece in lines] == ["a", "b"]
    sentences = pieces(answer(paragraph("Câu này dài. " * 1_000)))
    assert all(piece.plain.endswith(".") for piece in sentences)


@given(st.lists(st.text(min_size=1, max_size=9_000), min_size=1, max_size=4))
def test_no_text_makes_a_message_too_long(texts: list[str]) -> None:
    for piece in pieces(answer(*map(paragraph, texts))):
        assert units(piece.html) <= MOST_UNITS


def test_emoji_count_twice() -> None:
    assert units("<b>🙏</b>&amp;") == 3


@pytest.mark.parametrize(
    "choice",
    [
        Choice(label="quá dài", action="show:" + "1" * 60),
        Choice(label="trong nhà", url="http://localhost:8080/tthc"),
        Choice(label="lạ", url="javascript:alert(1)"),
        Choice(label="không gì"),
    ],
    ids=["more than 64 bytes", "an address inside the house", "another scheme", "nothing"],
)
def test_a_button_telegram_would_refuse_is_left_out(choice: Choice) -> None:
    (piece,) = pieces(answer(paragraph("x"), choices=(choice,)))
    assert piece.rows == ()


def test_short_buttons_stand_beside_each_other() -> None:
    labels = ["Lệ phí", "Các bước", "Nộp ở Trung tâm Phục vụ", "Hỏi cán bộ"]
    choices = tuple(Choice(label=label, action="officer") for label in labels)
    (piece,) = pieces(answer(paragraph("x"), choices=choices))
    assert [[choice.label for choice in row] for row in piece.rows] == [labels[:2], labels[2:3], labels[3:]]
