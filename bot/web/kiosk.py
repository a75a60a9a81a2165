"""The machine in a hall: everybody uses it after somebody else, so nothing of anybody stays on it.

No cookie is set: the conversation's sealed name travels in the forms, and is forgotten with the page.
"""

from typing import Annotated

import msgspec
from fastapi import APIRouter, Form, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.answers.actions import ActionKind, parse_action
from bot.conversation.messages import Answer, Chat, Choice, Ending, Family, family_of
from bot.conversation.privacy import mask
from bot.web.asking import ask
from bot.web.events import EVENTS
from bot.web.limits import WITHIN_RATE
from bot.web.pages import page
from bot.web.qr import qr_svg
from bot.web.rate import client_of
from bot.web.seal import new_chat_id
from bot.web.site import Site, SiteOf
from bot.web.templating import leaflet_address
from knowledge.communes import commune_of

CHANNEL = "kiosk"
PRIVATE = {"Cache-Control": "no-store"}
OFFERED = {ActionKind.SHOW, ActionKind.PICK, ActionKind.OFFICER, ActionKind.COMMUNE, ActionKind.RESTART}

router = APIRouter(prefix="/kiosk", dependencies=[WITHIN_RATE], include_in_schema=False)

FormText = Annotated[str, Form()]


@router.get("")
def first_page(request: Request, site: SiteOf, xa: Annotated[str, Query()] = "") -> HTMLResponse:
    """`xa`: the code of the commune in whose hall it stands."""
    return _shown(request, site, xa)


@router.post("")
async def ask_question(
    request: Request, site: SiteOf, text: FormText = "", action: FormText = "", phien: FormText = "", xa: FormText = ""
) -> Response:
    asked = text.strip()
    if not asked:
        return _shown(request, site, xa)
    chat = Chat(CHANNEL, site.seal.open(phien) or new_chat_id())
    user = client_of(request.client.host if request.client else "")
    answer = await ask(site, chat, asked, action=action, commune=_commune(xa), user=user)
    if answer.ending is Ending.FORGOTTEN:
        return _anew(xa)
    if is_private(answer):
        _forget(site, chat)
    shown = mask(asked[: site.settings.question_characters])  # numbers of one's papers stand on no screen in a hall
    return _shown(request, site, xa, shown, answer, site.seal.close(chat.id))


@router.post("/xoa")
def begin_anew(site: SiteOf, phien: FormText = "", xa: FormText = "") -> Response:
    _forget(site, Chat(CHANNEL, site.seal.open(phien) or ""))
    return _anew(xa)


def _anew(xa: str) -> RedirectResponse:
    return RedirectResponse(f"/kiosk?xa={code}" if (code := _commune(xa)) else "/kiosk", 303, PRIVATE)


def is_private(answer: Answer) -> bool:
    """What those who stand behind one are not to read."""
    return family_of(answer.ending) is Family.DOSSIER


def offered(answer: Answer) -> Answer:
    """Without what leads away from here, or to what is one person's."""
    kept = tuple(choice for choice in answer.choices if _is_offered(choice))
    return msgspec.structs.replace(answer, choices=kept)


def _is_offered(choice: Choice) -> bool:
    action = parse_action(choice.action)
    return action is not None and action.kind in OFFERED


def _commune(code: str) -> str:
    return code if commune_of(code) else ""


def _forget(site: Site, chat: Chat) -> None:
    site.app.memories.forget(chat.key)
    site.app.desk.forget(chat)


def _shown(
    request: Request, site: Site, xa: str, asked: str = "", answer: Answer | None = None, phien: str = ""
) -> HTMLResponse:
    code = _commune(xa) or site.settings.commune
    is_hidden = answer is not None and is_private(answer)
    return page(
        request,
        "kiosk/kiosk.html.j2",
        headers=PRIVATE,
        announced=site.app.ordered.announced(CHANNEL, code, site.app.clock()),
        chosen=_commune(xa),
        place=commune_of(code),
        asked="" if is_hidden else asked,
        answer=offered(answer) if answer else None,
        is_hidden=is_hidden,
        phien="" if is_hidden else phien,
        events=EVENTS,
        qr=taken_home(site, answer),
    )


def taken_home(site: Site, answer: Answer | None) -> str:
    """The code that opens on one's own phone what is shown here; "" where no phone reaches this server."""
    path = leaflet_address(answer) if answer else ""
    public = site.settings.public_url.rstrip("/")
    return qr_svg(public + path, "Mã QR mở trang này trên điện thoại") if public else ""
