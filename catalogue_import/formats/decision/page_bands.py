"""Lines of a page that stand close below each other, and the gaps between them."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

SAME_LINE = 4.0  # points
WIDER = 1.3  # times the usual step from line to line: a wider one parts bands
USUAL, LEAST = 1.6, 0.7  # times the height of a letter: a step within a paragraph is not above this, nor below that
SPACED = 1.25  # the step of a text that has no two lines in a paragraph

Word = dict[str, Any]


class Band(NamedTuple):
    """`step` is how far below the band before it begins, in usual steps from line to line."""

    lines: list[list[Word]]
    step: float

    @property
    def words(self) -> list[Word]:
        return [word for line in self.lines for word in line]

    @property
    def top(self) -> float:
        return float(self.lines[0][0]["top"])


def bands_of(words: Sequence[Word]) -> list[Band]:
    lines = _lines(words)
    steps = [below[0]["top"] - above[0]["top"] for above, below in pairwise(lines)]
    usual = _usual(steps, [word["bottom"] - word["top"] for word in words])
    bands: list[Band] = []
    for line, step in zip(lines, [float("inf"), *steps], strict=bool(lines)):
        if step > WIDER * usual:
            bands.append(Band([line], step / usual))
        else:
            bands[-1].lines.append(line)
    return bands


def text_of(words: Sequence[Word]) -> str:
    return " ".join(word["text"] for word in words)


def _lines(words: Sequence[Word]) -> list[list[Word]]:
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word["top"], word["x0"])):
        if lines and word["top"] - lines[-1][0]["top"] <= SAME_LINE:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda word: float(word["x0"])) for line in lines]


def _usual(steps: Sequence[float], heights: Sequence[float]) -> float:
    """From line to line within a text. Most lines of a page may be rows of their own."""
    height = median(heights) if heights else 1.0
    close = [step for step in steps if LEAST * height <= step <= USUAL * height]
    return median(close) if close else SPACED * height
