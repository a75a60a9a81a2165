"""Tables as the readers of office files make them, from the grids of `decision_makers`."""

from catalogue_import.decision_file import Place
from catalogue_import.formats.decision.blocks import Cell, Row, Table
from decision_makers import Grid, merges, shown


def table_of(*rows: list[str]) -> Table:
    """ "<" goes on to the left, "^" goes on from above."""
    grid = Grid(rows)
    cells = {
        (at, column): Cell(shown(text), at, column)
        for at, row in enumerate(grid.rows)
        for column, text in enumerate(row)
    }
    for top, left, bottom, right in merges(grid):
        root = cells[top, left]
        root.rows, root.columns = bottom - top + 1, right - left + 1
        for at in range(top, bottom + 1):
            cells.update({(at, column): root for column in range(left, right + 1)})
    width = len(rows[0])
    return Table(
        [Row([cells[at, column] for column in range(width)], at, Place(row=at + 1)) for at in range(len(rows))]
    )
