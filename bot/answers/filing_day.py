"""When somebody means to file: "nộp hôm nay thì bao giờ có" asks for a day, which can be estimated."""

import re
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

import msgspec

from knowledge.calendar import Calendar
from knowledge.clock import VIETNAM
from knowledge.deadlines import OfficeHours
from knowledge.language.syllables import fold
from knowledge.place_names import folded_words, split_words

LONGEST = 300  # characters; in longer messages a day and a question are told of different things
ASKED = "bao lâu"  # what the rest of the message asks for

_WHEN = (
    r"\b(?:bao gio|bao h|khi nao|luc nao|ngay nao|hom nao|chung nao|bao lau|may ngay|may hom|bao nhieu ngay|thu may)\b"
)
_NOW = r"\b(?:hom nay|hnay|bay gio|luc nay|(?:sang|trua|chieu|toi) nay)\b"
_TOMORROW = r"\b(?:ngay|sang|chieu) mai\b|(?<=nop )mai\b|\bmai(?= (?:toi |em |minh )?nop)"
_IN_TWO_DAYS = r"\bngay (?:kia|mot)\b"
_WEEKDAY = r"\b(?:sang |chieu )?thu (hai|ba|tu|nam|sau|bay|[2-7])\b"
_WEEKDAYS = {name: at // 2 for at, name in enumerate("hai 2 ba 3 tu 4 nam 5 sau 6 bay 7".split())}
_RESULT = r"(?: (?:thi|la|duoc|moi|se|co|ra|xong|lay|nhan|tra|ket qua|kq|giay|ve|nhi|a|vay|the|ho so))*"
_FILES = r"\b(?:(?:toi|em|minh) )?(?:nop|gui)(?: ho so| luon| ngay)?\b"
_PAST = re.compile(
    r"\b(?:da|moi|vua) (?:nop|gui)\b|\b(?:nop|gui) (?:roi|tu|xong|duoc)\b|\bhom (?:qua|kia|truoc|thu)\b|\btruoc\b"
)
_DAY = re.compile(f"{_NOW}|{_TOMORROW}|{_IN_TWO_DAYS}|{_WEEKDAY}")
_ASK = re.compile(rf"(?:\bthi )?{_WHEN}{_RESULT}(?=\W*$)|(?:\bthi )?{_WHEN}")
_FILING = re.compile(_FILES)
_MAY_FILE = re.compile("nop|gui")  # in what no other message has to be taken apart for


_IDLE = frozenset(
    "the em toi minh a ah oi cho hoi thi vay nhe nha ad ho so giay to ma neu la anh chi voi xin luon u".split()
)


class FilingDay(msgspec.Struct, frozen=True):
    """`at` is the time of filing on a clock in Việt Nam, naive; with what it takes to count from there."""

    at: datetime
    today: date
    calendar: Calendar
    hours: OfficeHours


class Meant(NamedTuple):
    """`rest` is the message without the words about filing: it asks how long the thing takes; ASKED names no thing."""

    at: datetime
    rest: str


def filing_meant(text: str, asked_at: datetime, subject: str = "") -> Meant | None:
    """The time at which a person means to file, if the message names one and asks when the result comes.

    What is to be filed is named too, or it is the `subject` spoken of.
    """
    if len(text) > LONGEST or not _MAY_FILE.search(fold(text)):
        return None
    words = text.split()
    folded = [" ".join(folded_words(split_words(word))) for word in words]
    line = " ".join(folded)
    day, ask, files = _DAY.search(line), _ASK.search(line), _FILING.search(line)
    if not (day and ask and files) or _PAST.search(line):
        return None
    now = asked_at.astimezone(VIETNAM).replace(tzinfo=None, second=0, microsecond=0)
    rest = _rest(words, folded, [found.span() for found in (day, ask, files)])
    return Meant(_time_of(day, now), rest) if subject or rest != ASKED else None


def _time_of(day: re.Match[str], now: datetime) -> datetime:
    """Now, or the opening or the afternoon of a later day (midnight is earlier than any opening)."""
    if re.match(_NOW, day[0]):
        return now
    ahead = 2 if re.match(_IN_TWO_DAYS, day[0]) else 1
    if day[1]:
        ahead = (_WEEKDAYS[day[1]] - now.weekday() - 1) % 7 + 1
    return datetime.combine(now.date() + timedelta(days=ahead), time(13) if "chieu" in day[0] else time(0))


def _rest(words: list[str], folded: list[str], spans: list[tuple[int, int]]) -> str:
    at, kept = 0, []
    for word, plain in zip(words, folded, strict=True):
        if not any(start < at + len(plain) and at < end for start, end in spans):
            kept.append(word)
        at += len(plain) + 1
    names_nothing = _IDLE.issuperset(" ".join(folded_words(split_words(" ".join(kept)))).split())
    return ASKED if names_nothing else f"{' '.join(kept)} {ASKED}"
