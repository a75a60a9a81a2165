"""The same dossiers must be read out of any layout: what a column holds is said by its heading, not by its place."""

import random
import unicodedata
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from register_files import BIRTH, HEADINGS, LAND, Imports, write_csv, write_xlsx

OTHER_HEADINGS = (
    "SỐ HỒ SƠ",
    "Thủ tục hành chính",
    "Họ tên chủ hồ sơ",
    "SĐT",
    "Đơn vị thụ lý",
    "Thời điểm tiếp nhận",
    "Hạn trả",
    "Tình trạng",
)
TONES = "\u0300\u0301\u0303\u0309\u0323"
TITLE = ["SỔ THEO DÕI HỒ SƠ"]
NUMBERS = [f"({number})" for number in range(1, 10)]
PLAIN = [list(HEADINGS), list(BIRTH), list(LAND)]


def with_numbers(rows: list[list[str]]) -> list[list[str]]:
    return [["TT", *rows[0]], *([str(at), *row] for at, row in enumerate(rows[1:], start=1))]


def shuffled(rows: list[list[str]], seed: int) -> list[list[str]]:
    order = list(range(len(rows[0])))
    random.Random(seed).shuffle(order)
    return [[row[at] for at in order] for row in rows]


GROUPED = [
    ["TT", "Mã hồ sơ", "Tên TTHC", "Người nộp", "", "Cơ quan giải quyết", "Mốc thời gian", "", "Trạng thái"],
    ["", "", "", "Họ tên", "Điện thoại", "", "Tiếp nhận", "Hẹn trả", ""],
    ["1", *BIRTH],
    ["2", *LAND],
]
PARTS_BELOW = [
    ["TT", "Mã hồ sơ", "Tên TTHC", "Chủ hồ sơ", "SĐT", "Cơ quan giải quyết", "Tiếp nhận", "Hẹn trả", "Trạng thái"],
    ["", "", "", "", "", "", "Ngày", "Ngày", ""],
    ["1", *BIRTH],
    ["2", *LAND],
]
LAYOUTS = {
    "plain": PLAIN,
    "other headings": [list(OTHER_HEADINGS), list(BIRTH), list(LAND)],
    "capitals without marks": [[h.upper() for h in OTHER_HEADINGS], list(BIRTH), list(LAND)],
    "line breaks in headings": [[h.replace(" ", "\n", 1) for h in HEADINGS], list(BIRTH), list(LAND)],
    "a running number": with_numbers(PLAIN),
    "titles above": [TITLE, ["Từ ngày 01/08/2026", "đến ngày 22/11/2026"], [], *PLAIN],
    "numbers of columns": [list(HEADINGS), NUMBERS[: len(HEADINGS)], list(BIRTH), list(LAND)],
    "letters of columns": [list(HEADINGS), list("ABCDEFGH"), list(BIRTH), list(LAND)],
    "header again": [list(HEADINGS), list(BIRTH), list(HEADINGS), list(LAND)],
    "header again in another order": [*PLAIN[:2], *reversed([list(reversed(LAND)), list(reversed(HEADINGS))])],
    "sections and totals": [list(HEADINGS), ["I. Hộ tịch"], list(BIRTH), ["II. Đất đai"], list(LAND), ["", "Tổng: 2"]],
    "signatures below": [*PLAIN, [], ["", "NGƯỜI LẬP BIỂU", "", "", "", "THỦ TRƯỞNG"]],
    "two rows of headings": GROUPED,
    "two rows of headings, again": [*GROUPED[:3], *GROUPED[:2], GROUPED[3]],
    "only a group says what the day is": PARTS_BELOW,
    "unknown columns between": [["Ghi chú", *HEADINGS, "Lệ phí"], ["x", *BIRTH, "8000"], ["", *LAND, ""]],
    **{f"columns in another order, {seed}": shuffled(with_numbers(PLAIN), seed) for seed in range(6)},
}
EXPECTED = {
    "H24.999-261110-0001": (
        "Đăng ký khai sinh",
        "Phạm Thị Mẫu 1",
        "0000000001",
        "2026-11-10T08:00",
        "2026-11-13T08:00",
        4,
    ),
    "H24.60.4-261105-0003": ("Cấp đổi Giấy chứng nhận", "Vũ Minh Mẫu 2", "0000000002", "2026-11-05", "2026-11-27", 5),
}
KEYS = ("procedure", "owner", "phone", "received", "due", "status")


@pytest.mark.parametrize("rows", LAYOUTS.values(), ids=LAYOUTS)
@pytest.mark.parametrize(
    "delimiter", [pytest.param(",", id="comma"), pytest.param(";", id="semicolon"), pytest.param("\t", id="tab")]
)
def test_a_register_is_read_in_any_layout(
    rows: list[list[str]], delimiter: str, imports: Imports, tmp_path: Path
) -> None:
    dossiers = imports.dossiers(write_csv(tmp_path / "so.csv", rows, delimiter))
    assert {code: tuple(dossier[key] for key in KEYS) for code, dossier in dossiers.items()} == EXPECTED
    assert imports.report.rejected == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_a_register_is_read_in_the_encodings_of_spreadsheets(encoding: str, imports: Imports, tmp_path: Path) -> None:
    assert set(imports.dossiers(write_csv(tmp_path / "so.csv", PLAIN, "\t", encoding))) == set(EXPECTED)


