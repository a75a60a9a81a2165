"""The chat page: a form and a conversation, whole without script; with script only the new turn is fetched."""

from typing import Annotated

from fastapi import APIRouter, Form, Header, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.conversation.consent import forget_chat
from bot.conversation.feedback import WRONG
from bot.conversation.messages import Chat, Ending
from bot.web.asking import ask
from bot.web.events import EVENTS
from bot.web.limits import WITHIN_RATE
from bot.web.pages import CHANNEL, page
from bot.web.rate import client_of
from bot.web.replies import conversation_of
from bot.web.seal import new_chat_id
from bot.web.site import Site, SiteOf
from bot.web.transcripts import Turn
from bot.web.visitor import CHAT_COOKIE, COMMUNE_COOKIE, Visitor, VisitorOf, keep_chat, keep_choice
from knowledge.waiting import why_waiting

SAID = {WRONG.action: "Câu trả lời chưa đúng"}  # by the control below an answer
NEWEST = "moi-nhat"  # the anchor of the newest turn
DAY_SECONDS = 24 * 3600
PRIVATE = {"Cache-Control": "no-store"}  # a conversation stays out of the cache of a shared computer

router = APIRouter(dependencies=[WITHIN_RATE], include_in_schema=False)


@router.get("/")
def chat_page(
    request: Request, site: SiteOf, visitor: VisitorOf, da_xoa: Annotated[bool, Query()] = False
) -> HTMLResponse:
    """`da_xoa`: the conversation was just forgotten."""
    return _conversation(request, conversation_of(site, visitor.chat), is_forgotten=da_xoa)


@router.post("/hoi")
async def ask_question(
    request: Request,
    site: SiteOf,
    visitor: VisitorOf,
    text: Annotated[str, Form()] = "",
    action: Annotated[str, Form()] = "",
    x_fragment: Annotated[str, Header()] = "",
) -> Response:
    asked = text.strip() or _label_of(action, site.transcripts.of(visitor.chat))
    if not asked:
        return RedirectResponse("/", 303)
    chat = Chat(CHANNEL, visitor.chat or new_chat_id())
    user = client_of(request.client.host if request.client else "")
    answer = await ask(site, chat, asked, action=action, commune=visitor.commune, user=user)
    if answer.ending is Ending.FORGOTTEN:
        return _forgotten(site, chat)
    waits = why_waiting(answer.ending, asked) is not None
    shown = asked[: site.settings.question_characters]
    turns = site.transcripts.add(chat.id, Turn(shown, answer, site.app.clock()))
    response = answered(request, visitor, turns, is_fragment=bool(x_fragment))
    if waits or not visitor.chat:
        seconds = site.settings.keep_addresses * DAY_SECONDS  # a browser in which staff are waited for is known so long
        keep_chat(response, request, site.seal, chat.id, seconds if waits else None)
    if answer.ending is Ending.COMMUNE_CHOSEN:
        named = site.app.memories.recall(chat.key, site.app.clock()).commune
        keep_choice(response, request, COMMUNE_COOKIE, named)
    return response


def answered(request: Request, visitor: Visitor, turns: tuple[Turn, ...], *, is_fragment: bool) -> Response:
    """The new turn for the script; else the page, by a redirect once the browser has shown that it keeps cookies
    (going back then asks nothing anew)."""
    if is_fragment:
        return page(request, "turn.html.j2", headers=PRIVATE, turn=turns[-1])
    if visitor.chat:
        return RedirectResponse(f"/#{NEWEST}", 303)
    return _conversation(request, turns)


def _conversation(request: Request, turns: tuple[Turn, ...], *, is_forgotten: bool = False) -> HTMLResponse:
    return page(request, "chat.html.j2", headers=PRIVATE, turns=turns, events=EVENTS, is_forgotten=is_forgotten)


def _label_of(action: str, turns: tuple[Turn, ...]) -> str:
    """The words on the button that carried an action, looked for in what this browser was shown."""
    offered = {choice.action: choice.label for turn in turns for choice in turn.answer.choices if choice.action}
    return (SAID | offered).get(action, "Xem thêm" if action else "")


@router.post("/xoa")
def forget_conversation(site: SiteOf, visitor: VisitorOf) -> Response:
    chat = Chat(CHANNEL, visitor.chat)
    forget_chat(chat, site.app)
    return _forgotten(site, chat)


def _forgotten(site: Site, chat: Chat) -> Response:
    site.transcripts.forget(chat.id)
    response = RedirectResponse("/?da_xoa=1", 303)
    response.delete_cookie(CHAT_COOKIE)
    return response
