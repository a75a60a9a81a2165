"""A report as a workbook: a sheet with how it was made, then one a table, numbers leading to their rows."""

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from bot.reports import words
from bot.reports.dossier_tables import FORM
from bot.reports.question_tables import SPLIT
from bot.reports.report import Report
from bot.reports.table import Cell, Table
from bot.reports.tables import tables_of

FONT = "Times New Roman"
TITLE, NOTE, BOLD = Font(FONT, 14, bold=True), Font(FONT, 11, italic=True), Font(FONT, 12, bold=True)
PLAIN, LINK = Font(FONT, 12), Font(FONT, 12, color="0A5157", underline="single")
THIN = Side(style="thin", color="7B847F")
GRID = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
SHADE = PatternFill("solid", start_color="E6F0EE")
WIDEST, NARROWEST = 60, 9  # letters of a column
SHEET_LETTERS = 31  # of a sheet's name, by the format
CELL_LETTERS = 32_000  # of a cell's text, a little below the format's limit
FIRST = 4  # row of the headings


def workbook_of(report: Report, public_url: str = "") -> bytes:
    """With `public_url` numbers are links to the console, which shows the rows to who may see them."""
    workbook = Workbook()
    _cover(workbook.worksheets[0], report)
    for table in tables_of(report):
        sheet = workbook.create_sheet(_sheet_name(table.title))
        _write(sheet, table, report, public_url.rstrip("/"))
        if table.key == "thoi-gian" and table.rows:
            _add_chart(sheet, table)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _sheet_name(title: str) -> str:
    name = "".join(" " if letter in "[]:*?/\\" else letter for letter in title)
    return name[:SHEET_LETTERS].strip()


def _cover(sheet: Worksheet, report: Report) -> None:
    sheet.title = "Báo cáo"
    lines = [
        ("Báo cáo của trợ lý tự động Một cửa", TITLE),
        (report.title, BOLD),
        (f"Lập lúc {words.moment(report.made_at)}.", NOTE),
        ("Câu hỏi đã che thông tin riêng trước khi lưu; hồ sơ không ghi mã.", NOTE),
        ("Kiểm tra số liệu", BOLD),
        *((f"{'Khớp' if check.holds else 'KHÔNG KHỚP'}: {check.what}.", PLAIN) for check in report.checks),
    ]
    for number, (line, font) in enumerate(lines, start=1):
        _put(sheet, number, 1, Cell(line), font)
    sheet.column_dimensions["A"].width = 110


def _write(sheet: Worksheet, table: Table, report: Report, public_url: str) -> None:
    _put(sheet, 1, 1, Cell(table.title), TITLE)
    _put(sheet, 2, 1, Cell(report.title), NOTE)
    if table.numbered:
        _put(sheet, 1, len(table.headings) - 2, Cell(f"Biểu số {FORM}"), BOLD)
    at = _headings(sheet, table)
    for cells in table.rows:
        is_total = table.has_total and cells is table.rows[-1]
        for column, cell in enumerate(cells, start=1):
            _put(sheet, at, column, cell, BOLD if is_total else PLAIN, public_url, is_framed=True)
        at += 1
    if not table.rows:
        _put(sheet, at, 1, Cell(table.empty), NOTE)
        at += 1
    if table.note:
        _put(sheet, at + 1, 1, Cell(table.note), NOTE)
    _set_page(sheet, table)


def _headings(sheet: Worksheet, table: Table) -> int:
    """The row after them."""
    at, column = FIRST, 1
    for label, width in table.above:
        for place in range(column, column + width):
            _put(sheet, at, place, Cell(label if place == column else ""), BOLD, is_framed=True, is_heading=True)
        sheet.merge_cells(start_row=at, end_row=at, start_column=column, end_column=column + width - 1)
        column += width
    at += bool(table.above)
    for texts in filter(None, (table.headings, table.numbered)):
        for place, label in enumerate(texts, start=1):
            _put(sheet, at, place, Cell(label), BOLD, is_framed=True, is_heading=True)
        at += 1
    sheet.freeze_panes = f"A{at}"
    return at


def _put(  # noqa: PLR0913  what a cell looks like
    sheet: Worksheet,
    row: int,
    column: int,
    given: Cell,
    font: Font,
    public_url: str = "",
    *,
    is_framed: bool = False,
    is_heading: bool = False,
) -> None:
    """Texts stay texts: what a citizen began with "=" or "@" is no formula of ours."""
    value = given.value if isinstance(given.value, int) else _printable(given.value)
    cell = sheet.cell(row, column)
    if value != "":
        cell.value = value
    cell.font = font
    if isinstance(value, str) and value:
        cell.data_type, cell.number_format = "s", "@"
    else:
        cell.number_format = "#,##0"
    if given.rows and public_url:
        cell.hyperlink, cell.font = f"{public_url}{given.rows}", LINK
    if is_framed:
        cell.border = GRID
        cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="center" if is_heading else None)
    if is_heading:
        cell.fill = SHADE


def _printable(text: str) -> str:
    """The format takes no control characters."""
    return "".join(each for each in text if each.isprintable() or each == "\n")[:CELL_LETTERS]


def _set_page(sheet: Worksheet, table: Table) -> None:
    for column, width in enumerate(_widths(table), start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = sheet.PAPERSIZE_A4, 0
    sheet.page_setup.orientation = "landscape" if len(table.headings) > 5 else "portrait"  # noqa: PLR2004  what A4 holds
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"1:{FIRST + bool(table.above) + bool(table.numbered)}"


def _widths(table: Table) -> Sequence[int]:
    columns = zip(table.headings, *([cell.text for cell in cells] for cells in table.rows), strict=True)
    texts = [[heading.split(" ")[0], *cells] for heading, *cells in columns]
    return [min(WIDEST, max(NARROWEST, *(len(each) + 3 for each in column))) for column in texts]


def _add_chart(sheet: Worksheet, table: Table) -> None:
    """What became of the questions in each part of the period; the total below is no part."""
    last, parts = FIRST + len(table.rows) - 1, len(SPLIT) + 1
    chart = BarChart()
    chart.type, chart.grouping, chart.overlap, chart.title = "col", "stacked", 100, "Lượt hỏi theo thời gian"
    chart.add_data(Reference(sheet, min_col=4, max_col=parts, min_row=FIRST, max_row=last), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=FIRST + 1, max_row=last))
    chart.width, chart.height = 28, 10
    sheet.add_chart(chart, f"A{last + 5}")
