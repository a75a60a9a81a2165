"""Editions: what is live, what was before, going back; and who changed what."""

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from bot.console.entering import Desk, DeskOf, to
from bot.console.words import REFUSED
from knowledge.catalogue import CatalogueError, go_back, history
from knowledge.changeset import EditionKind
from knowledge.staff.audit import Deed, Note, notes, write

LIST = "/can-bo/an-ban"
REASON_LETTERS = 300
MOST = 100  # editions on the page

router = APIRouter(include_in_schema=False)


@router.get(LIST)
def editions_page(desk: DeskOf) -> HTMLResponse:
    return _editions_page(desk)


def _editions_page(desk: Desk, refused: str = "") -> HTMLResponse:
    with desk.session() as session:
        found = history(session)
        shown = found[:MOST]
        deciders = {
            each.number: note.who
            for each in shown
            if each.kind == EditionKind.GO_BACK
            for note in notes(session, f"edition-{each.number}", most=1)
        }
    return desk.page(
        "editions",
        status_code=409 if refused else 200,
        found=shown,
        deciders=deciders,
        more=len(found) - MOST,
        refused=refused,
    )


@router.post(f"{LIST}/quay-lai")
def go_back_to(desk: DeskOf) -> Response:
    if not desk.who.is_admin or desk.who.commune:
        raise HTTPException(404)
    reason = " ".join(desk.field("ly_do").split())[:REASON_LETTERS]
    if not reason:
        return _editions_page(desk, "Bạn ghi lý do quay lại.")
    target, act = desk.number("an_ban"), desk.act
    try:
        with desk.session(writing=True) as session:
            edition = go_back(session, target, now=act.at, reason=reason)
            subject, after = f"edition-{edition.number}", f"{target}: {reason}"
            write(session, Note(at=act.at, who=act.who.login, deed=Deed.WENT_BACK, subject=subject, after=after))
    except CatalogueError as error:
        return _editions_page(desk, REFUSED.get(type(error).__name__, str(error)))
    desk.site.app.library.look()
    return to(LIST, "quay-lai")
