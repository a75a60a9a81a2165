"""What an answer of the portal is worth, before anything of it is kept.

FetchError           the whole fetch ends here; what is stored stays, and the next run goes on
└── WalledError      a login page, the guard against robots, or a refusal: no further call would fare better
TemporaryError       this call may succeed later: too many, overloaded, cut off, or the guard's page once
OddAnswerError       an answer, but not the one that was asked for: this record is left out
"""

from datetime import datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any

import httpx
import msgspec

from catalogue_import.files import MAX_RECORD, MEBIBYTE

TOO_LARGE = f"longer than {MAX_RECORD // MEBIBYTE} MiB, which no answer is"
REFUSALS = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.PROXY_AUTHENTICATION_REQUIRED})
BUSY = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS})
SHOWN = 60  # letters of an answer that are quoted
REMEDY = "Try again later or from another network, or import saved files with: motcua catalogue publish FOLDER"


class FetchError(Exception):
    pass


class WalledError(FetchError):
    pass


class TemporaryError(Exception):
    """`wait` is how many seconds the portal asks to wait, when it does; `is_wall` for the guard's page."""

    def __init__(self, message: str, *, wait: float | None = None, is_wall: bool = False) -> None:
        super().__init__(message)
        self.wait = wait
        self.is_wall = is_wall


class OddAnswerError(Exception):
    pass


class Answer(msgspec.Struct, frozen=True):
    """The envelope; `code` is "OK" when all is well."""

    code: str = ""
    data: Any = None
    message: Any = None


def check_status(response: httpx.Response, now: datetime) -> None:
    """Before the body is read. Any 2xx is success: the portal answers 201."""
    status = response.status_code
    if response.is_redirect:
        place = response.headers.get("location", "?")[:SHOWN]
        raise WalledError(f"the portal sends to another page ({place}): a login is asked for. {REMEDY}")
    if status in REFUSALS:
        raise WalledError(f"the portal refuses this client (HTTP {status}). {REMEDY}")
    if status in BUSY or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise TemporaryError(f"HTTP {status}", wait=_asked_to_wait(response, now))
    if not response.is_success:
        raise OddAnswerError(f"HTTP {status}")


def data_of(body: bytes, content_type: str) -> Any:
    """The data in the envelope; None where the portal says that there is none."""
    start = body[:200].lstrip().lower()
    if "html" in content_type.lower() or start.startswith(b"<"):
        raise TemporaryError("a web page instead of JSON: the guard against robots", is_wall=True)
    try:
        answer = msgspec.json.decode(body, type=Answer)
    except msgspec.ValidationError as error:
        raise OddAnswerError(f"JSON, but no answer of the portal ({error})") from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise TemporaryError(f"no whole JSON ({error})") from error
    if answer.data is None and answer.code not in {"", "OK"}:
        raise OddAnswerError(f"the answer {answer.code[:SHOWN]!r} ({str(answer.message)[:SHOWN]!r})")
    return answer.data


def _asked_to_wait(response: httpx.Response, now: datetime) -> float | None:
    """Seconds from Retry-After, which is a number or a date; None when it says nothing usable."""
    said = response.headers.get("retry-after", "").strip()
    if said.isdecimal():
        return float(said)
    try:
        until = parsedate_to_datetime(said)
        return max(0.0, (until - now).total_seconds())
    except (TypeError, ValueError):  # TypeError: a date without a zone
        return None
