"""When a dossier is due, by office hours and the table of working days. All times are those of Việt Nam, naive.

An estimate for those who have not filed yet: the due date of a dossier is the one its office wrote.
"""

import math
from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType

import msgspec

from knowledge.calendar import FIRST_YEAR, LAST_YEAR, Calendar, CalendarDay, DayKind, days_between
from knowledge.procedure import InvalidValueError

LONGEST = MappingProxyType({"WORKING_DAY": 2_000, "HOUR": 16_000, "DAY": 3_000, "MONTH": 100, "YEAR": 8})
CUT_OFF = time(15)  # of procedures that promise the same day; sharp still counts
MONTHS = 12


class DueUnit(StrEnum):
    WORKING_DAY = "WORKING_DAY"
    HOUR = "HOUR"  # of work
    DAY = "DAY"
    MONTH = "MONTH"
    YEAR = "YEAR"
    SAME_DAY_15H = "SAME_DAY_15H"
    OTHER = "OTHER"


class OfficeHours(msgspec.Struct, frozen=True):
    """Sessions of a working day, in order."""

    sessions: tuple[tuple[time, time], ...] = ((time(7, 30), time(11, 30)), (time(13), time(17)))

    @property
    def opening(self) -> time:
        return self.sessions[0][0]

    @property
    def closing(self) -> time:
        return self.sessions[-1][1]

    @property
    def minutes(self) -> int:
        return sum(_minutes(start, end) for start, end in self.sessions)


class Due(msgspec.Struct, frozen=True):
    """`at` is None where no date can be computed; `starts` is when the clock starts to run; `skipped` are days off on
    the way, weekends apart; `undecided` are days that nobody has decided yet: the date may change."""

    at: datetime | None
    starts: datetime | None = None
    skipped: tuple[CalendarDay, ...] = ()
    made_up: tuple[CalendarDay, ...] = ()
    undecided: tuple[CalendarDay, ...] = ()


def read_hours(text: str) -> OfficeHours:
    """Office hours from "07:30-11:30,13:00-17:00". Raises InvalidValueError."""
    try:
        pairs = [part.strip().split("-") for part in text.split(",")]
        sessions = tuple((time.fromisoformat(start.strip()), time.fromisoformat(end.strip())) for start, end in pairs)
    except ValueError as error:
        raise InvalidValueError(f"office hours {text!r}: write them like 07:30-11:30,13:00-17:00") from error
    borders = [border for session in sessions for border in session]
    if borders != sorted(set(borders)):
        raise InvalidValueError(f"office hours {text!r}: each time must be later than the one before")
    return OfficeHours(sessions)


def due(received: datetime, limit: float, unit: DueUnit, calendar: Calendar, hours: OfficeHours) -> Due:
    """When a dossier received at a time is due. Raises InvalidValueError for a limit that no procedure has."""
    if unit is DueUnit.OTHER:
        return Due(None)
    if not FIRST_YEAR <= received.year < LAST_YEAR:
        raise InvalidValueError(f"received {received}: only {FIRST_YEAR} to {LAST_YEAR - 1} can be counted")
    if unit is not DueUnit.SAME_DAY_15H and not 0 <= limit <= LONGEST[unit]:
        raise InvalidValueError(f"time limit {limit} {unit}: from 0 to {LONGEST[unit]} can be counted")
    count = _Count(calendar, hours)
    starts = count.start(received)
    at = _COUNTED[unit](count, received if unit is DueUnit.SAME_DAY_15H else starts, limit)
    special = [found for day in days_between(received.date(), at.date()) if (found := calendar.special(day))]
    return Due(
        at,
        starts,
        tuple(each for each in special if each.kind is DayKind.OFF),
        tuple(each for each in special if each.kind is DayKind.WORK),
        calendar.undecided(received.date(), at.date()),
    )


class _Count(msgspec.Struct, frozen=True):
    calendar: Calendar
    hours: OfficeHours

    def start(self, received: datetime) -> datetime:
        """When the clock starts: within office hours of a working day, both ends of a session included."""
        day, at = received.date(), received.time()
        if self.calendar.is_working(day):
            for start, end in self.hours.sessions:
                if at <= end:
                    return datetime.combine(day, max(start, at))
        return datetime.combine(self.calendar.next_working(day), self.hours.opening)

    def working_days(self, starts: datetime, limit: float) -> datetime:
        """Whole days at the same time of day, then the rest as hours of work."""
        rest, whole = math.modf(limit)
        day = starts.date()
        for _ in range(int(whole)):
            day = self.calendar.next_working(day)
        at = datetime.combine(day, starts.time())
        return self._after(at, round(rest * self.hours.minutes))

    def working_hours(self, starts: datetime, limit: float) -> datetime:
        return self._after(starts, round(limit * 60))

    def days(self, starts: datetime, limit: float) -> datetime:
        return self._on_working_day(starts + timedelta(days=math.ceil(limit)))

    def months(self, starts: datetime, limit: float) -> datetime:
        """The same day of the month, the last one where the month is shorter."""
        year, month = divmod(starts.year * MONTHS + starts.month - 1 + math.ceil(limit), MONTHS)
        day = min(starts.day, monthrange(year, month + 1)[1])
        return self._on_working_day(datetime.combine(date(year, month + 1, day), starts.time()))

    def years(self, starts: datetime, limit: float) -> datetime:
        return self.months(starts, limit * MONTHS)

    def same_day(self, received: datetime, _limit: float) -> datetime:
        day = received.date()
        is_in_time = self.calendar.is_working(day) and received.time() <= CUT_OFF
        return datetime.combine(day if is_in_time else self.calendar.next_working(day), self.hours.closing)

    def _on_working_day(self, at: datetime) -> datetime:
        day = at.date()
        return at if self.calendar.is_working(day) else datetime.combine(self.calendar.next_working(day), at.time())

    def _after(self, at: datetime, minutes: int) -> datetime:
        """So many minutes of work later; an end of a session stays there."""
        if not minutes:
            return at
        for start, end in self._sessions_from(at):
            have = int((end - start).total_seconds() // 60)
            if minutes <= have:
                return start + timedelta(minutes=minutes)
            minutes -= have
        raise AssertionError("sessions never end")

    def _sessions_from(self, at: datetime) -> Iterator[tuple[datetime, datetime]]:
        day = at.date()
        while True:
            for start, end in self.hours.sessions:
                if datetime.combine(day, end) > at:
                    yield max(datetime.combine(day, start), at), datetime.combine(day, end)
            day = self.calendar.next_working(day)


_COUNTED: dict[DueUnit, Callable[[_Count, datetime, float], datetime]] = {
    DueUnit.WORKING_DAY: _Count.working_days,
    DueUnit.HOUR: _Count.working_hours,
    DueUnit.DAY: _Count.days,
    DueUnit.MONTH: _Count.months,
    DueUnit.YEAR: _Count.years,
    DueUnit.SAME_DAY_15H: _Count.same_day,
}


def _minutes(start: time, end: time) -> int:
    return (end.hour - start.hour) * 60 + end.minute - start.minute
