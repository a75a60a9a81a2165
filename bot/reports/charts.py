"""Charts as SVG, drawn on the server: they need no script and no style of their own, and a table stands beside each."""

from collections.abc import Iterator, Sequence

import msgspec

from bot.reports import words
from bot.reports.report import Report
from knowledge.figures.questions import Counted, Part

WIDTH, HEIGHT = 640, 240  # of the drawing, which grows and shrinks with the page
LEFT, RIGHT, TOP, BOTTOM = 44, 8, 12, 28
GAP = 0.25  # of a bar's step
MOST_LABELS = 16  # below the bars of a month every second day is named
STACKED = (Part.ANSWERED, Part.CHOSEN, Part.DOSSIER, Part.ROUTED, Part.OFFICER, Part.DECLINED)
STEPS = (1, 2, 5)


class Piece(msgspec.Struct, frozen=True):
    """A rectangle; `kind` is its class in the style sheet, `told` what a pointer reads."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    told: str


class Mark(msgspec.Struct, frozen=True):
    """A word at a place: under a bar, or beside a line."""

    x: float
    y: float
    label: str


class Chart(msgspec.Struct, frozen=True):
    title: str
    told: str  # the same in a sentence
    pieces: tuple[Piece, ...]
    below: tuple[Mark, ...]
    beside: tuple[Mark, ...]
    width: int = WIDTH
    height: int = HEIGHT


def chart_of(report: Report) -> Chart | None:
    """Questions by time, each bar parted by what became of them; none for a day or where nobody asked."""
    counted = [found for _, found in report.times]
    most = max((found.questions for found in counted), default=0)
    if not most:
        return None
    top = ceiling(most)
    names = [words.short_name(part) for part, _ in report.times]
    busiest = max(report.times, key=lambda each: each[1].questions)
    told = (
        f"{report.questions.questions} lượt hỏi. Nhiều nhất: {words.period_name(busiest[0])}, "
        f"{busiest[1].questions} lượt. Số liệu có trong bảng Theo thời gian."
    )
    return Chart(
        title=f"Lượt hỏi theo thời gian, {report.title}",
        told=told,
        pieces=tuple(_bars(counted, [words.period_name(part) for part, _ in report.times], top)),
        below=tuple(_below(names)),
        beside=tuple(_beside(top)),
    )


def ceiling(most: int) -> int:
    """The next round number, at which the axis ends: 1, 2, 5, 10, 20, 50 …"""
    power = 1
    while True:
        for step in STEPS:
            if step * power >= most:
                return step * power
        power *= 10


def _bars(counted: Sequence[Counted], names: Sequence[str], top: int) -> Iterator[Piece]:
    step = (WIDTH - LEFT - RIGHT) / len(counted)
    for at, (found, name) in enumerate(zip(counted, names, strict=True)):
        x, y = LEFT + (at + GAP / 2) * step, float(HEIGHT - BOTTOM)
        for part in filter(found.of, STACKED):
            height = (HEIGHT - TOP - BOTTOM) * found.of(part) / top
            y -= height
            told = f"{name}: {words.PARTS[part]} {found.of(part)}"
            yield Piece(_at(x), _at(y), _at(step * (1 - GAP)), _at(height), part, told)


def _at(place: float) -> float:
    """A tenth of a unit is less than a pixel."""
    return round(place, 1)


def _below(names: Sequence[str]) -> Iterator[Mark]:
    step = (WIDTH - LEFT - RIGHT) / len(names)
    every = 1 + len(names) // MOST_LABELS
    for at in range(0, len(names), every):
        yield Mark(_at(LEFT + (at + 0.5) * step), HEIGHT - BOTTOM + 18, names[at])


def _beside(top: int) -> Iterator[Mark]:
    """Lines at nothing, half (if that is a whole number) and all of the axis."""
    for value in sorted({0, top // 2, top} if top % 2 == 0 else {0, top}):
        yield Mark(LEFT - 6, _at(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / top), str(value))
