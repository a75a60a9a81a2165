"""FAQ entries as a workbook: writing it, and reading it back with every problem at its cell."""

import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, NamedTuple

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from bot.console import words
from knowledge.faq.desk import Card
from knowledge.faq.entry import FaqText
from knowledge.faq.reading import Typed, read, typed_of

SHEET, GUIDE_SHEET = "Hỏi đáp", "Hướng dẫn"
NUMBER, REVISION, STATE = "Số", "Bản", "Tình trạng"
HEADINGS = {  # of the columns that are read, by the field they fill
    "wordings": "Cách hỏi",
    "answer": "Câu trả lời",
    "procedures": "Mã thủ tục",
    "commune": "Phạm vi",
    "instead_of": "Thay mục số",
    "valid_from": "Dùng từ ngày",
    "valid_to": "Đến hết ngày",
    "review_on": "Ngày xem lại",
}
COLUMNS = (NUMBER, REVISION, STATE, *HEADINGS.values())
WIDTHS = (8, 8, 16, 50, 70, 22, 16, 12, 14, 14, 14)
MOST_ROWS, MOST_BYTES = 20_000, 200 * 1024**2  # entries; bytes unpacked: more is no workbook of ours
EMPTY_ROWS = 200  # formatted as text below the last row, for what is added by hand

GUIDE = (
    "Hỏi đáp của trợ lý tự động",
    "Mỗi dòng của sheet “Hỏi đáp” là một mục. Mục mới thì để trống cột “Số” và “Bản”.",
    "Cách hỏi: trong một ô, mỗi dòng một cách (Alt+Enter để xuống dòng). Dòng đầu là câu hỏi sẽ hiện ra.",
    "Câu trả lời: gạch đầu dòng bằng “- ”, chữ đậm **như thế này**, liên kết [tên](https://địa-chỉ).",
    "Mã thủ tục: cách nhau bằng dấu phẩy, ví dụ 1.001193.",
    "Phạm vi: để trống là toàn thành phố; hoặc mã hay tên của một xã, phường, đặc khu.",
    "Ngày: ghi như 31/12/2026. Không dùng công thức.",
    "Ví dụ. Cách hỏi: “Trung tâm có chỗ gửi xe không”. Câu trả lời: “Có, bãi xe ở cổng sau, **không thu tiền**.”",
    "Những gì nhập vào là bản nháp; một người duyệt rồi trợ lý mới dùng.",
)


class WorkbookError(Exception):
    """It cannot be read or written at all; the message says why and what to do, in English for the operator."""


class Row(NamedTuple):
    """A row that could be read. `number` and `revision` are 0 for a new entry."""

    place: str
    number: int
    revision: int
    text: FaqText


class Problem(NamedTuple):
    place: str
    message: str


# Writing


def write_workbook(path: Path, cards: Iterable[Card]) -> None:
    """Whole or not at all; without cards a template. Raises WorkbookError."""
    if path.suffix.lower() != ".xlsx":
        raise WorkbookError(f"{path} must end in .xlsx")
    if path.exists():
        raise WorkbookError(f"{path} exists already. Give another name, or remove it first")
    try:
        with NamedTemporaryFile(dir=path.parent, suffix=".xlsx", delete=False) as file:
            _workbook(cards).save(file.name)
        Path(file.name).replace(path)
    except OSError as error:
        raise WorkbookError(f"{path}: {error.strerror}. Check that the folder exists and can be written") from error


def _workbook(cards: Iterable[Card]) -> Workbook:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = SHEET
    rows = [COLUMNS, *map(_cells, cards)]
    for number, texts in enumerate([*rows, *[("",) * len(COLUMNS)] * EMPTY_ROWS], start=1):
        for column, text in enumerate(texts, start=1):
            _put(sheet, number, column, text)
    for column, width in enumerate(WIDTHS, start=1):
        sheet.cell(1, column).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    guide = workbook.create_sheet(GUIDE_SHEET)
    guide.column_dimensions["A"].width = 110
    for number, text in enumerate(GUIDE, start=1):
        _put(guide, number, 1, text)
    return workbook


def _cells(card: Card) -> tuple[str, ...]:
    typed = typed_of(card.text)
    own = (str(card.id), str(card.newest.number), words.STATES[card.state])
    return (*own, *(getattr(typed, field) for field in HEADINGS))


