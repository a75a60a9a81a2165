"""Moments as offices write them: Vietnamese local time to the minute, or a day without a time.

A moment is text, "2026-11-12T09:00" or "2026-11-12": a register's "12/11/2026" is no midnight, and both
forms sort and compare by their common length. Where one of two has no time of day, days are compared.
"""

from datetime import datetime

from knowledge.clock import VIETNAM

DAY_LENGTH = len("2026-11-12")

Moment = str


def moment_of(at: datetime) -> Moment:
    """The local minute of an aware time."""
    return at.astimezone(VIETNAM).strftime("%Y-%m-%dT%H:%M")


def day_of(moment: Moment) -> str:
    return moment[:DAY_LENGTH]


def has_time(moment: Moment) -> bool:
    return len(moment) > DAY_LENGTH


def is_after(one: Moment, other: Moment) -> bool:
    """Whether `one` lies after `other`, as exactly as the less exact of them tells."""
    length = min(len(one), len(other))
    return one[:length] > other[:length]


def is_same(one: Moment, other: Moment) -> bool:
    length = min(len(one), len(other))
    return one[:length] == other[:length]


def as_datetime(moment: Moment) -> datetime:
    """Aware; a day is its midnight."""
    return datetime.fromisoformat(moment).replace(tzinfo=VIETNAM)
