"""What the words about a procedure are made of, before a template lays them out."""

from collections.abc import Iterable

import msgspec


class Section(msgspec.Struct, frozen=True):
    """Some lines under a label ("" for none), listed as bullets or set as paragraphs. No line is ever cut."""

    lines: tuple[str, ...]
    label: str = ""
    listed: bool = True


def letters(lines: Iterable[str]) -> int:
    """The room lines take up, each with its bullet and line break."""
    return sum(len(line) + 3 for line in lines)


def whole_lines(lines: tuple[str, ...], room: int) -> tuple[str, ...]:
    """The first lines that fit into a room of letters."""
    for count in range(len(lines), -1, -1):
        if letters(lines[:count]) <= room:
            return lines[:count]
    return ()
