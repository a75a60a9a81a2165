"""Time: stored in UTC, shown and computed in Việt Nam, and always handed in from outside."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import sqlalchemy as sa

VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")  # no daylight saving since 1975

Clock = Callable[[], datetime]


def now() -> datetime:
    """The real clock, aware, in UTC."""
    return datetime.now(UTC)


def vietnam_day(moment: datetime) -> date:
    """The calendar day of an aware moment as people in Việt Nam read it."""
    return moment.astimezone(VIETNAM).date()


def day_begins(day: date) -> datetime:
    """The first moment of a calendar day in Việt Nam."""
    return datetime(day.year, day.month, day.day, tzinfo=VIETNAM)


class UtcDateTime(sa.TypeDecorator[datetime]):
    """An aware datetime; SQLite forgets the zone, this puts UTC back."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:  # noqa: ARG002  its signature
        if value is not None and value.tzinfo is None:
            raise ValueError(f"naive time {value}: hand in an aware one")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:  # noqa: ARG002  the same
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
