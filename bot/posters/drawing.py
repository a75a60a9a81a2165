"""How a poster looks, in points from the lower left corner: a page of A4, and a card to cut out.

A3 is the page of A4, larger. Black on white with one line of colour: it must copy and fax.
"""

from typing import NamedTuple

import segno
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from bot.posters.fitting import REGULAR, STRONG, fit
from bot.posters.poster import CENTRE, Poster

INK, QUIET, ACCENT, RULE = (HexColor(colour) for colour in (0x14252E, 0x4A5B64, 0x1F6F78, 0xB8C4CA))
QUIET_ZONE = 4  # modules of white around a code, as ISO/IEC 18004 asks
HINT_SIZE = 16


class Size(NamedTuple):
    width: float
    height: float


class Box(NamedTuple):
    """`x` and `y` are the lower left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def top(self) -> float:
        return self.y + self.height


PAGE = Size(*A4)
CARD = Size(92 * mm, 66 * mm)
EDGE = 18 * mm  # of the page
INNER = PAGE.width - 2 * EDGE
CODE_SIDE = 104 * mm  # scanned from two metres, across a counter and a queue


def draw_page(canvas: Canvas, poster: Poster) -> None:
    canvas.setFillColor(ACCENT)
    canvas.rect(0, PAGE.height - 6 * mm, PAGE.width, 6 * mm, stroke=0, fill=1)
    _text(canvas, CENTRE, REGULAR, 13, Box(EDGE, PAGE.height - 24 * mm, INNER, 8 * mm), colour=QUIET)
    _text(canvas, poster.place, STRONG, 17, Box(EDGE, PAGE.height - 34 * mm, INNER, 9 * mm), colour=ACCENT)
    title_height = 48 * mm if poster.official else 74 * mm
    below = _text(
        canvas, poster.title, STRONG, 36, Box(EDGE, PAGE.height - 40 * mm - title_height, INNER, title_height)
    )
    if poster.official:
        bottom = PAGE.height - 118 * mm
        _text(canvas, poster.official, REGULAR, 14, Box(EDGE, bottom, INNER, below - 3 * mm - bottom), colour=QUIET)
    draw_code(canvas, poster.link, Box((PAGE.width - CODE_SIDE) / 2, 69 * mm, CODE_SIDE, CODE_SIDE))
    _text(canvas, poster.hint, STRONG, HINT_SIZE, Box(EDGE, 50 * mm, INNER, 16 * mm), centred=True)
    _text(canvas, poster.link, REGULAR, 11, Box(EDGE, 39 * mm, INNER, 9 * mm), colour=QUIET, centred=True)
    canvas.setStrokeColor(RULE)
    canvas.line(EDGE, 33 * mm, PAGE.width - EDGE, 33 * mm)
    for line, source in enumerate(poster.sources):
        _text(canvas, source, REGULAR, 9.5, Box(EDGE, (21 - 10 * line) * mm, INNER, 9.5 * mm), colour=QUIET)


def draw_card(canvas: Canvas, poster: Poster) -> None:
    canvas.setStrokeColor(RULE)
    canvas.setDash(2, 2)
    canvas.rect(0, 0, CARD.width, CARD.height)  # where to cut
    canvas.setDash()
    side, edge = 40 * mm, 4 * mm
    left, width = side + 4 * mm, CARD.width - side - 8 * mm
    draw_code(canvas, poster.link, Box(2 * mm, CARD.height - side - 2 * mm, side, side))
    _text(canvas, poster.place, STRONG, 9, Box(left, CARD.height - 11 * mm, width, 7 * mm), colour=ACCENT)
    _text(canvas, poster.title, STRONG, 14, Box(left, 25 * mm, width, CARD.height - 37 * mm))
    _text(canvas, poster.hint, REGULAR, 8, Box(edge, 12 * mm, CARD.width - 2 * edge, 10 * mm))
    _text(
        canvas, ". ".join(poster.sources), REGULAR, 6, Box(edge, 2 * mm, CARD.width - 2 * edge, 8.5 * mm), colour=QUIET
    )


def draw_code(canvas: Canvas, link: str, box: Box) -> None:
    """As squares of the page itself: sharp at any size. Error correction Q bears a stain or a staple."""
    modules = [list(row) for row in segno.make(link, error="q", micro=False).matrix_iter(border=QUIET_ZONE)]
    side = box.width / len(modules)
    canvas.setFillColor(HexColor(0xFFFFFF))
    canvas.rect(box.x, box.y, box.width, box.height, stroke=0, fill=1)
    canvas.setFillColor(HexColor(0x000000))
    path = canvas.beginPath()
    for row, line in enumerate(modules):
        for column, is_dark in enumerate(line):
            if is_dark:
                path.rect(box.x + column * side, box.top - (row + 1) * side, side, side)
    canvas.drawPath(path, stroke=0, fill=1)


def _text(  # noqa: PLR0913  each says how the text looks
    canvas: Canvas,
    text: str,
    font: str,
    largest: float,
    box: Box,
    *,
    colour: Color = INK,
    centred: bool = False,
) -> float:
    """From the top of the box; gives the height at which the text ends."""
    fitted = fit(text, font, largest, box.width, box.height)
    canvas.setFillColor(colour)
    canvas.setFont(font, fitted.size)
    for number, line in enumerate(fitted.lines, 1):
        baseline = box.top - number * fitted.leading + 0.3 * fitted.size  # room for marks below the line
        if centred:
            canvas.drawCentredString(box.x + box.width / 2, baseline, line)
        else:
            canvas.drawString(box.x, baseline, line)
    return box.top - fitted.height
