"""What staff have to see to: dossiers due today, and those that are about to be late."""

from collections.abc import Iterable
from datetime import date

import msgspec

from knowledge.calendar import Calendar
from knowledge.dossiers.dossier import Dossier, Timeliness
from knowledge.dossiers.moments import Moment, day_of
from knowledge.dossiers.timeliness import timeliness


class Watch(msgspec.Struct, frozen=True):
    """`today` are due today, late since this morning included; `soon` within the next working days. Earliest first."""

    today: tuple[Dossier, ...]
    soon: tuple[Dossier, ...]


def watched(dossiers: Iterable[Dossier], now: Moment, last: date) -> Watch:
    """The lists at `now`; `last` is the last day that counts as soon, see `last_watched`."""
    today = day_of(now)
    due = [(day_of(each.due), each) for each in dossiers if each.due and timeliness(each, now) in _OPEN]
    by_due = sorted(due, key=lambda pair: (pair[1].due or "", pair[1].code))
    return Watch(
        tuple(each for day, each in by_due if day == today),
        tuple(each for day, each in by_due if today < day <= last.isoformat()),
    )


_OPEN = {Timeliness.IN_TIME, Timeliness.OVERDUE}


def last_watched(today: date, days: int, calendar: Calendar) -> date:
    """The day so many working days after today."""
    for _ in range(days):
        today = calendar.next_working(today)
    return today
