"""What channels keep count of, for all processes: messages sent in a month, what stops a channel, when a citizen last
wrote and whether a person of the office has taken a chat over."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from knowledge.channel_tables import ChannelChat, ChannelCount, ChannelTrouble
from knowledge.clock import vietnam_day
from knowledge.procedure import Value
from knowledge.versions import table_of

COUNTS, TROUBLES, CHATS = table_of(ChannelCount), table_of(ChannelTrouble), table_of(ChannelChat)


class Trouble(Value, frozen=True):
    """Why a channel is stopped, in a word, and what its platform said. `until` is when it tries again by itself."""

    channel: str
    reason: str
    detail: str
    since: datetime
    until: datetime | None = None


def month_of(now: datetime) -> str:
    return f"{vietnam_day(now):%Y-%m}"


def count(session: Session, channel: str, kind: str, now: datetime, number: int = 1) -> int:
    """Add to this month's count; what it is then."""
    key = {"channel": channel, "month": month_of(now), "kind": kind}
    put(session, COUNTS, key, {"number": number}, {"number": COUNTS.c.number + number})
    return counts(session, channel, now)[kind]


def note(session: Session, channel: str, kind: str, now: datetime, number: int) -> None:
    """Set this month's number of something that the platform counts itself."""
    key = {"channel": channel, "month": month_of(now), "kind": kind}
    put(session, COUNTS, key, {"number": number}, {"number": number})


def counts(session: Session, channel: str, now: datetime) -> dict[str, int]:
    """This month's counts by kind."""
    query = sa.select(COUNTS.c.kind, COUNTS.c.number)
    rows = session.connection().execute(
        query.where(COUNTS.c.channel == channel, COUNTS.c.month == month_of(now)).order_by(COUNTS.c.kind)
    )
    return {row.kind: row.number for row in rows}


def stop(session: Session, trouble: Trouble) -> None:
    values = {"reason": trouble.reason, "detail": trouble.detail, "since": trouble.since, "until": trouble.until}
    put(session, TROUBLES, {"channel": trouble.channel}, values, values)


def go_on(session: Session, channel: str) -> bool:
    """The channel works again; False if nothing had stopped it."""
    gone = session.connection().execute(sa.delete(TROUBLES).where(TROUBLES.c.channel == channel))
    return gone.rowcount == 1


def troubles(session: Session, now: datetime) -> list[Trouble]:
    """What stops channels now, the longest first."""
    lasting = sa.or_(TROUBLES.c.until.is_(None), TROUBLES.c.until > now)
    rows = session.connection().execute(sa.select(TROUBLES).where(lasting).order_by(TROUBLES.c.since)).mappings()
    return [Trouble(**row) for row in rows]


def trouble_of(session: Session, channel: str, now: datetime) -> Trouble | None:
    return next((trouble for trouble in troubles(session, now) if trouble.channel == channel), None)


def acted(session: Session, chat: str, at: datetime) -> None:
    """The citizen wrote; an older message that comes later changes nothing."""
    moment = sa.literal(at, CHATS.c.acted_at.type)
    later = sa.case((CHATS.c.acted_at > moment, CHATS.c.acted_at), else_=moment)
    put(session, CHATS, {"chat": chat}, {"acted_at": at}, {"acted_at": later})


def last_act(session: Session, chat: str) -> datetime | None:
    return _of_chat(session, chat).get("acted_at")


def mute(session: Session, chat: str, until: datetime) -> None:
    put(session, CHATS, {"chat": chat}, {"muted_until": until}, {"muted_until": until})


def is_muted(session: Session, chat: str, now: datetime) -> bool:
    until = _of_chat(session, chat).get("muted_until")
    return until is not None and now < until


def forget_chats(session: Session, before: datetime) -> None:
    """Chats in which nobody wrote for long: what is kept of them has no use any more."""
    over = [sa.or_(column.is_(None), column <= before) for column in (CHATS.c.acted_at, CHATS.c.muted_until)]
    session.connection().execute(sa.delete(CHATS).where(*over))


def forget_act(session: Session, chat: str) -> None:
    """When its citizen wrote is nobody's business any more; who of the office writes there still counts."""
    session.connection().execute(sa.update(CHATS).where(CHATS.c.chat == chat).values(acted_at=None))


def forget_chat(session: Session, chat: str) -> None:
    session.connection().execute(sa.delete(CHATS).where(CHATS.c.chat == chat))


def _of_chat(session: Session, chat: str) -> Mapping[str, Any]:
    query = sa.select(CHATS.c.acted_at, CHATS.c.muted_until).where(CHATS.c.chat == chat)
    row = session.connection().execute(query).mappings().one_or_none()
    return {**row} if row else {}


def put(
    session: Session, table: sa.Table, key: Mapping[str, Any], values: Mapping[str, Any], changed: Mapping[str, Any]
) -> None:
    """Insert, or change the row that is there, in one statement: two processes never lose one of two counts."""
    insert = postgresql.insert if session.connection().dialect.name == "postgresql" else sqlite.insert
    row = insert(table).values(**key, **values)
    session.connection().execute(row.on_conflict_do_update(index_elements=list(key), set_=dict(changed)))
