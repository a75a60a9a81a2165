"""Days as decisions write them, and from which day something holds."""

import re
from datetime import date, timedelta

from catalogue_import.formats.decision.text import squeezed

DAY = r"(?P<{0}day>\d{{1,2}})(?:/|-|\.|thang)(?P<{0}month>\d{{1,2}})(?:/|-|\.|nam)(?P<{0}year>\d{{4}})"
A_DAY = re.compile(DAY.format(""))
SIGNING = r"(?:ke)?tungay(?:duoc)?(?:ky|banhanh)"
AFTER = r"(?:sau|qua)0*(?P<after>\d{1,3})(?:\([^)]*\))?ngay,?(?:ke)?tu(?:ngay)?(?:duoc)?(?:ky|banhanh)"
FROM_DAY = rf"(?:ke)?tu(?:ngay)?{DAY.format('from_')}"
EFFECTIVE = re.compile(
    rf"(?:hieuluc|apdung|thuchien)(?:thihanh|phaply)?[^.;]{{0,30}}?(?:(?P<signing>{SIGNING})|{AFTER}|{FROM_DAY})"
)
# "có hiệu lực kể từ ngày ký và được áp dụng từ 01/9/2026": what people go by is the day of application.
GOES_ON = re.compile(
    r"(?:banhanh)?[,.;]?(?:va|nhung|song)?(?:duoc|se|chi|batdau|chinhthuc)*(?:apdung|thuchien|thihanh)"
)
EARLIEST, LATEST = 1990, 2100  # years: beyond, it is a slip of the pen


class ImpossibleDayError(ValueError):
    """What is written as a day is none, such as 31/02/2026."""


def day_in(text: str) -> date | None:
    """The first day of a text; raises ImpossibleDayError."""
    found = A_DAY.search(squeezed(text))
    return make_day(found["day"], found["month"], found["year"]) if found else None


def make_day(day: str, month: str, year: str) -> date:
    try:
        made = date(int(year), int(month), int(day))
    except ValueError as error:
        raise ImpossibleDayError(f"{day}/{month}/{year}") from error
    if not EARLIEST <= made.year <= LATEST:
        raise ImpossibleDayError(f"{day}/{month}/{year}")
    return made


def effective_in(text: str, signed: date | None) -> date | None:
    """From which day a text says that something holds; None when it does not say, or when it is counted from a
    signing whose day is not known. Raises ImpossibleDayError."""
    key, end, counted = squeezed(text), 0, None
    for found in EFFECTIVE.finditer(key):
        if counted is None or GOES_ON.match(key, end):
            counted = found
        end = found.end()
    return effective_of(counted, signed) if counted else None


def effective_of(found: re.Match[str], signed: date | None) -> date | None:
    if found["from_day"]:
        return make_day(found["from_day"], found["from_month"], found["from_year"])
    if signed is None:
        return None
    return signed + timedelta(days=int(found["after"])) if found["after"] else signed
