"""Time as an office counts it: hours of work on working days. Moments are aware, whatever their zone."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import msgspec

from knowledge.calendar import Calendar
from knowledge.clock import VIETNAM
from knowledge.deadlines import DueUnit, OfficeHours, due

LAST_HOUR, LAST_MINUTE = 23, 59
A_DAY = timedelta(days=1)

_TIME = r"(\d{1,2})\s*(?:h|giờ|g|:)\s*(\d{2})?"
_SESSION = re.compile(rf"{_TIME}\s*(?:-|–|đến|tới)\s*{_TIME}", re.IGNORECASE)


class OfficeTime(msgspec.Struct, frozen=True):
    calendar: Calendar
    hours: OfficeHours

    def is_open(self, at: datetime) -> bool:
        local = at.astimezone(VIETNAM)
        return self.calendar.is_working(local.date()) and any(
            start <= local.time() < end for start, end in self.hours.sessions
        )

    def opens(self, at: datetime) -> datetime:
        """When somebody is there next: now, after lunch, or on the next working day."""
        if self.is_open(at):
            return at
        local = at.astimezone(VIETNAM)
        if self.calendar.is_working(local.date()):
            for start, _ in self.hours.sessions:
                if local.time() < start:
                    return datetime.combine(local.date(), start, VIETNAM)
        return datetime.combine(self.calendar.next_working(local.date()), self.hours.opening, VIETNAM)

    def after(self, at: datetime, hours: float) -> datetime:
        """So many hours of work later."""
        until = due(at.astimezone(VIETNAM).replace(tzinfo=None), hours, DueUnit.HOUR, self.calendar, self.hours).at
        assert until is not None  # noqa: S101  hours can always be counted
        return until.replace(tzinfo=VIETNAM)

    def worked(self, now: datetime) -> Callable[[datetime], timedelta]:
        """How much was worked from a moment until now; days are counted once for all moments."""
        today, upto = _local(now)
        oldest, whole = today, {today: self._between(today, time.min, upto)}  # from the beginning of a day until now

        def since(moment: datetime) -> timedelta:
            nonlocal oldest
            day, at = _local(moment)
            if day >= today:
                return self._between(today, at if day == today else time.max, upto)
            while oldest > day + A_DAY:
                later, oldest = oldest, oldest - A_DAY
                whole[oldest] = whole[later] + self._between(oldest, time.min, time.max)
            return whole[day + A_DAY] + self._between(day, at, time.max)

        return since

    def _between(self, day: date, start: time, end: time) -> timedelta:
        """What was worked of a day from one time to another."""
        if not self.calendar.is_working(day):
            return timedelta()
        spans = (
            datetime.combine(day, min(closes, end)) - datetime.combine(day, max(opens, start))
            for opens, closes in self.hours.sessions
        )
        return sum((span for span in spans if span > timedelta()), timedelta())


def hours_in(text: str) -> OfficeHours | None:
    """Office hours as people write them ("7h30–11h30, 13h–17h, thứ Hai đến thứ Sáu"); None where none are said.

    Times that begin a second row, those of a Saturday, are left out.
    """
    sessions: list[tuple[time, time]] = []
    for found in _SESSION.findall(text):
        hour, minute, end_hour, end_minute = (int(each or 0) for each in found)
        if max(hour, end_hour) > LAST_HOUR or max(minute, end_minute) > LAST_MINUTE:
            break
        start, end = time(hour, minute), time(end_hour, end_minute)
        if start >= end or (sessions and start < sessions[-1][1]):
            break
        sessions.append((start, end))
    return OfficeHours(tuple(sessions)) if sessions else None


def _local(moment: datetime) -> tuple[date, time]:
    local = moment.astimezone(VIETNAM)
    return local.date(), local.time()
