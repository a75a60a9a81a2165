"""The webhook of Telegram: the secret is compared in constant time, and 200 is said as soon as an update is kept.

Every process takes updates in; the one with the lead answers them.
"""

import hmac
from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Header, Request
from starlette.responses import Response

from bot.channels.telegram.taking import take_in
from bot.channels.telegram.wording import CHANNEL, WEBHOOK
from bot.web.bodies import body_of, json_of
from bot.web.site import SiteOf
from bot.workers.inbox import Inbox

router = APIRouter(include_in_schema=False)


@router.post(WEBHOOK)
async def take_update(
    request: Request, site: SiteOf, x_telegram_bot_api_secret_token: Annotated[str, Header()] = ""
) -> Response:
    state, secret = request.app.state, site.settings.telegram_secret
    if not site.settings.telegram_token or not secret:
        return Response(status_code=404)
    if not hmac.compare_digest(x_telegram_bot_api_secret_token.encode(), secret.encode()):
        state.tally.met(CHANNEL, "refused_secret")
        return Response(status_code=401)
    body = await body_of(request, CHANNEL)
    if body is not None and await to_thread.run_sync(take_in, Inbox(site.app, CHANNEL), json_of(body), state.tally):
        state.arrived.set()
    return Response(status_code=200)  # whatever it was: anything else is brought again for ever
