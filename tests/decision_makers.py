"""Making decisions of any layout as Word, Excel and PDF files, for tests: one description, three files."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from docx import Document
from openpyxl import Workbook
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

from catalogue_import.decision_file import DecisionFile
from catalogue_import.formats import detect
from catalogue_import.formats.format import DecisionFormat

FONTS = (  # with Vietnamese letters, on any Debian with a desktop or a browser
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf",
)

LETTER = (
    "ỦY BAN NHÂN DÂN THÀNH PHỐ HẢI PHÒNG",
    "Số: 9100/QĐ-UBND",
    "Hải Phòng, ngày 10 tháng 10 năm 2026",
    "QUYẾT ĐỊNH",
    "Về việc công bố Danh mục thủ tục hành chính",
    "CHỦ TỊCH ỦY BAN NHÂN DÂN THÀNH PHỐ HẢI PHÒNG",
    "Căn cứ Nghị định số 63/2010/NĐ-CP ngày 08/6/2010 của Chính phủ;",
    "QUYẾT ĐỊNH:",
)
FIRST = "Điều 1. Công bố kèm theo Quyết định này Danh mục thủ tục hành chính."
ON_SIGNING = "Điều 2. Quyết định này có hiệu lực kể từ ngày ký."
ANNEX = ("Phụ lục I", "DANH MỤC THỦ TỤC HÀNH CHÍNH")


class Grid(NamedTuple):
    """Texts by row and column; "<" goes on to the left, "^" goes on from above."""

    rows: Sequence[Sequence[str]]


Part = str | Grid
Maker = Callable[[Path, Sequence[Part]], Path]


def decision(*parts: Part, first: str = FIRST, effective: str = ON_SIGNING, annex: Sequence[str] = ANNEX) -> list[Part]:
    """The letter with its articles, the title of an annex, and what stands in it."""
    return [*LETTER, first, effective, *annex, *parts]


def merges(grid: Grid) -> list[tuple[int, int, int, int]]:
    """(top, left, bottom, right) of every box of more than one place."""
    found = []
    for top, row in enumerate(grid.rows):
        for left, text in enumerate(row):
            if text in {"<", "^"}:
                continue
            right = left
            while right + 1 < len(row) and row[right + 1] == "<":
                right += 1
            bottom = top
            while bottom + 1 < len(grid.rows) and grid.rows[bottom + 1][left] == "^":
                bottom += 1
            if (bottom, right) != (top, left):
                found.append((top, left, bottom, right))
    return found


def shown(text: str) -> str:
    return "" if text in {"<", "^"} else text


def make_word(path: Path, parts: Sequence[Part]) -> Path:
    document = Document()
    for part in parts:
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        table = document.add_table(len(part.rows), len(part.rows[0]))
        for top, left, bottom, right in merges(part):
            table.cell(top, left).merge(table.cell(bottom, right))
        for at, row in enumerate(part.rows):
            cells = table.rows[at].cells
            for column, text in enumerate(row):
                if text not in {"<", "^"}:
                    cells[column].text = text
    document.save(str(path))
    return path


def make_workbook(path: Path, parts: Sequence[Part]) -> Path:
    """One sheet: lines in the first column, tables below them."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "Danh mục"
    at = 1
    for part in parts:
        if isinstance(part, str):
            sheet.cell(at, 1, part)
            at += 1
            continue
        for offset, row in enumerate(part.rows):
            for column, text in enumerate(row, start=1):
                sheet.cell(at + offset, column, shown(text) or None)
        for top, left, bottom, right in merges(part):
            sheet.merge_cells(start_row=at + top, start_column=left + 1, end_row=at + bottom, end_column=right + 1)
        at += len(part.rows)
    workbook.save(path)
    return path


def has_font() -> bool:
    return any(Path(font).exists() for font in FONTS)


def make_pdf(path: Path, parts: Sequence[Part], *, ruled: bool = True) -> Path:
    """Landscape A4 with tables that break over pages: without merged cells within rows too, where they have lines."""
    if "Body" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("Body", next(font for font in FONTS if Path(font).exists())))
    style = ParagraphStyle("body", fontName="Body", fontSize=8, leading=10)
    story: list[object] = []
    for part in parts:
        if part == ANNEX[0]:
            story.append(PageBreak())
        if isinstance(part, str):
            story += [Paragraph(part, style), Spacer(1, 3)]
            continue
        spans = [("SPAN", (left, top), (right, bottom)) for top, left, bottom, right in merges(part)]
        cells = [[Paragraph(shown(text).replace("\n", "<br/>"), style) for text in row] for row in part.rows]
        count = len(part.rows[0])
        first = 24 if count > 4 else 740 / count  # a column of numbers in wide tables
        widths = [first, *[(764 - first) / (count - 1)] * (count - 1)]
        lines = [("GRID", (0, 0), (-1, -1), 0.5, "black")] if ruled else []
        style_of_table = [*lines, ("VALIGN", (0, 0), (-1, -1), "TOP"), *spans]
        story.append(Table(cells, widths, style=style_of_table, splitInRow=0 if spans or not ruled else 1))
    SimpleDocTemplate(str(path), pagesize=landscape(A4), leftMargin=30, rightMargin=30).build(story)
    return path


MAKERS: dict[str, Maker] = {".docx": make_word, ".xlsx": make_workbook, ".pdf": make_pdf}


def read_file(path: Path) -> DecisionFile:
    format_ = detect(path)
    assert isinstance(format_, DecisionFormat)
    return format_.read(path, lambda _done, _total: None)
