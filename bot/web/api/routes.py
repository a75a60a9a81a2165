"""What a program may ask; each answer is described in the OpenAPI page."""

from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Path, Query, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.conversation.consent import forget_chat
from bot.conversation.messages import Chat
from bot.web.api.shapes import (
    AnswerOut,
    AskIn,
    CommuneOut,
    CommunesOut,
    ErrorOut,
    ForgetIn,
    SearchOut,
    answer_out,
    found_out,
)
from bot.web.asking import ask
from bot.web.limits import WITHIN_RATE
from bot.web.listing import Wanted, list_procedures
from bot.web.rate import client_of
from bot.web.reading import known_on
from bot.web.seal import new_chat_id
from bot.web.site import SiteOf
from knowledge.catalogue import KnownProcedure
from knowledge.communes import communes_like
from knowledge.procedure import Level

CHANNEL, WIDGET = "api", "widget"  # chats of programs never meet those of the pages


def _errors(*statuses: int) -> dict[int | str, dict[str, Any]]:
    said = {
        400: "The body is not JSON in UTF-8",
        404: "No such procedure today",
        413: "The body is larger than 64 kB",
        422: "A field is missing or has the wrong form",
        429: "Too many requests: wait for Retry-After seconds",
        503: "The database cannot be read at the moment",
    }
    return {status: {"model": ErrorOut, "description": said[status]} for status in statuses}


router = APIRouter(prefix="/api/v1", dependencies=[WITHIN_RATE], responses=_errors(422, 429, 503))


@router.post("/ask", responses=_errors(400, 413))
async def ask_question(request: Request, site: SiteOf, question: AskIn) -> AnswerOut:
    """Ask as a citizen would, with or without diacritics."""
    chat = question.chat or new_chat_id()
    commune = question.commune or site.settings.commune
    user = client_of(request.client.host if request.client else "")
    channel = WIDGET if question.widget else CHANNEL
    answer = await ask(
        site, Chat(channel, chat), question.text, action=question.action or "", commune=commune, user=user
    )
    return answer_out(answer, chat)


@router.post("/forget", responses=_errors(400, 413))
def forget_conversation(site: SiteOf, asked: ForgetIn) -> AnswerOut:
    """Delete what is kept of a chat: its subject and its masked questions."""
    forget_chat(Chat(WIDGET, asked.chat), site.app)
    return answer_out(forget_chat(Chat(CHANNEL, asked.chat), site.app), asked.chat)


@router.get(
    "/procedures/{code}",
    response_class=Response,
    responses={
        200: {
            "description": "The procedure as published, the plain layer over it, and the edition. Fields at their "
            "default are left out.",
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/KnownProcedure"}}},
        },
        **_errors(404),
    },
)
def procedure(
    site: SiteOf,
    code: Annotated[str, Path(max_length=64, description="code (1.001193) or formality id")],
    commune: Annotated[str, Query(pattern=r"^([0-9]{5})?$")] = "",
) -> Response:
    """Everything known about one procedure today."""
    known = known_on(site, code, commune)
    if known is None:
        raise HTTPException(404)
    return Response(msgspec.json.encode(known), media_type="application/json")


@router.get("/search")
def search(
    site: SiteOf,
    q: Annotated[str, Query(max_length=300, description="words as citizens type them")] = "",
    field: Annotated[str, Query(max_length=300, description="a field (lĩnh vực) by its exact name")] = "",
    level: Level | None = None,
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> SearchOut:
    """Procedures by words, best first, or by field and level, by name; 20 a page."""
    listing = list_procedures(site.app.library.current().index, Wanted(q.strip(), field.strip(), level, page))
    return SearchOut(
        total=listing.total,
        page=listing.wanted.page,
        pages=listing.pages,
        results=[found_out(found) for found in listing.entries],
    )


@router.get("/communes")
def communes(q: Annotated[str, Query(max_length=300, description="a present or former name")] = "") -> CommunesOut:
    """The communes of the city, by present or former name, with or without diacritics."""
    found = [
        CommuneOut(code=commune.code, full_name=commune.full_name, old_units=list(commune.old_units))
        for commune in communes_like(q)
    ]
    return CommunesOut(total=len(found), results=found)


def describe_values(openapi: dict[str, Any]) -> dict[str, Any]:
    """Add the catalogue's own values to an OpenAPI description, from their definition."""
    _, schemas = msgspec.json.schema_components([KnownProcedure], ref_template="#/components/schemas/{name}")
    openapi["components"]["schemas"].update(schemas)
    return openapi
