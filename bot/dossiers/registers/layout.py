"""Which column holds what: headings over one or two rows, repeated further down, perhaps in another order."""

import re
from collections.abc import Iterable, Sequence
from itertools import zip_longest

import msgspec

from bot.dossiers.registers.headings import Column, column_of
from bot.dossiers.registers.record import Record

SEARCHED_ROWS = 200  # a header that has not come by then is none
LEAST_FILLED = 3  # cells; titles, sections, totals and signatures have fewer
LEAST_HEADINGS = 2  # known headings that make a row a header: one word alone may stand in any cell
_NUMBERING = re.compile(r"\(?[\dA-Za-z]{1,2}\)?(?:\s*=\s*[\d()+\-\s]+)?|")  # (1) (2), A B C, (5)=(3)+(4)

_DATA = re.compile(r"\d{4}")

Placed = tuple[int, ...]  # places of the cells that may hold a column, the best heading first


class Layout(msgspec.Struct, frozen=True):
    """The places of each column in a row, and how wide the table is."""

    places: dict[Column, Placed]
    headings: tuple[str, ...]

    def cells(self, record: Record, column: Column) -> list[str]:
        """What the record holds for a column, blanks left out."""
        cells = record.cells
        return [cells[at] for at in self.places.get(column, ()) if at < len(cells) and cells[at]]

    def first(self, record: Record, column: Column) -> str:
        return next(iter(self.cells(record, column)), "")

    def has(self, column: Column) -> bool:
        return column in self.places

    @property
    def is_usable(self) -> bool:
        has_code = self.has(Column.CODE) or self.has(Column.NATIONAL_CODE)
        return has_code and len(self.places) > LEAST_HEADINGS


def is_skipped(record: Record) -> bool:
    """Whether a row is no record at all: fewer than three filled cells, or the numbers of the columns."""
    return record.filled < LEAST_FILLED or all(_NUMBERING.fullmatch(cell) for cell in record.cells)


def known_headings(record: Record) -> int:
    """How many cells are headings; none where a cell has four digits running, as every code and date has."""
    if any(_DATA.search(cell) for cell in record.cells):
        return 0
    return sum(column_of(cell) is not None for cell in record.cells if cell)


class Header:
    """Watches rows go by and keeps the layout in force: that of the last header that makes a usable one."""

    def __init__(self) -> None:
        self.layout: Layout | None = None
        self._above: list[Record] = []  # the row before a header: perhaps the groups of its columns
        self._rows: list[Record] = []

    def takes(self, record: Record) -> bool:
        """Whether a row is no data: part of a header, or nothing at all."""
        known = known_headings(record)
        if known >= LEAST_HEADINGS or (known and self._rows):
            self._rows.append(record)
            return True
        is_nothing = is_skipped(record)
        if not is_nothing:
            self.settle()
        if self.layout is None and record.filled > 1:
            self._above = [record]
        return is_nothing or self.layout is None

    def settle(self) -> None:
        """Put the header in force whose rows went by."""
        tried = [lay_out(self._rows), lay_out([*self._above, *self._rows])] if self._rows else []
        usable = [layout for layout in tried if layout.is_usable]
        self.layout = max(usable, key=lambda each: len(each.places), default=self.layout)
        self._rows = []


def lay_out(rows: Sequence[Record]) -> Layout:
    """The layout that header rows make together: the lowest known heading of each column, else the group above it
    with the part below ("Tiếp nhận" over "Ngày")."""
    spread = [*map(_spread, rows[:-1]), [(cell, False) for cell in rows[-1].cells]]
    headings = [_heading(column) for column in zip_longest(*spread, fillvalue=("", False))]
    found: dict[Column, list[tuple[int, int]]] = {}
    for at, heading in enumerate(headings):
        named = column_of(heading)
        if named:
            found.setdefault(named[0], []).append((named[1], at))
    places = {column: tuple(at for _, at in sorted(ranked)) for column, ranked in found.items()}
    return Layout(places, tuple(headings))


Cell = tuple[str, bool]  # a heading and whether it was spread over from the group at its left


def _spread(row: Record) -> list[Cell]:
    """The cells of a header row, each blank one under the group heading to its left."""
    spread, left = [], ""
    for cell in row.cells:
        spread.append((cell or left, not cell))
        left = cell or left
    return spread


def _heading(column: Iterable[Cell]) -> str:
    own = [text for text, is_spread in column if text and not is_spread]
    groups = [text for text, is_spread in column if text and is_spread]
    for text in reversed(own):
        if column_of(text):
            return text
    joined = [f"{part} {group}" for part in own for group in (*own, *groups) if part != group]
    return next((text for text in joined if column_of(text)), own[-1] if own else "")
