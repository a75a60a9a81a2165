"""One entry: writing, looking at it as citizens will, approving, retiring, its history."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from bot.console.comparing import compare
from bot.console.doubts import note_insisting
from bot.console.entering import Desk, DeskOf, to
from bot.console.faq_check import check, may_publish
from bot.console.faq_review import HALF_A_YEAR, is_over, reasons
from bot.console.look import look_of, names_of, nearest
from bot.console.trial import try_entry
from bot.console.words import REFUSED
from knowledge.catalogue import CatalogueError, names_known
from knowledge.clock import vietnam_day
from knowledge.faq import desk as faq_desk
from knowledge.faq import publishing
from knowledge.faq.desk import Card, ChangedMeanwhileError, FaqError, UnknownFaqError
from knowledge.faq.entry import FaqText, code_of
from knowledge.faq.kept import kept_cards
from knowledge.faq.reading import Problem, Typed, day_in, read, typed_of
from knowledge.staff.accounts import NotAllowedError
from knowledge.waiting_work import give_up_entry, tell_late, untold

LIST = "/can-bo/hoi-dap"
REASON_LETTERS = 300
TRY = "thu"
LOOKING = {"xem", TRY}  # what is done with a form without saving it
REFUSALS = (FaqError, NotAllowedError, CatalogueError)

router = APIRouter(prefix=LIST, include_in_schema=False)

Number = Annotated[int, Path(ge=1, le=999_999_999)]


def typed_in(desk: Desk) -> Typed:
    """What the form carries; staff of a commune write for it alone."""
    typed = Typed(**{name: desk.field(name) for name in Typed.__struct_fields__})
    if not desk.who.commune:
        return typed
    return Typed(**{**{name: getattr(typed, name) for name in Typed.__struct_fields__}, "commune": desk.who.commune})


def read_in(desk: Desk, typed: Typed) -> tuple[FaqText | None, tuple[Problem, ...]]:
    with desk.session() as session:
        known = names_known(session)
    return read(typed, known.__contains__)


def form_page(  # noqa: PLR0913  what a form shows
    desk: Desk,
    typed: Typed,
    *,
    card: Card | None = None,
    text: FaqText | None = None,
    problems: tuple[Problem, ...] = (),
    refused: str = "",
    status_code: int = 200,
    **values: Any,
) -> HTMLResponse:
    """The form with what was typed; the look of `text` where it could be read."""
    return desk.page(
        "faq_form",
        status_code=status_code,
        typed=typed,
        card=card,
        look=look_of(text, desk) if text else None,
        near=nearest(text, desk, but=card.id if card else 0) if text else (),
        trial=try_entry(text, desk.site.app, card.id if card else 0) if text and desk.field("viec") == TRY else None,
        problems={problem.field: problem.message for problem in reversed(problems)},
        refused=refused,
        base=values.pop("base", card.newest.number if card else 0),
        other=values.pop("other", None),
    )


@router.get("/moi")
def new_entry(desk: DeskOf) -> HTMLResponse:
    return form_page(desk, Typed(commune=desk.who.commune))


@router.post("/moi")
def add_entry(desk: DeskOf) -> Response:
    """A look only, or saved."""
    typed = typed_in(desk)
    text, problems = read_in(desk, typed)
    if text is None or desk.field("viec") in LOOKING:
        return form_page(desk, typed, text=text, problems=problems, status_code=400 if problems else 200)
    try:
        with desk.session(writing=True) as session:
            number = faq_desk.draft(session, text, desk.act)
    except REFUSALS as error:
        return form_page(desk, typed, text=text, refused=_refusal(error), status_code=409)
    return to(f"{LIST}/{number}", "luu")


@router.get("/{number}")
def entry_page(desk: DeskOf, number: Number) -> HTMLResponse:
    return _entry_page(desk, number)


def _entry_page(desk: Desk, number: int, refused: str = "", *, is_doubted: bool = False) -> HTMLResponse:
    with desk.session() as session:
        card = _card(desk, number)
        known = faq_desk.revisions(session, number)
        today = vietnam_day(desk.act.at)
        found = list(reasons(session, card, today))
        waiting = untold(session, number)
    live = filter(None, (each.live for each in kept_cards(desk.site.app.database)))
    own = [entry for entry in live if entry.text.instead_of == number]
    checked = check(desk, card) if may_publish(desk, card) else None
    return desk.page(
        "faq_entry",
        checked=checked,
        is_doubted=is_doubted,
        reasons=found,
        is_over=is_over(card, today),
        next_look=desk.field("xem_lai") or f"{today + HALF_A_YEAR:%d/%m/%Y}",
        own=own,
        waiting=waiting,
        status_code=409 if refused else 200,
        card=card,
        look=look_of(card.text, desk, None if card.awaits_approval else _approved_on(card)),
        live=look_of(card.live.text, desk, _approved_on(card)) if card.live and card.awaits_approval else None,
        near=nearest(card.text, desk, but=number),
        revisions=known,
        is_mine=card.newest.author == desk.who.login,
        may_write=desk.who.serves(card.text.commune),
        refused=refused,
    )


def _approved_on(card: Card) -> date | None:
    return card.live.approved_on if card.live else None


@router.get("/{number}/chay-thu")
def trial_page(desk: DeskOf, number: Number) -> HTMLResponse:
    card = _card(desk, number)
    return desk.page("faq_trial", card=card, trial=try_entry(card.text, desk.site.app, number))


@router.get("/{number}/sua")
def edit_page(desk: DeskOf, number: Number) -> HTMLResponse:
    card = _card(desk, number)
    return form_page(desk, typed_of(card.text), card=card)


@router.post("/{number}/sua")
def save_entry(desk: DeskOf, number: Number) -> Response:
    """A look only, or the next revision. Who comes second sees the other's text beside his own."""
    typed, card, base = typed_in(desk), _card(desk, number), desk.number("ban")
    text, problems = read_in(desk, typed)
    if text is None or desk.field("viec") in LOOKING:
        status = 400 if problems else 200
        return form_page(desk, typed, card=card, text=text, problems=problems, base=base, status_code=status)
    try:
        with desk.session(writing=True) as session:
            faq_desk.revise(session, number, text, base, desk.act)
    except ChangedMeanwhileError:
        card = _card(desk, number)
        return form_page(desk, typed, card=card, text=text, other=typed_of(card.text), status_code=409)
    except REFUSALS as error:
        return form_page(desk, typed, card=card, text=text, refused=_refusal(error), base=base, status_code=409)
    return to(f"{LIST}/{number}", "luu")


