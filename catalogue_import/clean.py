"""Pure cleaning of published text.

Hot: an import cleans some 400,000 texts, and nearly all of them are clean already. So both functions first ask
cheap questions of the whole text and touch only what is dirty.
"""

import re
from functools import lru_cache
from unicodedata import is_normalized, normalize

SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"  # no-break, figure and ideographic spaces: a space
BREAKS = "\x0b\x0c\r\x85\u2028\u2029"  # every way to end a line but the plain one
PRIVATE_USE = "\ue000-\uf8ff"  # bullets of symbol fonts: U+F0FC, U+F076, U+F0A7 and the like
INVISIBLE = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # controls; PostgreSQL refuses NUL in a text
    "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"  # soft hyphen, zero widths, directions, byte order mark
)
REPLACEMENTS = ((SPACES, " "), (BREAKS, "\n"), (PRIVATE_USE, "-"), (INVISIBLE, ""))
PATTERNS = [(re.compile(f"[{characters}]"), instead) for characters, instead in REPLACEMENTS]
DIRT = re.compile(f"[{SPACES}{BREAKS}{PRIVATE_USE}{INVISIBLE}]")


def clean(text: str) -> str:
    """NFC, plain spaces and line breaks, no invisible characters, bullets as "-", trimmed."""
    if not text.isprintable() and DIRT.search(text):  # a line break is not printable either
        text = _replace(text)
    if not is_normalized("NFC", text):  # after the invisible ones are gone: they keep marks from their letters
        text = normalize("NFC", text)
    return text.strip()


@lru_cache(maxsize=8_192)  # names of 2,473 laws and some hundred agencies, kinds of people and fields come again
def clean_line(text: str) -> str:
    """The same for a name or heading: line breaks and runs of spaces become one space."""
    cleaned = clean(text)
    return cleaned if cleaned.isprintable() and "  " not in cleaned else " ".join(cleaned.split())


def _replace(text: str) -> str:
    text = text.replace("\r\n", "\n")
    for pattern, instead in PATTERNS:
        text = pattern.sub(instead, text)
    return text
