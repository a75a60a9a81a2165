"""Recorded messages of groups, one JSON object a line; what is wrong with a line is said with its number."""

from collections.abc import Iterator
from pathlib import Path

import msgspec


class ReplayError(Exception):
    """A file cannot be replayed; the message names the line and the remedy."""


class Line(msgspec.Struct, frozen=True, rename={"author": "from"}):
    """`should_answer` is there only in labelled files."""

    day: int | str
    seq: int | str
    author: str
    text: str
    reply_to: int | str | None = None
    should_answer: bool | None = None
    gold: tuple[str, ...] | None = None


def read_lines(path: Path) -> Iterator[Line]:
    """Raises ReplayError, OSError."""
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            text = line.removeprefix(b"\xef\xbb\xbf").strip()  # a mark some editors put before the first line
            if text:
                yield _decoded(text, f"{path}, line {number}")


def _decoded(text: bytes, where: str) -> Line:
    try:
        return _DECODER.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ReplayError(f"{where}: {error}; mend or remove the line") from error


_DECODER = msgspec.json.Decoder(Line)
