"""A page in the form of administrative documents (NĐ 30/2020/NĐ-CP, phụ lục I): its head, its foot, its letters."""

from typing import NamedTuple

from docx import Document
from docx.document import Document as Docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

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


def blank_page(title: str) -> Docx:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = PAGE
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = TOP, BOTTOM, LEFT, RIGHT
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(Look().size)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    document.core_properties.author = ""
    document.core_properties.title = title
    return document


def head(document: Docx, *, parent: str, agency: str, number: str, day: str) -> None:
    """Who writes, on the left; the nation, the motto, place and day on the right."""
    left, right = two_columns(document, Cm(7), Cm(9.5))
    above = [(parent.upper(), NUMBER)] if parent else []
    fill(left, *above, (agency.upper(), HEADING), ("_______", RULE), (number, NUMBER))
    fill(right, (NATION, HEADING), (MOTTO, Look(bold=True)), ("_" * 21, RULE), (day, Look(italic=True)))


def foot(document: Docx, copies: tuple[str, ...]) -> None:
    """To whom copies go, and who signs."""
    left, right = two_columns(document, Cm(8), Cm(8.5))
    places = ((place, COPIES) for place in copies)
    fill(left, ("Nơi nhận:", COPIES._replace(size=12, bold=True, italic=True)), *places)
    fill(right, ("THỦ TRƯỞNG CƠ QUAN", Look(bold=True)), ("(Ký, ghi rõ họ tên, đóng dấu)", Look(italic=True)))


def two_columns(document: Docx, *widths: Cm) -> tuple[_Cell, _Cell]:
    table = document.add_table(rows=1, cols=2)
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width  # some programs read the width of the column, some that of its cells
        column.cells[0].width = width
    left, right = table.rows[0].cells
    return left, right


def fill(cell: _Cell, *lines: tuple[str, Look]) -> None:
    """A cell has one empty paragraph from the start."""
    paragraphs = [cell.paragraphs[0], *(cell.add_paragraph() for _ in lines[1:])]
    for paragraph, (text, look) in zip(paragraphs, lines, strict=True):
        write(paragraph, text, look)


def write(paragraph: Paragraph, text: str, look: Look) -> None:
    run = paragraph.add_run("".join(filter(str.isprintable, text)))  # XML takes no control characters
    run.bold, run.italic, run.font.size = look.bold, look.italic, Pt(look.size)
    form = paragraph.paragraph_format
    form.alignment, form.first_line_indent = look.alignment, Cm(look.indent)
    form.space_before, form.space_after = Pt(look.before), Pt(look.after)
