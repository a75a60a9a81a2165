"""The webhook of the Official Account: the signature is checked on the raw body, and 200 is said within the two seconds
that Zalo waits, before anything is answered."""

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Header, Request
from starlette.responses import Response

from bot.channels.zalo_oa.form import WEBHOOK
from bot.channels.zalo_oa.signature import is_fresh, is_signed
from bot.web.bodies import json_of
from bot.web.site import SiteOf

if TYPE_CHECKING:
    from bot.channels.zalo_oa.service import Service

AGAIN_SECONDS = "30"
PROBE: dict[str, object] = {}  # what the console sends, unsigned, when the address is saved

router = APIRouter(include_in_schema=False)


@router.post(WEBHOOK)
async def take_event(request: Request, site: SiteOf, x_zevent_signature: Annotated[str, Header()] = "") -> Response:
    service: Service | None = getattr(request.app.state, "zalo_oa", None)
    settings = site.settings
    if service is None or not settings.zalo_oa_secret:
        return Response(status_code=404)
    body = await request.body()
    event = json_of(body)
    if event == PROBE:
        return Response(status_code=200)
    if not is_signed(x_zevent_signature, body, event, settings.zalo_oa_app, settings.zalo_oa_secret):
        service.ledger.met("refused_signature")
        return Response(status_code=401)
    if not is_fresh(event, site.app.clock()):  # repeated by somebody else, or too late for an answer
        service.ledger.met("refused_stale")
        return Response(status_code=200)
    if service.intake.is_full:
        return Response(status_code=503, headers={"Retry-After": AGAIN_SECONDS})
    await service.take(event)
    return Response(status_code=200)
