"""Cells as they stand in a grid, and texts that a line, row or page break cut apart."""

import pytest

from catalogue_import.formats.decision.blocks import Cell, is_cut_word, joined
from grids import table_of


@pytest.mark.parametrize(
    ("text", "more", "whole"),
    [
        pytest.param("Đăng ký", "khai sinh", "Đăng ký khai sinh", id="two words"),
        pytest.param("34/2025/NQ-", "HĐND", "34/2025/NQ-HĐND", id="the number of a law after its hyphen"),
        pytest.param("Nghị định số 34/", "2025/NĐ-CP", "Nghị định số 34/2025/NĐ-CP", id="after its stroke"),
        pytest.param("Trung tâm A", "- Trung tâm B", "Trung tâm A\n- Trung tâm B", id="a bullet begins a line"),
        pytest.param("Luật số 1 -", "Luật số 2", "Luật số 1 - Luật số 2", id="a hyphen between words"),
        pytest.param("", "khai sinh", "khai sinh", id="nothing before"),
        pytest.param("Đăng ký", "", "Đăng ký", id="nothing behind"),
    ],
)
def test_two_pieces_of_one_text(text: str, more: str, whole: str) -> None:
    assert joined(text, more) == whole


@pytest.mark.parametrize(
    ("text", "is_cut"), [("NQ-", True), ("34/", True), ("số 1 -", False), ("-", False), ("", False), ("HĐND", False)]
)
def test_words_that_go_on_in_the_next_line(text: str, is_cut: bool) -> None:
    assert is_cut_word(text) is is_cut


def test_a_cell_that_goes_on_lends_and_takes_the_text_of_the_first() -> None:
    first, second, third = Cell("Đăng ký"), Cell("khai"), Cell("sinh")
    second.continues, third.continues = first, second
    third.add("khai sinh")
    assert (third.root, first.text, second.full_text) == (first, "Đăng ký khai sinh", "Đăng ký khai sinh")


def test_a_row_tells_its_own_cells_from_those_that_hang_down() -> None:
    table = table_of(["1", "A", "<", ""], ["^", "2", "3", ""])
    first, second = table.rows
    assert [cell.text for cell in first.own] == ["1", "A"]
    assert [cell.text for cell in second.own] == ["2", "3"]
    assert [cell.text for cell in second.filled] == ["1", "2", "3"]
    assert table.width == 4
