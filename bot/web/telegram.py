"""The webhook of Telegram: the secret is compared in constant time, and 200 is said as soon as an update is kept.

Every process takes updates in; the one with the lead answers them.
"""

import hmac
from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Header, Request
from starlette.responses import Response

from bot.channels.telegram.wording import WEBHOOK
from bot.channels.telegram.writing import TELEGRAM
from bot.web.bodies import json_of
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
        state.tally.met(TELEGRAM.name, "refused_secret")
        return Response(status_code=401)
    body = json_of(await request.body())
    number = body.get("update_id") if isinstance(body, dict) else None
    if type(number) is not int:
        state.tally.met(TELEGRAM.name, "ignored")
    elif await to_thread.run_sync(Inbox(site.app, TELEGRAM.name).take, str(number), body):
        state.arrived.set()
    else:
        state.tally.met(TELEGRAM.name, "repeated")
    return Response(status_code=200)  # whatever it was: anything else is brought again for ever
