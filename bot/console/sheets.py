"""Workbooks that staff fill in: a sheet of rows under known headings, cells as text, every problem at its cell."""

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, BinaryIO, NamedTuple

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from knowledge.workbook_merges import MOST_MERGED, merged_cells

GUIDE_SHEET, EXAMPLE_SHEET = "Hướng dẫn", "Ví dụ"
MOST_ROWS, MOST_BYTES = 20_000, 200 * 1024**2  # rows; bytes unpacked: more is no workbook of ours
MOST_COLUMNS = 60  # a stray cell far to the right would make every row as wide
EMPTY_ROWS = 200  # formatted as text below the last row, for what is added by hand

NOT_TYPED = {"f": "ô chứa công thức; ghi thẳng nội dung", "e": "ô chứa lỗi của Excel; ghi thẳng nội dung"}

UNREADABLE = "Tệp này không đọc được. Bạn mở bằng Excel, lưu lại dạng .xlsx rồi thử lại."
TOO_LARGE = "Tệp này lớn quá. Bạn chia thành nhiều tệp nhỏ hơn."
MERGED = "Tệp này có ô gộp trải hết cả cột. Bạn bỏ gộp các ô đó, lưu lại rồi thử lại."


def absent(part: str) -> str:
    return f"Tệp này thiếu {part}. Bạn tải mẫu về, chép nội dung vào rồi thử lại."


_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what no file of the format can hold


class WorkbookError(Exception):
    """It cannot be read or written at all; the message says why and what to do, in English for the operator, `told`
    in Vietnamese for staff."""

    def __init__(self, message: str, told: str = UNREADABLE) -> None:
        super().__init__(message)
        self.told = told


class Problem(NamedTuple):
    """What is wrong with a cell or a row, in Vietnamese."""

    place: str
    message: str


class Form(NamedTuple):
    """A kind of workbook: `read` are the headings of the columns that are read, `columns` all of them in order.
    `examples` are rows of a sheet of their own, which is not read back."""

    sheet: str
    columns: tuple[str, ...]
    read: tuple[str, ...]
    widths: tuple[int, ...]
    guide: tuple[str, ...]
    examples: tuple[tuple[str, ...], ...] = ()


class Line(NamedTuple):
    """A row that holds something: heading → cell."""

    number: int
    cells: Mapping[str, Any]

    @property
    def place(self) -> str:
        return f"dòng {self.number}"

    def text(self, heading: str) -> str:
        return text_of(self.cells[heading]) if heading in self.cells else ""

    def problem(self, heading: str, message: str) -> Problem:
        cell = self.cells.get(heading)
        return Problem(f"ô {cell.coordinate}" if cell is not None else self.place, message)

    def at(self, heading: str) -> str:
        """The place of a cell, or of the row where it has none."""
        return self.problem(heading, "").place

    def formulas(self) -> list[Problem]:
        """Cells whose content Excel works out, or could not work out."""
        return [
            Problem(f"ô {cell.coordinate}", NOT_TYPED[cell.data_type])
            for cell in self.cells.values()
            if isinstance(cell, Cell) and cell.data_type in NOT_TYPED
        ]


# Writing


def save(path: Path, form: Form, rows: Iterable[Sequence[str]]) -> None:
    """Whole or not at all. Raises WorkbookError."""
    if path.suffix.lower() != ".xlsx":
        raise WorkbookError(f"{path} must end in .xlsx")
    if path.exists():
        raise WorkbookError(f"{path} exists already. Give another name, or remove it first")
    try:
        with NamedTemporaryFile(dir=path.parent, suffix=".xlsx", delete=False) as file:
            _workbook(form, rows).save(file.name)
        Path(file.name).replace(path)
    except OSError as error:
        raise WorkbookError(f"{path}: {error.strerror}. Check that the folder exists and can be written") from error


def bytes_of(form: Form, rows: Iterable[Sequence[str]]) -> bytes:
    held = BytesIO()
    _workbook(form, rows).save(held)
    return held.getvalue()


