"""Office files that are broken, disguised or meant to harm: refused in words that say what to do, quickly and small."""

import tracemalloc
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
from openpyxl import Workbook

from catalogue_import.decision_file import DecisionFile
from catalogue_import.files import InputError
from catalogue_import.formats import detect
from catalogue_import.formats.format import DecisionFormat
from catalogue_import.office_files import MAX_PART
from decision_makers import Grid, decision, has_font, make_word, make_workbook

GRID = Grid([["STT", "Mã TTHC", "Tên TTHC"], ["A. TTHC MỚI BAN HÀNH", "<", "<"], ["1", "1.950001", "Một"]])
MAIN = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml"}
MEBIBYTE = 1 << 20

Breaker = Callable[[Path], Path]


def read(path: Path) -> DecisionFile:
    format_ = detect(path)
    assert isinstance(format_, DecisionFormat)
    return format_.read(path, lambda _done, _total: None)


def package(path: Path, *parts: tuple[str, bytes], suffix: str = ".docx") -> Path:
    """A package with a main part and others."""
    path = path.with_suffix(suffix)
    with ZipFile(path, "w", ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", b"<Types/>")
        file.writestr(MAIN[suffix], b"<document/>")
        for name, content in parts:
            file.writestr(name, content)
    return path


def truncated(path: Path) -> Path:
    whole = make_word(path, decision(GRID)).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    return path


def truncated_workbook(path: Path) -> Path:
    path = path.with_suffix(".xlsx")
    whole = make_workbook(path, decision(GRID)).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    return path


def empty(path: Path) -> Path:
    path.write_bytes(b"")
    return path


def with_password(path: Path) -> Path:
    name = "EncryptedPackage".encode("utf-16-le")
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + name + bytes(600))
    return path


def old_word(path: Path) -> Path:
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000))
    return path


def old_suffix(path: Path) -> Path:
    return old_word(path.with_suffix(".doc"))


def with_macros(path: Path) -> Path:
    return package(path, ("word/vbaProject.bin", b"x"))


def macro_suffix(path: Path) -> Path:
    path = path.with_suffix(".docm")
    path.write_bytes(b"PK")
    return path


def bomb(path: Path) -> Path:
    return package(path, ("word/media/image.bin", bytes(20 * MEBIBYTE)))


def many_parts(path: Path) -> Path:
    path = path.with_suffix(".xlsx")
    with ZipFile(path, "w", ZIP_STORED) as file:
        for number in range(5_100):
            file.writestr(f"xl/{number}.bin", b"")
    return path


def entities(path: Path) -> Path:
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    styles = f'<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY l0 "ha">{lines}]><x>&l8;</x>'
    return package(path, ("word/styles.xml", styles.encode()))


def word_named_workbook(path: Path) -> Path:
    made = make_word(path, decision(GRID))
    return made.rename(path.with_suffix(".xlsx"))


def picture_named_pdf(path: Path) -> Path:
    path = path.with_suffix(".pdf")
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    return path


