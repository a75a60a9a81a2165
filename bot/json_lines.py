"""Files of JSON lines: each row gets further fields, rows that cannot be read are told with their line."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TextIO

import msgspec

Row = dict[str, Any]
Answered = Callable[[Row], Row]  # the further fields of a row; raises ValueError where the row cannot be answered


class Report(msgspec.Struct, frozen=True):
    """How a file was answered; `problems` name their lines."""

    answered: int
    problems: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.answered} answered" + (f", {len(self.problems)} could not be read" if self.problems else "")


def answer_lines(source: Path, out: TextIO, answered: Answered) -> Report:
    """Write each row of `source` with its further fields to `out`. Raises OSError when `source` cannot be read."""
    count, problems = 0, []
    for number, line in _lines(source):
        try:
            row = _DECODER.decode(line)
            written = msgspec.json.encode({**row, **answered(row)}).decode()
        except (ValueError, TypeError) as error:  # of what is not JSON, no object, or lacks a field
            problems.append(f"line {number}: {error}")
        else:
            out.write(f"{written}\n")
            count += 1
    return Report(count, tuple(problems))


_DECODER = msgspec.json.Decoder(Row)


def _lines(source: Path) -> Iterator[tuple[int, bytes]]:
    with source.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            text = line.removeprefix(b"\xef\xbb\xbf").strip()  # a mark some editors put before the first line
            if text:
                yield number, text


def text_of(row: Row, field: str) -> str:
    """A field that must be a text; raises ValueError without repeating what stands there instead."""
    value = row.get(field)
    if not isinstance(value, str):
        raise ValueError(f'"{field}" is missing or no text')  # noqa: TRY004  one kind of error for all that is wrong
    return value