def test_a_register_of_vietnamese_windows_is_read_with_whole_letters(imports: Imports, tmp_path: Path) -> None:
    path = tmp_path / "so.csv"
    text = "\n".join(";".join(row) for row in PLAIN)
    path.write_bytes(windows(text))
    dossiers = imports.dossiers(path)
    assert {code: tuple(dossier[key] for key in KEYS) for code, dossier in dossiers.items()} == EXPECTED


def windows(text: str) -> bytes:
    """Code page 1258 writes tones as letters of their own, behind "â" or "ơ" but not behind "á"."""
    made = b""
    for letter in text:
        try:
            made += letter.encode("cp1258")
        except UnicodeEncodeError:
            whole = unicodedata.normalize("NFD", letter)
            base = unicodedata.normalize("NFC", "".join(mark for mark in whole if mark not in TONES))
            made += (base + "".join(mark for mark in whole if mark in TONES)).encode("cp1258")
    return made


def test_every_sheet_that_is_a_register_is_read_with_its_name(imports: Imports, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheets = {
        "Bìa": [["SỔ THEO DÕI HỒ SƠ"], ["Tháng 11/2026", "Trang", "1"]],
        "Tháng 10": [list(HEADINGS), list(BIRTH), ["", *BIRTH[1:]]],
        "Tháng 11": [
            ["TT", *reversed(HEADINGS)],
            ["1", *reversed(LAND)],
            ["2", *reversed(("số 12/HS", *LAND[1:]))],
        ],
        "Tổng hợp": [["Cơ quan giải quyết", "Đã tiếp nhận", "Đúng hạn"], ["UBND xã Ví Dụ", 12, 11], ["Tổng", 12, 11]],
    }
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    del book["Sheet"]
    book.save(tmp_path / "so.xlsx")
    dossiers = imports.dossiers(tmp_path / "so.xlsx")
    assert {code: tuple(dossier[key] for key in KEYS) for code, dossier in dossiers.items()} == EXPECTED
    assert [str(rejected) for rejected in imports.report.rejected] == [
        "sheet Tháng 10, row 3: rejected, no_code",
        "sheet Tháng 11, row 3: rejected, bad_code",
    ]
    assert imports.report.summary.rows_in_file == 6


def test_a_hidden_sheet_is_not_read(imports: Imports, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for name, row in (("Sổ", BIRTH), ("Cũ", LAND)):
        sheet = book.create_sheet(name)
        sheet.append(list(HEADINGS))
        sheet.append(list(row))
    book["Cũ"].sheet_state = "hidden"
    book.save(tmp_path / "so.xlsx")
    assert set(imports.dossiers(tmp_path / "so.xlsx")) == {BIRTH[0]}


def test_a_workbook_with_real_dates_and_a_cover_sheet_says_the_same(imports: Imports, tmp_path: Path) -> None:
    rows = [
        TITLE,
        list(HEADINGS),
        [
            *BIRTH[:5],
            datetime.fromisoformat("2026-11-10T08:00"),
            datetime.fromisoformat("2026-11-13T07:59:58"),
            BIRTH[7],
        ],
        [*LAND[:5], datetime.fromisoformat("2026-11-05"), 46353, LAND[7]],
    ]
    dossiers = imports.dossiers(write_xlsx(tmp_path / "so.xlsx", rows))
    assert {code: tuple(dossier[key] for key in KEYS) for code, dossier in dossiers.items()} == EXPECTED


def test_empty_columns_that_only_a_number_or_a_note_fills_are_no_dossiers(imports: Imports, tmp_path: Path) -> None:
    rows = [list(HEADINGS), list(BIRTH), ["", "", "", "", "", "", "", ""], ["", "Cộng", "1", "", "", "", "", ""]]
    assert set(imports.dossiers(write_csv(tmp_path / "so.csv", rows))) == {BIRTH[0]}
    assert imports.report.summary.skipped_rows == 3


def test_both_codes_of_a_row_are_taken(imports: Imports, tmp_path: Path) -> None:
    rows = [["Mã liên thông", *HEADINGS], ["G22.99-261110-000301", *BIRTH], ["G22.99-261110-000302", "-", *LAND[1:]]]
    dossiers = imports.dossiers(write_csv(tmp_path / "so.csv", rows))
    assert dossiers[BIRTH[0]]["other_codes"] == ["G22.99-261110-000301"]
    assert dossiers["G22.99-261110-000302"]["other_codes"] == []
