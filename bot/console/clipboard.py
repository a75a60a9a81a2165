"""For groups where no bot may be: paste a message, copy the reply. The exchange is recorded like any other."""

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from bot.console.entering import Desk, DeskOf
from bot.conversation.messages import Chat, Question
from bot.conversation.reply import reply_to
from bot.web.seal import new_chat_id

CHANNEL = "clipboard"
ADDRESS = "/can-bo/tra-loi-nhom"

router = APIRouter(include_in_schema=False)


@router.get(ADDRESS)
def clipboard_page(desk: DeskOf) -> HTMLResponse:
    return desk.page("clipboard", pasted="", answer=None, reply="")


@router.post(ADDRESS)
def answer_pasted(desk: DeskOf) -> HTMLResponse:
    pasted = desk.field("tin_nhan").strip()
    if not pasted:
        return clipboard_page(desk)
    answer = reply_to(_question(desk, pasted), desk.site.app)
    return desk.page("clipboard", pasted=pasted, answer=answer, reply=answer.plain)


def _question(desk: Desk, pasted: str) -> Question:
    """A chat of its own each time: another person's message has nothing to do with the one before. Short as in a
    group, where it will stand, unless the whole answer is wanted."""
    chat = Chat(CHANNEL, new_chat_id(), is_group=desk.field("dai") != "du")
    commune = desk.who.commune
    return Question(text=pasted, chat=chat, asked_at=desk.site.app.clock(), commune=commune, user=desk.who.login)
