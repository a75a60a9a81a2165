"""What only one kind of office file has: hidden rows, tracked changes, symbols, tables without a grid."""

import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from catalogue_import.decision_file import DecisionFile, OnlineLevel
from catalogue_import.formats import detect
from catalogue_import.formats.format import DecisionFormat
from decision_makers import Grid, decision, has_font, make_pdf, make_word, make_workbook

LIST = Grid(
    [
        ["STT", "Mã TTHC", "Tên TTHC", "Thời hạn (ngày)", "Trực tuyến"],
        ["A. TTHC MỚI BAN HÀNH", "<", "<", "<", "<"],
        ["1", "1.950001", "MỘT", "5", "DẤU"],
        ["2", "1.950002", "Hai", "6", ""],
    ]
)


def read(path: Path) -> DecisionFile:
    format_ = detect(path)
    assert isinstance(format_, DecisionFormat)
    return format_.read(path, lambda _done, _total: None)


def changed(path: Path, *changes: tuple[str, str]) -> Path:
    """The Word file with these changes of its XML."""
    with ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    text = parts["word/document.xml"].decode()
    for pattern, instead in changes:
        text = re.sub(pattern, instead, text, flags=re.DOTALL)
    parts["word/document.xml"] = text.encode()
    with ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def test_tracked_changes_and_content_controls_are_read_as_they_will_be(tmp_path: Path) -> None:
    path = make_word(tmp_path / "a.docx", decision(LIST))
    new = (
        '<w:del w:id="1" w:author="a"><w:r><w:delText>Cũ</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="a"><w:r><w:t>Tên mới</w:t></w:r></w:ins>'
        '<w:sdt><w:sdtContent><w:r><w:t xml:space="preserve"> trong ô</w:t></w:r></w:sdtContent></w:sdt>'
    )
    file = read(changed(path, ("<w:r><w:t>MỘT</w:t></w:r>", new)))
    assert file.records[0].name == "Tên mới trong ô"


def test_a_tick_of_a_symbol_font_is_a_mark(tmp_path: Path) -> None:
    path = make_word(tmp_path / "a.docx", decision(LIST))
    file = read(changed(path, ("<w:t>DẤU</w:t>", '<w:sym w:font="Wingdings" w:char="F0FC"/>')))
    assert [record.online_level for record in file.records] == [OnlineLevel.UNSPECIFIED, OnlineLevel.NONE]


def test_a_table_without_a_grid_is_read(tmp_path: Path) -> None:
    path = changed(make_word(tmp_path / "a.docx", decision(LIST)), ("<w:tblGrid>.*?</w:tblGrid>", ""))
    assert [record.code for record in read(path).records] == ["1.950001", "1.950002"]


def test_hidden_rows_and_sheets_are_reported_and_not_read(tmp_path: Path) -> None:
    path = make_workbook(tmp_path / "a.xlsx", decision(LIST))
    workbook = load_workbook(path)
    sheet = workbook.worksheets[0]
    hidden = next(cell.row for row in sheet.iter_rows() for cell in row if cell.value == "1.950002")
    sheet.row_dimensions[hidden].hidden = True
    workbook.create_sheet("Ẩn").sheet_state = "hidden"
    workbook.save(path)
    file = read(path)
    assert [record.code for record in file.records] == ["1.950001"]
    told = {issue.code: issue.where for issue in file.issues}
    assert told["hidden-row"].row == hidden
    assert told["hidden-sheet"].sheet == "Ẩn"


def test_numbers_of_a_workbook_are_codes_and_times(tmp_path: Path) -> None:
    path = make_workbook(tmp_path / "a.xlsx", decision(LIST))
    workbook = load_workbook(path)
    for row in workbook.worksheets[0].iter_rows():
        for cell in row:
            if cell.value in {"1.950002", "6"}:
                cell.value = {"1.950002": 1.95, "6": 7.5}[cell.value]
    workbook.save(path)
    second = read(path).records[1]
    assert (second.code, second.time_statutory) == ("1.950000", "7,5 ngày")


@pytest.mark.skipif(not has_font(), reason="no font with Vietnamese letters on this machine")
def test_a_name_that_a_page_break_of_a_pdf_cuts_comes_together(tmp_path: Path) -> None:
    name = "Đăng ký biến động quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất " * 9
    rows = [[str(at), f"1.81000{at}", f"{at} {name}".strip(), "Trung tâm A\nTrung tâm B"] for at in range(1, 8)]
    heading = ["STT", "Mã TTHC", "Tên TTHC bị bãi bỏ", "Địa điểm thực hiện"]
    annex = ("Phụ lục I", "DANH MỤC THỦ TỤC HÀNH CHÍNH BỊ BÃI BỎ")
    file = read(make_pdf(tmp_path / "a.pdf", decision(Grid([heading, *rows]), annex=annex)))
    assert [record.name for record in file.records] == [row[2] for row in rows]
    assert len({record.where.page for record in file.records}) > 1
