"""The day as of which a question is asked: "nộp tháng 5/2026 thì theo quy định nào".

Only a day of filing counts, never one of birth, death or issue: the words before it decide.
"""

import re
from datetime import date
from typing import NamedTuple
from unicodedata import normalize

from bot.answers.case import Case
from bot.answers.choices import action_taken, option_taken
from bot.answers.verdict import Verdict
from knowledge.language.fillers import filler_positions
from knowledge.language.syllables import fold

FIRST, LAST = date(2000, 1, 1), date(2100, 1, 1)  # outside, a number is no day of filing

_FILING = r"\b(?:nop|ap dung|quy dinh|thoi diem|tinh den|hieu luc|lam (?:tu|hoi|vao|trong)|nop ho so)\b"
_BETWEEN = r"(?:(?!\b(?:(?<!khai )sinh|mat|chet|tu vong|cuoi|cap|ky)\b)[^.;?!\d]){0,40}?"
_DAY = r"(?:ngay\s+)?(?P<day>\d{1,2})\s*[/-]\s*(?P<month>\d{1,2})\s*[/-]\s*(?P<year>20\d\d)"
_MONTH = r"thang\s+(?P<only_month>\d{1,2})\s*(?:[/-]|nam)\s*(?P<its_year>20\d\d)"
_ASKED = re.compile(rf"(?P<filing>{_FILING})(?P<between>{_BETWEEN})(?P<when>{_DAY}|{_MONTH})\b")
_IDLE = re.compile(r"(?:\b(?:ho so|vao|tu|hoi|trong|luc|cua|la|thoi diem)\b|\s)*")  # nothing of what is to be filed
_WHICH_RULE = re.compile(
    r"\b(?:thi |se )?(?:(?:tinh |lam )?theo|ap dung) (?:quy dinh|luat|muc)(?: phi)? (?:nao|gi)\b\W*$"
)
_NOW = re.compile(r"\b(?:hom nay|bay gio|hien nay|hien tai|hien hanh|luc nay)\b")
ASKED = "văn bản nào"  # what remains of "nộp tháng 5/2026 thì theo quy định nào", which leans on what was spoken of


class AsOf(NamedTuple):
    """A day of filing, of a month its first; and the message without it, which is no part of what is looked for."""

    day: date
    rest: str


def as_of_in(text: str) -> AsOf | None:
    """None where the message names no day of filing."""
    composed = normalize("NFC", text)
    folded = fold(composed)
    found = _ASKED.search(folded)
    if found is None:
        return None
    year, month = found["year"] or found["its_year"], found["month"] or found["only_month"]
    try:
        day = date(int(year), int(month), int(found["day"] or 1))
    except ValueError:
        return None
    if not FIRST <= day < LAST:
        return None
    if len(folded) != len(composed):  # single letters may fold to none
        return AsOf(day, text)
    start = found.start("filing" if _IDLE.fullmatch(found["between"]) else "when")
    which = _WHICH_RULE.search(folded, found.end())
    end = which.start() if which else len(composed)
    rest = f"{composed[:start].rstrip()} {composed[found.end() : end].strip()}".strip(" ,;.?")
    return AsOf(day, rest or ASKED)


def day_kept(case: Case, verdict: Verdict) -> date | None:
    """The day of filing named before, while a message only takes a choice, taps, or asks on about the same thing."""
    memory = case.memory
    if memory.as_of is None:
        return None
    spoken_of = {memory.subject, *(option.code for option in memory.offered)}
    if not spoken_of.issuperset(part.code for part in verdict.parts) or _NOW.search(" ".join(case.text.folded)):
        return None
    return memory.as_of if _leans(case) else None


def _leans(case: Case) -> bool:
    if case.action or action_taken(case) or option_taken(case):
        return True
    words, asking = case.text.folded, case.findings.asked.aspect.asking
    return len(asking | filler_positions(words)) == len(words)
