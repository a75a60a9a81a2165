"""The records of a register file, one at a time: CSV in any of its dialects, or the first sheet of an XLSX.

RegisterFileError: the file as a whole cannot be read; the message names the place and the remedy.
"""

import csv
import io
import itertools
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, TextIO
from xml.etree.ElementTree import ParseError

import msgspec
import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

SAMPLE = 64 * 1024  # characters read to tell the delimiter
DELIMITERS = ",;\t|"
MOST_SHARED_TEXT = 300 * 1024**2  # bytes of an XLSX's shared texts, the one part that is read into memory whole
MOST_CELL = 128 * 1024  # characters; a cell longer than this is an open quote
BLOCK = 1024**2
FORMULA = "="
CUT = "cannot be read: the file is damaged or cut off. Export it again"


class RegisterFileError(Exception):
    """The message tells an operator what to do."""


class Record(msgspec.Struct, frozen=True):
    """One line of a table. `number` counts from 1, blank ones too; `formulas` are the places of cells whose value the
    file does not hold; `share` is how much of the file has been read, 0 to 1."""

    number: int
    cells: tuple[str, ...]
    formulas: tuple[int, ...] = ()
    share: float = 0.0

    @property
    def filled(self) -> int:
        return sum(bool(cell) for cell in self.cells)


def read_records(path: Path) -> Iterator[Record]:
    """Raises RegisterFileError, also while reading."""
    try:
        with path.open("rb") as file:
            head = file.read(8)
        yield from _XLSX.get(head[:4], _csv_records)(path)
    except OSError as error:
        raise RegisterFileError(f"{path}: {error.strerror}. Check the name and that it may be read") from error


def _old_excel(path: Path) -> Iterator[Record]:
    raise RegisterFileError(f"{path} is an old .xls workbook. Open it and save it as .xlsx or CSV UTF-8")


# CSV


def _csv_records(path: Path) -> Iterator[Record]:
    total = max(1, path.stat().st_size)
    csv.field_size_limit(MOST_CELL)
    with path.open("rb") as raw, io.TextIOWrapper(raw, encoding=_encoding(path), newline="") as text:
        delimiter = _delimiter(text)
        reader = csv.reader(text, delimiter=delimiter)
        try:
            for number, cells in enumerate(reader, start=1):
                yield _csv_record(number, cells, raw.tell() / total)
        except csv.Error as error:
            raise RegisterFileError(
                f"{path}, line {reader.line_num}: {error}. A quotation mark may not be closed there"
            ) from error
        except UnicodeDecodeError as error:
            raise RegisterFileError(
                f"{path}, after line {reader.line_num}: not UTF-8. Save the file as CSV UTF-8, or as .xlsx"
            ) from error


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        return "utf-16" if file.read(2) in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"


def _delimiter(text: TextIO) -> str:
    """The one that parts the sample's records into most cells of equal number."""
    try:
        sample = text.read(SAMPLE)
    except UnicodeDecodeError:
        sample = ""  # told with its line when the records are read
    text.seek(0)
    return max(DELIMITERS, key=lambda mark: _evenness(sample, mark))


def _evenness(sample: str, delimiter: str) -> int:
    try:
        widths = [len(cells) for cells in csv.reader(io.StringIO(sample), delimiter=delimiter)]
    except csv.Error:
        return 0
    return sum(width for width in widths if width > 1 and widths.count(width) > 1)


def _csv_record(number: int, cells: list[str], share: float) -> Record:
    formulas = tuple(at for at, cell in enumerate(cells) if _is_formula(cell))
    return Record(number, tuple(_csv_cell(cell) for cell in cells), formulas, min(1.0, share))


def _is_formula(cell: str) -> bool:
    return cell.lstrip().startswith(FORMULA) and not _quoted(cell)


def _quoted(cell: str) -> str:
    """The text of ="…", as exports write codes so that Excel leaves them alone."""
    cell = cell.strip()
    return cell[2:-1] if len(cell) > 2 and cell.startswith('="') and cell.endswith('"') else ""  # noqa: PLR2004  =""


def _csv_cell(cell: str) -> str:
    if _is_formula(cell):
        return ""
    return (_quoted(cell) or cell).replace("\0", "").strip().removeprefix("'")


# XLSX


def _xlsx_records(path: Path) -> Iterator[Record]:
    try:
        _refuse_bomb(path)
        values, formulas = _sheet(path, data_only=True), _sheet(path, data_only=False) if _has_formulas(path) else None
        total = max(1, values.max_row or 1)
        values.reset_dimensions()  # some exports announce one cell and hold thousands
        written = formulas.iter_rows(values_only=True) if formulas else itertools.repeat(())
        rows = zip(values.iter_rows(values_only=True), written, strict=False)
        for number, (row, as_written) in enumerate(rows, start=1):
            yield _xlsx_record(number, row, as_written, min(1.0, number / total))
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, ParseError, EOFError, zlib.error) as error:
        raise RegisterFileError(f"{path} {CUT}") from error


def _refuse_bomb(path: Path) -> None:
    with zipfile.ZipFile(path) as parts:
        texts = sum(part.file_size for part in parts.infolist() if part.filename.endswith("sharedStrings.xml"))
    if texts > MOST_SHARED_TEXT:
        raise RegisterFileError(f"{path} unpacks to {texts // 1024**2} MB of text. Save it as CSV UTF-8")


def _has_formulas(path: Path) -> bool:
    """Formulas double the time of reading, so they are looked for first. A mark cut by a block border is still seen:
    one formula seldom comes alone, and where it does its cell reads as empty."""
    with zipfile.ZipFile(path) as parts:
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/")]
        return any(b"<f" in block for name in sheets for block in _blocks(parts, name))


def _blocks(parts: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with parts.open(name) as sheet:
        while block := sheet.read(BLOCK):
            yield block


def _sheet(path: Path, *, data_only: bool) -> Any:
    """The visible sheet with most rows: others are covers and notes."""
    book = openpyxl.load_workbook(path, read_only=True, data_only=data_only)
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    return max(visible or book.worksheets, key=lambda sheet: sheet.max_row or 0)


def _xlsx_record(number: int, row: Sequence[Any], as_written: Sequence[Any], share: float) -> Record:
    formulas = tuple(
        at for at, (value, written) in enumerate(zip(row, as_written, strict=False))
        if value is None and isinstance(written, str) and written.startswith(FORMULA)
    )  # fmt: skip
    return Record(number, tuple(_text(value) for value in row), formulas, share)


def _text(value: Any) -> str:
    """A cell as it would be typed: a midnight of a spreadsheet is a day."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, datetime):
        minute = value + timedelta(seconds=30)  # the nearest one: a serial seldom hits it exactly
        return minute.strftime("%Y-%m-%d" if value.time() == time.min else "%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("\0", "").strip()


_XLSX = {b"PK\x03\x04": _xlsx_records, b"\xd0\xcf\x11\xe0": _old_excel}
