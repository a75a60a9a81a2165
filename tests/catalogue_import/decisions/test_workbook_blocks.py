"""What stands in a workbook, as the clerk who looks at it would read it."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from catalogue_import.files import InputError
from catalogue_import.formats.decision.blocks import Block, Paragraph, Table
from catalogue_import.formats.decision.workbook_blocks import MOST_ROWS, workbook_blocks
from catalogue_import.reading_issues import Reporter

HEADING = ["STT", "Mã TTHC", "Tên TTHC", "Thời hạn"]
Filling = Callable[[Worksheet], None]


@pytest.fixture
def reporter() -> Reporter:
    return Reporter()


def read(path: Path, reporter: Reporter, *fillings: Filling) -> list[Block]:
    """Of a workbook with a sheet for each filling: "Trang 1", "Trang 2"."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for number, fill in enumerate(fillings, start=1):
        fill(workbook.create_sheet(f"Trang {number}"))
    workbook.save(path / "file.xlsx")
    return list(workbook_blocks(path / "file.xlsx", reporter))


def rows(*lines: list[Any]) -> Filling:
    def fill(sheet: Worksheet) -> None:
        for line in lines:
            sheet.append(line)

    return fill


def shown(found: list[Block]) -> list[Any]:
    """Paragraphs as texts, tables as lists of rows."""
    return [
        block.text if isinstance(block, Paragraph) else [[cell.text for cell in row.cells] for row in block.rows]
        for block in found
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param(7, "7", id="a whole number"),
        pytest.param(3.5, "3,5", id="a decimal with a comma"),
        pytest.param(1.01279, "1,01279", id="a code that lost its zero"),
        pytest.param(datetime(2026, 9, 1), "01/09/2026", id="a day with a time"),  # noqa: DTZ001  cells have no zone
        pytest.param(date(2026, 9, 1), "01/09/2026", id="a day"),
        pytest.param(True, "x", id="ticked"),
        pytest.param(False, "", id="not ticked"),
        pytest.param("  5  ngày ", "5 ngày", id="spaces"),
        pytest.param("một\r\nhai", "một\nhai", id="lines"),
    ],
)
def test_a_cell_is_read_as_it_is_shown(value: Any, text: str, tmp_path: Path, reporter: Reporter) -> None:
    (table,) = shown(read(tmp_path, reporter, rows(HEADING, ["1", "1.000001", "Một", value])))
    assert table[1][3] == text


def test_a_number_keeps_its_value_for_codes(tmp_path: Path, reporter: Reporter) -> None:
    (table,) = read(tmp_path, reporter, rows(HEADING, ["1", 1.01279, "Một", "5"]))
    assert isinstance(table, Table)
    assert table.rows[1].cells[1].number == 1.01279


def test_lines_above_the_list_are_paragraphs_and_empty_rows_nothing(tmp_path: Path, reporter: Reporter) -> None:
    found = read(tmp_path, reporter, rows(["Số: 9/QĐ-UBND"], [], ["Điều 1."], HEADING, ["1", "1.000001", "Một", "5"]))
    assert shown(found) == ["Số: 9/QĐ-UBND", "Điều 1.", [HEADING, ["1", "1.000001", "Một", "5"]]]


def test_rows_have_the_numbers_that_the_program_shows(tmp_path: Path, reporter: Reporter) -> None:
    found = read(tmp_path, reporter, rows(["Điều 1."], [], HEADING, [], ["1", "1.000001", "Một", "5"]))
    (table,) = (block for block in found if isinstance(block, Table))
    assert [(row.where.sheet, row.where.row) for row in table.rows] == [("Trang 1", 3), ("Trang 1", 5)]


def test_an_annex_in_the_middle_of_a_sheet_begins_a_table_of_its_own(tmp_path: Path, reporter: Reporter) -> None:
    other = ["TT", "Mã số", "Thủ tục", "Căn cứ"]
    fill = rows(HEADING, ["1", "1.000001", "Một", "5"], ["Phụ lục II"], other, ["1", "1.000002", "Hai", "Luật"])
    assert [type(block) for block in read(tmp_path, reporter, fill)] == [Table, Paragraph, Table]


def test_sheets_follow_each_other(tmp_path: Path, reporter: Reporter) -> None:
    assert shown(read(tmp_path, reporter, rows(["một"]), rows(["hai"]), rows())) == ["một", "hai"]


def test_hidden_sheets_and_rows_are_reported_and_not_read(tmp_path: Path, reporter: Reporter) -> None:
    def with_a_hidden_row(sheet: Worksheet) -> None:
        rows(HEADING, ["1", "1.000001", "Một", "5"], ["2", "1.000002", "Hai", "5"])(sheet)
        sheet.row_dimensions[2].hidden = True

    def hidden(sheet: Worksheet) -> None:
        rows(["giấu"])(sheet)
        sheet.sheet_state = "hidden"

    (table,) = shown(read(tmp_path, reporter, with_a_hidden_row, hidden))
    assert [line[1] for line in table] == ["Mã TTHC", "1.000002"]
    assert [(issue.code, issue.where.sheet, issue.where.row) for issue in reporter.issues] == [
        ("hidden-row", "Trang 1", 2),
        ("hidden-sheet", "Trang 2", None),
    ]


def test_merged_cells_stand_at_every_place_they_cover(tmp_path: Path, reporter: Reporter) -> None:
    def fill(sheet: Worksheet) -> None:
        rows(HEADING, ["1", "1.000001", "Một", "5"], ["2", "1.000002", "Hai", None])(sheet)
        sheet.merge_cells("D2:D3")

    (table,) = shown(read(tmp_path, reporter, fill))
    assert [line[3] for line in table] == ["Thời hạn", "5", "5"]


def test_a_merge_of_whole_columns_is_refused_before_it_fills_the_memory(tmp_path: Path, reporter: Reporter) -> None:
    def fill(sheet: Worksheet) -> None:
        rows(HEADING, ["1", "1.000001", "Một", "5"])(sheet)
        sheet.merged_cells.add("F1:F1048576")

    with pytest.raises(InputError, match="ô gộp"):
        read(tmp_path, reporter, fill)


def test_a_merge_of_a_whole_row_says_nothing(tmp_path: Path, reporter: Reporter) -> None:
    def fill(sheet: Worksheet) -> None:
        rows(HEADING, ["1", "1.000001", "Một", "5"])(sheet)
        sheet.merged_cells.add("A5:XFD5")

    (table,) = shown(read(tmp_path, reporter, fill))
    assert [line[3] for line in table] == ["Thời hạn", "5"]


def test_a_cell_far_below_the_list_is_refused_with_what_to_do(tmp_path: Path, reporter: Reporter) -> None:
    def fill(sheet: Worksheet) -> None:
        rows(HEADING, ["1", "1.000001", "Một", "5"])(sheet)
        sheet.cell(MOST_ROWS + 1, 1, "x")

    with pytest.raises(InputError, match="Xóa các dòng trống ở cuối"):
        read(tmp_path, reporter, fill)
