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
    decoder = msgspec.json.Decoder(Line)
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            text = line.removeprefix(b"\xef\xbb\xbf").strip()
            if text:
                try:
                    yield decoder.decode(text)
                except (msgspec.DecodeError, UnicodeDecodeError) as error:
                    raise ReplayError(f"{path}, line {number}: {error}; mend or remove the line") from error
