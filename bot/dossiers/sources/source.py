"""What every source does: answer found, not found, or down.

SourceDownError   it did not answer in time, or not in its own language; the last known state is told instead
"""

from typing import Any, NamedTuple, Protocol

import httpx
import msgspec

from knowledge.dossiers.factors import Keys
from knowledge.dossiers.ledger import Update

MOST_BYTES = 1024 * 1024  # of one answer: a dossier takes some 2 kB


class SourceDownError(Exception):
    """The message is for the log: no code and nothing personal stands in it."""


class Access(NamedTuple):
    """Where a system is asked and with which rights. `unit` is the sender's own id there (madonvi, dstcode)."""

    url: str
    user: str = ""
    password: str = ""
    unit: str = ""
    system: str = "Hệ thống một cửa"


class Source(Protocol):
    name: str

    def __init__(self, client: httpx.Client, access: Access, keys: Keys) -> None: ...

    def ask(self, code: str) -> list[Update]:
        """What the system shows of a canonical code, nothing if it has no such dossier; raises SourceDownError."""


def exchanged(client: httpx.Client, request: httpx.Request) -> Any:
    """Send a request; the JSON of a good answer. Raises SourceDownError."""
    try:
        response = client.send(request, stream=True)
        try:
            return msgspec.json.decode(_read(response))
        finally:
            response.close()
    except (httpx.HTTPError, httpx.InvalidURL, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise SourceDownError(type(error).__name__) from error


def _read(response: httpx.Response) -> bytes:
    if response.status_code != httpx.codes.OK:
        raise SourceDownError(f"status {response.status_code}")
    body = bytearray()
    for block in response.iter_bytes():
        body += block
        if len(body) > MOST_BYTES:
            raise SourceDownError("an answer that is too long")
    return bytes(body)
