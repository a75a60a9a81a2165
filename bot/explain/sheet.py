"""A titled table of plain text: what is explained, whoever shows it."""

from collections.abc import Sequence
from difflib import SequenceMatcher

import msgspec
from rich import box
from rich.table import Column, Table
from rich.text import Text

Row = tuple[str, ...]


class Sheet(msgspec.Struct, frozen=True):
    """Rows have a cell for each of `columns`."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...] = ()


def table_of(sheet: Sheet) -> Table:
    """For a terminal; brackets in the text stay brackets."""
    columns = (Column(heading, overflow="fold") for heading in sheet.columns)
    table = Table(*columns, title=sheet.title, title_justify="left", box=box.SIMPLE_HEAD, show_edge=False)
    for row in sheet.rows:
        table.add_row(*map(Text, row))
    return table


def number(value: float) -> str:
    return f"{value:.2f}"


def changed(before: Sequence[str], after: Sequence[str]) -> str:
    """What became of which words: "dc → được; giaáy → giấy"."""
    parts = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return "; ".join(
        f"{' '.join(before[begin:end]) or '(nothing)'} → {' '.join(after[start:stop]) or '(nothing)'}"
        for tag, begin, end, start, stop in parts
        if tag != "equal"
    )
