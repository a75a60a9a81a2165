"""Finding the heading of a table, of one row or several."""

import pytest

from catalogue_import.formats.decision.headers import Header, find_header, is_numbering, report_columns
from catalogue_import.formats.decision.meanings import Meaning
from catalogue_import.reading_issues import Reporter
from grids import table_of

ROW = ["1", "1.000001", "Một", "5 ngày"]


def meanings(header: Header | None) -> list[Meaning]:
    assert header is not None
    return [column.meaning for column in header.columns]


def reported(*rows: list[str]) -> tuple[Header, list[tuple[str, str]]]:
    table, reporter = table_of(*rows), Reporter()
    found = find_header(table.rows)
    assert found is not None
    header = report_columns(found, table.rows, reporter)
    return header, [(issue.code, issue.where.column) for issue in reporter.issues]


def test_a_heading_of_one_row_ends_before_the_first_code() -> None:
    header = find_header(table_of(["STT", "Mã TTHC", "Tên TTHC", "Thời hạn"], ROW).rows)
    assert meanings(header) == [Meaning.NUMBER, Meaning.CODE, Meaning.NAME, Meaning.TIME]
    assert header is not None
    assert header.rows == 1


def test_sub_columns_get_the_words_of_what_stands_above() -> None:
    rows = table_of(["STT", "Mã TTHC", "Thời hạn", "<"], ["^", "^", "Quy định", "Cắt giảm"], ROW).rows
    header = find_header(rows)
    assert meanings(header)[2:] == [Meaning.TIME, Meaning.TIME_SHORTENED]
    assert header is not None
    assert header.rows == 2
    assert header.columns[3].heading.printed == "Thời hạn / Cắt giảm"


@pytest.mark.parametrize(
    ("leaves", "wanted"),
    [
        pytest.param(("Theo quy định", "Thực hiện"), (Meaning.TIME, Meaning.TIME_SHORTENED), id="law and practice"),
        pytest.param(("Thời gian thực hiện", "Luật định"), (Meaning.TIME_SHORTENED, Meaning.TIME), id="exchanged"),
        pytest.param(("Theo quy định", "Thẩm định"), (Meaning.TIME, Meaning.TIME), id="a stage of it"),
        pytest.param(("Thực hiện", "Sau cắt giảm"), (Meaning.TIME, Meaning.TIME_SHORTENED), id="said by another"),
    ],
)
def test_the_time_beside_that_by_law_is_the_citys_if_it_is_done_in(
    leaves: tuple[str, str], wanted: tuple[Meaning, Meaning]
) -> None:
    header = find_header(table_of(["STT", "Mã TTHC", "Thời hạn", "<"], ["^", "^", *leaves], ROW).rows)
    assert tuple(meanings(header)[2:]) == wanted


def test_parents_that_were_not_merged_stand_above_what_is_right_of_them() -> None:
    rows = table_of(["STT", "Mã TTHC", "Thời hạn", ""], ["", "", "Quy định", "Cắt giảm"], ROW).rows
    assert meanings(find_header(rows))[2:] == [Meaning.TIME, Meaning.TIME_SHORTENED]


def test_codes_and_names_may_be_marked_below_alone() -> None:
    rows = table_of(
        ["TT", "Thủ tục cũ", "<", "Thủ tục mới", "<", "Lĩnh vực"],
        ["^", "Mã", "Tên", "Mã", "Tên", "^"],
        ["1", "1.000001", "A", "1.000002", "B", "Hộ tịch"],
    ).rows
    assert meanings(find_header(rows))[1:5] == [Meaning.OLD_CODE, Meaning.OLD_NAME, Meaning.NEW_CODE, Meaning.NEW_NAME]


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(["UBND THÀNH PHỐ", "CỘNG HÒA", "", ""], id="a letterhead"),
        pytest.param(["", "", "mất, tách thửa", "Nghị định số 1/2026/NĐ-CP"], id="a name that goes on"),
        pytest.param(["", "", f"{'rất ' * 40}mã số TTHC", "Phí, lệ phí"], id="prose"),
        pytest.param(["1", "1.000001", "Tên TTHC", "Thời hạn"], id="a row with a code"),
        pytest.param(["DANH MỤC THỦ TỤC HÀNH CHÍNH", "<", "<", "<"], id="a title"),
        pytest.param(["STT", "Tên giấy tờ", "Bản chính", "Bản sao"], id="a table of papers"),
        pytest.param(["Nơi nhận:", "CHỦ TỊCH", "", ""], id="signatures"),
        pytest.param(["", "", "", ""], id="nothing"),
    ],
)
def test_what_is_no_heading(row: list[str]) -> None:
    assert find_header(table_of(row, ROW).rows) is None


