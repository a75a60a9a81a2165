"""Headings that come again on each page, with a row right below them that no line parts from them."""

from catalogue_import.formats.decision.blocks import Table
from catalogue_import.formats.decision.page_heads import PageHeads
from grids import table_of

HEADING = (["STT", "Mã TTHC", "Tên TTHC", "Thời hạn", "<"], ["^", "^", "^", "Quy định", "Sau cắt giảm"])
ROW = ["1", "1.000001", "Một", "5 ngày", "3 ngày"]


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.own] for row in table.rows]


def test_what_goes_on_below_a_repeated_heading_is_a_row_of_its_own() -> None:
    heads = PageHeads()
    heads.parted(table_of(*HEADING, ROW))
    again = (
        ["STT", "Mã TTHC", "Tên TTHC\ncủa người", "Thời hạn", "<"],
        ["^", "^", "^", "Quy định làm việc", "Sau cắt giảm"],
    )
    table = heads.parted(table_of(*again, ["2", "1.000002", "Hai", "", ""]))
    assert texts(table)[2:] == [["của người", "làm việc"], ["2", "1.000002", "Hai"]]
    assert texts(table)[:2] == [["STT", "Mã TTHC", "Tên TTHC", "Thời hạn"], ["Quy định", "Sau cắt giảm"]]


def test_a_heading_that_comes_again_as_it_was_stays() -> None:
    heads = PageHeads()
    heads.parted(table_of(*HEADING, ROW))
    assert len(heads.parted(table_of(*HEADING, ROW)).rows) == 3


def test_another_heading_is_no_heading_with_a_row_below_it() -> None:
    heads = PageHeads()
    heads.parted(table_of(*HEADING, ROW))
    other = ["STT", "Mã TTHC cũ", "Tên TTHC cũ", "Mã TTHC mới", "Tên TTHC mới"]
    assert texts(heads.parted(table_of(other, ROW)))[0] == other


def test_rows_without_a_heading_are_left_alone() -> None:
    assert texts(PageHeads().parted(table_of(ROW))) == [ROW]
