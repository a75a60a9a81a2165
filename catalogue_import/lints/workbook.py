"""The report as a workbook for the publisher: figures by kind, then every finding in rows that can be filtered."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from catalogue_import.lints.report import LintReport

LONGEST_CELL = 2_000  # letters; Excel takes 32,767, nobody reads them
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")  # what spreadsheets and their CSV exports take for a formula
HEAD = PatternFill("solid", fgColor="1F5C7A")
WRAPPED = Alignment(wrap_text=True, vertical="top")

SUMMARY = (("Loại lỗi", 26), ("Nội dung", 52), ("Mức độ", 16), ("Số chỗ", 10), ("Số thủ tục", 12), ("Vì sao sai", 70))
DETAILS = (
    ("STT", 7), ("Mã thủ tục", 13), ("Tên thủ tục", 48), ("Cơ quan công bố", 26), ("Loại lỗi", 34), ("Mức độ", 14),
    ("Vị trí trong bản ghi", 34), ("Đang ghi", 60), ("Vì sao sai", 48), ("Đề nghị ghi", 48), ("Trang trên Cổng", 46),
)  # fmt: skip

Row = Sequence[str | int]


def write_workbook(report: LintReport, path: Path) -> None:
    """Written beside the name and moved there when it is whole."""
    unfinished = path.with_name(f".{path.name}.part")
    with unfinished.open("wb") as file:
        book = Workbook(write_only=True)
        _sheet(book, "Tóm tắt", SUMMARY, _summary(report))
        _sheet(book, "Chi tiết", DETAILS, _details(report))
        book.save(file)
    unfinished.replace(path)


def _summary(report: LintReport) -> Iterable[Row]:
    for figure in report.figures:
        yield (figure.kind, figure.title, figure.certainty, figure.findings, figure.procedures, figure.why)
    yield ("", "Tổng cộng", "", len(report.findings), report.wrong_procedures, "")
    yield ("", f"Đã đọc {report.procedures} thủ tục: {report.source}, ngày {report.day:%d/%m/%Y}", "", "", "", "")


def _details(report: LintReport) -> Iterable[Row]:
    titles = {figure.kind: figure.title for figure in report.figures}
    for number, finding in enumerate(report.findings, 1):
        yield (
            number, finding.code, finding.name, finding.issuer, titles[finding.kind], finding.certainty,
            finding.place, finding.stands, finding.why, finding.right, finding.link,
        )  # fmt: skip


def _sheet(book: Workbook, title: str, columns: Sequence[tuple[str, int]], rows: Iterable[Row]) -> None:
    sheet: Any = book.create_sheet(title)  # of a write-only book, for which the stubs know no columns
    for at, (_, width) in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    sheet.append([_head(sheet, label) for label, _ in columns])
    count = 1
    for count, row in enumerate(rows, 2):  # noqa: B007  the last one is needed below
        sheet.append([_cell(sheet, value) for value in row])
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{count}"


def _head(sheet: Any, label: str) -> Cell:
    cell = WriteOnlyCell(sheet, label)
    cell.font, cell.fill, cell.alignment = Font(bold=True, color="FFFFFF"), HEAD, WRAPPED
    return cell


def _cell(sheet: Any, value: str | int) -> Cell:
    """Text stays text: published prose may begin like a formula, and a cell must never compute it."""
    if isinstance(value, int):
        return WriteOnlyCell(sheet, value)
    text = ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST_CELL]
    cell = WriteOnlyCell(sheet, text)
    cell.data_type, cell.alignment = "s", WRAPPED
    cell.quotePrefix = text.startswith(FORMULA_SIGNS)
    return cell
