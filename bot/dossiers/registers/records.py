"""The records of a register file, one at a time: CSV in any of its dialects, or the registers of an XLSX.

RegisterFileError: the file as a whole cannot be read; the message names the place and the remedy.
"""

import codecs
import csv
import io
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from bot.dossiers.registers.record import Record, RegisterFileError
from bot.dossiers.registers.workbook import workbook_records
from bot.dossiers.words import squeezed

WINDOWS, DOSSIER = "cp1258", "ho so"  # a code page, and a word of every register as it reads then
SAMPLE = 64 * 1024  # characters read to tell the delimiter
DELIMITERS = ",;\t|"
MOST_CELL = 128 * 1024  # characters; a cell longer than this is an open quote
FORMULA = "="


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
    """UTF-16 also without its mark; the code page of Vietnamese Windows only where it makes a heading readable."""
    with path.open("rb") as file:
        head = file.read(SAMPLE)
    if head[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return "utf-16"
    if head[1::2].count(0) > len(head) / 4:  # of Vietnamese text more than half of the high bytes are zero
        return "utf-16-le"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return WINDOWS if DOSSIER in squeezed(head.decode(WINDOWS, "replace")) else "utf-8-sig"
    return "utf-8-sig"


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
    text = (_quoted(cell) or cell).replace("\0", "").strip().removeprefix("'")
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


_XLSX = {b"PK\x03\x04": workbook_records, b"\xd0\xcf\x11\xe0": _old_excel}
