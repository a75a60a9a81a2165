"""Days on which offices work: weekends, holidays, swapped days, each with its ground.

Order: what staff edited beats what we were told; there a day of work beats a day off, and that the weekend.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from enum import StrEnum

import msgspec

from knowledge.procedure import InvalidValueError, Value

SATURDAY = 5
FIRST_YEAR, LAST_YEAR = 2000, 2099
REMIND_FROM = 10  # October: the next year's plan is published about then


class DayKind(StrEnum):
    OFF = "off"
    WORK = "work"  # a make-up day on a weekend
    PLAIN = "plain"  # an edit only: nothing special after all


class Confidence(StrEnum):
    """LOW: nobody has decided yet; a due date across it may change."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class CalendarDay(Value, frozen=True):
    """A special day. `basis` is the act or notice it rests on, `name` is what citizens read."""

    day: date
    kind: DayKind
    name: str
    basis: str
    confidence: Confidence = Confidence.HIGH

    def __post_init__(self) -> None:
        if not self.basis.strip():
            raise InvalidValueError(f"day {self.day}: every day has a ground, the act or notice it rests on")
        if not FIRST_YEAR <= self.day.year <= LAST_YEAR:
            raise InvalidValueError(f"day {self.day}: only {FIRST_YEAR} to {LAST_YEAR} can be kept")

    @property
    def occasion(self) -> str:
        """The name without what stands in brackets: days of one occasion have one."""
        return self.name.partition(" (")[0]


Days = Mapping[date, CalendarDay]


class Calendar(msgspec.Struct, frozen=True):
    """`told` gives the special days of a year; `edits` by staff stand over them."""

    told: Callable[[int], Days]
    edits: Days = {}

    def special(self, day: date) -> CalendarDay | None:
        found = self.edits.get(day) or self.told(day.year).get(day)
        return None if found is None or found.kind is DayKind.PLAIN else found

    def is_working(self, day: date) -> bool:
        special = self.special(day)
        return special.kind is DayKind.WORK if special else day.weekday() < SATURDAY

    def next_working(self, day: date) -> date:
        """The first working day after a day. Raises InvalidValueError at the end of time."""
        for later in days_between(day + timedelta(days=1), day + timedelta(days=366)):
            if self.is_working(later):
                return later
        raise InvalidValueError(f"no working day in the year after {day}: look at the calendar")

    def year(self, year: int) -> tuple[CalendarDay, ...]:
        """The special days of a year, in order."""
        days = {**self.told(year), **{day: edit for day, edit in self.edits.items() if day.year == year}}
        return tuple(days[day] for day in sorted(days) if days[day].kind is not DayKind.PLAIN)

    def undecided(self, first: date, last: date) -> tuple[CalendarDay, ...]:
        """Days of low confidence from `first` to `last`."""
        found = (each for year in range(first.year, last.year + 1) for each in self.year(year))
        return tuple(each for each in found if each.confidence is Confidence.LOW and first <= each.day <= last)

    def reminder(self, today: date) -> str:
        """What staff should do about the table, "" for nothing: from October on the next year should be decided."""
        years = [today.year, today.year + 1] if today.month >= REMIND_FROM else [today.year]
        open_years = [year for year in years if self.undecided(max(today, date(year, 1, 1)), date(year, 12, 31))]
        if not open_years:
            return ""
        named = " and ".join(map(str, open_years))
        return f"days off of {named} are not decided in the table: fill them in from the official notice"


def days_between(first: date, last: date) -> Iterator[date]:
    """Both included."""
    return (date.fromordinal(ordinal) for ordinal in range(first.toordinal(), last.toordinal() + 1))


def by_day(days: Iterable[CalendarDay]) -> dict[date, CalendarDay]:
    return {each.day: each for each in days}
