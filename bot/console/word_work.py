"""Wordings and short forms: what citizens say, added by staff, tried at once, approved by a second person."""

from collections.abc import Callable
from typing import Annotated

import msgspec
from fastapi import APIRouter, Path, Query
from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from bot.console.approvals import APPROVE, words_to_approve
from bot.console.entering import Desk, DeskOf, to
from bot.console.paging import pages_of
from bot.console.trial import Pair, Trial, told, try_word, verdict_on
from bot.console.tried import Tried, lines_of
from bot.console.word_reading import against, read_word
from bot.console.words import REFUSED
from bot.web.listing import Wanted, list_procedures
from knowledge.catalogue import CatalogueError
from knowledge.staff.accounts import NotAllowedError
from knowledge.words.desk import (
    UnknownWordError,
    WordCard,
    WordError,
    WordState,
    approve_word,
    propose,
    raise_word,
    retire_word,
    word_card,
    word_cards,
)
from knowledge.words.word import WordKind

LIST = "/can-bo/tu-ngu"
FORMS = "viet-tat"  # in the place of a procedure's code: the page of short forms
QUERY_LETTERS, MESSAGE_LETTERS, REASON_LETTERS = 200, 500, 300
MOST_LINES = 25  # of the wordings that a procedure has already
SIZE = 50  # words on a page
REFUSALS = (WordError, NotAllowedError, CatalogueError)

router = APIRouter(prefix=LIST, include_in_schema=False)

Number = Annotated[int, Path(ge=1, le=999_999_999)]
Target = Annotated[str, Path(pattern=rf"^(\d\.\d{{6}}|{FORMS})$")]


@router.get("")
def words_page(desk: DeskOf, q: Annotated[str, Query()] = "", loc: Annotated[str, Query()] = "") -> HTMLResponse:
    return _words_page(desk, q[:QUERY_LETTERS].strip(), loc)


def _words_page(desk: Desk, query: str = "", state: str = "", refused: str = "") -> HTMLResponse:
    index = desk.site.app.library.current().index
    every = own_cards(desk)
    with desk.session() as session:
        approve = words_to_approve(desk, session, every)
    shown = approve if state == APPROVE else [card for card in every if state in {"", card.state}]
    pages = pages_of(desk.request, len(shown), SIZE)
    found = list_procedures(index, Wanted(query=query)).entries if query else ()
    return desk.page(
        "word_list",
        status_code=409 if refused else 200,
        query=query,
        state=state if state in {*WordState, APPROVE} else "",
        approve=len(approve),
        states=[each for each in WordState if any(card.state is each for card in every)],
        cards=shown[pages.skip : pages.skip + SIZE],
        pages=pages,
        found=found,
        name_of=names_of_procedures(desk),
        refused=refused,
    )


def own_cards(desk: Desk) -> list[WordCard]:
    """Those of the city and of one's own commune."""
    return [card for card in _all_cards(desk) if not card.text.commune or desk.who.serves(card.text.commune)]


@router.get("/{target}")
def target_page(desk: DeskOf, target: Target) -> HTMLResponse:
    return _target_page(desk, target)


def _target_page(
    desk: Desk,
    target: str,
    *,
    problems: dict[str, str] | None = None,
    refusals: list[str] | None = None,
    tried: tuple[Pair, Trial] | None = None,
    status_code: int = 200,
) -> HTMLResponse:
    index = desk.site.app.library.current().index
    if target != FORMS and not index.holds(target):
        raise HTTPException(404)
    return desk.page(
        "word_target",
        status_code=status_code,
        target=target,
        name="" if target == FORMS else index.name_of(target),
        lines=() if target == FORMS else lines_of(index, target)[:MOST_LINES],
        cards=[card for card in own_cards(desk) if _target_of(card) == target],
        name_of=names_of_procedures(desk),
        typed={name: desk.field(name) for name in ("tu", "nghia", "commune", "cau_thu")},
        problems=problems or {},
        refusals=refusals or [],
        trial=tried[1] if tried else None,
        message=_message(desk, tried[0]) if tried else None,
    )