def test_no_rows_have_no_heading() -> None:
    assert find_header([]) is None


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["(1)", "(2)", "(3)", "(4)"], True),
        (["1", "2", "3", "4"], True),
        (["(1)", "(2)", "(3)=(1)+(2)", "(4)"], True),
        (["[1]", "[2]", "[3]", ""], True),
        (["1", "2", "", ""], False),
        (["1", "1.000001", "3", "4"], False),
    ],
)
def test_a_row_of_column_numbers(cells: list[str], expected: bool) -> None:
    assert is_numbering(table_of(cells).rows[0]) is expected


def test_every_column_that_nothing_reads_is_reported_by_its_heading() -> None:
    _, issues = reported(["Mã TTHC", "Tên TTHC", "Quy mô", "Thời hạn"], ["1.000001", "Một", "k", "5 ngày"])
    assert issues == [("unknown-column", "Quy mô")]


def test_a_nameless_column_full_of_codes_is_taken_for_that_of_codes() -> None:
    header, issues = reported(["STT", "Ký hiệu", "Tên TTHC", "Thời hạn"], ROW, ["2", "1.000002", "Hai", "3 ngày"])
    assert meanings(header)[1] is Meaning.CODE
    assert [code for code, _ in issues] == ["guessed-column"]


def test_a_column_that_says_again_what_another_said_is_reported() -> None:
    _, issues = reported(["Mã TTHC", "Tên TTHC", "Thời hạn giải quyết", "Thời gian giải quyết"], ROW)
    assert issues == [("repeated-column", "Thời gian giải quyết")]


@pytest.mark.parametrize(
    "pair",
    [
        pytest.param(["Phí", "Lệ phí"], id="fees"),
        pytest.param(["Địa điểm thực hiện", "Nơi nộp hồ sơ"], id="places"),
        pytest.param(["Căn cứ pháp lý", "Văn bản quy định"], id="laws"),
        pytest.param(["Thời hạn", "Thời hạn sau cắt giảm"], id="both times"),
    ],
)
def test_columns_that_may_stand_side_by_side_are_no_repetition(pair: list[str]) -> None:
    _, issues = reported(["Mã TTHC", "Tên TTHC", *pair], ROW)
    assert issues == []


@pytest.mark.parametrize(
    ("cut", "left"),
    [
        ("Thời gian cắt giảm", "Thời gian còn lại"),
        ("Thời gian được cắt giảm", "Thời gian sau cắt giảm"),
        ("Số ngày cắt giảm", "Thời hạn thực tế giải quyết"),
    ],
)
def test_how_much_was_cut_is_no_time_where_the_rest_is_told(cut: str, left: str) -> None:
    header, issues = reported(["Mã TTHC", "Tên TTHC", cut, left], ROW)
    assert meanings(header)[2:] == [Meaning.IGNORED, Meaning.TIME_SHORTENED]
    assert issues == []


def test_a_cut_alone_is_the_shortened_time() -> None:
    header, _ = reported(["Mã TTHC", "Tên TTHC", "Thời hạn", "Thời gian cắt giảm"], ROW)
    assert meanings(header)[3] is Meaning.TIME_SHORTENED
