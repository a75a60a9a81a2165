"""The outbox: what is to be told outside a direct reply. At least once, in order for each chat, across processes.

A message is claimed (leased) before it is sent and marked afterwards. A process that dies in between leaves it to the
next one, with the same key: what a channel has shown under a key it does not show again.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session

from knowledge.procedure import Value
from knowledge.tables import OutboxMessage
from knowledge.versions import table_of

OUTBOX = table_of(OutboxMessage)
LEASE = timedelta(seconds=120)  # longer than any sending takes: a platform is waited for 60 seconds at the most
BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480))


class State(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


OPEN = (State.WAITING, State.SENDING)


class Limits(NamedTuple):
    """What a channel bears: messages a second in all, and seconds between two to one chat."""

    per_second: int
    chat_seconds: float = 0.0


class Message(Value, frozen=True, kw_only=True):
    """`body` is JSON of whoever puts it. Times are aware."""

    key: str
    channel: str
    chat: str
    body: str
    not_before: datetime


class Claimed(Message, frozen=True, kw_only=True):
    """A message that is ours until the lease ends. `attempts` counts this one; of its pieces, as its channel cuts it,
    the first `parts` have arrived before."""

    id: int
    attempts: int
    parts: int = 0

    @property
    def may_have_arrived(self) -> bool:
        """Whether an attempt before this one ended unclear; of several pieces only the one it ended at would come
        again."""
        return self.attempts > 1 and not self.parts


class Setback(NamedTuple):
    """Why a message was not sent. `wait` where the channel named one; `parts` of it have arrived; `is_early`: nothing
    is wrong with it, its chat or its channel has to wait."""

    reason: str
    wait: timedelta | None = None
    parts: int = 0
    is_early: bool = False


def put(session: Session, messages: list[Message], now: datetime) -> None:
    """Put messages in; one whose key was put before is left out."""
    keys = [message.key for message in messages]
    known = set(session.connection().scalars(sa.select(OUTBOX.c.key).where(OUTBOX.c.key.in_(keys))))
    rows = [
        {
            "key": message.key,
            "channel": message.channel,
            "chat": message.chat,
            "body": message.body,
            "not_before": message.not_before,
            "created_at": now,
            "state": State.WAITING,
            "attempts": 0,
            "parts": 0,
            "error": "",
        }
        for message in {message.key: message for message in messages}.values()
        if message.key not in known
    ]
    if rows:
        session.connection().execute(sa.insert(OUTBOX), rows)


def claim(
    session: Session, channel: str, now: datetime, limits: Limits, chat: str | None = None, most: int | None = None
) -> list[Claimed]:
    """The oldest open message of each chat whose time has come, `most` of them; a chat's next one comes when this is
    done."""
    bearable = limits.per_second - _going_out(session, channel, now)
    most = bearable if most is None else min(most, bearable)
    if most <= 0:
        return []
    free = sa.and_(
        OUTBOX.c.state.in_(OPEN),
        OUTBOX.c.not_before <= now,
        sa.or_(OUTBOX.c.leased_until.is_(None), OUTBOX.c.leased_until <= now),
    )
    is_next = ~_before_it(now - timedelta(seconds=limits.chat_seconds))
    query = sa.select(OUTBOX).where(OUTBOX.c.channel == channel, free, is_next)
    if chat is not None:
        query = query.where(OUTBOX.c.chat == chat)
    rows = session.connection().execute(query.order_by(OUTBOX.c.id).limit(most)).mappings().all()
    return [_claimed(row) for row in rows if _lease(session, row["id"], free, now)]


def _going_out(session: Session, channel: str, now: datetime) -> int:
    """What all processes together sent in the last second or are sending."""
    sending = sa.and_(OUTBOX.c.state == State.SENDING, OUTBOX.c.leased_until > now)
    sent = sa.and_(OUTBOX.c.state == State.SENT, OUTBOX.c.sent_at > now - timedelta(seconds=1))
    query = sa.select(sa.func.count()).where(OUTBOX.c.channel == channel, sa.or_(sending, sent))
    return session.connection().scalar(query) or 0


def _before_it(since: datetime) -> sa.Exists:
    """An earlier message to the same chat that is still open, or was sent a moment ago."""
    other = OUTBOX.alias()
    is_open = sa.and_(other.c.id < OUTBOX.c.id, other.c.state.in_(OPEN))
    was_just_sent = sa.and_(other.c.state == State.SENT, other.c.sent_at > since)
    same_chat = (other.c.channel == OUTBOX.c.channel, other.c.chat == OUTBOX.c.chat)
    return sa.exists().where(*same_chat, sa.or_(is_open, was_just_sent))


def _lease(session: Session, number: int, free: sa.ColumnElement[bool], now: datetime) -> bool:
    """Whether we were the one to take it: the update must change exactly one row. Since it was seen to be free
    another process may have taken it, and sent it or put it off as well."""
    values = {"state": State.SENDING, "leased_until": now + LEASE, "attempts": OUTBOX.c.attempts + 1}
    done = session.connection().execute(sa.update(OUTBOX).where(OUTBOX.c.id == number, free).values(values))
    return done.rowcount == 1


def _claimed(row: sa.RowMapping) -> Claimed:
    names = ("id", "key", "channel", "chat", "body", "not_before", "parts")
    return Claimed(**{name: row[name] for name in names}, attempts=row["attempts"] + 1)


def mark_sent(session: Session, number: int, now: datetime) -> None:
    _mark(session, number, state=State.SENT, sent_at=now, leased_until=None, error="")


def put_off(session: Session, claimed: Claimed, now: datetime, setback: Setback) -> None:
    """Try again later; given up when the last pause has been tried. What only came too early has not been tried."""
    if claimed.attempts > len(BACK_OFF) and not setback.is_early:
        _mark(session, claimed.id, state=State.FAILED, leased_until=None, error=setback.reason)
        return
    attempts = claimed.attempts - setback.is_early
    later = now + (setback.wait or BACK_OFF[max(attempts, 1) - 1])
    values = {"attempts": attempts, "parts": max(setback.parts, claimed.parts), "error": setback.reason}
    _mark(session, claimed.id, state=State.WAITING, not_before=later, leased_until=None, **values)


def withdraw(session: Session, key_start: str) -> None:
    """Take back what was not sent yet of the messages whose keys begin so."""
    mine = OUTBOX.c.key.startswith(key_start, autoescape=True)
    session.connection().execute(sa.delete(OUTBOX).where(mine, OUTBOX.c.state == State.WAITING))


def give_up_chat(session: Session, channel: str, chat: str, reason: str) -> None:
    """A chat that will never take a message again: nothing more is sent to it."""
    here = (OUTBOX.c.channel == channel, OUTBOX.c.chat == chat, OUTBOX.c.state.in_(OPEN))
    values = {"state": State.FAILED, "leased_until": None, "error": reason}
    session.connection().execute(sa.update(OUTBOX).where(*here).values(values))


def sent_to(session: Session, channel: str, chat: str, most: int = 50) -> list[Message]:
    """What a chat was told, the latest first: for pages that are revisited. What is on its way is there as well:
    another process took it a moment ago, and a page without script does not look again."""
    is_there = OUTBOX.c.state.in_((State.SENT, State.SENDING))
    query = sa.select(OUTBOX).where(OUTBOX.c.channel == channel, OUTBOX.c.chat == chat, is_there)
    rows = session.connection().execute(query.order_by(OUTBOX.c.id.desc()).limit(most)).mappings()
    return [_claimed(row) for row in rows]


def put_for(session: Session, channel: str, chat: str, key_start: str, most: int = 50) -> list[Message]:
    """What was put for a chat under keys that begin so, sent or not, the latest first."""
    here = (OUTBOX.c.channel == channel, OUTBOX.c.chat == chat, OUTBOX.c.key.startswith(key_start, autoescape=True))
    rows = session.connection().execute(sa.select(OUTBOX).where(*here).order_by(OUTBOX.c.id.desc()).limit(most))
    return [_claimed(row) for row in rows.mappings()]


def forget_messages(session: Session, channel: str, chat: str) -> None:
    """Somebody wants to be forgotten: what he was told goes, and what he was to be told."""
    session.connection().execute(sa.delete(OUTBOX).where(OUTBOX.c.channel == channel, OUTBOX.c.chat == chat))


def body_of(session: Session, key: str) -> str:
    """What was put under a key, "" if nothing."""
    return session.connection().scalar(sa.select(OUTBOX.c.body).where(OUTBOX.c.key == key)) or ""


def _mark(session: Session, number: int, **values: object) -> None:
    session.connection().execute(sa.update(OUTBOX).where(OUTBOX.c.id == number).values(values))
