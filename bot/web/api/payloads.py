"""Payloads that an agency's system sends: POST /api/v1/dossiers/payloads with `Authorization: Bearer <token>`.

A payload taken in before is acknowledged and changes nothing, so that neither a repeat nor a replay brings an old
state back. Answers carry `error_code` as the national interface does: "00" is good.
"""

import hashlib
import hmac
from typing import Any

import msgspec
import structlog
from anyio import to_thread
from fastapi import APIRouter, Request
from starlette.responses import JSONResponse

from bot.dossiers.payloads import read_payload
from bot.dossiers.payloads.fields import InvalidPayloadError
from bot.web.limits import within_rate
from bot.web.site import Site, SiteOf
from knowledge.dossiers.factors import Keys
from knowledge.dossiers.payloads_seen import is_new
from knowledge.dossiers.taking_in import LEDGER, take_in

GOOD, REFUSED, UNREADABLE = "00", "401", "422"
PREFIX = "/api/v1/dossiers/payloads"

log = structlog.get_logger()
router = APIRouter(prefix=PREFIX, include_in_schema=False)


@router.post("")
async def receive(request: Request, site: SiteOf) -> JSONResponse:
    """The token is looked at before anything of the body is read."""
    if not _is_authorised(request, site.settings.dossier_token):
        within_rate(request, site)  # guessing the token is slow
        return _answer(REFUSED, "unauthorised", status=401)
    body = await request.body()
    try:
        taken = await to_thread.run_sync(_taken_in, body, site, limiter=site.threads)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _answer(UNREADABLE, "the body is not JSON in UTF-8", status=422)
    except InvalidPayloadError as error:
        return _answer(UNREADABLE, str(error), status=422)
    return _answer(GOOD, taken)


def _is_authorised(request: Request, token: str) -> bool:
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    is_right = hmac.compare_digest(given.encode(), token.encode())
    return bool(token) and scheme.lower() == "bearer" and is_right


def _taken_in(body: bytes, site: Site) -> str:
    """All of a payload or nothing; what is wrong with it is said at its place."""
    document = msgspec.json.decode(body)
    if not isinstance(document, dict):
        raise InvalidPayloadError("body", "no object")
    app, service, now = site.app, str(document.get("service", "")), site.app.clock()
    system = site.settings.dossier_system
    updates = read_payload(service, _content(document), Keys(app.secret), system)
    with app.database.queueing(LEDGER) as session:
        if not is_new(session, hashlib.sha256(body).hexdigest(), now):
            return "already taken in"
        changes = take_in(session, updates, now)
    log.info("a payload was taken in", service=service, dossiers=len(updates), changed=len(changes))
    return f"{len(updates)} dossiers, {len(changes)} changed"


def _content(document: dict[str, Any]) -> Any:
    """What the reader of the service reads: an envelope without its sender's login."""
    return {name: value for name, value in document.items() if name not in {"session", "service", "madonvi"}}


def _answer(code: str, message: str, status: int = 200) -> JSONResponse:
    return JSONResponse({"error_code": code, "message": message, "result": None}, status)
