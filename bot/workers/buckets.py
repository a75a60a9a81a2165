"""How much one client may ask for: a bucket of tokens each, for all processes together, bounded in number."""

from datetime import datetime, timedelta

import msgspec

from bot.workers.shelf import LocalShelf, Shelf
from knowledge.clock import Clock

CLIENTS = 10_000  # about 2 MB; beyond it the client longest silent starts afresh
A_MINUTE = timedelta(minutes=1)


class TokenBuckets:
    """Each client has so many tokens, filled up evenly `within` a time. `name` tells buckets on one shelf apart."""

    def __init__(
        self, tokens: int, clock: Clock, shelf: Shelf | None = None, name: str = "", within: timedelta = A_MINUTE
    ) -> None:
        self._size = float(tokens)
        self._per_second = tokens / within.total_seconds()
        self._clock, self._within = clock, within
        self._shelf = shelf or LocalShelf(CLIENTS)
        self._name = f"rate:{name}:"

    def take(self, client: str) -> float:
        """Take one token: 0.0, or the seconds to wait until there is one."""
        now = self._clock()

        def taken(before: bytes | None) -> tuple[bytes, float]:
            tokens, since = _DECODER.decode(before) if before else (self._size, now)
            passed = max(0.0, (now - since).total_seconds())  # a clock set back gives nothing and takes nothing
            tokens = min(self._size, tokens + passed * self._per_second)
            is_served = tokens >= 1
            wait = 0.0 if is_served else (1 - tokens) / self._per_second
            return msgspec.msgpack.encode((tokens - is_served, now)), wait

        return self._shelf.change(self._name + client, taken, now, self._within)  # full by then: nothing to remember


_DECODER = msgspec.msgpack.Decoder(tuple[float, datetime])
