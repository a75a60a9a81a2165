"""Periods that reports speak of: a day, an ISO week, a month, a quarter or a year, as people in Việt Nam count them."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from knowledge.clock import VIETNAM
from knowledge.procedure import Value

FIRST_YEAR, LAST_YEAR = 2000, 2100
ONE_DAY, ONE_WEEK = timedelta(days=1), timedelta(days=7)
EXAMPLES = "a day 2026-11-22, a week 2026-W47, a month 2026-11, a quarter 2026-Q4 or a year 2026"


class InvalidPeriodError(ValueError):
    """What was given is no period; the message shows what one looks like."""


class PeriodKind(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Period(Value, frozen=True, kw_only=True):
    """The days from `first` to `last`, both included."""

    kind: PeriodKind
    first: date
    last: date

    @property
    def key(self) -> str:
        """What `period_of` reads back."""
        return _KEYS[self.kind](self.first)

    @property
    def begins(self) -> datetime:
        return _midnight(self.first)

    @property
    def ends(self) -> datetime:
        """The first moment after it."""
        return _midnight(self.last + ONE_DAY)

    @property
    def before(self) -> "Period":
        return period_on(self.kind, self.first - ONE_DAY)

    @property
    def after(self) -> "Period":
        return period_on(self.kind, self.last + ONE_DAY)

    @property
    def parts(self) -> tuple["Period", ...]:
        """The months of a quarter or a year, the days of a month or a week; a day has none."""
        if self.kind is PeriodKind.DAY:
            return ()
        of = PeriodKind.MONTH if self.kind in {PeriodKind.QUARTER, PeriodKind.YEAR} else PeriodKind.DAY
        return tuple(self._parts(of))

    def _parts(self, kind: PeriodKind) -> Iterator["Period"]:
        part = period_on(kind, self.first)
        while part.first <= self.last:
            yield part
            part = part.after


def period_on(kind: PeriodKind, day: date) -> Period:
    """The period of a kind that a day lies in."""
    first, last = _SPANS[kind](day)
    return Period(kind=kind, first=first, last=last)


def period_of(key: str) -> Period:
    """Raises InvalidPeriodError."""
    for kind, pattern in _PATTERNS.items():
        if found := pattern.fullmatch(key.strip()):
            return period_on(kind, _first_day(kind, key, *map(int, found.groups())))
    raise InvalidPeriodError(f"{key[:30]!r} is no period: give {EXAMPLES}")


def _first_day(kind: PeriodKind, key: str, year: int, part: int = 1, day: int = 1) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise InvalidPeriodError(f"{key.strip()}: years from {FIRST_YEAR} to {LAST_YEAR} are counted")
    try:
        if kind is PeriodKind.WEEK:
            return date.fromisocalendar(year, part, 1)
        return date(year, 3 * part - 2 if kind is PeriodKind.QUARTER else part, day)
    except ValueError as error:
        raise InvalidPeriodError(f"no calendar has {key.strip()}: give {EXAMPLES}") from error


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), VIETNAM).astimezone(UTC)


def _week(day: date) -> tuple[date, date]:
    monday = day - day.weekday() * ONE_DAY
    return monday, monday + ONE_WEEK - ONE_DAY


def _months(day: date, length: int) -> tuple[date, date]:
    first = (day.month - 1) // length * length + 1
    last = first + length - 1
    return date(day.year, first, 1), date(day.year, last, monthrange(day.year, last)[1])


_SPANS: dict[PeriodKind, Callable[[date], tuple[date, date]]] = {
    PeriodKind.DAY: lambda day: (day, day),
    PeriodKind.WEEK: _week,
    PeriodKind.MONTH: lambda day: _months(day, 1),
    PeriodKind.QUARTER: lambda day: _months(day, 3),
    PeriodKind.YEAR: lambda day: _months(day, 12),
}
_KEYS: dict[PeriodKind, Callable[[date], str]] = {
    PeriodKind.DAY: date.isoformat,
    PeriodKind.WEEK: lambda day: "{}-W{:02}".format(*day.isocalendar()),
    PeriodKind.MONTH: lambda day: f"{day:%Y-%m}",
    PeriodKind.QUARTER: lambda day: f"{day.year}-Q{(day.month + 2) // 3}",
    PeriodKind.YEAR: lambda day: f"{day.year}",
}
_PATTERNS = {
    PeriodKind.DAY: re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII),
    PeriodKind.WEEK: re.compile(r"(\d{4})-[Ww](\d\d)", re.ASCII),
    PeriodKind.MONTH: re.compile(r"(\d{4})-(\d\d)", re.ASCII),
    PeriodKind.QUARTER: re.compile(r"(\d{4})-[Qq]([1-4])", re.ASCII),
    PeriodKind.YEAR: re.compile(r"(\d{4})", re.ASCII),
}
