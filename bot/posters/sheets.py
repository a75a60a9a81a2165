"""Pages of posters as PDF: one to a page, or many small ones to cut out."""

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from reportlab.lib.pagesizes import A3, A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from bot.posters.drawing import CARD, PAGE, Size, draw_card, draw_page
from bot.posters.fitting import register_fonts
from bot.posters.poster import Poster

MARGIN = 8 * mm  # around a sheet of cards: what office printers cannot print on
PAPERS: dict[str, Size] = {"A4": Size(*A4), "A3": Size(*A3)}


class Layout(StrEnum):
    PAGE = "page"  # one poster a page
    CARDS = "cards"  # as many as have room


class Slot(NamedTuple):
    """Where a poster goes on its page, and how much larger than it is designed."""

    x: float
    y: float
    scale: float


Progress = Callable[[int], None]  # posters drawn so far


def write_pdf(posters: Sequence[Poster], path: Path, paper: str, layout: Layout, progress: Progress) -> int:
    """Write the file, whole or not at all; gives the number of pages."""
    register_fonts()
    unfinished = path.with_name(f".{path.name}.part")
    slots = slots_of(PAPERS[paper], layout)
    with unfinished.open("wb") as file:
        canvas = Canvas(file, pagesize=PAPERS[paper], invariant=True)  # the same posters give the same bytes
        canvas.setTitle("Niêm yết thủ tục hành chính")
        canvas.setProducer("motcua")
        for at, poster in enumerate(posters):
            if at and at % len(slots) == 0:
                canvas.showPage()
            _draw(canvas, poster, slots[at % len(slots)], layout)
            progress(at + 1)
        canvas.save()
    unfinished.replace(path)
    return -(-len(posters) // len(slots))


def slots_of(paper: Size, layout: Layout) -> tuple[Slot, ...]:
    """From the top left, row by row."""
    if layout is Layout.PAGE:
        return (Slot(0, 0, paper.width / PAGE.width),)
    columns = int((paper.width - 2 * MARGIN) // CARD.width)
    rows = int((paper.height - 2 * MARGIN) // CARD.height)
    left, top = (paper.width - columns * CARD.width) / 2, (paper.height + rows * CARD.height) / 2
    places = ((column, row) for row in range(rows) for column in range(columns))
    return tuple(Slot(left + column * CARD.width, top - (row + 1) * CARD.height, 1) for column, row in places)


def _draw(canvas: Canvas, poster: Poster, slot: Slot, layout: Layout) -> None:
    canvas.saveState()
    canvas.translate(slot.x, slot.y)
    canvas.scale(slot.scale, slot.scale)
    (draw_page if layout is Layout.PAGE else draw_card)(canvas, poster)
    canvas.restoreState()


def names_of(posters: Sequence[Poster], paper: str, layout: Layout) -> Iterator[str]:
    """A name for each page: the code of its poster, or the number of the sheet."""
    count = len(slots_of(PAPERS[paper], layout))
    if layout is Layout.PAGE:
        yield from (poster.code.strip() for poster in posters)
    else:
        yield from (f"trang-{number:03}" for number in range(1, -(-len(posters) // count) + 1))
