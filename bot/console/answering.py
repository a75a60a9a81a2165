"""One form answers a waiting question: those who asked are told, and the answer becomes a draft for all who will."""

from contextlib import suppress
from functools import partial

import sqlalchemy as sa
from fastapi import APIRouter
from starlette.responses import Response

from bot.console.doubts import Look, look_at, note_insisting
from bot.console.entering import Desk, DeskOf, to
from bot.console.faq_work import LOOKING, read_in, typed_in
from bot.console.look import differences, names_of
from bot.console.waiting import LIST, GoneError, Number, shown_group
from bot.console.words import REFUSED
from knowledge import waiting_work as work
from knowledge.faq import desk as faq_desk
from knowledge.faq.entry import FaqText
from knowledge.faq.reading import Typed
from knowledge.staff.accounts import NotAllowedError
from knowledge.waiting_groups import UnknownGroupError, group, groups_of
from knowledge.waiting_past import last_answer, merged_into, subject_of
from knowledge.waiting_work import NotWaitingError, WorkError

router = APIRouter(prefix=LIST, include_in_schema=False)


@router.post("/{number}/tra-loi")
def answer_group(desk: DeskOf, number: Number) -> Response:
    """A look only, or answered; what a record says otherwise is looked at first."""
    typed = typed_in(desk)
    text, problems = read_in(desk, typed)
    try:
        if text is None or desk.field("viec") in LOOKING:
            status = 400 if problems else 200
            return shown_group(desk, number, typed=typed, text=text, problems=problems, status_code=status)
        look = look_at(desk, subject_of(number), text, partial(_doubts, desk, text))
        if not look.is_settled:
            return shown_group(desk, number, typed=typed, text=text, doubted=look)
        return _answered(desk, number, text, typed, look)
    except (GoneError, UnknownGroupError):
        return _gone(desk, number, typed, text)


def _doubts(desk: Desk, text: FaqText) -> tuple[str, ...]:
    return tuple(differences(text, desk))


def _answered(desk: Desk, number: int, text: FaqText, typed: Typed, look: Look) -> Response:
    try:
        return to(f"{LIST}/{number}", _answer(desk, number, text, look))
    except (WorkError, NotAllowedError, sa.exc.OperationalError) as error:
        if isinstance(error, NotWaitingError) and (said := _done_before(desk, number, text)):
            return to(f"{LIST}/{number}", said)
        refused = REFUSED[type(error).__name__]
        return shown_group(desk, number, refused, typed=typed, text=text, status_code=409)


def _answer(desk: Desk, number: int, text: FaqText, look: Look) -> str:
    """What was done, as a name in bot.console.words.DONE."""
    is_draft, is_sent = not desk.field("chi_tra_loi"), desk.field("gui") != "duyet"
    with desk.session(writing=True) as session:
        faq = faq_desk.draft(session, text, desk.act, f"câu hỏi chờ {number}") if is_draft else None
        told = work.answer(
            session, number, text, names_of(desk, text), desk.act, faq=faq, is_sent=is_sent or not is_draft
        )
        note_insisting(session, desk, subject_of(number), look, text.commune)
    if told:
        return "da-tra-loi" if is_draft else "chi-tra-loi"
    return "nhap" if is_draft else "dong"


def _done_before(desk: Desk, number: int, text: FaqText) -> str:
    """What was done, where the same person sent the same answer before: the button was pressed twice."""
    with desk.session() as session:
        present, said = group(session, number, desk.who.commune), last_answer(session, number)
    if present.answered_by != desk.who.login or said != text.answer:
        return ""
    if present.faq is None:
        return "chi-tra-loi"
    return "da-tra-loi" if present.answered_at else "nhap"


def _gone(desk: Desk, number: int, typed: Typed, text: FaqText | None) -> Response:
    """It has joined another question, whose page then has what was typed; or who asked had it deleted."""
    with desk.session() as session:
        is_elsewhere, other = bool(groups_of(session, [number])), merged_into(session, number)
    if is_elsewhere:  # another commune's: as if it were not there
        raise GoneError
    if other is not None:
        with suppress(GoneError):
            return shown_group(desk, other, REFUSED["MergedError"], typed=typed, text=text, status_code=409)
    return desk.page("waiting_gone", status_code=409, typed=typed)
