"""The chat page: a form and a conversation, whole without script; with script only the new turn is fetched."""

from typing import Annotated

import msgspec
from fastapi import APIRouter, Form, Header, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.conversation.messages import Chat
from bot.web.asking import ask
from bot.web.limits import WITHIN_RATE
from bot.web.pages import page
from bot.web.seal import new_chat_id
from bot.web.site import Site, SiteOf
from bot.web.transcripts import Turn
from bot.web.visitor import CHAT_COOKIE, Visitor, VisitorOf, keep_chat
from knowledge.communes import commune_of

CHANNEL = "web"
NEWEST = "moi-nhat"  # the anchor of the newest turn
PRIVATE = {"Cache-Control": "no-store"}  # a conversation stays out of the cache of a shared computer

router = APIRouter(dependencies=[WITHIN_RATE], include_in_schema=False)


class Event(msgspec.Struct, frozen=True):
    """Something that happens in a life, and the question it becomes. `drawing` is a path on a field of 24 by 24."""

    label: str
    hint: str
    asks: str
    drawing: str


EVENTS = (
    Event(
        "Sinh con",
        "khai sinh, bảo hiểm",
        "Sinh con cần làm giấy tờ gì",
        "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 4c2 0 3 2 1.2 3M9 11.2v.6M15 11.2v.6M9.5 15c1.5 1.4 3.5 1.4 5 0",
    ),
    Event(
        "Kết hôn",
        "đăng ký, giấy độc thân",
        "Đăng ký kết hôn cần giấy tờ gì",
        "M9 8.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM15 8.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM12 3.5v2",
    ),
    Event(
        "Có người mất",
        "khai tử, mai táng",
        "Nhà có người mất cần làm giấy tờ gì",
        "M9 20.5v-9h6v9zM6 20.5h12M12 11.5V9M12 9c-2-1.3-1.6-3.4 0-5.5 1.6 2.1 2 4.2 0 5.5z",
    ),
    Event(
        "Chuyển chỗ ở",
        "thường trú, tạm trú",
        "Chuyển chỗ ở cần làm giấy tờ gì",
        "M12 21c-4.3-4.6-6.5-8-6.5-11a6.5 6.5 0 0 1 13 0c0 3-2.2 6.4-6.5 11zM12 7.8a2.3 2.3 0 1 0 0 4.6 2.3 2.3 0 0 0 0-4.6z",
    ),
    Event(
        "Nhà đất",
        "sổ đỏ, xây nhà",
        "Làm giấy tờ nhà đất",
        "M3.5 11.5 12 4l8.5 7.5M6 9.5v10.5h12V9.5M10 20v-5.5h4V20",
    ),
    Event(
        "Mở hàng quán",
        "hộ kinh doanh",
        "Mở hàng quán cần đăng ký gì",
        "M4.5 4.5h15L21 9.5H3zM3 9.5a3 3 0 0 0 6 0 3 3 0 0 0 6 0 3 3 0 0 0 6 0M5 12.5V20h14v-7.5M10 20v-4.5h4V20",
    ),
)


@router.get("/")
def chat_page(request: Request, site: SiteOf, visitor: VisitorOf) -> HTMLResponse:
    return _conversation(request, site, visitor, site.transcripts.of(visitor.chat))


@router.post("/hoi")
async def ask_question(  # noqa: PLR0913  the form's two fields beside what every page is given
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
    chat = visitor.chat or new_chat_id()
    answer = await ask(site, Chat(CHANNEL, chat), asked, action=action, commune=visitor.commune)
    turn = Turn(asked, answer, site.app.clock())
    turns = site.transcripts.add(chat, turn)
    response = _answered(request, site, visitor, turns, is_fragment=bool(x_fragment))
    if not visitor.chat:
        keep_chat(response, request, site.seal, chat)
    return response


def _answered(
    request: Request, site: Site, visitor: Visitor, turns: tuple[Turn, ...], *, is_fragment: bool
) -> Response:
    """The new turn for the script; else the page, by a redirect once the browser has shown that it keeps cookies
    (going back then asks nothing anew)."""
    if is_fragment:
        return page(request, "turn.html.j2", headers=PRIVATE, turn=turns[-1])
    if visitor.chat:
        return RedirectResponse(f"/#{NEWEST}", 303)
    return _conversation(request, site, visitor, turns)


def _conversation(request: Request, site: Site, visitor: Visitor, turns: tuple[Turn, ...]) -> HTMLResponse:
    return page(
        request, "chat.html.j2", headers=PRIVATE, turns=turns, events=EVENTS, commune=commune_of(visitor.commune)
    )


def _label_of(action: str, turns: tuple[Turn, ...]) -> str:
    """The words on the button that carried an action, looked for in what this browser was shown."""
    offered = {choice.action: choice.label for turn in turns for choice in turn.answer.choices if choice.action}
    return offered.get(action, "Xem thêm" if action else "")


@router.post("/xoa")
def forget_conversation(site: SiteOf, visitor: VisitorOf) -> Response:
    site.transcripts.forget(visitor.chat)
    response = RedirectResponse("/", 303)
    response.delete_cookie(CHAT_COOKIE)
    return response
