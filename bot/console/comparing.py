"""Two texts of an entry side by side: what was taken out, what was put in, field by field."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

import msgspec

from bot.console import words
from knowledge.faq.entry import FaqText
from knowledge.faq.reading import typed_of

_PIECE = re.compile(r"\s+|\w+|[^\w\s]")


class Run(NamedTuple):
    """`kind`: same, out, in."""

    kind: str
    text: str


class Difference(NamedTuple):
    label: str
    runs: tuple[Run, ...]


def compare(before: FaqText, after: FaqText) -> list[Difference]:
    """Only the fields that differ."""
    old, new = (msgspec.structs.asdict(typed_of(text)) for text in (before, after))
    return [Difference(words.FIELDS[name], tuple(runs(old[name], new[name]))) for name in old if old[name] != new[name]]


def runs(before: str, after: str) -> Iterator[Run]:
    """Word by word; what was replaced is told as taken out, then as put in."""
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    for kind, begin, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Run("same", "".join(old[begin:end]))
            continue
        if end > begin:
            yield Run("out", "".join(old[begin:end]))
        if last > first:
            yield Run("in", "".join(new[first:last]))
