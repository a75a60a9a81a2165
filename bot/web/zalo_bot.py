"""The webhook of Zalo Bot: the secret is compared in constant time, and 200 is said as soon as an event is kept.

Every process takes events in; the one with the lead answers them.
"""

import hmac
from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Header, Request
from starlette.responses import Response

from bot.channels.zalo_bot.form import CHANNEL, WEBHOOK
from bot.channels.zalo_bot.taking import take_in
from bot.web.bodies import body_of, json_of
from bot.web.site import SiteOf
from bot.workers.inbox import Inbox

PROBES = (b"", b"{}")  # Zalo looks whether somebody is there

router = APIRouter(include_in_schema=False)


@router.post(WEBHOOK)
async def take_event(request: Request, site: SiteOf, x_bot_api_secret_token: Annotated[str, Header()] = "") -> Response:
    state, secret = request.app.state, site.settings.zalo_bot_secret
    if not site.settings.zalo_bot_token or not secret:
        return Response(status_code=404)
    body = await body_of(request, CHANNEL)
    if body is None:
        return Response(status_code=413)
    if body.strip() in PROBES:
        return Response(status_code=200)
    if not hmac.compare_digest(x_bot_api_secret_token.encode(), secret.encode()):
        state.tally.met(CHANNEL, "refused_secret")
        return Response(status_code=401)
    if await to_thread.run_sync(take_in, Inbox(site.app, CHANNEL), json_of(body), state.tally):
        state.zalo_bot_arrived.set()
    return Response(status_code=200)  # whatever it was: nobody knows what anything else leads to
