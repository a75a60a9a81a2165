"""Opening workbooks: whatever is wrong with one becomes an InputError, and a look inside is cheap the second time."""

from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from catalogue_import.clean import clean_line
from catalogue_import.files import InputError, fingerprint
from catalogue_import.office_files import DAMAGE, Kind, office_kind

PEEKED_ROWS = 15  # the merged heading of an old list export has up to ten
PEEKED_COLUMNS = 30


class Peek(NamedTuple):
    """Names of the sheets, and the texts at the top of the first one."""

    sheets: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def open_workbook(path: Path) -> Workbook:
    """With values in place of formulas; raises InputError."""
    office_kind(path)
    try:
        return load_workbook(path, data_only=True)
    except (*DAMAGE, InvalidFileException) as error:
        raise InputError(
            f"{path.name} bị hỏng nên không mở được. Mở bằng Excel, lưu lại thành .xlsx rồi đọc lại"
        ) from error


def peek(path: Path) -> Peek | None:
    """None for what is no workbook; raises InputError for a damaged one."""
    if office_kind(path) is not Kind.WORKBOOK:
        return None
    return _peek(path, fingerprint(path))


@lru_cache(maxsize=4)  # every format asks once
def _peek(path: Path, _fingerprint: tuple[int, int, int]) -> Peek:
    workbook = open_workbook(path)
    first = next((sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"), None)
    top = first.iter_rows(max_row=PEEKED_ROWS, max_col=PEEKED_COLUMNS, values_only=True) if first else ()
    return Peek(tuple(workbook.sheetnames), tuple(tuple(map(_text, row)) for row in top))


def _text(value: Any) -> str:
    return "" if value is None else clean_line(str(value))
