"""The audit for admins: who did what and when, narrowed and turned over; an admin of a commune reads its own."""

from collections.abc import Mapping

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse

from bot.console.entering import DeskOf
from bot.console.noted import shown
from bot.console.paging import pages_of
from knowledge.faq.reading import day_in
from knowledge.staff.accounts import accounts
from knowledge.staff.audit import Deed, Sought, count_notes, notes_in

ADDRESS = "/can-bo/nhat-ky"
SIZE = 50  # notes on a page
TYPED = ("ai", "viec", "ve", "tu", "den")  # of the address: who, what, about what, from and to which day
LETTERS = 60
NO_DAY = "Ngày ghi như 31/12/2026."

router = APIRouter(include_in_schema=False)


@router.get(ADDRESS)
def audit_page(desk: DeskOf) -> HTMLResponse:
    if not desk.who.is_admin:
        raise HTTPException(404)
    typed = {name: desk.request.query_params.get(name, "").strip()[:LETTERS] for name in TYPED}
    problem = NO_DAY if any(typed[name] and day_in(typed[name]) is None for name in ("tu", "den")) else ""
    sought = sought_by(typed, desk.who.commune)
    with desk.session() as session:
        total = count_notes(session, sought)
        pages = pages_of(desk.request, total, SIZE)
        found = [shown(note) for note in notes_in(session, sought, SIZE, pages.skip)]
        logins = [each.login for each in accounts(session) if desk.who.serves(each.commune)]
    return desk.page(
        "audit",
        status_code=400 if problem else 200,
        found=found,
        pages=pages,
        total=total,
        typed=typed,
        problem=problem,
        is_narrowed=any(typed.values()),
        logins=logins,
    )


def sought_by(typed: Mapping[str, str], commune: str) -> Sought:
    """What cannot be read narrows nothing down."""
    deed = Deed(typed["viec"]) if typed["viec"] in set(Deed) else None
    since, until = day_in(typed["tu"]), day_in(typed["den"])
    return Sought(who=typed["ai"], deed=deed, subject=typed["ve"], since=since, until=until, commune=commune)
