"""The webhook of Telegram: the secret is compared in constant time, and 200 is said before anything is answered."""

import hmac
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Header, Request
from starlette.responses import Response

from bot.channels.telegram.wording import WEBHOOK
from bot.web.bodies import json_of
from bot.web.site import SiteOf

if TYPE_CHECKING:
    from bot.channels.telegram.service import Service  # brings aiogram, which takes a second to import

AGAIN_SECONDS = "5"

router = APIRouter(include_in_schema=False)


@router.post(WEBHOOK)
async def take_update(
    request: Request, site: SiteOf, x_telegram_bot_api_secret_token: Annotated[str, Header()] = ""
) -> Response:
    service: Service | None = getattr(request.app.state, "telegram", None)
    secret = site.settings.telegram_secret
    if service is None or not secret:
        return Response(status_code=404)
    if not hmac.compare_digest(x_telegram_bot_api_secret_token.encode(), secret.encode()):
        return Response(status_code=401)
    if service.is_full:
        return Response(status_code=503, headers={"Retry-After": AGAIN_SECONDS})
    body = json_of(await request.body())
    if body is not None:
        await service.take(body)
    return Response(status_code=200)  # whatever it was: anything else is brought again for ever