@router.post("/{number}/duyet")
def approve_entry(desk: DeskOf, number: Number) -> Response:
    """What speaks against it is shown first; a second press publishes it all the same."""
    card = _card(desk, number)
    checked = check(desk, card) if may_publish(desk, card) else None
    if checked and not checked.look.is_settled and desk.number("ban") == card.newest.number:
        return _entry_page(desk, number, is_doubted=True)
    try:
        with desk.session(writing=True) as session:
            publishing.approve(session, number, desk.number("ban"), desk.act, allows_own=desk.allows_own)
            tell_late(session, number, card.text, names_of(desk, card.text), desk.act)
            if checked:
                note_insisting(session, desk, code_of(number), checked.look, card.text.commune)
    except REFUSALS as error:
        return _refused(desk, number, error)
    desk.site.app.library.look_now()
    return to(f"{LIST}/{number}", "duyet")


@router.post("/{number}/van-dung")
def confirm_entry(desk: DeskOf, number: Number) -> Response:
    next_look = day_in(desk.field("xem_lai"))
    if next_look is None:
        return _entry_page(desk, number, REFUSED["BadReviewDayError"])
    try:
        with desk.session(writing=True) as session:
            publishing.confirm(session, number, next_look, desk.act, allows_own=desk.allows_own)
    except REFUSALS as error:
        return _refused(desk, number, error)
    desk.site.app.library.look_now()
    return to(f"{LIST}/{number}", "xem-lai")


@router.get("/{number}/so-sanh")
def compare_page(
    desk: DeskOf, number: Number, tu: Annotated[str, Query()] = "", den: Annotated[str, Query()] = ""
) -> HTMLResponse:
    """Any two saved texts; without numbers what is in use against the newest."""
    card = _card(desk, number)
    with desk.session() as session:
        known = {str(each.number): each for each in faq_desk.revisions(session, number)}
    in_use = str(card.live.revision) if card.live else "1"
    before, after = known.get(tu or in_use), known.get(den or str(card.newest.number))
    if before is None or after is None:
        raise HTTPException(404)
    found = compare(before.text, after.text)
    return desk.page("faq_compare", card=card, before=before, after=after, found=found, revisions=list(known.values()))


@router.post("/{number}/ngung")
def retire_entry(desk: DeskOf, number: Number) -> Response:
    reason = " ".join(desk.field("ly_do").split())[:REASON_LETTERS]
    if not reason:
        return _entry_page(desk, number, "Bạn ghi lý do ngừng để người sau hiểu.")
    try:
        with desk.session(writing=True) as session:
            publishing.retire(session, number, reason, desk.act)
            give_up_entry(session, number)
    except REFUSALS as error:
        return _refused(desk, number, error)
    desk.site.app.library.look_now()
    return to(f"{LIST}/{number}", "ngung")


@router.post("/{number}/lay-lai")
def restore_entry(desk: DeskOf, number: Number) -> Response:
    try:
        with desk.session(writing=True) as session:
            faq_desk.restore(session, number, desk.number("cu"), desk.number("ban"), desk.act)
    except REFUSALS as error:
        return _refused(desk, number, error)
    return to(f"{LIST}/{number}", "lay-lai")


def _card(desk: Desk, number: int) -> Card:
    """Another commune's entry is as absent as one that never was."""
    try:
        with desk.session() as session:
            card = faq_desk.card(session, number)
    except UnknownFaqError as error:
        raise HTTPException(404) from error
    if card.text.commune and not desk.who.serves(card.text.commune):
        raise HTTPException(404)
    return card


def _refused(desk: Desk, number: int, error: Exception) -> Response:
    if isinstance(error, UnknownFaqError):
        raise HTTPException(404) from error
    return _entry_page(desk, number, _refusal(error))


def _refusal(error: Exception) -> str:
    return REFUSED.get(type(error).__name__, "Chưa làm được việc này. Bạn mở lại trang rồi thử lại.")
