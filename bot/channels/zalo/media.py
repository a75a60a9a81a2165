"""Pictures that were sent to us lie on Zalo's servers, at addresses that end soon. An address comes from outside: what
leads into our own network is not fetched."""

import ipaddress
import socket
from collections.abc import Callable
from urllib.parse import urlsplit

import httpx
import structlog
from anyio import to_thread

from bot.dossiers.pictures import MOST_BYTES

SECONDS = 20.0

Resolve = Callable[[str], list[str]]

log = structlog.get_logger()


def addresses_of(host: str) -> list[str]:
    try:
        return [str(found[4][0]) for found in socket.getaddrinfo(host, None)]
    except (OSError, UnicodeError):
        return []


def is_local(url: str) -> bool:
    """Whether a platform's address is one of our own: a server for trials."""
    return (urlsplit(url).hostname or "") in {"localhost", "127.0.0.1", "::1"}


class Media:
    """`is_open` allows our own network, where the platform's server itself stands there: for trials."""

    def __init__(self, client: httpx.AsyncClient, *, is_open: bool = False, resolve: Resolve = addresses_of) -> None:
        self._client, self._is_open, self._resolve = client, is_open, resolve

    async def fetched(self, url: str) -> bytes:
        """What a picture holds; nothing, where it cannot be had."""
        if not await self._may_be_fetched(url):
            log.warning("a picture was not fetched: its address leads to no public server")
            return b""
        try:
            return await self._read(url)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            log.info("a picture could not be fetched", reason=type(error).__name__)
            return b""

    async def _read(self, url: str) -> bytes:
        """At most one byte more than a picture may have: that it is too big is told by who reads it."""
        content = bytearray()
        async with self._client.stream("GET", url, timeout=SECONDS) as response:
            if response.status_code != httpx.codes.OK:
                return b""
            async for block in response.aiter_bytes():
                content += block
                if len(content) > MOST_BYTES:
                    break
        return bytes(content[: MOST_BYTES + 1])

    async def _may_be_fetched(self, url: str) -> bool:
        try:
            parts = urlsplit(url)
            host = parts.hostname or ""
        except ValueError:
            return False
        if self._is_open:
            return parts.scheme in {"http", "https"}
        found = await to_thread.run_sync(self._resolve, host) if parts.scheme == "https" else []
        return bool(found) and all(ipaddress.ip_address(each).is_global for each in found)
