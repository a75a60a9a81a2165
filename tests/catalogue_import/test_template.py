"""The workbook that staff fill in: written empty, and read back with every mistake at its cell."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from catalogue_import.commands import catalogue
from catalogue_import.decision_file import DecisionFile, OnlineLevel, Status
from catalogue_import.files import InputError
from catalogue_import.formats import detect
from catalogue_import.formats.template import TEMPLATE
from catalogue_import.formats.template.layout import COLUMNS, DECISION_SHEET, LIST_SHEET, STATUSES, Key
from catalogue_import.formats.template.writer import write_template
from knowledge.procedure import Level

LETTER = ("77/QĐ-UBND", "08/09/2026", "01/10/2026", "Chủ tịch UBND thành phố", "Về việc thử")
ROW = {Key.STATUS: "Bãi bỏ", Key.CODE: "1.001193", Key.NAME: "Một thủ tục"}


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    path = tmp_path / "mau.xlsx"
    write_template(path)
    return path


def fill(path: Path, *rows: dict[Key, Any], letter: tuple[Any, ...] = LETTER) -> Path:
    workbook = load_workbook(path)
    for row, value in enumerate(letter, start=1):
        workbook[DECISION_SHEET].cell(row, 2, value)
    places = {column.key: at for at, column in enumerate(COLUMNS, start=1)}
    for number, values in enumerate(rows, start=3):
        for key, value in values.items():
            workbook[LIST_SHEET].cell(number, places[key], value)
    workbook.save(path)
    return path


def read(path: Path) -> DecisionFile:
    assert detect(path) is TEMPLATE
    return TEMPLATE.read(path, lambda _done, _total: None)


def told(file: DecisionFile) -> list[tuple[str, int | None, str]]:
    return [(issue.code, issue.where.row, issue.where.column) for issue in file.issues]


def test_a_filled_template_gives_the_decision_and_its_records(empty: Path) -> None:
    row = ROW | {
        Key.STATUS: "Sửa đổi, bổ sung",
        Key.LEVEL: "Cấp tỉnh, cấp xã",
        Key.TIME: "10 ngày",
        Key.TIME_SHORTENED: "Không cắt giảm",
        Key.PLACE: "Trung tâm A; Trung tâm B",
        Key.ONLINE: "Một phần",
        Key.LEGAL: "Luật 1; Luật 2",
        Key.EFFECTIVE: "01/03/2027",
    }
    file = read(fill(empty, row))
    (only,) = file.records
    assert (file.decision.number, file.decision.day, file.decision.effective) == (
        "77/QĐ-UBND",
        date(2026, 9, 8),
        date(2026, 10, 1),
    )
    assert (only.status, only.code, only.levels) == (Status.AMENDED, "1.001193", (Level.PROVINCE, Level.COMMUNE))
    assert (only.time_statutory, only.time_shortened, only.fee_text) == ("10 ngày", None, None)
    assert (only.place, only.legal_basis) == (("Trung tâm A", "Trung tâm B"), ("Luật 1", "Luật 2"))
    assert (only.online_level, only.effective) == (OnlineLevel.PARTIAL, date(2027, 3, 1))
    assert file.issues == ()


def test_the_example_is_not_read_and_an_empty_template_says_so(empty: Path) -> None:
    file = read(fill(empty))
    assert file.records == ()
    assert [code for code, _, _ in told(file)] == ["empty-template"]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        pytest.param({Key.STATUS: "Bỏ"}, ("not-a-choice", 3, "Nội dung công bố *"), id="unknown status"),
        pytest.param({Key.STATUS: ""}, ("empty-cell", 3, "Nội dung công bố *"), id="no status"),
        pytest.param({Key.NAME: ""}, ("empty-cell", 3, "Tên TTHC *"), id="no name"),
        pytest.param({Key.CODE: "1.0011934"}, ("bad-code", 3, "Mã TTHC *"), id="bad code"),
        pytest.param({Key.EFFECTIVE: "31/02/2027"}, ("bad-day", 3, "Ngày hiệu lực riêng"), id="impossible day"),
        pytest.param({Key.ONLINE: "có"}, ("not-a-choice", 3, "Dịch vụ công trực tuyến"), id="unknown choice"),
        pytest.param({Key.STATUS: "Thay thế"}, ("no-successor", 3, "Mã TTHC thay thế"), id="no successor"),
    ],
)
def test_a_mistake_is_reported_at_its_cell(change: dict[Key, str], problem: object, empty: Path) -> None:
    assert problem in told(read(fill(empty, ROW | change)))


def test_a_code_that_the_program_took_for_a_number_gets_its_zero_back(empty: Path) -> None:
    (only,) = read(fill(empty, ROW | {Key.CODE: 1.01279})).records
    assert only.code == "1.012790"


def test_a_lost_day_of_signing_is_reported(empty: Path) -> None:
    file = read(fill(empty, ROW, letter=("77/QĐ-UBND", "", "01/10/2026")))
    assert ("empty-cell", 2, "Ngày ký *") in told(file)


def test_an_added_column_is_reported_and_a_lost_one_refused(empty: Path) -> None:
    workbook = load_workbook(empty)
    workbook[LIST_SHEET].cell(1, 20, "Cột lạ")
    workbook.save(empty)
    assert ("unknown-column", 1, "Cột lạ") in told(read(fill(empty, ROW)))
    workbook[LIST_SHEET].cell(1, 3, None)
    workbook[LIST_SHEET]["C1"].value = "Cái khác"
    workbook.save(empty)
    with pytest.raises(InputError, match=r"thiếu cột Mã TTHC"):
        read(empty)


def test_lists_to_choose_from_hold_every_word_that_is_understood(empty: Path) -> None:
    sheet = load_workbook(empty)[LIST_SHEET]
    ranges = {
        str(choice.sqref).partition(":")[0][0]: choice.formula1 for choice in sheet.data_validations.dataValidation
    }
    assert ranges["B"] == f"'Danh sách chọn'!$B$1:$B${len(STATUSES)}"
    assert len(ranges) == len([column for column in COLUMNS if column.choices])


def test_the_command_writes_a_template_once(tmp_path: Path) -> None:
    path = tmp_path / "mau.xlsx"
    first = CliRunner().invoke(catalogue, ["template", str(path)])
    again = CliRunner().invoke(catalogue, ["template", str(path)])
    assert (first.exit_code, again.exit_code) == (0, 2)
    assert "exists already" in again.output
    assert [file.name for file in tmp_path.iterdir()] == ["mau.xlsx"]


def test_a_code_filled_in_once_for_each_level_is_one_record_and_any_other_repetition_is_told(empty: Path) -> None:
    levels = read(fill(empty, ROW | {Key.LEVEL: "Cấp xã"}, ROW | {Key.LEVEL: "Cấp tỉnh"}))
    assert [record.levels for record in levels.records] == [(Level.PROVINCE, Level.COMMUNE)]
    assert levels.issues == ()
    again = read(fill(empty, ROW | {Key.TIME: "5 ngày"}, ROW | {Key.TIME: "7 ngày", Key.LEVEL: "Cấp xã"}))
    assert [record.time_statutory for record in again.records] == ["5 ngày"]
    assert [issue.code for issue in again.issues] == ["repeated-code"]
