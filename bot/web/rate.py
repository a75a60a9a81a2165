"""How much one client may ask for: a bucket of tokens each, in this process, bounded in number."""

import ipaddress
import threading
from collections import OrderedDict
from datetime import datetime

from knowledge.clock import Clock

CLIENTS = 10_000  # about 2 MB; beyond it the client longest silent starts afresh
IPV6_PREFIX = 64  # a household or a phone is given a whole /64


class TokenBuckets:
    """Each client has `per_minute` tokens, filled up evenly over a minute."""

    def __init__(self, per_minute: int, clock: Clock) -> None:
        self._size = float(per_minute)
        self._per_second = per_minute / 60
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, datetime]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, client: str) -> float:
        """Take one token: 0.0, or the seconds to wait until there is one."""
        now = self._clock()
        with self._lock:
            tokens, since = self._buckets.pop(client, (self._size, now))
            passed = max(0.0, (now - since).total_seconds())  # a clock set back gives nothing and takes nothing
            tokens = min(self._size, tokens + passed * self._per_second)
            is_served = tokens >= 1
            self._buckets[client] = (tokens - is_served, now)
            if len(self._buckets) > CLIENTS:
                self._buckets.popitem(last=False)
        return 0.0 if is_served else (1 - tokens) / self._per_second

    def __len__(self) -> int:
        return len(self._buckets)


def client_of(host: str) -> str:
    """Whom an address stands for: itself, or for IPv6 its network."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    return str(address.ipv4_mapped or ipaddress.ip_network((address, IPV6_PREFIX), strict=False))
