"""Blocks of an .xlsx file: each sheet's text lines above its table are paragraphs, the rest is one table."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from catalogue_import.decision_file import Place
from catalogue_import.files import InputError
from catalogue_import.formats.decision.blocks import Block, Cell, Paragraph, Row, Table
from catalogue_import.formats.decision.headers import find_header
from catalogue_import.formats.decision.text import one_line, tidy
from catalogue_import.formats.decision.walk import ANNEX
from catalogue_import.reading_issues import ReadingIssue, Reporter
from catalogue_import.workbooks import open_workbook

MOST_ROWS = 20_000  # three times the whole catalogue of 2026
MOST_COLUMNS = 100  # the widest real list has twelve
Grid = Mapping[tuple[int, int], Cell]


def workbook_blocks(path: Path, reporter: Reporter) -> Iterator[Block]:
    """Sheet after sheet; hidden ones and hidden rows are reported, not read. Rows count as in the program."""
    workbook = open_workbook(path)
    for sheet in workbook.worksheets:
        if sheet.sheet_state != "visible":
            reporter.add(ReadingIssue.HIDDEN_SHEET, sheet.title, Place(sheet=sheet.title))
            continue
        yield from _sheet_blocks(path, sheet, reporter)


def _sheet_blocks(path: Path, sheet: Worksheet, reporter: Reporter) -> Iterator[Block]:
    if (sheet.max_row or 0) > MOST_ROWS:
        raise InputError(
            f"{path.name}: trang tính “{sheet.title}” có hơn {MOST_ROWS:,} dòng. Xóa các dòng trống ở cuối "
            "(chọn các dòng, Xóa) rồi lưu lại, hoặc tách tệp"
        )
    rows = [row for row in _rows(sheet) if row.filled]
    starts = [0, *(at for at, row in enumerate(rows) if at and _begins_annex(row)), len(rows)]
    for start, end in pairwise(starts):
        yield from _part_blocks(sheet, rows[start:end], reporter)


def _begins_annex(row: Row) -> bool:
    return len(row.own) == 1 and ANNEX.match(one_line(row.own[0].text)) is not None


def _part_blocks(sheet: Worksheet, rows: Sequence[Row], reporter: Reporter) -> Iterator[Block]:
    """The lines above a list as paragraphs, and the list with everything below it as one table."""
    start = next((at for at in range(len(rows)) if find_header(rows[at:])), len(rows))
    for is_alone, group in groupby(rows[:start], key=lambda row: len(row.own) < 2):  # noqa: PLR2004  a line of text
        together = list(group)
        if is_alone:
            yield from (Paragraph(cell.text, row.where) for row in together for cell in row.own)
        else:
            yield Table(together)
    shown = [row for row in rows[start:] if not _is_hidden(sheet, row, reporter)]
    if shown:
        yield Table(shown)


def _is_hidden(sheet: Worksheet, row: Row, reporter: Reporter) -> bool:
    number = row.at + 1
    if number in sheet.row_dimensions and sheet.row_dimensions[number].hidden:
        reporter.add(ReadingIssue.HIDDEN_ROW, " | ".join(cell.text for cell in row.own), row.where)
        return True
    return False


def _rows(sheet: Worksheet) -> Iterator[Row]:
    """`at` is the row's number in the sheet from 0, by which merged cells know where they begin."""
    merged = _merged(sheet)
    width = min(sheet.max_column or 0, MOST_COLUMNS)
    for index, values in enumerate(sheet.iter_rows(max_col=width, values_only=True)):
        cells = [merged.get((index, at)) or _cell(value, index, at) for at, value in enumerate(values)]
        yield Row(cells, index, Place(sheet=sheet.title, row=index + 1))


def _merged(sheet: Worksheet) -> Grid:
    grid: dict[tuple[int, int], Cell] = {}
    for area in sheet.merged_cells.ranges:
        if area.max_row > MOST_ROWS or area.max_col > MOST_COLUMNS:
            continue  # a merge of whole rows or columns says nothing
        cell = _cell(sheet.cell(area.min_row, area.min_col).value, area.min_row - 1, area.min_col - 1)
        cell.rows, cell.columns = area.max_row - area.min_row + 1, area.max_col - area.min_col + 1
        for row, column in area.cells:
            grid[row - 1, column - 1] = cell
    return grid


def _cell(value: Any, row: int, column: int) -> Cell:
    return Cell(_text(value), row, column, number=value if type(value) is float else None)


def _text(value: Any) -> str:
    """As a clerk would read it: decimals with a comma, days as 01/09/2026."""
    if value is None or value is False:
        return ""
    if value is True:
        return "x"
    if isinstance(value, float):
        return f"{value:.10g}".replace(".", ",")
    if isinstance(value, datetime | date):
        return f"{value:%d/%m/%Y}"
    return tidy(str(value))
