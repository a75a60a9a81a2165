"""A real database that does not answer some calls, as one that is just being started anew."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlmodel import Session

from knowledge.database import Database


class WobblyDatabase(Database):
    """`away` more calls fail; `failed` did."""

    def __init__(self, database: Database, away: int = 0) -> None:
        super().__init__(database.engine)
        self.away, self.failed = away, 0

    @contextmanager
    def session(self, *, writing: bool = False) -> Iterator[Session]:
        self._come()
        with super().session(writing=writing) as session:
            yield session

    @contextmanager
    def queueing(self) -> Iterator[Session]:
        self._come()
        with super().queueing() as session:
            yield session

    def _come(self) -> None:
        if self.away:
            self.away, self.failed = self.away - 1, self.failed + 1
            raise sa.exc.OperationalError("SELECT 1", {}, Exception("the database system is starting up"))
