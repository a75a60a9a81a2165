"""The tiny markup: what it becomes, and that no value can make any."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.markup import escape, parse
from bot.conversation.messages import Block, BlockKind, Span

HOSTILE = [
    "<xã> & *đậm* _nghiêng_ [nhãn]",
    "**bold**",
    "[label](https://example.org)",
    "# heading",
    "• bullet",
    "~ source",
    "\\",
    "a\\*b\\",
    "((",
    "]](",
    "**",
    "*",
    "[",
    "dòng một\n# dòng hai",
    "một\u2028hai",
]
PLACES = [
    "%s",
    "trước %s sau",
    "# %s",
    "• %s",
    "~ %s",
    "**%s**",
    "[%s](https://example.org)",
    "[nhãn](%s)",
    "%s[nhãn](https://example.org)",
    "%s**đậm**",
    "**đậm**%s",
]


def said(blocks: tuple[Block, ...]) -> str:
    return "".join(span.text + span.url for block in blocks for line in block.lines for span in line)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("# Đăng ký khai sinh", BlockKind.HEADING),
        ("• Tờ khai", BlockKind.BULLETS),
        ("~ Theo Quyết định 163", BlockKind.SOURCE),
        ("Lệ phí: 0 đồng", BlockKind.PARAGRAPH),
        ("#không có dấu cách", BlockKind.PARAGRAPH),
    ],
)
def test_the_mark_at_the_beginning_of_a_line_says_its_kind(text: str, kind: BlockKind) -> None:
    (block,) = parse(text)
    assert block.kind is kind


def test_neighbouring_bullets_make_one_block() -> None:
    (block,) = parse("• một\n• hai")
    assert block.plain == "• một\n• hai"


def test_neighbouring_lines_of_text_make_one_paragraph() -> None:
    (block,) = parse("Lệ phí: 0 đồng\nBao lâu: 3 ngày")
    assert block.kind is BlockKind.PARAGRAPH
    assert len(block.lines) == 2


def test_an_empty_line_parts_blocks() -> None:
    assert [block.plain for block in parse("một\n\nhai\n\n\n• ba\n\n• bốn")] == ["một", "hai", "• ba", "• bốn"]


def test_headings_and_sources_never_grow_together() -> None:
    assert [block.plain for block in parse("# một\n# hai\n~ ba\n~ bốn")] == ["một", "hai", "ba", "bốn"]


def test_bold_and_links_stand_inside_any_line() -> None:
    (block,) = parse("• **Lệ phí:** xem [trang](https://example.org/a_b?c=d) nhé")
    assert block.lines == (
        (
            Span("Lệ phí:", bold=True),
            Span(" xem "),
            Span("trang", url="https://example.org/a_b?c=d"),
            Span(" nhé"),
        ),
    )


@pytest.mark.parametrize("text", ["", "\n\n", "   \n\t\n"])
def test_nothing_gives_no_blocks(text: str) -> None:
    assert parse(text) == ()


@pytest.mark.parametrize("text", ["**chưa đóng", "[chưa](đóng", "[không có địa chỉ]", "a * b ** c"])
def test_unfinished_markup_is_text(text: str) -> None:
    assert said(parse(text)) == text


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("place", PLACES)
def test_an_escaped_value_comes_out_as_it_went_in_and_makes_nothing(value: str, place: str) -> None:
    ordinary, hostile = parse(place % "giá trị"), parse(place % escape(value))
    assert said(hostile) == said(ordinary).replace("giá trị", " ".join(value.split()))
    assert [(block.kind, len(block.lines)) for block in hostile] == [
        (block.kind, len(block.lines)) for block in ordinary
    ]


@given(st.text())
def test_no_text_breaks_out_of_a_bullet(value: str) -> None:
    blocks = parse(f"• {escape(value)} hết")
    assert len(blocks) == 1
    assert blocks[0].kind is BlockKind.BULLETS
    assert said(blocks) == " ".join([*value.split(), "hết"])


@given(st.text())
def test_parsing_never_fails(text: str) -> None:
    parse(text)


def test_a_number_is_escaped_like_a_text() -> None:
    assert escape(8) == "8"