def cut_pdf(path: Path) -> Path:
    path = path.with_suffix(".pdf")
    path.write_bytes(b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R")
    return path


@pytest.mark.parametrize(
    ("break_it", "said"),
    [
        pytest.param(truncated, "bị hỏng hoặc thiếu phần cuối", id="truncated Word"),
        pytest.param(truncated_workbook, "bị hỏng hoặc thiếu phần cuối", id="truncated workbook"),
        pytest.param(empty, "tệp rỗng", id="empty"),
        pytest.param(with_password, "đặt mật khẩu. Bỏ mật khẩu", id="password"),
        pytest.param(old_word, r"định dạng cũ .*lưu thành \.docx", id="old Word inside"),
        pytest.param(old_suffix, r"định dạng cũ.*lưu thành \.docx", id="old Word by name"),
        pytest.param(with_macros, "chứa macro.*không có macro", id="macros inside"),
        pytest.param(macro_suffix, "chứa macro", id="macros by name"),
        pytest.param(bomb, "kích thước không tài liệu nào có", id="zip bomb"),
        pytest.param(many_parts, "kích thước không tài liệu nào có", id="thousands of parts"),
        pytest.param(entities, "định nghĩa XML không an toàn", id="XML bomb"),
        pytest.param(word_named_workbook, r"không phải tệp Excel.*nội dung là Word \(\.docx\)", id="wrong extension"),
        pytest.param(picture_named_pdf, "không phải tệp PDF", id="picture as PDF"),
        pytest.param(cut_pdf, "bị hỏng hoặc thiếu phần cuối|bản quét", id="truncated PDF"),
    ],
)
def test_a_bad_file_is_refused_with_what_to_do(break_it: Breaker, said: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=said):
        read(break_it(tmp_path / "quyet-dinh.docx"))


@pytest.mark.skipif(not has_font(), reason="no font with Vietnamese letters on this machine")
def test_a_scan_is_refused_with_what_to_do(tmp_path: Path) -> None:
    from PIL import Image
    from reportlab.pdfgen.canvas import Canvas

    Image.new("L", (400, 600), 200).save(tmp_path / "page.png")
    canvas = Canvas(str(tmp_path / "scan.pdf"))
    for _ in range(3):
        canvas.drawImage(str(tmp_path / "page.png"), 0, 0, 595, 842)
        canvas.showPage()
    canvas.save()
    with pytest.raises(InputError, match=r"bản quét \(ảnh\).*\.docx.*OCR"):
        read(tmp_path / "scan.pdf")


@pytest.mark.parametrize("line", ["", "Quyết định kèm theo công văn"], ids=["pictures only", "a line typed above"])
def test_a_word_file_of_pictures_is_a_scan_too(line: str, tmp_path: Path) -> None:
    from docx import Document
    from PIL import Image

    Image.new("L", (40, 60), 200).save(tmp_path / "page.png")
    document = Document()
    document.add_paragraph(line)
    document.add_picture(str(tmp_path / "page.png"))
    document.save(str(tmp_path / "scan.docx"))
    with pytest.raises(InputError, match=r"bản quét \(ảnh\).*\.docx.*OCR"):
        read(tmp_path / "scan.docx")


def test_a_word_file_with_a_picture_in_its_letter_is_read(tmp_path: Path) -> None:
    from docx import Document
    from PIL import Image

    path = make_word(tmp_path / "decision.docx", decision(GRID))
    Image.new("L", (40, 60), 200).save(tmp_path / "emblem.png")
    document = Document(str(path))
    document.add_picture(str(tmp_path / "emblem.png"))
    document.save(str(path))
    assert [record.code for record in read(path).records] == ["1.950001"]


@pytest.mark.skipif(not has_font(), reason="no font with Vietnamese letters on this machine")
def test_a_pdf_with_a_password_is_refused(tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(tmp_path / "khoa.pdf"), encrypt="secret")
    canvas.drawString(100, 100, "x")
    canvas.save()
    with pytest.raises(InputError, match="đặt mật khẩu"):
        read(tmp_path / "khoa.pdf")


def test_a_workbook_of_a_million_rows_is_refused_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "lon.xlsx"
    cell = b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>x%d</t></is></c></row>'
    rows = b"".join(cell % (number, number, number) for number in range(1, 1_000_001))
    whole = b"<worksheet><sheetData>" + rows + b"</sheetData></worksheet>"
    assert len(whole) > MAX_PART
    package(path, ("xl/worksheets/sheet1.xml", whole), suffix=".xlsx")
    del rows, whole
    tracemalloc.start()
    try:
        with pytest.raises(InputError, match="xóa dòng, cột trống"):
            read(path)
        assert tracemalloc.get_traced_memory()[1] < 10 * MEBIBYTE
    finally:
        tracemalloc.stop()


def test_a_sheet_with_far_more_rows_than_any_list_is_refused(tmp_path: Path) -> None:
    workbook = Workbook()
    workbook.worksheets[0]["A25000"] = "x"
    workbook.save(tmp_path / "dai.xlsx")
    with pytest.raises(InputError, match=r"20,000 dòng\. Xóa các dòng trống"):
        read(tmp_path / "dai.xlsx")


def test_an_empty_sheet_says_that_there_is_no_list(tmp_path: Path) -> None:
    Workbook().save(tmp_path / "trong.xlsx")
    file = read(tmp_path / "trong.xlsx")
    assert "no-list" in {issue.code for issue in file.issues}
    assert file.is_refused


@pytest.mark.parametrize("suffix", [".docx", ".xlsx"])
@pytest.mark.parametrize("seed", range(12))
def test_a_part_that_was_damaged_anywhere_never_ends_in_a_trace(suffix: str, seed: int, tmp_path: Path) -> None:
    random = Random(seed)
    path = (make_word if suffix == ".docx" else make_workbook)(tmp_path / f"a{suffix}", decision(GRID))
    with ZipFile(path) as whole:
        parts = {name: bytearray(whole.read(name)) for name in whole.namelist()}
    broken = random.choice(sorted(parts))
    for _ in range(random.randrange(1, 20)):
        parts[broken][random.randrange(len(parts[broken]))] = random.randrange(256)
    with ZipFile(path, "w") as file:
        for name, content in parts.items():
            file.writestr(name, bytes(content))
    with suppress(InputError):
        read(path)
