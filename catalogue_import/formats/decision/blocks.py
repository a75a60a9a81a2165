"""What every office format is turned into before anybody asks what it means: paragraphs and tables of cells."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from catalogue_import.decision_file import Place


@dataclass(eq=False)
class Cell:
    """One cell, merged or not: it stands at every place of the grid that it covers.

    `row` and `column` are those of its upper left corner, from 0. `number` is the value of a spreadsheet number.
    A cell that goes on after a page break `continues` the one before it and lends it its text.
    """

    text: str
    row: int = 0
    column: int = 0
    rows: int = 1
    columns: int = 1
    number: float | None = None
    continues: "Cell | None" = field(default=None, repr=False)

    @property
    def root(self) -> "Cell":
        return self.continues.root if self.continues is not None else self

    @property
    def full_text(self) -> str:
        return self.root.text

    def add(self, text: str) -> None:
        """Append what stands in the next row or on the next page."""
        root = self.root
        root.text = joined(root.text, text)


class Row(NamedTuple):
    """`cells` has one for each column of the grid; `at` counts from 0 within the table."""

    cells: Sequence[Cell]
    at: int
    where: Place

    @property
    def own(self) -> list[Cell]:
        """The cells that begin in this row, each once, filled ones only."""
        return [cell for cell in distinct(self.cells) if cell.row == self.at and cell.text]

    @property
    def filled(self) -> list[Cell]:
        return [cell for cell in distinct(self.cells) if cell.text]


class Table(NamedTuple):
    rows: Sequence[Row]

    @property
    def width(self) -> int:
        return max((len(row.cells) for row in self.rows), default=0)


class Paragraph(NamedTuple):
    text: str
    where: Place


Block = Paragraph | Table

BULLETS = "-–—+*•●▪■◦·"


def distinct(cells: Iterable[Cell]) -> list[Cell]:
    return list({id(cell): cell for cell in cells}.values())


def joined(text: str, more: str) -> str:
    """Two pieces of one text that a line, row or page break cut apart; a bullet begins a line of its own."""
    if not text or not more:
        return text or more
    if more[0] in BULLETS and not more[1:2].isalnum():
        return f"{text}\n{more}"
    return f"{text}{'' if is_cut_word(text) else ' '}{more}"


def is_cut_word(text: str) -> bool:
    """Numbers of laws break after a hyphen or stroke: "34/2025/NQ-" and "HĐND"."""
    return text[-1:] in {"-", "/"} and text[-2:-1].isalnum()
