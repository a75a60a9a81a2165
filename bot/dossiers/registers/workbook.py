"""The records of an XLSX file: every sheet that is a register."""

import itertools
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook

from bot.dossiers.registers.layout import SEARCHED_ROWS, Header
from bot.dossiers.registers.record import Record, RegisterFileError

MOST_SHARED_TEXT = 300 * 1024**2  # bytes of an XLSX's shared texts, the one part that is read into memory whole
BLOCK = 1024**2
FORMULA = "="
CUT = "cannot be read: the file is damaged or cut off. Export it again"


def workbook_records(path: Path) -> Iterator[Record]:
    """Of all visible sheets that are registers, one after the other. Raises RegisterFileError, also while reading."""
    try:
        _refuse_bomb(path)
        values, formulas = _book(path, data_only=True), _book(path, data_only=False) if _has_formulas(path) else None
        sheets = _registers(values)
        for done, name in enumerate(sheets):
            written = formulas[name].iter_rows(values_only=True) if formulas else itertools.repeat(())
            total = max(1, values[name].max_row or 1)
            rows = zip(_rows(values[name]), written, strict=False)
            for number, (row, as_written) in enumerate(rows, start=1):
                share = (done + min(1.0, number / total)) / len(sheets)
                yield _record(number, row, as_written, share, name if len(sheets) > 1 else "")
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, ParseError, EOFError, zlib.error) as error:
        raise RegisterFileError(f"{path} {CUT}") from error


def _registers(book: Workbook) -> list[str]:
    """The visible sheets with the heading of a register: others are covers, notes and sums. The largest one where
    none has, so that it is told what it lacks."""
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"] or book.worksheets
    found = [sheet.title for sheet in visible if _is_register(sheet)]
    return found or [max(visible, key=lambda sheet: sheet.max_row or 0).title]


def _is_register(sheet: Any) -> bool:
    header = Header()
    for number, row in enumerate(itertools.islice(_rows(sheet), SEARCHED_ROWS), start=1):
        header.takes(Record(number, tuple(map(_text, row))))
        if header.layout:
            return True
    header.settle()
    return header.layout is not None


def _rows(sheet: Any) -> Iterator[tuple[Any, ...]]:
    sheet.reset_dimensions()  # some exports announce one cell and hold thousands
    rows: Iterator[tuple[Any, ...]] = sheet.iter_rows(values_only=True)
    return rows


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


def _book(path: Path, *, data_only: bool) -> Workbook:
    return openpyxl.load_workbook(path, read_only=True, data_only=data_only)


def _record(number: int, row: Sequence[Any], as_written: Sequence[Any], share: float, sheet: str) -> Record:
    formulas = tuple(
        at for at, (value, written) in enumerate(zip(row, as_written, strict=False))
        if value is None and isinstance(written, str) and written.startswith(FORMULA)
    )  # fmt: skip
    return Record(number, tuple(_text(value) for value in row), formulas, share, sheet)


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
