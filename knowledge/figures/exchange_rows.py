"""The exchanges behind a figure, masked as they are stored."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session

from knowledge.figures.questions import ACTION, ASKED, TAKEN, Part, is_part
from knowledge.figures.scope import EXCHANGES, Page, Scope
from knowledge.figures.subjects import subject_of
from knowledge.procedure import Value


class ExchangeRow(Value, frozen=True, kw_only=True):
    asked_at: datetime
    channel: str
    commune: str
    question: str
    ending: str
    procedures: str
    shown: str


class Wanted(Value, frozen=True, kw_only=True):
    """Which exchanges of a scope: those of a part ("" for all questions, "taps" and "taken" for buttons), of a
    channel, with a procedure or entry as their subject."""

    part: str = ""
    channel: str = ""
    subject: str = ""

    @property
    def conditions(self) -> tuple[sa.ColumnElement[bool], ...]:
        channel = (EXCHANGES.c.channel == self.channel,) if self.channel else ()
        subject = (subject_of() == self.subject,) if self.subject else ()
        return (_PARTS[self.part], *channel, *subject)


_PARTS: dict[str, sa.ColumnElement[bool]] = {
    "": ASKED,
    "taps": ACTION != "",
    "taken": ACTION.like(TAKEN),
    **{part: is_part(part) for part in Part},
}
PARTS = frozenset(_PARTS)


def count_exchanges(session: Session, scope: Scope, wanted: Wanted) -> int:
    query = sa.select(sa.func.count()).select_from(EXCHANGES).where(*scope.asked, *wanted.conditions)
    return session.connection().execute(query).scalar_one()


def exchange_rows(session: Session, scope: Scope, wanted: Wanted, page: Page = Page()) -> list[ExchangeRow]:  # noqa: B008  a value that nothing changes
    """The latest first."""
    columns = (EXCHANGES.c[name] for name in ExchangeRow.__struct_fields__)
    query = sa.select(*columns).where(*scope.asked, *wanted.conditions)
    ordered = query.order_by(EXCHANGES.c.asked_at.desc(), EXCHANGES.c.id.desc()).limit(page.size).offset(page.skipped)
    return [ExchangeRow(**row) for row in session.connection().execute(ordered).mappings()]
