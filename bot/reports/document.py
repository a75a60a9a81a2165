"""A report as a document in the form of administrative ones, a draft for who signs it."""

import io

from docx.document import Document as Docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Length
from docx.table import Table as DocxTable

from bot.answers.wording.amounts import day
from bot.office_form import PAGE, TEXT, Look, blank_page, foot, head, write
from bot.reports import words
from bot.reports.other_tables import accuracy_words
from bot.reports.report import Report
from bot.reports.table import Cell, Table
from bot.reports.tables import tables_of
from knowledge.clock import VIETNAM
from knowledge.figures.questions import Part

OFFICE = "Ủy ban nhân dân"
CITY = "thành phố Hải Phòng"
WIDE = 8  # columns: a table with more lies across the page
HEADING = Look(13, bold=True, alignment=WD_ALIGN_PARAGRAPH.LEFT, before=12, after=4)
NOTE = Look(12, italic=True, alignment=WD_ALIGN_PARAGRAPH.LEFT, before=4, after=6)
CELL = Look(11, alignment=WD_ALIGN_PARAGRAPH.LEFT)


def document_of(report: Report) -> bytes:
    document = blank_page(f"Báo cáo {report.title}")
    commune = report.scope.commune
    agency = f"{OFFICE} {words.place(commune) if commune else CITY}"
    made = report.made_at.astimezone(VIETNAM)
    told = f"Hải Phòng, ngày {made.day:02} tháng {made.month:02} năm {made.year}"
    head(document, parent=f"{OFFICE} {CITY}" if commune else "", agency=agency, number="Số: ……/BC-……", day=told)
    write(document.add_paragraph(), "BÁO CÁO", Look(bold=True, before=18))
    write(document.add_paragraph(), "Kết quả trả lời người dân của trợ lý tự động Một cửa", Look(bold=True))
    write(document.add_paragraph(), report.title, Look(italic=True, after=12))
    for sentence in _summary(report):
        write(document.add_paragraph(), sentence, TEXT)
    for number, table in enumerate(tables_of(report), start=1):
        _turn_page(document, is_wide=len(table.headings) > WIDE)
        _add(document, table, number)
    _turn_page(document, is_wide=False)
    foot(document, ("- Như trên;", "- Lưu: VT."))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _summary(report: Report) -> tuple[str, ...]:
    found, staff, dossiers = report.questions, report.staff, report.dossiers.total
    first, last = day(report.scope.period.first), day(report.scope.period.last)
    petitions = (f"{label.lower()} {report.petitions.of(each)}" for each, label in words.PETITION_COLUMNS.items())
    asked = f"trợ lý tự động nhận {found.questions} lượt hỏi của {found.people} người"
    answered = f"trả lời ngay {words.share(found.of(Part.ANSWERED), found.questions)}"
    waited = f"đã trả lời {staff.answered} câu (trung vị {words.span(staff.median)}), còn chờ {staff.waiting} câu"
    resolved = f"đã giải quyết {dossiers.resolved}, đang giải quyết {dossiers.pending}"
    return (
        f"Từ ngày {first} đến ngày {last}, {asked}, {answered}.",
        f"Cán bộ nhận {staff.came} câu từ danh sách chờ, {waited}.",
        f"Độ đúng theo mẫu cán bộ chấm: {accuracy_words(report.accuracy)}.",
        f"Hồ sơ nhận giải quyết: {dossiers.received}; {resolved}.",
        f"Phản ánh, kiến nghị đã chỉ nơi gửi: {'; '.join(petitions)}.",
    )


def _turn_page(document: Docx, *, is_wide: bool) -> None:
    """A new section where the page has to lie the other way."""
    width, height = PAGE
    section = document.sections[-1]
    if (section.orientation == WD_ORIENT.LANDSCAPE) is is_wide:
        return
    section = document.add_section()
    section.orientation = WD_ORIENT.LANDSCAPE if is_wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (height, width) if is_wide else (width, height)


def _add(document: Docx, table: Table, number: int) -> None:
    write(document.add_paragraph(), f"{number}. {table.title}", HEADING)
    if table.rows:
        _grid(document, table)
    else:
        write(document.add_paragraph(), table.empty, NOTE)
    if table.note:
        write(document.add_paragraph(), table.note, NOTE)


def _grid(document: Docx, table: Table) -> None:
    heads = [_spread(table)] if table.above else []
    heads += [texts for texts in (table.headings, table.numbered) if texts]
    grid = document.add_table(rows=0, cols=len(table.headings))
    grid.style, grid.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
    for texts in heads:
        _row(grid, tuple(map(Cell, texts)), CELL._replace(bold=True, alignment=WD_ALIGN_PARAGRAPH.CENTER))
        _repeat(grid)
    for cells in table.rows:
        is_total = table.has_total and cells is table.rows[-1]
        _row(grid, cells, CELL._replace(bold=is_total))
    _merge(grid, table)
    _set_widths(grid, table, document)


def _spread(table: Table) -> tuple[str, ...]:
    return tuple(label if at == 0 else "" for label, width in table.above for at in range(width))


def _row(grid: DocxTable, cells: tuple[Cell, ...], look: Look) -> None:
    places = grid.add_row().cells  # type: ignore[no-untyped-call]  # the library forgot its annotation
    for place, cell in zip(places, cells, strict=True):
        is_centred = cell.is_number or look.alignment is WD_ALIGN_PARAGRAPH.CENTER
        alignment = WD_ALIGN_PARAGRAPH.CENTER if is_centred else WD_ALIGN_PARAGRAPH.LEFT
        write(place.paragraphs[0], cell.text, look._replace(alignment=alignment))


def _repeat(grid: DocxTable) -> None:
    """The row just added heads the table on each page."""
    properties = grid.rows[-1]._tr.get_or_add_trPr()  # noqa: SLF001  the library has no name for it
    properties.append(OxmlElement("w:tblHeader"))


def _merge(grid: DocxTable, table: Table) -> None:
    column = 0
    for _, width in table.above:
        grid.cell(0, column).merge(grid.cell(0, column + width - 1))
        column += width


def _set_widths(grid: DocxTable, table: Table, document: Docx) -> None:
    """The room of the page shared by what the columns hold."""
    section = document.sections[-1]
    room = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
    columns = zip(table.headings, *([cell.text for cell in cells] for cells in table.rows), strict=True)
    wanted = [min(60, max(6, *(len(each) for each in texts))) for texts in columns]
    grid.autofit = False
    for column, letters in zip(grid.columns, wanted, strict=True):
        width = Length(int(room * letters / sum(wanted)))
        for cell in column.cells:
            cell.width = width