def _workbook(form: Form, rows: Iterable[Sequence[str]]) -> Workbook:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = form.sheet
    empty = [("",) * len(form.columns)] * EMPTY_ROWS
    _fill(sheet, form, [*rows, *empty])
    guide = workbook.create_sheet(GUIDE_SHEET)
    guide.column_dimensions["A"].width = 110
    for number, text in enumerate(form.guide, start=1):
        _put(guide, number, 1, text)
    if form.examples:
        _fill(workbook.create_sheet(EXAMPLE_SHEET), form, form.examples)
    return workbook


def _fill(sheet: Worksheet, form: Form, rows: Sequence[Sequence[str]]) -> None:
    for number, texts in enumerate([form.columns, *rows], start=1):
        for column, text in enumerate(texts, start=1):
            _put(sheet, number, column, text)
    for column, width in enumerate(form.widths, start=1):
        sheet.cell(1, column).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"


def _put(sheet: Worksheet, row: int, column: int, text: str) -> None:
    """Always as text: what begins with "=" or "@" is no formula of ours, and 1.001190 is no number."""
    text = _NOT_XML.sub("", text)
    cell = sheet.cell(row, column, text or None)
    cell.number_format, cell.alignment = "@", Alignment(wrap_text=True, vertical="top")
    if text:
        cell.data_type = "s"


# Reading


def lines_in(source: Path | BinaryIO, name: str, form: Form) -> Iterator[Line]:
    """Rows that hold anything. Raises WorkbookError when it is no workbook of this kind."""
    sheet = _opened(source, name, form)
    columns = _columns(name, sheet, form)
    for number, cells in enumerate(sheet.iter_rows(min_row=2, max_col=MOST_COLUMNS), start=2):
        line = Line(number, {heading: cells[at] for heading, at in columns.items() if at < len(cells)})
        if any(map(line.text, form.read)):
            yield line


def _opened(source: Path | BinaryIO, name: str, form: Form) -> Worksheet:
    try:
        with zipfile.ZipFile(source) as parts:
            if sum(part.file_size for part in parts.infolist()) > MOST_BYTES:
                raise WorkbookError(f"{name} is far too large for this", TOO_LARGE)
            if merged_cells(parts) > MOST_MERGED:
                raise WorkbookError(f"{name} has whole columns of merged cells. Unmerge them and save it again", MERGED)
        workbook = load_workbook(source)
    except OSError as error:
        raise WorkbookError(f"{source}: {error.strerror}. Check the name and that it can be read") from error
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, SyntaxError, TypeError) as error:
        raise WorkbookError(f"{name} is no readable .xlsx. Open it in Excel, save it as .xlsx and try again") from error
    if form.sheet not in workbook.sheetnames:
        raise WorkbookError(
            f"{name} lacks the sheet “{form.sheet}”. Begin with the command `template`", absent(f"sheet “{form.sheet}”")
        )
    sheet: Worksheet = workbook[form.sheet]
    if sheet.max_row > MOST_ROWS:
        raise WorkbookError(f"{name} has more than {MOST_ROWS:,} rows", TOO_LARGE)
    return sheet


def _columns(name: str, sheet: Worksheet, form: Form) -> dict[str, int]:
    headings = [text_of(cell) for cell in next(sheet.iter_rows(max_row=1, max_col=MOST_COLUMNS))]
    if lacking := [heading for heading in form.read if heading not in headings]:
        told = absent(f"cột “{lacking[0]}” ở dòng 1 của sheet “{form.sheet}”")
        raise WorkbookError(f"{name}, sheet “{form.sheet}” lacks the column “{lacking[0]}” in row 1", told)
    return {heading: headings.index(heading) for heading in form.read}


def number_in(line: Line, heading: str) -> tuple[int, tuple[Problem, ...]]:
    """0 for an empty cell."""
    written = line.text(heading)
    if not written:
        return 0, ()
    if written.isascii() and written.isdigit() and len(written) <= 9:  # noqa: PLR2004  an integer column
        return int(written), ()
    return 0, (line.problem(heading, f"“{written[:30]}” không phải một số"),)


def repeated(numbered: Iterable[tuple[str, int]]) -> Iterator[Problem]:
    """Numbers that stand in two rows; `numbered` are places and numbers, 0 for a new one."""
    seen: dict[int, str] = {}
    for place, number in numbered:
        if number in seen:
            yield Problem(place, f"mục {number} đã có ở {seen[number]}")
        if number:
            seen[number] = place


def text_of(cell: Any) -> str:
    value = cell.value
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()
