"""Complaints and proposals: staff note which were handed on and which are done."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from bot.console.entering import Desk, DeskOf, to
from bot.console.paging import pages_of
from bot.reports import words as report_words
from bot.reports.addresses import PETITIONS
from knowledge.petitions import Change, Petition, PetitionKind, PetitionState, UnknownPetitionError, count_petitions
from knowledge.petitions import change as change_petition
from knowledge.petitions import petition as petition_of
from knowledge.petitions import petitions as petitions_in

NOTE_LETTERS = 300
SIZE = 50  # petitions on a page
NEEDED = "Bạn ghi đã chuyển đi đâu, hoặc kết quả thế nào."

router = APIRouter(prefix=PETITIONS, include_in_schema=False)

Number = Annotated[int, Path(ge=1, le=999_999_999)]


@router.get("")
def petitions_page(desk: DeskOf, loc: Annotated[str, Query()] = "") -> HTMLResponse:
    state = PetitionState(loc) if loc in set(PetitionState) else PetitionState.OPEN
    with desk.session() as session:
        counts = {each: count_petitions(session, each, desk.who.commune) for each in PetitionState}
        pages = pages_of(desk.request, counts[state], SIZE)
        found = petitions_in(session, state, desk.who.commune, most=SIZE, skip=pages.skip)
    return desk.page(
        "petitions", found=found, state=state, counts=counts, pages=pages, now=desk.site.app.clock(), told=report_words
    )


@router.get("/{number}")
def petition_page(desk: DeskOf, number: Number) -> HTMLResponse:
    return _petition_page(desk, _own(desk, number))


def _petition_page(desk: Desk, each: Petition, refused: str = "") -> HTMLResponse:
    typed = {"viec": desk.field("viec") or each.state, "loai": desk.field("loai") or each.kind}
    note = desk.field("ghi_chu") if refused else each.note
    status = 400 if refused else 200
    return desk.page(
        "petition", status_code=status, each=each, typed=typed, note=note, refused=refused, told=report_words
    )


@router.post("/{number}")
def decide_petition(desk: DeskOf, number: Number) -> Response:
    each = _own(desk, number)
    state, kind, note = desk.field("viec"), desk.field("loai"), " ".join(desk.field("ghi_chu").split())[:NOTE_LETTERS]
    if state not in set(PetitionState) or kind not in set(PetitionKind):
        raise HTTPException(400)
    if state != PetitionState.OPEN and not note:
        return _petition_page(desk, each, NEEDED)
    wanted = Change(state=PetitionState(state), kind=PetitionKind(kind), note=note)
    with desk.session(writing=True) as session:
        change_petition(session, number, wanted, desk.act)
    return to(f"{PETITIONS}/{number}", "phan-anh")


def _own(desk: Desk, number: int) -> Petition:
    """Another commune's is as if it were not there."""
    try:
        with desk.session() as session:
            found = petition_of(session, number)
    except UnknownPetitionError as error:
        raise HTTPException(404) from error
    if not desk.who.serves(found.commune):
        raise HTTPException(404)
    return found
