"""Headings that come again on each page of a PDF."""

from catalogue_import.formats.decision.blocks import Cell, Row, Table
from catalogue_import.formats.decision.headers import find_header


class PageHeads:
    """Goes from page to page. Some programs draw no line between a repeated heading and a row that goes on from the
    page before, so that both stand in one cell: they are told apart by the heading met before."""

    def __init__(self) -> None:
        self._texts: list[str] = []  # of the lowest row of the last heading
        self._rows = 0

    def parted(self, table: Table) -> Table:
        if rest := self._rest(table):
            at = self._rows
            row = Row([Cell(text, -1, column) for column, text in enumerate(rest)], -1, table.rows[0].where)
            return Table([*table.rows[:at], row, *table.rows[at:]])
        if header := find_header(table.rows):
            self._texts, self._rows = _texts(table.rows[header.rows - 1]), header.rows
        return table

    def _rest(self, table: Table) -> list[str]:
        """What stands below the heading in its cells, which lose it; none where the heading is another one."""
        if not self._texts or len(table.rows) < self._rows:
            return []
        cells = table.rows[self._rows - 1].cells
        texts = [cell.text for cell in cells]
        pairs = list(zip(texts, self._texts, strict=False))
        if texts == self._texts or len(cells) != len(self._texts) or not all(one.startswith(two) for one, two in pairs):
            return []
        for cell, heading in zip(cells, self._texts, strict=True):
            cell.text = heading
        return [one[len(two) :].strip() for one, two in pairs]


def _texts(row: Row) -> list[str]:
    return [cell.text for cell in row.cells]
