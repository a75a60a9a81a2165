"""What a group asked in a day, if its administrators want to be told: a message of the outbox that grows until evening.

It holds names of procedures and numbers, nothing that anybody wrote.
"""

from contextlib import suppress
from datetime import datetime, time, timedelta
from enum import StrEnum

import msgspec
import sqlalchemy as sa
from sqlmodel import Session

from knowledge.channel_marks import MARKS
from knowledge.clock import VIETNAM
from knowledge.database import Database
from knowledge.outbox import OUTBOX, Message, State, put, withdraw
from knowledge.procedure import Value

TOLD_AT = time(17, 15)  # Việt Nam: the office has closed, nobody sleeps
MOST = 30  # procedures counted a day
KEYS = "digest:"


class DigestKind(StrEnum):
    DIGEST = "digest"


class Digest(Value, frozen=True, kw_only=True):
    """The body: how often each procedure was answered, by its everyday name, and how many questions were not."""

    kind: DigestKind
    asked: dict[str, int] = msgspec.field(default_factory=dict)
    unanswered: int = 0


def want(session: Session, channel: str, group: str, now: datetime) -> None:
    if not is_wanted(session, channel, group):
        session.connection().execute(sa.insert(MARKS).values(key=_key(channel, group), at=now))


def want_no_more(session: Session, channel: str, group: str) -> None:
    session.connection().execute(sa.delete(MARKS).where(MARKS.c.key == _key(channel, group)))
    withdraw(session, _key(channel, group) + ":")


def is_wanted(session: Session, channel: str, group: str) -> bool:
    query = sa.select(MARKS.c.key).where(MARKS.c.key == _key(channel, group))
    return session.connection().scalar(query) is not None


def note(database: Database, channel: str, group: str, now: datetime, name: str = "") -> None:
    """A question was answered with a procedure of that name, or "" if it was not answered."""
    at = _next_telling(now)
    key = f"{_key(channel, group)}:{at.astimezone(VIETNAM):%Y-%m-%d}"
    with suppress(sa.exc.IntegrityError), database.queueing() as session:  # another process may be just doing it
        body = msgspec.json.encode(Digest(kind=DigestKind.DIGEST)).decode()
        put(session, [Message(key=key, channel=channel, chat=group, body=body, not_before=at)], now)
    with database.queueing() as session:
        here = (OUTBOX.c.key == key, OUTBOX.c.state == State.WAITING)
        before = session.connection().scalar(sa.select(OUTBOX.c.body).where(*here).with_for_update())
        if before:
            digest = _with(msgspec.json.decode(before, type=Digest), name)
            body = msgspec.json.encode(digest).decode()
            session.connection().execute(sa.update(OUTBOX).where(*here).values(body=body))


def _with(digest: Digest, name: str) -> Digest:
    if not name:
        return msgspec.structs.replace(digest, unanswered=digest.unanswered + 1)
    if name not in digest.asked and len(digest.asked) >= MOST:
        return digest
    return msgspec.structs.replace(digest, asked={**digest.asked, name: digest.asked.get(name, 0) + 1})


def _next_telling(now: datetime) -> datetime:
    local = now.astimezone(VIETNAM)
    today = datetime.combine(local.date(), TOLD_AT, VIETNAM)
    return today if local < today else today + timedelta(days=1)


def _key(channel: str, group: str) -> str:
    return f"{KEYS}{channel}:{group}"
