"""Broken and hostile registers: a clear word at the cell, nothing lost, nothing half applied, nothing personal said."""

import gc
import tracemalloc
import zipfile
from pathlib import Path

import openpyxl
import pytest
from register_files import BIRTH, HEADINGS, KEYS, LAND, Imports, write_csv, write_xlsx

from bot.dossiers.registers.importing import import_register
from bot.dossiers.registers.record import RegisterFileError
from knowledge.dossiers.ledger import find_dossier


def changed(row: tuple[str, ...], at: int, value: str) -> list[str]:
    return [*row[:at], value, *row[at + 1 :]]


def test_a_row_without_a_code_is_rejected_with_its_place_and_the_others_are_kept(
    imports: Imports, tmp_path: Path
) -> None:
    codes = ["Chưa cấp mã", "-", "", "H24.999", "0912345678", "1.001193"]
    rows = [list(HEADINGS), *(changed(BIRTH, 0, code) for code in codes), list(LAND)]
    document = imports(write_csv(tmp_path / "so.csv", rows))
    assert document["rejected"] == [{"row": row, "reason": "no_code" if row < 5 else "bad_code"} for row in range(2, 8)]
    assert [dossier["code"] for dossier in document["dossiers"]] == [LAND[0]]


@pytest.mark.parametrize("date", ["31/11/2026", "11/25/2026", "05/11/2099", "0912345678", "Phạm Thị Mẫu 1"])
def test_a_date_that_cannot_be_is_left_empty_and_reported_at_its_cell(
    date: str, imports: Imports, tmp_path: Path
) -> None:
    rows = [list(HEADINGS), changed(BIRTH, 6, date)]
    dossier = imports.dossiers(write_csv(tmp_path / "so.csv", rows))[BIRTH[0]]
    assert dossier["due"] is None
    assert [str(problem) for problem in imports.report.problems] == [
        "row 2, column G (Ngày hẹn trả): no date that can exist, left out"
    ]


def test_no_report_repeats_what_stood_in_a_cell(imports: Imports, tmp_path: Path) -> None:
    """A shifted column puts names and numbers where dates should be."""
    shifted = [BIRTH[0], *BIRTH[2:], BIRTH[1]]
    imports(write_csv(tmp_path / "so.csv", [list(HEADINGS), shifted, [*BIRTH, "thừa", "một ô"]]))
    said = f"{imports.report} {imports.report.problems} {imports.report.rejected}"
    assert "may be shifted" in said
    for personal in (BIRTH[0], BIRTH[2], BIRTH[3]):
        assert personal not in said


def test_a_formula_without_a_value_is_reported_and_one_with_a_value_is_read(imports: Imports, tmp_path: Path) -> None:
    rows = [list(HEADINGS), changed(BIRTH, 0, f'="{BIRTH[0]}"'), changed(LAND, 6, "=F3+22")]
    dossiers = imports.dossiers(write_csv(tmp_path / "so.csv", rows))
    assert set(dossiers) == {BIRTH[0], LAND[0]}
    assert dossiers[LAND[0]]["due"] is None
    assert "row 3, column G" in str(imports.report.problems[0])


def test_a_formula_in_a_workbook_that_was_never_computed_is_reported(imports: Imports, tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "so.xlsx", [HEADINGS, BIRTH, changed(LAND, 6, "=F3+22")])
    assert imports.dossiers(path)[LAND[0]]["due"] is None
    assert "row 3, column G" in str(imports.report.problems[0])


def test_one_code_with_two_states_keeps_the_later_update_or_else_the_later_row(
    imports: Imports, tmp_path: Path
) -> None:
    headings = [*HEADINGS, "Cập nhật lúc"]
    rows = [
        headings,
        [*BIRTH[:7], "Đã trả", "21/11/2026 17:00"],
        [*BIRTH[:7], "Đang xử lý", "20/11/2026 17:00"],
        [*LAND[:7], "Đang xử lý", ""],
        [*LAND[:7], "Chờ bổ sung", ""],
        [*LAND[:7], "Chờ bổ sung", ""],
    ]
    dossiers = imports.dossiers(write_csv(tmp_path / "so.csv", rows))
    assert (dossiers[BIRTH[0]]["status"], dossiers[LAND[0]]["status"]) == (10, 5)
    assert (imports.report.summary.superseded, imports.report.summary.duplicates_dropped) == (2, 1)


