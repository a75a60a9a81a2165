"""One row of a list: what it is, what it takes from above, what goes on with it."""

import pytest

from catalogue_import.decision_file import Place
from catalogue_import.formats.decision.headers import Header, find_header
from catalogue_import.formats.decision.meanings import Meaning
from catalogue_import.formats.decision.rows import (
    Draft,
    go_on,
    has_own_code,
    is_code,
    is_note,
    is_remark,
    shifted_code,
    take_from_above,
    text_at,
)
from grids import table_of

HEADING = ["STT", "Mã TTHC", "Tên TTHC", "Thời hạn", "Phí, lệ phí"]
FIRST = ["1", "1.000001", "Khai sinh", "5 ngày", "Không"]


def header() -> Header:
    found = find_header(table_of(HEADING, FIRST).rows)
    assert found is not None
    return found


def draft(*cells: str) -> Draft:
    row = table_of(list(cells)).rows[0]
    return Draft(list(row.cells), header(), (), Place())


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        *[(text, True) for text in ("Tổng cộng: 5 thủ tục", "Tổng số 12 TTHC", "Cộng", "CỘNG (5)", "Ghi chú: a")],
        *[(text, True) for text in ("Lưu ý", "(*) b", "* c", "Nơi nhận:", "Người lập biểu")],
        *[(text, False) for text in ("Công nhận hộ nghèo", "Tổng hợp hồ sơ", "Cộng đồng dân cư", "Tổng kết", "")],
    ],
)
def test_totals_and_remarks_are_told_from_names(text: str, *, is_one: bool) -> None:
    assert is_note(text) is is_one


@pytest.mark.parametrize(
    ("cells", "is_one"),
    [
        (["Tổng cộng", "12", "", "", ""], True),
        (["", "Ghi chú: x", "", "", ""], True),
        (["1", "1.000001", "Tổng cộng", "5", "6"], False),
    ],
)
def test_a_remark_is_a_row_of_few_cells(cells: list[str], *, is_one: bool) -> None:
    assert is_remark(table_of(cells).rows[0]) is is_one


def test_a_code_that_covers_the_whole_row_is_none_of_its_own() -> None:
    rows = table_of(FIRST, ["Xem 1.000002", "<", "<", "<", "<"]).rows
    assert [has_own_code(row, header()) for row in rows] == [True, False]


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("1.000001", True), ("1. 000 001", True), ("1.000001.000.00.00.H24", True), ("5 ngày", False), ("", False)],
)
def test_a_cell_is_a_code_when_it_holds_little_else(text: str, *, is_one: bool) -> None:
    assert is_code(text) is is_one
    assert not is_code(f"Thực hiện theo thủ tục hành chính {text}")


def test_a_code_in_another_column_shows_that_the_row_is_shifted() -> None:
    rows = table_of(
        ["1", "", "1.000001", "Khai sinh", "5 ngày"], FIRST, ["1", "", "Thực hiện theo thủ tục 1.000001", "", ""]
    ).rows
    assert [shifted_code(row, header()) for row in rows] == ["1.000001", "", ""]


def test_a_remark_about_another_code_shifts_no_row() -> None:
    assert shifted_code(table_of(["1", "10.000001", "Khai sinh", "", "thay mã 1.000077"]).rows[0], header()) == ""


@pytest.mark.parametrize("at", [0, 2, 3, 4], ids=["number", "name", "time", "fee"])
def test_a_code_is_told_in_whatever_column_a_shift_has_put_it(at: int) -> None:
    cells = ["", "x", "", "", ""]
    cells[at] = "1. 000 001"
    assert shifted_code(table_of(cells).rows[0], header()) == "1. 000 001"


def test_like_above_takes_the_cell_from_above() -> None:
    above = draft(*FIRST)
    row = table_of(["2", "1.000002", "Khai tử", "-nt-", "như trên"]).rows[0]
    cells = list(row.cells)
    take_from_above(cells, row, above)
    assert [cell.full_text for cell in cells] == ["2", "1.000002", "Khai tử", "5 ngày", "Không"]


def test_what_goes_on_is_added_to_the_cells_above() -> None:
    above = draft(*FIRST)
    go_on(above, table_of(["", "", "cho con", "", "- Cấp lại: 8.000 đồng"]).rows[0])
    assert above.text(Meaning.NAME) == "Khai sinh cho con"
    assert above.text(Meaning.FEE) == "Không\n- Cấp lại: 8.000 đồng"


def test_a_draft_says_the_texts_of_the_first_meaning_that_has_any() -> None:
    made = draft("1", "1.000001", "Khai sinh", "", "Không")
    assert made.text(Meaning.TIME, Meaning.FEE) == "Không"
    assert made.text(Meaning.LEGAL) == ""
    assert (made.number(Meaning.CODE), made.unit(Meaning.TIME)) == (None, "")


def test_a_row_that_is_too_short_has_nothing_there() -> None:
    assert text_at(table_of(["1"]).rows[0], 7) == ""
