"""The record of what was asked: one row a turn, already masked, never changed."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session

from knowledge.askers import forget_askers_of, keep
from knowledge.petitions import ENDING, PETITIONS, kind_of
from knowledge.procedure import Value
from knowledge.staff_tables import WaitingGroup, WaitingQuestion
from knowledge.tables import Exchange
from knowledge.versions import table_of


class MaskedExchange(Value, frozen=True):
    """A turn as it may be kept: `question` and `shown` are masked, `chat` is a keyed hash of the channel's id.

    With `edition` and `procedures` (ranked codes, best first) it tells later why an answer was given.
    """

    asked_at: datetime  # aware
    channel: str
    chat: str
    question: str
    ending: str
    commune: str = ""  # five digits
    action: str = ""
    procedures: tuple[str, ...] = ()
    faq: str = ""
    aspect: str = ""
    confidence: float = 0.0
    edition: int = 0
    shown: str = ""
    milliseconds: float = 0.0


def record(session: Session, exchange: MaskedExchange, address: str = "") -> None:
    """Store one turn: a single insert, no object tracked, so that it costs an answer nearly nothing. A complaint or
    proposal is noted apart too, for staff to say what became of it.

    `address` is where its chat can be told later, given for a turn that waits for staff.
    """
    row = {field: getattr(exchange, field) for field in MaskedExchange.__struct_fields__}
    texts = {"question": _storable(exchange.question), "shown": _storable(exchange.shown)}
    row |= texts | {"procedures": ",".join(exchange.procedures)}
    if address:
        number = session.connection().execute(_INSERT.returning(table_of(Exchange).c.id), row).scalar_one()
        keep(session, number, exchange.channel, address, exchange.asked_at)
    else:
        session.connection().execute(_INSERT, row)
    if exchange.ending == ENDING and not exchange.action:
        session.connection().execute(_INSERT_PETITION, _petition(exchange))


def _petition(exchange: MaskedExchange) -> dict[str, object]:
    same = {name: getattr(exchange, name) for name in ("channel", "chat", "commune")}
    text = _storable(exchange.question)
    return {**same, "received_at": exchange.asked_at, "kind": kind_of(text), "text": text, "note": ""}


class AskedLately(NamedTuple):
    question: str
    commune: str
    times: int


def asked_lately(session: Session, since: datetime, most: int) -> list[AskedLately]:
    """Different typed questions since a moment, those asked most often first."""
    table, times = table_of(Exchange), sa.func.count().label("times")
    query = (
        sa.select(table.c.question, table.c.commune, times)
        .where(table.c.asked_at >= since, table.c.action == "", table.c.question != "")
        .group_by(table.c.question, table.c.commune)
        .order_by(times.desc(), sa.func.max(table.c.id).desc())
        .limit(most)
    )
    return [AskedLately(*row) for row in session.connection().execute(query)]


class Turn(NamedTuple):
    """One turn of a chat as it was recorded."""

    exchange: int
    asked_at: datetime
    question: str
    shown: str


def turns_of(session: Session, channel: str, chat: str, most: int = 30) -> list[Turn]:
    """The latest turns of a chat, named by its hash, the newest first."""
    table = table_of(Exchange)
    query = (
        sa.select(table.c.id, table.c.asked_at, table.c.question, table.c.shown)
        .where(table.c.channel == channel, table.c.chat == chat)
        .order_by(table.c.id.desc())
        .limit(most)
    )
    return [Turn(*row) for row in session.connection().execute(query)]


def forget_exchanges(session: Session, chat: str) -> int:
    """Delete what was recorded of a chat, named by its hash, and what of it waits; how many turns that were."""
    exchanges = table_of(Exchange)
    _forget_waiting(session, sa.select(exchanges.c.id).where(exchanges.c.chat == chat))
    session.connection().execute(sa.delete(PETITIONS).where(PETITIONS.c.chat == chat))
    return session.connection().execute(sa.delete(exchanges).where(exchanges.c.chat == chat)).rowcount


def forget_turns(session: Session, numbers: Sequence[int]) -> None:
    """Delete exchanges by number, and what of them waits."""
    exchanges = table_of(Exchange)
    mine = exchanges.c.id.in_(numbers)
    _forget_waiting(session, sa.select(exchanges.c.id).where(mine))
    session.connection().execute(sa.delete(exchanges).where(mine))


def _forget_waiting(session: Session, exchanges: sa.Select[tuple[int]]) -> None:
    """A group of which questions of others are left takes the first of these as its own words; an empty one goes, and
    nobody is told any more what was asked there."""
    groups, questions = table_of(WaitingGroup), table_of(WaitingQuestion)
    mine = questions.c.exchange.in_(exchanges)
    forget_askers_of(session, exchanges)
    touched = [
        *session.connection().scalars(
            sa.select(questions.c.group).where(mine, questions.c.group.is_not(None)).distinct()
        )
    ]
    session.connection().execute(sa.delete(questions).where(mine))
    left = sa.select(questions.c.text).where(questions.c.group == groups.c.id)
    session.connection().execute(sa.delete(groups).where(groups.c.id.in_(touched), ~left.exists()))
    first = left.order_by(questions.c.exchange).limit(1).scalar_subquery()
    session.connection().execute(sa.update(groups).where(groups.c.id.in_(touched)).values(question=first))


def _storable(text: str) -> str:
    """Half characters (lone surrogates) and NUL can be typed into a request, but no database takes them."""
    return text.encode(errors="replace").decode().replace("\0", "?")


_INSERT, _INSERT_PETITION = sa.insert(table_of(Exchange)), sa.insert(PETITIONS)
