"""Slowing down who guesses at one account from many addresses: each further attempt has to wait longer, up to a bound.

Nobody is locked out. The bound, and that a browser known to the account is counted by itself
(bot.console.known_browser), keep a stranger's guesses from shutting out the person whose account it is.
"""

from datetime import datetime, timedelta

import msgspec

from bot.workers.shelf import LocalShelf, Shelf
from knowledge.clock import Clock
from knowledge.shelf import Left

KEYS = 10_000  # about 2 MB; beyond it what was longest left alone starts afresh
FREE = 10  # attempts nobody waits for: a forgotten password, capital letters left on
FIRST_WAIT = timedelta(seconds=2)  # after the attempts that are free; it doubles with each further one
FORGOTTEN_AFTER = timedelta(hours=1)  # without an attempt


class Slowdown:
    """`name` tells several on one shelf apart, `longest` bounds the wait between two attempts."""

    def __init__(self, name: str, longest: timedelta, clock: Clock, shelf: Shelf | None = None) -> None:
        self.name, self._longest, self._clock = name, longest, clock
        self._shelf = shelf or LocalShelf(KEYS)

    def take(self, key: str) -> float:
        """Count an attempt, before it is known to be wrong: 0.0, or the seconds to wait; then nothing is counted."""
        now = self._clock()

        def taken(before: bytes | None) -> tuple[bytes | Left, float]:
            attempts, free_at = _DECODER.decode(before) if before else (0, now)
            wait = min(free_at - now, self._longest)  # a clock set back holds nobody up for longer
            if wait > timedelta(0):
                return Left.AS_IT_IS, wait.total_seconds()
            return msgspec.msgpack.encode((attempts + 1, now + self._after(attempts + 1))), 0.0

        return self._shelf.change(self._at(key), taken, now, FORGOTTEN_AFTER)

    def forgive(self, key: str) -> None:
        """The attempt was right: all before it are forgotten."""
        self._shelf.drop(self._at(key))

    def _at(self, key: str) -> str:
        return f"slow:{self.name}:{key}"

    def _after(self, attempts: int) -> timedelta:
        """How long the next one waits."""
        beyond = attempts - FREE
        return timedelta(0) if beyond < 0 else min(self._longest, FIRST_WAIT * 2 ** min(beyond, 20))


_DECODER = msgspec.msgpack.Decoder(tuple[int, datetime])
