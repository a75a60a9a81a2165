"""What an administrator of a group tells the bot: be quiet for a while, speak only when called, speak again; tell
at the end of each day what was asked."""

import re
from datetime import timedelta
from enum import StrEnum

import msgspec

from knowledge.language.normalise import normalise

_OF_US = re.compile(r"(?<!\S)(?:bot|tro ly(?: tu dong)?)(?!\S)")
_QUIET = re.compile(
    r"(?<!\S)(?:im lang|im di|im nhe|giu im lang|ngung tra loi|tam ngung|tam dung|dung tra loi|tam nghi"
    r"|(?:tam )?tat (?:bot|di|nhe))(?!\S)"
)
_CALLED = re.compile(
    r"(?<!\S)chi (?:tra loi|noi|len tieng)(?: \S+){0,2} (?:khi|luc|neu)(?: \S+){0,3} (?:goi|hoi|nhac|tag)(?!\S)"
)
_AGAIN = re.compile(
    r"(?<!\S)(?:hoat dong (?:lai|binh thuong|tro lai)|tra loi (?:lai|tiep|binh thuong|tro lai)|noi (?:lai|tiep)|bat lai"
    r"|het im lang|tiep tuc (?:tra loi|hoat dong))(?!\S)"
)
_NO_DIGEST = re.compile(r"(?<!\S)(?:thoi|dung|ngung|khong|tat|bo)(?: gui)? tong ket(?!\S)")
_DIGEST = re.compile(r"(?<!\S)tong ket(?: \S+){0,2} (?:cuoi|hang|moi) ngay(?!\S)")
_SPAN = re.compile(r"(?<!\S)(\d{1,3}) ?(phut|p|gio|tieng|h|ngay)(?!\S)")
_UNITS = {"phut": 1, "p": 1, "gio": 60, "tieng": 60, "h": 60, "ngay": 24 * 60}


class Order(StrEnum):
    QUIET = "quiet"
    ONLY_CALLED = "only_called"
    AGAIN = "again"
    DIGEST = "digest"
    NO_DIGEST = "no_digest"


class Command(msgspec.Struct, frozen=True):
    order: Order
    span: timedelta | None = None  # of being quiet; None: nothing was said


def command_in(text: str, *, calls_us: bool) -> Command | None:
    """The command of an administrator's message that calls or names us; None for any other."""
    line = " ".join(normalise(text).folded)
    if not (calls_us or _OF_US.search(line)):
        return None
    if _NO_DIGEST.search(line):
        return Command(Order.NO_DIGEST)
    if _DIGEST.search(line):
        return Command(Order.DIGEST)
    if _AGAIN.search(line):
        return Command(Order.AGAIN)
    if _CALLED.search(line):
        return Command(Order.ONLY_CALLED)
    return Command(Order.QUIET, _span_in(line)) if _QUIET.search(line) else None


def _span_in(line: str) -> timedelta | None:
    found = _SPAN.search(line)
    return timedelta(minutes=int(found[1]) * _UNITS[found[2]]) if found else None
