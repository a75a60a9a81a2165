"""A table as the page, the workbook and the document all show it: written once."""

from collections.abc import Iterable
from datetime import timedelta

import msgspec

from bot.answers.wording.amounts import grouped
from bot.reports import words


class Cell(msgspec.Struct, frozen=True):
    """A text, or a number with the address of the rows it counts ("" where it counts none)."""

    value: int | str
    rows: str = ""

    @property
    def is_number(self) -> bool:
        return isinstance(self.value, int)

    @property
    def text(self) -> str:
        return grouped(self.value) if isinstance(self.value, int) else self.value


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """`above` are headings over several columns, each with how many; `numbered` is a line under the headings, as
    official forms have it. `note` stands below. The last row is a total where `has_total`."""

    key: str
    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    above: tuple[tuple[str, int], ...] = ()
    numbered: tuple[str, ...] = ()
    note: str = ""
    empty: str = "Kỳ này không có."
    has_total: bool = False


def text(value: str) -> Cell:
    return Cell(value)


def number(value: int, rows: str = "") -> Cell:
    """Zero leads nowhere."""
    return Cell(value, rows if value else "")


def share(part: int, whole: int) -> Cell:
    return Cell(words.share(part, whole))


def span(of: timedelta | None) -> Cell:
    return Cell(words.span(of))


def row(*cells: Cell | str) -> tuple[Cell, ...]:
    return tuple(text(each) if isinstance(each, str) else each for each in cells)


def rows(found: Iterable[tuple[Cell, ...]]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(found)
