"""A shelf: short-lived values by key, changed by one hand at a time, whichever process it belongs to.

With one process it is a dictionary. Several share one in Valkey or, without it, in the database (bot.workers.making).
"""

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock
from typing import Protocol, TypeVar

from knowledge.shelf import Left

Result = TypeVar("Result")
Change = Callable[[bytes | None], tuple[bytes | Left | None, Result]]


class Shelf(Protocol):
    def get(self, key: str, now: datetime) -> bytes | None: ...

    def change(self, key: str, change: Change[Result], now: datetime, keep: timedelta) -> Result:
        """Put what `change` makes of the value (None: nothing lies there, or is to) and give what it says beside it.

        Nobody else changes the value meanwhile. `change` may be called again when somebody was faster.
        """

    def drop(self, key: str) -> None: ...

    def sweep(self, now: datetime) -> None:
        """Throw out what is past its time."""

    def close(self) -> None: ...


def put(shelf: Shelf, key: str, value: bytes, now: datetime, keep: timedelta) -> None:
    shelf.change(key, lambda _before: (value, None), now, keep)


class LocalShelf:
    """For one process. The values longest unchanged go first when there are more than `most`."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[str, tuple[datetime, bytes]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str, now: datetime) -> bytes | None:
        until, value = self._values.get(key, (now, None))
        return value if now < until else None

    def change(self, key: str, change: Change[Result], now: datetime, keep: timedelta) -> Result:
        with self._lock:
            value, result = change(self.get(key, now))
            if value is not Left.AS_IT_IS:
                self._put(key, value, now + keep)
        return result

    def _put(self, key: str, value: bytes | None, until: datetime) -> None:
        self._values.pop(key, None)
        if value is not None:
            self._values[key] = until, value
        if len(self._values) > self._most:
            self._values.popitem(last=False)

    def drop(self, key: str) -> None:
        with self._lock:
            self._values.pop(key, None)

    def sweep(self, now: datetime) -> None:
        with self._lock:
            for key in [key for key, (until, _) in self._values.items() if until <= now]:
                del self._values[key]

    def close(self) -> None:
        self._values.clear()

    def __len__(self) -> int:
        return len(self._values)
