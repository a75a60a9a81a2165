"""Text in a box: wrapped at words, as large as it may be, and never cut."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont

REGULAR, STRONG = "BeVietnamPro-Regular", "BeVietnamPro-SemiBold"  # SIL Open Font License, see fonts/OFL.txt
FOLDER = Path(__file__).with_name("fonts")
LEADING = 1.32  # of the size: marks over capitals ("Ễ") and under letters ("ệ") must not touch
SMALLER = 0.96  # a step of shrinking: finer ones cannot be seen


class Fitted(NamedTuple):
    """Lines and their size in points."""

    size: float
    lines: tuple[str, ...]

    @property
    def leading(self) -> float:
        return self.size * LEADING

    @property
    def height(self) -> float:
        return self.leading * len(self.lines)


@lru_cache(maxsize=1)
def register_fonts() -> None:
    """Make the fonts known to reportlab, which embeds what a document uses of them."""
    for name in (REGULAR, STRONG):
        registerFont(TTFont(name, FOLDER / f"{name}.ttf"))


def fit(text: str, font: str, largest: float, width: float, height: float) -> Fitted:
    """The largest size, at most `largest`, at which all of the text has room; a text of any length gets its size."""
    register_fonts()
    fitted = _wrap(text, font, largest, width)
    while fitted.height > height:
        fitted = _wrap(text, font, fitted.size * SMALLER, width)
    return fitted


def _wrap(text: str, font: str, size: float, width: float) -> Fitted:
    lines = simpleSplit(text, font, size, width)
    return Fitted(size, tuple(part for line in lines for part in _broken(line, font, size, width)))


def _broken(line: str, font: str, size: float, width: float) -> Iterator[str]:
    """A single word that is wider than the box, an address for instance, breaks anywhere."""
    while line and stringWidth(line, font, size) > width and len(line) > 1:
        kept = next(at for at in range(len(line) - 1, 0, -1) if at == 1 or stringWidth(line[:at], font, size) <= width)
        yield line[:kept]
        line = line[kept:]
    yield line
