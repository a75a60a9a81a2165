"""What a channel does once, whichever process does it: the first to set a mark is told so."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session

from knowledge.database import Database
from knowledge.tables import ChannelMark
from knowledge.versions import table_of

MARKS = table_of(ChannelMark)


def is_first(database: Database, key: str, now: datetime) -> bool:
    """Set a mark; False if it was set before, by us or by another process."""
    try:
        with database.session() as session:
            session.connection().execute(sa.insert(MARKS).values(key=key, at=now))
    except sa.exc.IntegrityError:
        return False
    return True


def is_set(database: Database, key: str) -> bool:
    with database.session() as session:
        return session.connection().scalar(sa.select(MARKS.c.key).where(MARKS.c.key == key)) is not None


def forget(session: Session, key: str) -> None:
    session.connection().execute(sa.delete(MARKS).where(MARKS.c.key == key))


def forget_before(session: Session, start: str, before: datetime) -> None:
    """Drop marks whose keys begin so and that are older."""
    old = sa.and_(MARKS.c.key.startswith(start, autoescape=True), MARKS.c.at < before)
    session.connection().execute(sa.delete(MARKS).where(old))
