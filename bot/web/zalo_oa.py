"""The webhook of the Official Account: the signature is checked on the raw body, and 200 is said within the two seconds
that Zalo waits, as soon as an event is kept. Every process takes events in; the one with the lead answers them.
"""

from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Header, Request
from starlette.responses import Response

from bot.channels.zalo_oa.form import CHANNEL, WEBHOOK
from bot.channels.zalo_oa.signature import is_fresh, is_signed
from bot.channels.zalo_oa.taking import take_in
from bot.web.bodies import body_of, json_of
from bot.web.site import SiteOf
from bot.workers.inbox import Inbox

PROBE: dict[str, object] = {}  # what the console sends, unsigned, when the address is saved

router = APIRouter(include_in_schema=False)


@router.post(WEBHOOK)
async def take_event(request: Request, site: SiteOf, x_zevent_signature: Annotated[str, Header()] = "") -> Response:
    state, settings = request.app.state, site.settings
    if not (settings.zalo_oa and settings.zalo_oa_app and settings.zalo_oa_secret):
        return Response(status_code=404)
    body = await body_of(request, CHANNEL)
    if body is None:
        return Response(status_code=413)
    event = json_of(body)
    if event == PROBE:
        return Response(status_code=200)
    if not is_signed(x_zevent_signature, body, event, settings.zalo_oa_app, settings.zalo_oa_secret):
        state.tally.met(CHANNEL, "refused_signature")
        return Response(status_code=401)
    if not is_fresh(event, site.app.clock()):  # repeated by somebody else, or too late for an answer
        state.tally.met(CHANNEL, "refused_stale")
    elif await to_thread.run_sync(take_in, Inbox(site.app, CHANNEL), event, state.tally):
        state.zalo_oa_arrived.set()
    return Response(status_code=200)
