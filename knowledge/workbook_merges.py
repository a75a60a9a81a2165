"""How many cells the merged areas of a workbook cover, told without opening it.

openpyxl makes an object of each such cell before anybody can look: one column that is merged down to the last row of
the sheet, which a clerk does with a click, costs ten seconds and a gigabyte.
"""

import re
from collections.abc import Iterator
from zipfile import ZipFile

from openpyxl.utils import column_index_from_string

MOST_MERGED = 200_000  # the longest real lists merge some thousand; twelve whole rows of a sheet fit in
BLOCK = 1024**2
LONGEST = 256  # bytes of one element; nothing hides at the border of two blocks
MERGE = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?\bref\s*=\s*[\"']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})[\"']")


def merged_cells(parts: ZipFile) -> int:
    """In all sheets together. Raises what zipfile raises on a damaged part."""
    sheets = [name for name in parts.namelist() if name.startswith("xl/") and name.endswith(".xml")]
    return sum(_area(*found) for name in sheets for found in _merges(parts, name))


def _merges(parts: ZipFile, name: str) -> Iterator[tuple[bytes, ...]]:
    held = b""
    with parts.open(name) as file:
        while block := file.read(BLOCK):
            held += block
            end = 0
            for found in MERGE.finditer(held):
                yield found.groups()
                end = found.end()
            held = held[max(end, len(held) - LONGEST) :]


def _area(left: bytes, top: bytes, right: bytes, bottom: bytes) -> int:
    columns = column_index_from_string(right.decode()) - column_index_from_string(left.decode()) + 1
    return max(columns, 0) * max(int(bottom) - int(top) + 1, 0)
