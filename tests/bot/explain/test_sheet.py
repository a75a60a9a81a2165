"""Tables of plain text, as a terminal shows them."""

from io import StringIO

import pytest
from rich.console import Console

from bot.explain.sheet import Sheet, changed, table_of


def printed(sheet: Sheet, width: int = 80) -> str:
    out = StringIO()
    Console(file=out, width=width).print(table_of(sheet))
    return out.getvalue()


def test_a_sheet_has_its_title_its_headings_and_its_rows() -> None:
    lines = printed(Sheet("words", ("word", "weight"), (("khai", "1.2"), ("sinh", "2.0")))).splitlines()
    assert lines[0].split() == ["words"]
    assert lines[1].split() == ["word", "weight"]
    assert [line.split() for line in lines[3:5]] == [["khai", "1.2"], ["sinh", "2.0"]]


def test_brackets_that_a_person_typed_stay_brackets() -> None:
    assert "[bold]x[/]" in printed(Sheet("t", ("a",), (("[bold]x[/]",),)))


def test_nothing_is_cut_on_a_narrow_terminal() -> None:
    text = "giấy tờ cần thiết " * 8
    shown = printed(Sheet("t", ("a", "b"), (("x", text),)), width=40)
    assert shown.split().count("thiết") == 8


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("a b c", "a b c", ""),
        ("a dc c", "a được c", "dc → được"),
        ("cccd", "căn cước công dân", "cccd → căn cước công dân"),
        ("kh ai sinh", "khai sinh", "kh ai → khai"),
        ("a b", "a", "b → (nothing)"),
        ("a", "a b", "(nothing) → b"),
        ("k a j", "không a gì", "k → không; j → gì"),
    ],
    ids=["nothing", "one", "longer", "joined", "left out", "added", "two places"],
)
def test_changes_are_told_by_the_words_that_changed(before: str, after: str, says: str) -> None:
    assert changed(before.split(), after.split()) == says
