"""One form answers a waiting question: those who asked are told, and the answer becomes a draft for all who will."""

from fastapi import APIRouter
from starlette.responses import Response

from bot.console.entering import Desk, DeskOf, to
from bot.console.faq_work import LOOKING, names_of, read_in, typed_in
from bot.console.waiting import LIST, Number, shown_group
from bot.console.words import REFUSED
from knowledge import waiting_work as work
from knowledge.faq import desk as faq_desk
from knowledge.faq.entry import FaqText
from knowledge.staff.accounts import NotAllowedError
from knowledge.waiting import UnknownGroupError
from knowledge.waiting_work import WorkError

router = APIRouter(prefix=LIST, include_in_schema=False)


@router.post("/{number}/tra-loi")
def answer_group(desk: DeskOf, number: Number) -> Response:
    """A look only, or answered."""
    typed = typed_in(desk)
    text, problems = read_in(desk, typed)
    if text is None or desk.field("viec") in LOOKING:
        status = 400 if problems else 200
        return shown_group(desk, number, typed=typed, text=text, problems=problems, status_code=status)
    try:
        done = _answer(desk, number, text)
    except (WorkError, NotAllowedError, UnknownGroupError) as error:
        refused = REFUSED[type(error).__name__]
        return shown_group(desk, number, refused, typed=typed, text=text, status_code=409)
    return to(f"{LIST}/{number}", done)


def _answer(desk: Desk, number: int, text: FaqText) -> str:
    """What was done, as a name in bot.console.words.DONE."""
    is_draft, is_sent = not desk.field("chi_tra_loi"), desk.field("gui") != "duyet"
    with desk.session(writing=True) as session:
        faq = faq_desk.draft(session, text, desk.act, f"câu hỏi chờ {number}") if is_draft else None
        told = work.answer(
            session, number, text, names_of(desk, text), desk.act, faq=faq, is_sent=is_sent or not is_draft
        )
    if told:
        return "da-tra-loi" if is_draft else "chi-tra-loi"
    return "nhap" if is_draft else "dong"
