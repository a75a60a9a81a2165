"""Procedure codes as decisions print them, with suffixes, spaces and slips."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from knowledge.procedure import CODE

PRINTED = re.compile(r"(?<![\d.])(\d\.\d{6})(?:\.\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2})?(?!\d)")  # with the H24 suffix
SUFFIX = r"(?:\.\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2})?\.?"
QUOTED = re.compile(r"(?<![\d.,/])\d\.\d{6}(?![\d/])")
SPREAD = re.compile(r"(?<![\d.,])(\d)[^\S\n]?\.[^\S\n]?(\d(?:[^\S\n]?\d){5})(?!\d)")  # "1. 014505"
WITH_O = re.compile(r"(?<![\w.])\d[.,][\dOoОо]{6}(?![\dA-Za-z])")  # the letter, Latin or Cyrillic, for zero
BRACKETED = re.compile(r"\([^)]*\)")  # beside a code only a note: "1.115003 (mã cũ: 1.115099)"
ZEROS = str.maketrans("OoОо", "0000")
COMMA = re.compile(r"\b(\d),(\d{6})\b")
FIRST_DIGITS = "12356"  # of all 5,665 codes


class Codes(NamedTuple):
    """Clean codes of a cell, and what looks like one but is none."""

    clean: tuple[str, ...]
    broken: str = ""


def read_codes(text: str, number: float | None = None) -> Codes:
    """Of a cell that ought to hold codes. A spreadsheet number lost its last zeros: 1.01279 is 1.012790."""
    if number is not None and 1 <= number < 10:  # noqa: PLR2004  one digit before the point
        return Codes((f"{number:.6f}",))
    straight = _straightened(text)
    printed = PRINTED.findall(BRACKETED.sub(" ", straight)) or PRINTED.findall(straight)
    found = tuple(dict.fromkeys(printed))
    if found or not text.strip(" -–."):
        return Codes(found)
    unbroken = "".join(text.split())  # a narrow column breaks lines inside a code
    is_words = any(part.isalpha() and len(part) > 1 for part in text.split())  # "Chưa có mã"
    return read_codes(unbroken) if unbroken != text and not is_words else Codes((), text)


def quoted_codes(text: str) -> list[str]:
    """Codes anywhere in a text."""
    return QUOTED.findall(_straightened(text))


def without_codes(text: str, codes: Sequence[str] = ()) -> str:
    """A name that a code stands before or behind: "1.001193 - Đăng ký khai sinh". One of `codes` may be broken over
    lines."""
    bare = PRINTED.sub("", _straightened(text))
    for code in codes:
        bare = re.sub(r"\s*".join(map(re.escape, code)) + SUFFIX, "", bare)
    name = re.sub(r"\(\s*(?:mã[^)]*)?\)|[\s:–-]+$|^[\s:–.-]+", "", bare).strip()
    return name if re.search(r"[^\W\d_]{2}(?<!\bvà)", name) else ""  # "," and "và" stood between codes


def likely_codes(printed: str) -> tuple[str, ...]:
    """Codes from which `printed` can have come by one digit too many, lost zeros at the end or a lost point."""
    before, _, after = "".join(letter for letter in printed if letter in "0123456789.").partition(".")
    if not after:
        before, after = before[:1], before[1:]
    after = after.replace(".", "")
    firsts = dict.fromkeys(before)
    lasts = dict.fromkeys([after, after.ljust(6, "0"), *(after[:at] + after[at + 1 :] for at in range(len(after)))])
    codes = (f"{first}.{last}" for first in firsts if first in FIRST_DIGITS for last in lasts)
    return tuple(code for code in codes if CODE.fullmatch(code))


def _straightened(text: str) -> str:
    """Without spaces inside numbers, letters O among digits and a comma for the point."""
    text = COMMA.sub(r"\1.\2", WITH_O.sub(lambda found: found[0].translate(ZEROS), text))
    return SPREAD.sub(lambda found: f"{found[1]}.{''.join(found[2].split())}", text)