def _put(sheet: Worksheet, row: int, column: int, text: str) -> None:
    """Always as text: what begins with "=" or "@" is no formula of ours, and 1.001190 is no number."""
    cell = sheet.cell(row, column, text or None)
    cell.number_format, cell.alignment = "@", Alignment(wrap_text=True, vertical="top")
    if text:
        cell.data_type = "s"


# Reading


def read_workbook(path: Path, is_known: Callable[[str], bool]) -> tuple[tuple[Row, ...], tuple[Problem, ...]]:
    """Rows, or every problem of all of them. Raises WorkbookError when it is no workbook of ours."""
    sheet = _opened(path)
    columns = _columns(path, sheet)
    rows: list[Row] = []
    problems: list[Problem] = []
    for number, cells in enumerate(sheet.iter_rows(min_row=2), start=2):
        given = {heading: cells[at] for heading, at in columns.items() if at < len(cells)}
        if any(_text(given[heading]) for heading in (*HEADINGS.values(), NUMBER) if heading in given):
            row, wrong = _read_row(number, given, is_known)
            rows += [row] if row else []
            problems += wrong
    problems += _repeated(rows)
    return (() if problems else tuple(rows)), tuple(problems)


def _opened(path: Path) -> Worksheet:
    try:
        with zipfile.ZipFile(path) as parts:
            if sum(part.file_size for part in parts.infolist()) > MOST_BYTES:
                raise WorkbookError(f"{path.name} is far too large to be a list of questions")
        workbook = load_workbook(path)
    except OSError as error:
        raise WorkbookError(f"{path}: {error.strerror}. Check the name and that it can be read") from error
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise WorkbookError(
            f"{path.name} is no readable .xlsx. Open it in Excel, save it as .xlsx and try again"
        ) from error
    if SHEET not in workbook.sheetnames:
        raise WorkbookError(f"{path.name} lacks the sheet “{SHEET}”. Begin with: motcua faq template FILE.xlsx")
    sheet: Worksheet = workbook[SHEET]
    if sheet.max_row > MOST_ROWS:
        raise WorkbookError(f"{path.name} has more than {MOST_ROWS:,} rows")
    return sheet


def _columns(path: Path, sheet: Worksheet) -> dict[str, int]:
    headings = [_text(cell) for cell in next(sheet.iter_rows(max_row=1))]
    if absent := [heading for heading in (NUMBER, REVISION, *HEADINGS.values()) if heading not in headings]:
        raise WorkbookError(f"{path.name}, sheet “{SHEET}” lacks the column “{absent[0]}” in row 1")
    return {heading: headings.index(heading) for heading in (NUMBER, REVISION, *HEADINGS.values())}


def _read_row(
    number: int, given: dict[str, Any], is_known: Callable[[str], bool]
) -> tuple[Row | None, Sequence[Problem]]:
    formulas = [
        Problem(f"ô {cell.coordinate}", "ô chứa công thức; ghi thẳng nội dung")
        for cell in given.values()
        if isinstance(cell, Cell) and cell.data_type == "f"
    ]
    if formulas:
        return None, formulas
    typed = Typed(**{field: _text(given[heading]) for field, heading in HEADINGS.items() if heading in given})
    text, wrong = read(typed, is_known)
    problems = [Problem(f"ô {given[HEADINGS[each.field]].coordinate}", each.message) for each in wrong]
    own = {heading: _text(given[heading]) for heading in (NUMBER, REVISION)}
    for heading, written in own.items():
        if written and not (written.isascii() and written.isdigit() and len(written) <= 9):  # noqa: PLR2004  an integer column
            problems.append(Problem(f"ô {given[heading].coordinate}", f"“{written[:30]}” không phải một số"))
    if text is None or problems:
        return None, problems
    return Row(f"dòng {number}", int(own[NUMBER] or 0), int(own[REVISION] or 0), text), ()


def _repeated(rows: Iterable[Row]) -> Iterator[Problem]:
    seen: dict[int, str] = {}
    for row in rows:
        if row.number in seen:
            yield Problem(row.place, f"mục {row.number} đã có ở {seen[row.number]}")
        if row.number:
            seen[row.number] = row.place


def _text(cell: Any) -> str:
    value = cell.value
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()
