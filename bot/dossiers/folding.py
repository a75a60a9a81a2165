"""A message in the letters that codes are written in, each place of it known in the original."""

import re
import unicodedata
from typing import NamedTuple

# What takes no room on paper: zero-width characters, soft hyphens, marks of direction and of variant forms; and the
# carriage return, which makes one break of a line with the line feed after it.
_INVISIBLE = re.compile("[\r\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]")
_DASHES = frozenset("_~\u02d7\u02dc\u2212\u301c\u223c\u30fc")
_SLASHES = frozenset("/\\\u2044\u2215")
_DOTS = frozenset("\u00b7\u2022\u2027\u2219\u22c5\u3002\uff0e")
_AS_DIGITS = str.maketrans("OQIL|", "00111")


class Folded(NamedTuple):
    """Capitals with plain dashes, slashes, dots and spaces; text[at] is the original's [places[at]], None: [at]."""

    text: str
    places: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The part of the original that text[start:end] stands for."""
        if self.places is None:
            return start, end
        return self.places[start], self.places[end - 1] + 1


def fold(text: str) -> Folded:
    folded = text.translate(_LETTERS)
    if not _INVISIBLE.search(folded):
        return Folded(folded)
    places = tuple(at for at, letter in enumerate(folded) if not _INVISIBLE.match(letter))
    return Folded("".join(folded[at] for at in places), places)


def as_digits(text: str) -> str:
    """Letters that people type for digits; never B, S or Z, where nobody can tell."""
    return text.translate(_AS_DIGITS)


class _Letters(dict[int, str]):
    """One letter for one, so that places stay; worked out once for each letter met."""

    def __missing__(self, point: int) -> str:
        self[point] = folded = _folded(chr(point))
        return folded


_LETTERS = _Letters()


def _folded(letter: str) -> str:
    compatible = unicodedata.normalize("NFKC", letter)
    plain = compatible if len(compatible) == 1 else letter
    if plain in _DASHES or unicodedata.category(plain) in {"Pd", "Pc"}:
        return "-"
    if plain in _SLASHES:
        return "/"
    if plain in _DOTS:
        return "."
    if plain.isspace() and plain != "\r":
        return " "
    return plain.upper() if len(plain.upper()) == 1 else plain
