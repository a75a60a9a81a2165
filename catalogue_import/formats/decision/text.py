"""Forms of a text in which office files can be compared, however they were typed or converted."""

import re
from functools import lru_cache
from unicodedata import category, normalize

from catalogue_import.clean import clean
from catalogue_import.formats.decision.syllables import mended

TICKS = str.maketrans({"\uf0fc": "✓", "\uf0fe": "✓", "\uf052": "✓", "\uf0d6": "✓", "\uf0a8": "", "\uf06f": ""})
NUMBERING = re.compile(r"^\s*(?:[IVXLC]{1,5}|[A-ZĐ]|\d{1,3}(?:\.\d{1,3})*)\s*[.):/-]\s*|^\s*(?:[IVX]{1,5})\s+(?=\D)")


def tidy(text: str) -> str:
    """NFC, one space between words, no empty lines, marks back at their letters; ticks of symbol fonts as "✓"."""
    lines = (" ".join(line.split()) for line in clean(text.translate(TICKS)).split("\n"))
    return mended("\n".join(filter(None, lines)))


@lru_cache(maxsize=8_192)
def squeezed(text: str) -> str:
    """Small letters without marks and white space: "Th ủ t ục" and "THỦ TỤC" are both "thutuc"."""
    decomposed = normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(letter for letter in decomposed if not letter.isspace() and category(letter) not in {"Mn", "Cf"})


@lru_cache(maxsize=8_192)
def folded(text: str) -> str:
    """Small letters without marks, one space between words."""
    decomposed = normalize("NFD", text.lower().replace("đ", "d"))
    return " ".join("".join(letter for letter in decomposed if category(letter) != "Mn").split())


def letters(text: str) -> str:
    """The same without punctuation: what headings are compared by."""
    return "".join(letter for letter in squeezed(text) if letter.isalnum())


def same_key(text: str) -> str:
    """By which two names are the same: marks count, white space and case do not (FORMATS, section 10.5)."""
    return "".join(normalize("NFC", text).lower().split())


def one_line(text: str) -> str:
    return " ".join(text.split())


def sentence_case(text: str) -> str:
    """A heading in capitals as a name: "LĨNH VỰC ĐẤT ĐAI" would shout in an answer."""
    return text.capitalize() if text.isupper() else text
