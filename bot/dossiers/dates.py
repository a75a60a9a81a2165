"""Dates as registers hold them, to moments. The day always stands before the month.

05/11/2026 · 5-11-26 · 05.11.2026 09:30:00 · 26/10/2026 8:20 SA · 9h30 ngày 05/11/2026 ·
9 giờ 10 phút, ngày 11 tháng 12 năm 2026 · 2026-11-19T09:20:00Z · 20261119090000 · 46344.375 (days since
1899-12-30, Excel)
"""

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone

from knowledge.clock import VIETNAM
from knowledge.dossiers.moments import Moment, moment_of
from knowledge.language.syllables import fold

NOTHING = {
    "",
    "-",
    "--",
    "…",
    "...",
    "..",
    "null",
    "none",
    "n/a",
    "#n/a",
    "na",
    "0",
    "0.0",
    "chua co",
    "khong",
    "x",
    "/",
}
NOTHING |= {"//", "-/-", "khong co", "chua tra", "chua hen", "(trong)"}
EMPTY_YEARS = {1, 1900}  # what systems write for "no date"
FIRST_YEAR, LAST_YEAR = 1990, 2060  # outside nobody filed or promised anything
EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001  day 0 of Excel, in local time
SERIALS = (32_874, 58_805)  # 1990 to 2060 as days since EPOCH
CENTURY = 2000

_SPACES = re.compile(r"\s+")
_SERIAL = re.compile(r"\d{5}(?:[.,]\d+)?")
_DIGITS = re.compile(r"(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(?:\d\d)?)?")
_ISO = re.compile(
    r"(\d{4})(?P<mark>[-/.])(\d{1,2})(?P=mark)(\d{1,2})"
    r"(?:[t ]+(\d{1,2}):(\d\d)(?::\d\d(?:[.,]\d+)?)?\s*(z|[+-]\d\d:?\d\d)?)?"
)
_DATE = re.compile(
    r"(?<![\d:])(?:(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4}|\d\d)(?![/.\-]?\d)"
    r"|(\d{1,2})\s*thang\s*(\d{1,2})\s*,?\s*(?:nam\s*)?(\d{4}))"
)
_TIME = re.compile(
    r"(\d{1,2})\s*(?::|h|gio|g)\s*(?:(\d{1,2})\s*(?:phut|p|')?)?(?:\s*:?\s*\d{1,2}(?:\s*giay)?)?(?:\s*(sa|ch|am|pm))?(?![a-z\d])"
)
_WEEKDAY = r"thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat|cn"
_AROUND = re.compile(rf"\b(?:{_WEEKDAY}|ngay|luc|vao|sau|truoc|hoi|den)\b|[,;()]")
NOON = 12


class UnreadableDateError(ValueError):
    """What stands in a cell is no date that can exist."""


def read_moment(text: str) -> Moment | None:
    """The moment, None where none is given; raises UnreadableDateError."""
    text = _SPACES.sub(" ", fold(unicodedata.normalize("NFKC", text))).strip()
    if text in NOTHING:
        return None
    for form, reader in _FORMS:
        found = form.fullmatch(text)
        if found:
            return reader(found)
    return _written(text)


def _from_serial(found: re.Match[str]) -> Moment:
    days = float(found[0].replace(",", "."))
    if not SERIALS[0] <= days <= SERIALS[1]:
        raise UnreadableDateError
    at = EPOCH + timedelta(minutes=round(days * 24 * 60))
    return at.strftime("%Y-%m-%dT%H:%M" if days % 1 else "%Y-%m-%d")


def _from_digits(found: re.Match[str]) -> Moment | None:
    year, month, day, hour, minute = found.groups()
    return _moment((year, month, day), (hour, minute) if hour else None)


def _from_iso(found: re.Match[str]) -> Moment | None:
    year, _, month, day, hour, minute, zone = found.groups()
    moment = _moment((year, month, day), (hour, minute) if hour else None)
    if moment is None or not zone:
        return moment
    return moment_of(datetime.fromisoformat(moment).replace(tzinfo=_zone(zone)))


def _zone(text: str) -> timezone:
    if text == "z":
        return UTC
    hours, minutes = int(text[1:3]), int(text[-2:])
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if text[0] == "-" else offset) if hours < 24 else VIETNAM  # noqa: PLR2004  a day


def _written(text: str) -> Moment | None:
    """A date somewhere in words, a time perhaps before or after it, and nothing else."""
    date = _DATE.search(text)
    if date is None:
        raise UnreadableDateError
    rest = f"{text[: date.start()]} {text[date.end() :]}"
    time = _TIME.search(rest)
    around = _AROUND.sub(" ", rest.replace(time[0], " ", 1) if time else rest)
    if around.strip(" .:-"):
        raise UnreadableDateError
    day, month, year = (part for part in date.groups() if part)
    full_year = year if len(year) > len("26") else str(CENTURY + int(year))
    return _moment((full_year, month, day), _clock(time) if time else None)


def _clock(time: re.Match[str]) -> tuple[str, str]:
    hour, half = int(time[1]), time[3]
    if half in {"ch", "pm"} and hour < NOON:
        hour += NOON
    if half in {"sa", "am"} and hour == NOON:
        hour = 0
    return str(hour), time[2] or "0"


def _moment(date: tuple[str, str, str], time: tuple[str, str] | None) -> Moment | None:
    year, month, day = map(int, date)
    if year in EMPTY_YEARS:
        return None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UnreadableDateError
    try:
        hour, minute = map(int, time or (0, 0))
        at = datetime(year, month, day, hour, minute)  # noqa: DTZ001  local time by the module's rule
    except ValueError as error:
        raise UnreadableDateError from error
    return at.strftime("%Y-%m-%dT%H:%M" if time else "%Y-%m-%d")


_FORMS = ((_SERIAL, _from_serial), (_DIGITS, _from_digits), (_ISO, _from_iso))
