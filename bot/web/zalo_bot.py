"""The webhook of Zalo Bot: the secret is compared in constant time, and 200 is said before anything is answered."""

import hmac
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Header, Request
from starlette.responses import Response

from bot.channels.zalo_bot.form import WEBHOOK
from bot.web.bodies import json_of
from bot.web.site import SiteOf

if TYPE_CHECKING:
    from bot.channels.zalo_bot.service import Service

AGAIN_SECONDS = "5"
PROBES = (b"", b"{}")  # Zalo looks whether somebody is there

router = APIRouter(include_in_schema=False)


@router.post(WEBHOOK)
async def take_event(request: Request, site: SiteOf, x_bot_api_secret_token: Annotated[str, Header()] = "") -> Response:
    service: Service | None = getattr(request.app.state, "zalo_bot", None)
    secret = site.settings.zalo_bot_secret
    if service is None or not secret:
        return Response(status_code=404)
    body = await request.body()
    if body.strip() in PROBES:
        return Response(status_code=200)
    if not hmac.compare_digest(x_bot_api_secret_token.encode(), secret.encode()):
        service.ledger.met("refused_secret")
        return Response(status_code=401)
    if service.intake.is_full:
        return Response(status_code=503, headers={"Retry-After": AGAIN_SECONDS})
    await service.take(json_of(body))
    return Response(status_code=200)  # whatever it was: nobody knows what anything else leads to
