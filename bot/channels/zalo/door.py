"""The door to Zalo's servers: JSON in and out, each failure as what it means for the message that was on its way.

NotSentError   nothing left us; it may be sent again, and was, a few times
UnclearError   it may have arrived: never again blindly (CHANNELS 6.6)
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import msgspec
import tenacity

SECONDS = 10.0
MOST_BYTES = 1024 * 1024  # of an answer
TRIES = 3

Pause = Callable[[float], Awaitable[None]]


class DoorError(Exception):
    """The message is for the log: no address, which may hold a token, and no text stands in it."""


class NotSentError(DoorError):
    pass


class UnclearError(DoorError):
    pass


def make_client() -> httpx.AsyncClient:
    for name in ("httpx", "httpcore"):  # they print addresses, ours hold tokens
        logging.getLogger(name).setLevel(logging.WARNING)
    return httpx.AsyncClient(timeout=SECONDS, follow_redirects=False)


class Door:
    def __init__(self, client: httpx.AsyncClient, pause: Pause = asyncio.sleep, seconds: float = SECONDS) -> None:
        self.client, self.pause, self._seconds = client, pause, seconds

    async def post(self, url: str, seconds: float = 0.0, **content: Any) -> tuple[int, Any]:
        """Status and JSON of the answer; `content` as httpx takes it (json, data, headers). Raises DoorError."""
        retrying = tenacity.AsyncRetrying(
            retry=tenacity.retry_if_exception_type(NotSentError),
            stop=tenacity.stop_after_attempt(TRIES),
            wait=tenacity.wait_random_exponential(multiplier=1, max=5),
            sleep=self.pause,
            reraise=True,
        )
        return await retrying(self._post, url, seconds or self._seconds, content)

    async def _post(self, url: str, seconds: float, content: dict[str, Any]) -> tuple[int, Any]:
        try:
            async with self.client.stream("POST", url, timeout=seconds, **content) as response:
                return response.status_code, msgspec.json.decode(await _read(response))
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise NotSentError(type(error).__name__) from None
        except (httpx.HTTPError, httpx.InvalidURL, msgspec.DecodeError, UnicodeDecodeError) as error:
            raise UnclearError(type(error).__name__) from None


async def _read(response: httpx.Response) -> bytes:
    body = bytearray()
    async for block in response.aiter_bytes():
        body += block
        if len(body) > MOST_BYTES:
            raise UnclearError("an answer that is too long")
    return bytes(body)