def test_half_a_row_at_the_end_is_kept_as_far_as_it_goes(imports: Imports, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "so.csv", [list(HEADINGS), list(BIRTH), list(LAND)])
    path.write_bytes(path.read_bytes()[:-60])
    dossiers = imports.dossiers(path)
    assert dossiers[LAND[0]]["procedure"] == LAND[1]
    assert dossiers[LAND[0]]["due"] is None


def test_a_code_filled_down_by_mistake_joins_nobody_with_anybody(imports: Imports, tmp_path: Path) -> None:
    rows = [[*HEADINGS, "Mã hồ sơ quốc gia"]]
    rows += [[f"H24.999-261110-{number:04}", *BIRTH[1:], "G22.99-261110-000301"] for number in range(1, 11)]
    dossiers = imports.dossiers(write_csv(tmp_path / "so.csv", rows))
    assert len(dossiers) == 10
    assert imports.report.crowded == ("G22.99-261110-000301",)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "save it as .xlsx", id="an old workbook"),
        pytest.param(b"PK\x03\x04 not a zip at all", "damaged or cut off", id="a broken workbook"),
        pytest.param("Tên,Tuổi,Lớp\nAn,9,3A\n".encode(), "names a dossier code", id="a table of something else"),
        pytest.param(b"", "names a dossier code", id="an empty file"),
        pytest.param("Mã hồ sơ,Tên TTHC,Chủ hồ sơ\n".encode() + b"\xff\xfe\xc3\n", "not UTF-8", id="bytes"),
        pytest.param('Mã hồ sơ,Tên TTHC,Trạng thái\n"'.encode() + b"x" * 300_000, "quotation mark", id="an open quote"),
    ],
)
def test_a_file_that_is_no_register_is_refused_with_a_remedy(
    content: bytes, said: str, imports: Imports, tmp_path: Path
) -> None:
    (path := tmp_path / "so.csv").write_bytes(content)
    with pytest.raises(RegisterFileError, match=said):
        imports(path)


def test_a_workbook_cut_in_the_middle_stores_nothing(imports: Imports, tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "so.xlsx", [HEADINGS, BIRTH, LAND])
    with zipfile.ZipFile(path) as whole, zipfile.ZipFile(cut := tmp_path / "cut.xlsx", "w") as parts:
        for name in whole.namelist():
            content = whole.read(name)
            parts.writestr(name, content[: len(content) // 2] if "sheet1" in name else content)
    with pytest.raises(RegisterFileError):
        imports(cut)
    with imports.database.session() as session:
        assert find_dossier(session, BIRTH[0]) is None


def test_a_failure_late_in_the_file_leaves_the_ledger_as_it_was(imports: Imports, tmp_path: Path) -> None:
    rows = [list(HEADINGS), *([f"H24.999-261110-{n:04}", *BIRTH[1:]] for n in range(1, 1200))]
    path = write_csv(tmp_path / "so.csv", rows)
    path.write_bytes(path.read_bytes() + b'"' + b"x" * 200_000)
    with pytest.raises(RegisterFileError):
        imports(path)
    with imports.database.session() as session:
        assert find_dossier(session, "H24.999-261110-0001") is None


def test_memory_does_not_grow_with_the_file(imports: Imports, tmp_path: Path) -> None:
    """Both files are new to the ledger, and no collector runs: what an import lets go of must be free at once."""

    def peak(month: int, count: int) -> int:
        rows = [list(HEADINGS), *([f"H24.999-26{month:02}10-{n:06}", *BIRTH[1:]] for n in range(count))]
        path = write_csv(tmp_path / f"{month}.csv", rows)
        tracemalloc.start()
        with import_register(path, imports.database, KEYS, imports.now):
            _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(1, 10)  # what is loaded once
    gc.disable()
    try:
        assert peak(2, 3_000) < 2 * peak(3, 600)
    finally:
        gc.enable()


def test_the_largest_sheet_is_the_register(imports: Imports, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    cover = book.active
    assert cover is not None
    cover.append(["Bìa"])
    sheet = book.create_sheet("Sổ")
    for row in (HEADINGS, BIRTH, LAND):
        sheet.append(list(row))
    book.save(tmp_path / "so.xlsx")
    assert len(imports.dossiers(tmp_path / "so.xlsx")) == 2
