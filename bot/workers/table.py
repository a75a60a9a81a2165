"""The shelf in the database, for several processes without Valkey; the same table carries the leads."""

from datetime import datetime, timedelta

from bot.workers.shelf import Change, Result
from knowledge import shelf
from knowledge.database import Database


class TableShelf:
    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, key: str, now: datetime) -> bytes | None:
        return shelf.read(self._database, key, now)

    def change(self, key: str, change: Change[Result], now: datetime, keep: timedelta) -> Result:
        return shelf.change(self._database, key, change, now, keep)

    def drop(self, key: str) -> None:
        shelf.drop(self._database, key)

    def sweep(self, now: datetime) -> None:
        shelf.sweep(self._database, now)

    def close(self) -> None:
        """The database is closed by who opened it."""
