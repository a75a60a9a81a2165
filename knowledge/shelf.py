"""Short-lived values that several processes share. What is past its time is as if it were not there."""

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from knowledge.database import Database
from knowledge.tables import ShelfValue
from knowledge.versions import table_of

SHELF = table_of(ShelfValue)

Result = TypeVar("Result")


class Left(Enum):
    """In the place of a value: what lies there is left, for as long as it was to lie."""

    AS_IT_IS = auto()


def read(database: Database, key: str, now: datetime) -> bytes | None:
    with database.session() as session:
        return _value(session.connection(), _at(key), now)


def change(
    database: Database,
    key: str,
    made: Callable[[bytes | None], tuple[bytes | Left | None, Result]],
    now: datetime,
    keep: timedelta,
) -> Result:
    """Put what `made` makes of the value (None: there is none, or is to be none); give what it says beside it.

    Whoever changes the same key meanwhile waits.
    """
    with database.queueing() as session:
        connection = session.connection()
        connection.execute(_insert(connection)(SHELF).values(key=key, value=b"", until=now).on_conflict_do_nothing())
        value, result = made(_value(connection, _at(key).with_for_update(), now))
        if value is None:
            connection.execute(sa.delete(SHELF).where(SHELF.c.key == key))
        elif value is not Left.AS_IT_IS:
            connection.execute(sa.update(SHELF).where(SHELF.c.key == key).values(value=value, until=now + keep))
    return result


def drop(database: Database, key: str) -> None:
    with database.queueing() as session:
        session.connection().execute(sa.delete(SHELF).where(SHELF.c.key == key))


def sweep(database: Database, now: datetime) -> None:
    with database.queueing() as session:
        session.connection().execute(sa.delete(SHELF).where(SHELF.c.until <= now))


def _at(key: str) -> sa.Select[tuple[bytes, datetime]]:
    return sa.select(SHELF.c.value, SHELF.c.until).where(SHELF.c.key == key)


def _value(connection: sa.Connection, query: sa.Select[tuple[bytes, datetime]], now: datetime) -> bytes | None:
    row = connection.execute(query).first()
    return row.value if row is not None and now < row.until else None


def _insert(connection: sa.Connection) -> Callable[[sa.Table], sqlite.Insert | postgresql.Insert]:
    return sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
