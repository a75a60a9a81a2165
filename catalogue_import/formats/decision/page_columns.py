"""Columns of a page by the white between them."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

GUTTER = 5.0  # points of white between columns, at least: about twice the space between words

Word = dict[str, Any]


class Column(NamedTuple):
    """Also any other stretch of the page's width."""

    left: float
    right: float


def columns_of(words: Sequence[Word], heading: Sequence[Sequence[Word]]) -> list[Column]:
    """Where all these words leave white between them. Columns that hold nothing but their heading are told by it,
    from its lowest line up: above stand headings of several columns."""
    columns = [stretch for stretch, _ in stretches(words)]
    for line in reversed(heading):
        for stretch, _ in stretches(line):
            if not overlapped(stretch, columns):
                columns = sorted([*columns, stretch])
    return columns


def stretches(words: Sequence[Word]) -> Iterator[tuple[Column, list[Word]]]:
    """Words with no more than a space between them, from left to right."""
    mine: list[Word] = []
    right = 0.0
    for word in sorted(words, key=lambda word: float(word["x0"])):
        if mine and word["x0"] - right >= GUTTER:
            yield Column(mine[0]["x0"], right), mine
            mine = []
        right = max(right, word["x1"]) if mine else word["x1"]
        mine.append(word)
    if mine:
        yield Column(mine[0]["x0"], right), mine


def overlapped(stretch: Column, columns: Sequence[Column]) -> range:
    """The columns that a stretch stands over."""
    places = [at for at, one in enumerate(columns) if stretch.left < one.right and one.left < stretch.right]
    return range(places[0], places[-1] + 1) if places else range(0)


def place_of(word: Word, columns: Sequence[Column]) -> int:
    """The column in which the middle of a word stands, or to which it is nearest."""
    middle = (word["x0"] + word["x1"]) / 2
    return sum(middle > (one.right + other.left) / 2 for one, other in pairwise(columns))
