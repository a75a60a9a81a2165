"""The inbox: what channels brought, kept until it is settled, each update once however often it is brought.

waiting   taken; nothing of an answer is out yet: whoever has the lead answers it, after a crash the next one
sending   an answer is on its way: after a crash nobody can know, and nobody is told twice (CHANNELS 6.6)
settled   answered, or nothing to say; only its key is left
"""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session

from knowledge.database import Database
from knowledge.tables import InboxUpdate
from knowledge.versions import table_of

INBOX = table_of(InboxUpdate)


class State(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"
    SETTLED = "settled"


class Update(NamedTuple):
    id: int
    key: str
    body: bytes  # sealed


def take(database: Database, key: str, channel: str, body: bytes, now: datetime) -> bool:
    """Put an update in; False if it was taken before, by us or by another process."""
    row = {"key": key, "channel": channel, "state": State.WAITING, "body": body, "taken_at": now}
    try:
        with database.session() as session:
            session.connection().execute(sa.insert(INBOX), row)
    except sa.exc.IntegrityError:
        return False
    return True


def waiting(session: Session, channel: str) -> list[int]:
    """Numbers of those that nobody has answered, the oldest first."""
    query = sa.select(INBOX.c.id).where(INBOX.c.channel == channel, INBOX.c.state == State.WAITING)
    return list(session.connection().scalars(query.order_by(INBOX.c.id)))


def load(session: Session, numbers: Iterable[int]) -> list[Update]:
    query = sa.select(INBOX.c.id, INBOX.c.key, INBOX.c.body).where(INBOX.c.id.in_(list(numbers)))
    return [Update(*row) for row in session.connection().execute(query.order_by(INBOX.c.id))]


def go_out(session: Session, number: int) -> bool:
    """An answer is about to be sent; False if another process is sending one or has done so."""
    ours = (INBOX.c.id == number, INBOX.c.state == State.WAITING)
    return session.connection().execute(sa.update(INBOX).where(*ours).values(state=State.SENDING)).rowcount == 1


def come_back(session: Session, number: int) -> None:
    """It surely was not taken: the update waits again."""
    session.connection().execute(sa.update(INBOX).where(INBOX.c.id == number).values(state=State.WAITING))


def settle(session: Session, numbers: Iterable[int]) -> None:
    """Only the keys are left."""
    chosen = INBOX.c.id.in_(list(numbers))
    session.connection().execute(sa.update(INBOX).where(chosen).values(state=State.SETTLED, body=b""))


def settle_unclear(session: Session, channel: str) -> int:
    """Lay aside what was on its way when its process died; how many."""
    unclear = (INBOX.c.channel == channel, INBOX.c.state == State.SENDING)
    values = {"state": State.SETTLED, "body": b""}
    return session.connection().execute(sa.update(INBOX).where(*unclear).values(values)).rowcount


def forget_before(session: Session, channel: str, before: datetime) -> None:
    old = (INBOX.c.channel == channel, INBOX.c.state == State.SETTLED, INBOX.c.taken_at < before)
    session.connection().execute(sa.delete(INBOX).where(*old))