def names_of_procedures(desk: Desk) -> Callable[[str], str]:
    """Name of a procedure; its code once the edition does not hold it any more."""
    index = desk.site.app.library.current().index
    return lambda code: index.name_of(code) if index.holds(code) else code


def _target_of(card: WordCard) -> str:
    return FORMS if card.text.kind is WordKind.SHORT_FORM else card.text.means


def _message(desk: Desk, pair: Pair) -> tuple[str, str] | None:
    """What a typed message means today, and would with the word."""
    text = desk.field("cau_thu").strip()[:MESSAGE_LETTERS]
    if not text:
        return None
    tried = Tried(text, desk.who.commune or pair.commune)
    before, after = (told(verdict_on(tried, side, pair.commune), side) for side in (pair.before, pair.after))
    return before, after


@router.post("/{target}")
def add_word(desk: DeskOf, target: Target) -> Response:
    """A trial only, or proposed. Staff of a commune write for it alone."""
    snapshot = desk.site.app.library.current()
    kind = WordKind.SHORT_FORM if target == FORMS else WordKind.WORDING
    means = desk.field("nghia") if target == FORMS else target
    read = read_word(kind, desk.field("tu"), means, desk.who.commune or desk.field("commune"), snapshot)
    if read.word is None:
        return _target_page(desk, target, problems=read.problems, status_code=400)
    refusals = against(read.word, snapshot, _all_cards(desk))
    if desk.field("viec") == "thu":
        return _target_page(desk, target, refusals=refusals, tried=try_word(read.word, desk.site.app))
    if refusals:
        return _target_page(desk, target, refusals=refusals, status_code=409)
    try:
        with desk.session(writing=True) as session:
            propose(session, read.word, desk.act)
    except REFUSALS as error:
        return _target_page(desk, target, refusals=[_refusal(error)], status_code=409)
    return to(f"{LIST}/{target}", "tu-de-nghi")


@router.post("/{number}/duyet")
def approve(desk: DeskOf, number: Number) -> Response:
    """What clashed with nothing when it was proposed may do so by now."""
    card = _card(desk, number)
    wide = msgspec.structs.replace(card.text, commune="") if card.state is WordState.RAISED else card.text
    if refusals := against(wide, desk.site.app.library.current(), _all_cards(desk), but=number):
        return _words_page(desk, refused=" ".join(refusals))
    return _done(desk, "tu-duyet", lambda session: approve_word(session, number, desk.act, allows_own=desk.allows_own))


@router.post("/{number}/nang")
def ask_city(desk: DeskOf, number: Number) -> Response:
    _card(desk, number)
    return _done(desk, "tu-nang", lambda session: raise_word(session, number, desk.act))


@router.post("/{number}/ngung")
def retire(desk: DeskOf, number: Number) -> Response:
    _card(desk, number)
    reason = " ".join(desk.field("ly_do").split())[:REASON_LETTERS]
    if not reason:
        return _words_page(desk, refused="Bạn ghi lý do ngừng để người sau hiểu.")
    return _done(desk, "tu-ngung", lambda session: retire_word(session, number, reason, desk.act))


def _done(desk: Desk, said: str, step: Callable[[Session], object]) -> Response:
    try:
        with desk.session(writing=True) as session:
            step(session)
    except REFUSALS as error:
        return _words_page(desk, refused=_refusal(error))
    desk.site.app.library.look_now()
    return to(LIST, said)


def _card(desk: Desk, number: int) -> WordCard:
    """Another commune's word is as absent as one that never was."""
    try:
        with desk.session() as session:
            card = word_card(session, number)
    except UnknownWordError as error:
        raise HTTPException(404) from error
    if card.text.commune and not desk.who.serves(card.text.commune):
        raise HTTPException(404)
    return card


def _all_cards(desk: Desk) -> list[WordCard]:
    with desk.session() as session:
        return word_cards(session)


def _refusal(error: Exception) -> str:
    return REFUSED.get(type(error).__name__, "Chưa làm được việc này. Bạn mở lại trang rồi thử lại.")
