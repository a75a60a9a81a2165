"""What a figure is about: a period, and a commune or the city."""

import sqlalchemy as sa

from knowledge.periods import Period
from knowledge.procedure import Value
from knowledge.tables import Exchange
from knowledge.versions import table_of

EXCHANGES = table_of(Exchange)


class Scope(Value, frozen=True, kw_only=True):
    """`commune` is five digits, "" for the city, which counts what nobody knows the commune of too."""

    period: Period
    commune: str = ""

    @property
    def asked(self) -> tuple[sa.ColumnElement[bool], ...]:
        """Conditions for the exchanges of it."""
        return (*within(EXCHANGES.c.asked_at, self.period), *self.of(EXCHANGES.c.commune))

    def of(self, commune: sa.ColumnElement[str]) -> tuple[sa.ColumnElement[bool], ...]:
        return (commune == self.commune,) if self.commune else ()


def within(at: sa.ColumnElement[object], period: Period) -> tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]:
    return at >= period.begins, at < period.ends


class Page(Value, frozen=True):
    """Which of many rows are looked at."""

    number: int = 1  # the first
    size: int = 100

    @property
    def skipped(self) -> int:
        return (self.number - 1) * self.size
