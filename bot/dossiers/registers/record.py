"""A line of a register file, whatever the file."""

import msgspec


class RegisterFileError(Exception):
    """The message tells an operator what to do."""


class Record(msgspec.Struct, frozen=True):
    """One line of a table. `number` counts from 1, blank ones too; `formulas` are the places of cells whose value the
    file does not hold; `share` is how much of the file has been read, 0 to 1; `sheet` is named where a workbook has
    registers on several sheets, whose numbers then count apart."""

    number: int
    cells: tuple[str, ...]
    formulas: tuple[int, ...] = ()
    share: float = 0.0
    sheet: str = ""

    @property
    def filled(self) -> int:
        return sum(bool(cell) for cell in self.cells)
