"""The page of an apology, in the form of administrative documents (NĐ 30/2020/NĐ-CP, phụ lục I)."""

import io
from typing import NamedTuple

from docx import Document
from docx.document import Document as Docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from bot.dossiers.apology import BLANK, TITLE, Apology, sentences, written_day

FONT = "Times New Roman"
PAGE = (Cm(21), Cm(29.7))
TOP, BOTTOM, LEFT, RIGHT = Cm(2), Cm(2), Cm(3), Cm(1.5)  # the narrowest the form allows: one side of A4
NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"


class Look(NamedTuple):
    """How a paragraph is set; sizes and spaces in points."""

    size: int = 14
    bold: bool = False
    italic: bool = False
    alignment: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.CENTER
    before: int = 0
    after: int = 0
    indent: float = 0  # of the first line, in centimetres


HEADING, RULE, NUMBER = Look(13, bold=True), Look(8), Look(13)
TEXT = Look(alignment=WD_ALIGN_PARAGRAPH.JUSTIFY, after=6, indent=1.27)
COPIES = Look(11, alignment=WD_ALIGN_PARAGRAPH.LEFT)


def drafted(apology: Apology) -> bytes:
    """The slip as a DOCX file."""
    document = _blank_page()
    _head(document, apology)
    _set(document.add_paragraph(), TITLE[0], Look(bold=True, before=18))
    _set(document.add_paragraph(), TITLE[1], Look(bold=True, after=12))
    _set(document.add_paragraph(), f"Kính gửi: Ông/Bà {BLANK}", Look(after=6))
    for sentence in sentences(apology):
        _set(document.add_paragraph(), sentence, TEXT)
    _foot(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _blank_page() -> Docx:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = PAGE
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = TOP, BOTTOM, LEFT, RIGHT
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(Look().size)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    document.core_properties.author = ""
    document.core_properties.title = " ".join(TITLE)
    return document


def _head(document: Docx, apology: Apology) -> None:
    """Who writes, on the left; the nation, the motto, place and day on the right."""
    left, right = _two_columns(document, Cm(7), Cm(9.5))
    parent = [(apology.parent.upper(), NUMBER)] if apology.parent else []
    agency = (apology.agency or BLANK).upper()
    _fill(left, *parent, (agency, HEADING), ("_______", RULE), ("Số: ……/PXL-……", NUMBER))
    day = f"{apology.place}, {written_day(None)}"
    _fill(right, (NATION, HEADING), (MOTTO, Look(bold=True)), ("_" * 21, RULE), (day, Look(italic=True)))


def _foot(document: Docx) -> None:
    left, right = _two_columns(document, Cm(8), Cm(8.5))
    copies = ((place, COPIES) for place in ("- Như trên;", "- Bộ phận Một cửa;", "- Lưu: VT."))
    _fill(left, ("Nơi nhận:", COPIES._replace(size=12, bold=True, italic=True)), *copies)
    _fill(right, ("THỦ TRƯỞNG CƠ QUAN", Look(bold=True)), ("(Ký, ghi rõ họ tên, đóng dấu)", Look(italic=True)))


def _two_columns(document: Docx, *widths: Cm) -> tuple[_Cell, _Cell]:
    table = document.add_table(rows=1, cols=2)
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width  # some programs read the width of the column, some that of its cells
        column.cells[0].width = width
    left, right = table.rows[0].cells
    return left, right


def _fill(cell: _Cell, *lines: tuple[str, Look]) -> None:
    """A cell has one empty paragraph from the start."""
    paragraphs = [cell.paragraphs[0], *(cell.add_paragraph() for _ in lines[1:])]
    for paragraph, (text, look) in zip(paragraphs, lines, strict=True):
        _set(paragraph, text, look)


def _set(paragraph: Paragraph, text: str, look: Look) -> None:
    run = paragraph.add_run("".join(filter(str.isprintable, text)))  # XML takes no control characters
    run.bold, run.italic, run.font.size = look.bold, look.italic, Pt(look.size)
    form = paragraph.paragraph_format
    form.alignment, form.first_line_indent = look.alignment, Cm(look.indent)
    form.space_before, form.space_after = Pt(look.before), Pt(look.after)
