"""The page of one who follows a dossier on the web: its address alone opens it, so it can be kept and revisited."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.outbox.delivering import deliver
from bot.outbox.telling import all_told
from bot.outbox.web import WEB
from bot.web.limits import WITHIN_RATE
from bot.web.pages import page
from bot.web.site import Site, SiteOf
from knowledge.clock import VIETNAM
from knowledge.dossiers.following import followed_by, forget_chat
from knowledge.outbox import sent_to

PRIVATE = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
Token = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]

router = APIRouter(prefix="/theo-doi", dependencies=[WITHIN_RATE], include_in_schema=False)


@router.get("/{token}")
def notices_page(request: Request, site: SiteOf, token: Token) -> HTMLResponse:
    deliver(site.app.database, WEB, site.app.clock, token)
    with site.app.database.session() as session:
        is_followed = bool(followed_by(session, WEB.name, token))
        messages = sent_to(session, WEB.name, token)
    if not is_followed and not messages:
        raise HTTPException(404)
    notices = [(message.not_before.astimezone(VIETNAM), answer) for message, answer in all_told(messages)]
    return page(request, "following.html.j2", headers=PRIVATE, token=token, is_followed=is_followed, notices=notices)


@router.post("/{token}/thoi")
def stop(site: SiteOf, token: Token) -> Response:
    _forget(site, token)
    return RedirectResponse("/", 303)


def _forget(site: Site, token: str) -> None:
    with site.app.database.queueing() as session:
        forget_chat(session, WEB.name, token)
