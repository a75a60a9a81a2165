"""What staff told the chat of a browser: on the page when it is opened, and fetched while it stays open."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse, Response

from bot.outbox.delivering import deliver
from bot.outbox.telling import all_told
from bot.outbox.web import WEB
from bot.web.limits import WITHIN_RATE
from bot.web.pages import page
from bot.web.site import Site, SiteOf
from bot.web.transcripts import Turn
from bot.web.visitor import VisitorOf
from knowledge.outbox import sent_to

PRIVATE = {"Cache-Control": "no-store"}
MOST = 100  # messages of one chat put at once; more stay for the next look

router = APIRouter(dependencies=[WITHIN_RATE], include_in_schema=False)


@router.get("/tin-moi")
def new_replies(
    request: Request, site: SiteOf, visitor: VisitorOf, da_co: Annotated[int, Query(ge=0, le=1_000)] = 0
) -> Response:
    """The turns of staff behind those that the page has already."""
    turns = replies_to(site, visitor.chat)[da_co:]
    return page(request, "turns.html.j2", headers=PRIVATE, turns=turns) if turns else HTMLResponse("", 204, PRIVATE)


def conversation_of(site: Site, chat: str) -> tuple[Turn, ...]:
    turns = (*site.transcripts.of(chat), *replies_to(site, chat))
    return tuple(sorted(turns, key=lambda turn: turn.at))


def replies_to(site: Site, chat: str) -> tuple[Turn, ...]:
    """What staff told this chat, the oldest first."""
    if not chat:
        return ()
    for _ in range(MOST):
        if not deliver(site.app.database, WEB, site.app.clock, chat):
            break
    with site.app.database.session() as session:
        messages = sent_to(session, WEB.name, chat)
    return tuple(Turn("", answer, message.not_before) for message, answer in all_told(reversed(messages)))
