"""Asking the portal: few calls at a time, none in a hurry, and an end when it does not want any more."""

import random
from collections.abc import Callable
from contextlib import contextmanager
from threading import Lock
from typing import Any, NamedTuple

import httpx
import msgspec
import tenacity

from catalogue_import.fetching.answers import (
    REMEDY,
    TOO_LARGE,
    FetchError,
    OddAnswerError,
    TemporaryError,
    WalledError,
    check_status,
    data_of,
)
from catalogue_import.files import MAX_RECORD
from knowledge.clock import Clock

BASE = "https://dichvucong.gov.vn/api/v1"
LIST = "/submitting/formality/list-all-public-formality-by-citizen"
DETAIL = "/configuring/formality/get-formality-by-citizen"
ATTEMPTS = 5  # of one call: with the waits below a minute and a half
WALL_ATTEMPTS = 2  # the guard's page comes by accident now and then; a third would only confirm it
FIRST_WAIT, LONGEST_WAIT = 2.0, 60.0  # seconds, doubled from one attempt to the next
LONGEST_ASKED = 600.0  # seconds: who asks for a longer wait wants us to go
FAILURES_IN_A_ROW = 5  # calls, each after all its attempts: then the portal is down, and calling on helps nobody
TIMEOUT = httpx.Timeout(30.0, connect=10.0)  # details take up to a few seconds on a bad day

Sleep = Callable[[float], None]


class Patience(NamedTuple):
    """What waiting needs, handed in from outside. `pause` are seconds between two calls of one connection."""

    clock: Clock
    sleep: Sleep
    chance: random.Random
    pause: float = 0.3


class Told(NamedTuple):
    """An answer as it came, and the data in it."""

    body: bytes
    data: Any


class Portal:
    """The interface behind one address. Safe to call from several threads."""

    def __init__(self, client: httpx.Client, base: str, patience: Patience) -> None:
        self._client = client
        self._base = base.rstrip("/")
        self._patience = patience
        self._lock = Lock()
        self._failures = 0
        self._end: FetchError | None = None
        self.calls = 0

    def list_page(self, last_id: str, limit: int) -> Told:
        return self._ask(LIST, {"limit": limit, "lastId": last_id, "q": "", "categoryId": "", "departmentCode": ""})

    def detail(self, formality_id: str) -> Told:
        return self._ask(DETAIL, {"id": formality_id})

    def _ask(self, path: str, question: dict[str, object]) -> Told:
        """Raises OddAnswerError and TemporaryError for this call, FetchError for all of them."""
        retrying = tenacity.Retrying(
            retry=tenacity.retry_if_exception_type(TemporaryError),
            stop=_is_enough,
            wait=self._wait,
            sleep=self._patience.sleep,
            reraise=True,
        )
        try:
            told = retrying(self._ask_once, path, question)
        except TemporaryError as error:
            self._count_failure(error)
            raise
        except FetchError as error:
            self._end = error  # also for the calls that other threads have begun meanwhile
            raise
        self._failures = 0
        return told

    def _ask_once(self, path: str, question: dict[str, object]) -> Told:
        with self._lock:
            if self._end:
                raise self._end
            self.calls += 1
        self._patience.sleep(self._patience.pause)
        with _explained(), self._client.stream("POST", self._base + path, json=question) as response:
            check_status(response, self._patience.clock())
            body = _bounded(response)
            return Told(body, data_of(body, response.headers.get("content-type", "")))

    def _wait(self, state: tenacity.RetryCallState) -> float:
        """As long as asked, else twice as long each time, and never in step with others."""
        error = state.outcome.exception() if state.outcome else None
        asked = error.wait if isinstance(error, TemporaryError) else None
        if asked is not None and asked > LONGEST_ASKED:
            raise FetchError(f"the portal asks to wait {asked:,.0f} seconds. Start the same command again after that")
        backed_off = min(LONGEST_WAIT, FIRST_WAIT * 2 ** (state.attempt_number - 1))
        jitter = self._patience.chance.uniform(0.5, 1.0)
        return asked + jitter if asked is not None else backed_off * jitter

    def _count_failure(self, error: TemporaryError) -> None:
        with self._lock:
            self._failures += 1
        if error.is_wall:
            self._end = WalledError(f"the portal answers with {error}. {REMEDY}")
        elif self._failures >= FAILURES_IN_A_ROW:
            self._end = FetchError(
                f"{FAILURES_IN_A_ROW} calls in a row failed, the last with: {error}. The portal is down or does "
                "not want to be asked now; start the same command again later, it goes on where it was"
            )
        if self._end:
            raise self._end from error


def _is_enough(state: tenacity.RetryCallState) -> bool:
    error = state.outcome.exception() if state.outcome else None
    most = WALL_ATTEMPTS if isinstance(error, TemporaryError) and error.is_wall else ATTEMPTS
    return state.attempt_number >= most


@contextmanager
def _explained() -> Any:
    """Failures of the connection in our own words."""
    try:
        yield
    except (httpx.UnsupportedProtocol, httpx.InvalidURL) as error:
        raise FetchError(f"the portal's address is unusable: {error}") from error
    except (httpx.TransportError, httpx.DecodingError) as error:
        raise TemporaryError(f"{type(error).__name__}: {error}" if str(error) else type(error).__name__) from error


def _bounded(response: httpx.Response) -> bytes:
    pieces, size = [], 0
    for piece in response.iter_bytes():
        pieces.append(piece)
        size += len(piece)
        if size > MAX_RECORD:
            raise OddAnswerError(TOO_LARGE)
    return b"".join(pieces)


class ListPage(msgspec.Struct, frozen=True, rename="camel"):
    """What a page of the list holds; items are kept as they came."""

    items: list[dict[str, Any]]
    last_id: str | None = None
    total: int | None = None
