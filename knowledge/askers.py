"""Where those who wait for an answer of staff can be told: kept until they are told, see knowledge.retention."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session

from knowledge.procedure import Value
from knowledge.staff_tables import WaitingQuestion
from knowledge.versions import table_of
from knowledge.waiting_tables import WaitingAsker

ASKERS, QUESTIONS = table_of(WaitingAsker), table_of(WaitingQuestion)


class Asker(Value, frozen=True, kw_only=True):
    """One chat that waits; `question` is the latest that it asked, masked."""

    exchange: int
    channel: str
    chat: str
    question: str


def keep(session: Session, exchange: int, channel: str, chat: str, now: datetime) -> None:
    """SQLite gives the number of a deleted exchange to the next one: what was kept under it is nobody's."""
    session.connection().execute(sa.delete(ASKERS).where(ASKERS.c.exchange == exchange))
    row = {"exchange": exchange, "channel": channel, "chat": chat, "kept_at": now}
    session.connection().execute(sa.insert(ASKERS), row)


def askers_of(session: Session, group: int) -> list[Asker]:
    """Each chat that asked a question of a group and has not been told, once."""
    rows = session.connection().execute(_WITH_QUESTION.where(QUESTIONS.c.group == group)).mappings()
    return list({(row["channel"], row["chat"]): _asker(row) for row in rows}.values())


def asker_of(session: Session, exchange: int) -> Asker | None:
    """Who asked one question, if he has not been told."""
    row = session.connection().execute(_WITH_QUESTION.where(ASKERS.c.exchange == exchange)).mappings().first()
    return _asker(row) if row else None


_WITH_QUESTION = (
    sa.select(ASKERS.c.exchange, ASKERS.c.channel, ASKERS.c.chat, QUESTIONS.c.text.label("question"))
    .join(QUESTIONS, QUESTIONS.c.exchange == ASKERS.c.exchange)
    .order_by(ASKERS.c.exchange)
)


def _asker(row: sa.RowMapping) -> Asker:
    return Asker(**{name: row[name] for name in Asker.__struct_fields__})


def forget_askers_of(session: Session, exchanges: sa.Select[tuple[int]]) -> None:
    session.connection().execute(sa.delete(ASKERS).where(ASKERS.c.exchange.in_(exchanges)))


def forget_asker(session: Session, channel: str, chat: str) -> None:
    """Somebody wants to be forgotten, or his chat takes no messages any more."""
    session.connection().execute(sa.delete(ASKERS).where(ASKERS.c.channel == channel, ASKERS.c.chat == chat))
