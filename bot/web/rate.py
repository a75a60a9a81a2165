"""How much one client may ask for: a bucket of tokens each, for all processes together, bounded in number."""

import ipaddress
from datetime import datetime, timedelta

import msgspec

from bot.workers.shelf import LocalShelf, Shelf
from knowledge.clock import Clock

CLIENTS = 10_000  # about 2 MB; beyond it the client longest silent starts afresh
FULL_AFTER = timedelta(minutes=1)  # an empty bucket is full again: nothing to remember of it
IPV6_PREFIX = 64  # a household or a phone is given a whole /64


class TokenBuckets:
    """Each client has `per_minute` tokens, filled up evenly over a minute. `name` tells buckets on one shelf apart."""

    def __init__(self, per_minute: int, clock: Clock, shelf: Shelf | None = None, name: str = "") -> None:
        self._size = float(per_minute)
        self._per_second = per_minute / 60
        self._clock = clock
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

        return self._shelf.change(self._name + client, taken, now, FULL_AFTER)


_DECODER = msgspec.msgpack.Decoder(tuple[float, datetime])


def client_of(host: str) -> str:
    """Whom an address stands for: itself, or for IPv6 its network."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    return str(address.ipv4_mapped or ipaddress.ip_network((address, IPV6_PREFIX), strict=False))
