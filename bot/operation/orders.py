"""What administrators ordered for the moment, read from the database every few seconds: all workers obey within that
time, and none is started anew."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from threading import Lock
from types import MappingProxyType

import msgspec
import structlog
from sqlalchemy.exc import SQLAlchemyError

from knowledge.database import Database
from knowledge.operation.announcements import Announcement, announcements
from knowledge.operation.switches import SwitchedOff, switched_off
from knowledge.takeovers import held_chats

LOOK_EVERY = timedelta(seconds=2)  # three small queries each time
NONE_OFF: Mapping[str, SwitchedOff] = MappingProxyType({})

log = structlog.get_logger()


class Orders(msgspec.Struct, frozen=True):
    """`announcements` are those that are not over, begun or not; `taken` are the chats (channel and id) in which staff
    speak themselves."""

    announcements: tuple[Announcement, ...] = ()
    off: Mapping[str, SwitchedOff] = NONE_OFF
    taken: frozenset[tuple[str, str]] = frozenset()

    def announced(self, channel: str, commune: str, now: datetime) -> tuple[Announcement, ...]:
        """What concerns who asks there, whatever is told."""
        return tuple(each for each in self.announcements if each.holds(now) and each.concerns(channel, commune))


class OrderBook:
    """The orders of one database at a time; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._read: tuple[Database, datetime, Orders] | None = None

    def at(self, database: Database, now: datetime) -> Orders:
        with self._lock:
            if self._read and self._read[0] is database and abs(now - self._read[1]) < LOOK_EVERY:
                return self._read[2]
            orders = self._look(database, now)
            self._read = (database, now, orders)
            return orders

    def _look(self, database: Database, now: datetime) -> Orders:
        """What is so now; what was so before, while the database cannot be read."""
        try:
            return read_orders(database, now)
        except SQLAlchemyError as error:
            log.warning("orders were not read", reason=type(error).__name__)
            return self._read[2] if self._read and self._read[0] is database else Orders()

    def forget(self) -> None:
        """Somebody has just changed them."""
        with self._lock:
            self._read = None


def read_orders(database: Database, now: datetime) -> Orders:
    with database.session() as session:
        return Orders(tuple(announcements(session, since=now)), switched_off(session), held_chats(session, now))
