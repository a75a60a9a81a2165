"""One row of a list: what it is, what it takes from the row above, and what goes on with it."""

import re
from dataclasses import dataclass

from catalogue_import.decision_file import Place
from catalogue_import.formats.decision.blocks import Cell, Row
from catalogue_import.formats.decision.codes import read_codes
from catalogue_import.formats.decision.headers import Header
from catalogue_import.formats.decision.meanings import Meaning
from catalogue_import.formats.decision.sections import Section
from catalogue_import.formats.decision.text import folded, letters
from catalogue_import.formats.decision.values import is_ditto

TOTAL = re.compile(r"^(tong( so| cong)?|cong)(?=\s*([:(\d–-]|so\b|thu tuc|tthc|$))")  # no "Công nhận …", "Tổng hợp …"
REMARK = re.compile(r"^(ghi chu|luu y|\*|\(\*|chu thich|nguoi lap|noi nhan)")
CODE_COLUMNS = (Meaning.CODE, Meaning.OLD_CODE, Meaning.NEW_CODE)
FEW_WORDS = frozenset({Meaning.NUMBER, Meaning.NAME, Meaning.TIME, Meaning.FIELD, Meaning.OLD_NAME})
LONGEST_CODE = 30  # characters, with suffix and gaps


@dataclass
class Draft:
    """A row of a list with everything that stands above it; texts are taken when all rows were seen."""

    cells: list[Cell]
    header: Header
    sections: tuple[Section, ...]
    where: Place

    def text(self, *meanings: Meaning) -> str:
        """Of all columns of the first of these meanings that has any text."""
        for meaning in meanings:
            texts = [self.cells[at].full_text for at in self.header.places(meaning) if at < len(self.cells)]
            if text := "\n".join(filter(None, dict.fromkeys(texts))):  # one cell may cover several columns
                return text
        return ""

    def shares(self, one: Meaning, other: Meaning) -> bool:
        """Whether one merged cell stands in both columns."""
        places = [
            self.cells[at] for meaning in (one, other) for at in self.header.places(meaning) if at < len(self.cells)
        ]
        return len({id(cell.root) for cell in places}) == 1

    def number(self, meaning: Meaning) -> float | None:
        return next((self.cells[at].number for at in self.header.places(meaning) if at < len(self.cells)), None)

    def unit(self, meaning: Meaning) -> str:
        return next((self.header.columns[at].unit for at in self.header.places(meaning)), "")


def take_from_above(cells: list[Cell], row: Row, last: Draft) -> None:
    """Resolves "-nt-", and merged cells that a page break cut."""
    is_new_page = row.where.page != last.where.page
    for at, cell in enumerate(cells[: len(last.cells)]):
        above = last.cells[at]
        if is_ditto(cell.text):
            cells[at] = above
        elif is_new_page and not cell.text and cell.continues is None and (cell.rows > 1 or above.rows > 1):
            cell.continues = above


def go_on(last: Draft, row: Row) -> None:
    for at, cell in enumerate(row.cells[: len(last.cells)]):
        above = last.cells[at]
        if cell.row != row.at or cell.root is above.root or cell.column != at:
            continue
        if cell.text:
            above.add(cell.text)
        if cell.rows > 1:
            cell.continues = above


def shifted_code(row: Row, header: Header) -> str:
    """A code alone in a column that is not for codes, where the column of codes has none."""
    if any(
        read_codes(text_at(row, at), row.cells[at].number).clean for at in code_places(header) if at < len(row.cells)
    ):
        return ""
    for at, column in enumerate(header.columns[: len(row.cells)]):
        is_other = column.meaning not in {*CODE_COLUMNS, Meaning.NOTE} and header.has(*CODE_COLUMNS)
        text = text_at(row, at)
        if is_other and is_own(row, at) and is_code(text) and (column.meaning in FEW_WORDS or not _has_words(text)):
            return text
    return ""


def _has_words(text: str) -> bool:
    """Beside a code: "thay mã 1.000077" is a remark."""
    return any(part.isalpha() and len(part) > 1 for part in text.split())


def code_places(header: Header) -> list[int]:
    return [at for meaning in CODE_COLUMNS for at in header.places(meaning)]


def has_code(row: Row, header: Header) -> bool:
    return any(is_code(text_at(row, at)) for at in code_places(header))


def has_own_code(row: Row, header: Header) -> bool:
    """In a cell for codes alone, not in one that covers the row."""
    return any(is_code(text_at(row, at)) and row.cells[at].columns == 1 for at in code_places(header))


def is_code(text: str) -> bool:
    return len(text) <= LONGEST_CODE and bool(read_codes(text).clean) and not letters(text).isalpha()


def is_remark(row: Row) -> bool:
    own = row.own
    return len(own) <= 3 and any(is_note(cell.text) for cell in own[:2])  # noqa: PLR2004  label, number, unit


def is_note(text: str) -> bool:
    key = folded(text)
    return bool(TOTAL.match(key) or REMARK.match(key))


def text_at(row: Row, at: int) -> str:
    return row.cells[at].text if at < len(row.cells) else ""


def is_own(row: Row, at: int) -> bool:
    return row.cells[at].row == row.at
