"""Tables without lines in a PDF: read where columns and rows are clear, else every code is reported as not read."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from catalogue_import.decision_file import Place
from catalogue_import.formats.decision.open_tables import OpenTables
from catalogue_import.formats.decision.page_bands import bands_of, text_of
from catalogue_import.formats.decision.page_columns import Column, columns_of, overlapped, place_of, stretches
from decision_makers import decision, has_font, make_pdf, make_word, read_file
from random_decisions import RandomDecision, found, wanted

Word = dict[str, Any]
Line = str | float | tuple[str, ...]
STEP, HIGH = 10.0, 8.0  # points
LEFTS = (0.0, 40.0, 110.0, 220.0)  # of columns


def words(line: str, at: float, left: float = 0.0) -> list[Word]:
    """Each letter five points wide, a space three: two spaces and more part columns."""
    made, x = [], left
    for part in line.split(" "):
        if part:
            made.append({"text": part, "x0": x, "x1": x + 5 * len(part), "top": at, "bottom": at + HIGH})
        x += 5 * len(part) + 3
    return made


def page(*lines: Line) -> list[Word]:
    """Lines at a step from each other, in columns or across them; a number is a gap before the next one."""
    made: list[Word] = []
    at = 100.0
    for line in lines:
        if isinstance(line, float):
            at += line
            continue
        cells = (line,) if isinstance(line, str) else line
        made += [word for cell, left in zip(cells, LEFTS, strict=False) for word in words(cell, at, left)]
        at += STEP
    return made


def plain(mine: Sequence[Word], _box: object) -> str:
    return text_of(mine)


def texts(taken: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for _, table in taken.tables for row in table.rows]


HEADING = ("TT", "Mã", "Tên thủ tục", "Thời hạn")
ONE = ("1.", "1.000001", "Khai sinh", "05 ngày")
TWO = ("2.", "1.000002", "Khai tử", "03 ngày")


def test_rows_with_a_gap_between_them_are_read() -> None:
    taken = OpenTables(plain).take(page(HEADING, 8.0, ONE, 8.0, TWO), Place(page=2))
    assert taken.left == []
    assert texts(taken)[-2:] == [["1.", "1.000001", "Khai sinh", "05 ngày"], ["2.", "1.000002", "Khai tử", "03 ngày"]]
    assert taken.tables[0][1].rows[0].where == Place(page=2)


def test_rows_without_gaps_begin_with_their_codes() -> None:
    lines = (ONE, ("", "", "cho con"), TWO, ("", "", "của bố"))
    rows = texts(OpenTables(plain).take(page(HEADING, 8.0, *lines), Place()))
    assert [row[2] for row in rows[-2:]] == ["Khai sinh cho con", "Khai tử của bố"]


def test_where_a_code_stands_in_the_middle_of_its_row_nothing_is_guessed() -> None:
    lines = (("", "", "Khai sinh"), ONE, ("", "", "cho con"), ("", "", "Khai tử"), TWO)
    taken = OpenTables(plain).take(page(HEADING, 8.0, *lines), Place())
    assert taken.tables == []
    assert "1.000001" in text_of(taken.left)


@pytest.mark.parametrize(
    ("wide", "cells"),
    [
        ("A DANH MỤC THỦ TỤC HÀNH CHÍNH BAN HÀNH MỚI", [("A", 1), ("DANH MỤC THỦ TỤC HÀNH CHÍNH BAN HÀNH MỚI", 3)]),
        ("LĨNH VỰC HỘ TỊCH VÀ CHỨNG THỰC", [("LĨNH VỰC HỘ TỊCH VÀ CHỨNG THỰC", 4)]),
    ],
    ids=["its number apart", "over all"],
)
def test_a_heading_between_rows_goes_over_the_columns(wide: str, cells: list[tuple[str, int]]) -> None:
    ((_, table),) = OpenTables(plain).take(page(HEADING, 8.0, wide, 8.0, ONE, 8.0, TWO), Place()).tables
    assert [(cell.text, cell.columns) for cell in table.rows[2].own] == cells


def test_a_table_goes_on_over_a_page_without_its_heading() -> None:
    tables = OpenTables(plain)
    tables.take(page(HEADING, 8.0, ONE, 8.0, TWO), Place(page=1))
    more = tables.take(page(("3.", "1.000003", "Kết hôn", "01 ngày")), Place(page=2))
    assert texts(more) == [["3.", "1.000003", "Kết hôn", "01 ngày"]]


def test_headings_at_the_foot_of_a_page_are_rows_for_the_next_one() -> None:
    foot = (HEADING, 16.0, ("", "", "C. DANH MỤC"), ("", "", "TTHC BỊ BÃI BỎ"), 16.0, "LĨNH VỰC HỘ TỊCH VÀ CHỨNG THỰC")
    taken = OpenTables(plain).take(page(HEADING, 8.0, ONE, 8.0, TWO, 16.0, *foot), Place())
    assert taken.left == []
    assert texts(taken)[-2][2] == "C. DANH MỤC TTHC BỊ BÃI BỎ"
    assert texts(taken)[-1] == ["LĨNH VỰC HỘ TỊCH VÀ CHỨNG THỰC"] * 4


def test_a_heading_with_a_section_right_below_it_has_the_columns_of_before() -> None:
    tables = OpenTables(plain)
    tables.take(page(HEADING, 8.0, ONE, 8.0, TWO), Place(page=1))
    more = tables.take(page(HEADING, ("", "", "B. DANH MỤC TTHC MỚI"), 16.0, "LĨNH VỰC HỘ TỊCH"), Place(page=2))
    assert more.left == []
    assert texts(more)[0][2] == "Tên thủ tục B. DANH MỤC TTHC MỚI"


def test_what_stands_far_below_the_last_row_is_no_part_of_it() -> None:
    taken = OpenTables(plain).take(page(HEADING, 8.0, ONE, 8.0, TWO, 60.0, ("", "", "CHỦ TỊCH")), Place())
    assert text_of(taken.left) == "CHỦ TỊCH"


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param((HEADING, 8.0, ONE), id="one code shows no columns"),
        pytest.param(("TT Mã Tên", 8.0, "1. 1.000001 Một", 8.0, "2. 1.000002 Hai"), id="no white between columns"),
        pytest.param(("Điều 1. Công bố các thủ tục 1.000001 và 1.000002.",), id="codes in a sentence"),
        pytest.param((), id="an empty page"),
    ],
)
def test_what_is_no_clear_table_stays_text(lines: tuple[Line, ...]) -> None:
    taken = OpenTables(plain).take(page(*lines), Place())
    assert (taken.tables, len(taken.left)) == ([], len(page(*lines)))


def test_lines_are_parted_where_the_step_is_wider_than_usual() -> None:
    found_bands = bands_of(page("một", "hai", 6.0, "ba", "bốn", 30.0, "năm"))
    assert [text_of(band.words) for band in found_bands] == ["một hai", "ba bốn", "năm"]
    assert [round(band.step, 1) for band in found_bands[1:]] == [1.6, 4.0]


def test_rows_of_one_line_each_are_parted_too() -> None:
    assert len(bands_of(page("một", 6.0, "hai", 6.0, "ba"))) == 3


def test_columns_are_what_no_white_goes_through_and_what_has_a_heading_alone() -> None:
    columns = columns_of(words("aaaa    bb", 0), [words("aaaa    bb    cc", 0)])
    assert [(round(column.left), round(column.right)) for column in columns] == [(0, 20), (32, 42), (54, 64)]


def test_a_heading_over_two_columns_makes_no_column() -> None:
    assert len(columns_of(words("aaaa    bb", 0), [words("aaaa aaa bb", 0)])) == 2


def test_stretches_and_what_they_stand_over() -> None:
    line = words("aa bb    cc", 0)
    (first, mine), (_, last) = stretches(line)
    assert ([word["text"] for word in mine], [word["text"] for word in last]) == (["aa", "bb"], ["cc"])
    columns = [Column(0, 10), Column(12, 20), Column(40, 50)]
    assert overlapped(first, columns) == range(2)
    assert overlapped(Column(25, 30), columns) == range(0)
    assert [place_of(word, columns) for word in line] == [0, 1, 2]


@pytest.mark.skipif(not has_font(), reason="no font with Vietnamese letters on this machine")
@pytest.mark.parametrize("seed", [4, 13])
def test_a_random_decision_without_lines_is_read_and_told_to_be_compared(seed: int, tmp_path: Path) -> None:
    made = RandomDecision(seed)
    file = read_file(make_pdf(tmp_path / "a.pdf", decision(*made.parts), ruled=False))
    assert "open-table" in {issue.code for issue in file.issues}
    got = {record.code: found(record) for record in file.records}
    assert got == {code: wanted(expected) for code, expected in made.expected.items()}


def test_a_line_with_a_code_is_not_taken_for_the_content_of_a_procedure(tmp_path: Path) -> None:
    """Nor does it swallow the codes in the lines below it."""
    lines = ("A. DANH MỤC THỦ TỤC HÀNH CHÍNH BAN HÀNH MỚI", "1. Thay đổi, 1.000001", "Cấp lại giấy theo mã 1.000002")
    file = read_file(make_word(tmp_path / "a.docx", decision(*lines)))
    assert file.records == ()
    said = " ".join(issue.message for issue in file.issues if issue.code == "outside-table")
    assert "1.000001" in said
    assert "1.000002" in said
