"""For groups where no bot may be: paste a message, copy the reply. The exchange is recorded like any other, and staff
may teach from it: the message as a wording, that the reply is wrong, or their own answer."""

from collections.abc import Mapping

from fastapi import APIRouter
from starlette.responses import HTMLResponse, Response

from bot.console.entering import Desk, DeskOf, to
from bot.conversation.messages import Answer, Chat, Ending, Question
from bot.conversation.privacy import hashed, mask
from bot.conversation.reply import reply_to
from bot.web.seal import new_chat_id
from knowledge import lessons
from knowledge.faq import desk as faq_desk
from knowledge.faq.desk import UnknownFaqError
from knowledge.faq.entry import WORDING_LETTERS, number_of
from knowledge.faq.reading import typed_of
from knowledge.lessons import Lesson
from knowledge.questions import MaskedExchange, record

CHANNEL = "clipboard"
ADDRESS = "/can-bo/tra-loi-nhom"
ORIGIN = "cán bộ tự trả lời trong nhóm"

router = APIRouter(prefix=ADDRESS, include_in_schema=False)


@router.get("")
def clipboard_page(desk: DeskOf) -> HTMLResponse:
    return _page(desk)


@router.post("")
def answer_pasted(desk: DeskOf) -> HTMLResponse:
    pasted = desk.field("tin_nhan").strip()
    if not pasted:
        return _page(desk)
    return _page(desk, pasted, reply_to(_question(desk, pasted), desk.site.app))


@router.post("/chua-dung")
def say_wrong(desk: DeskOf) -> Response:
    """The message waits for staff, as if its author had said that the reply is wrong."""
    app, pasted = desk.site.app, desk.field("tin_nhan").strip()
    exchange = MaskedExchange(
        asked_at=app.clock(),
        channel=CHANNEL,
        chat=hashed(new_chat_id(), app.secret),
        question=mask(pasted),
        ending=Ending.FEEDBACK,
        commune=desk.who.commune,
    )
    if pasted:
        with desk.session() as session:
            record(session, exchange)
    return to(ADDRESS, "chua-dung" if pasted else "")


@router.post("/tu-dap")
def teach_answer(desk: DeskOf) -> Response:
    """What staff answered themselves becomes a draft."""
    pasted, own = desk.field("tin_nhan").strip(), desk.field("tu_dap").strip()
    with desk.session(writing=True) as session:
        faq = lessons.learn(session, Lesson(mask(pasted), mask(own), ORIGIN), desk.act)
    if faq is None:
        return _page(desk, pasted, own=own, status_code=400)
    return to(f"/can-bo/hoi-dap/{faq}", "luu")


def _question(desk: Desk, pasted: str) -> Question:
    """A chat of its own each time: another person's message has nothing to do with the one before. Short as in a
    group, where it will stand, unless the whole answer is wanted."""
    chat = Chat(CHANNEL, new_chat_id(), is_group=desk.field("dai") != "du")
    commune = desk.who.commune
    return Question(text=pasted, chat=chat, asked_at=desk.site.app.clock(), commune=commune, user=desk.who.login)


def _page(
    desk: Desk, pasted: str = "", answer: Answer | None = None, own: str = "", status_code: int = 200
) -> HTMLResponse:
    return desk.page(
        "clipboard",
        status_code=status_code,
        pasted=pasted,
        answer=answer,
        reply=answer.plain if answer else "",
        teaching=_teaching(desk, pasted, answer) if answer else None,
        own=own,
    )


def _teaching(desk: Desk, pasted: str, answer: Answer) -> tuple[str, Mapping[str, str]] | None:
    """The form in which the message is tried as a wording of what answered it: its address and fields."""
    wording = lessons.wording_of(mask(pasted))
    if not wording or len(wording) > WORDING_LETTERS:
        return None
    if answer.faq:
        return _of_entry(desk, number_of(answer.faq), wording)
    if answer.ending in {Ending.PROCEDURE, Ending.ASPECT}:
        return f"/can-bo/tu-ngu/{answer.procedures[0]}", {"tu": wording, "cau_thu": wording, "viec": "thu"}
    return None


def _of_entry(desk: Desk, number: int | None, wording: str) -> tuple[str, Mapping[str, str]] | None:
    try:
        with desk.session() as session:
            card = faq_desk.card(session, number or 0)
    except UnknownFaqError:
        return None
    if not desk.who.serves(card.text.commune):
        return None
    typed = typed_of(card.text)
    fields = {name: getattr(typed, name) for name in typed.__struct_fields__}
    more = {"wordings": f"{typed.wordings}\n{wording}", "ban": str(card.newest.number), "viec": "xem"}
    return f"/can-bo/hoi-dap/{card.id}/sua", fields | more
