"""A turn that ends with staff: what they are, and whether they have been asked already."""

import msgspec
from sqlmodel import Session

from bot.answers.handing_on import Staff, staff_for
from bot.app import App
from bot.conversation.messages import Ending, Question
from bot.conversation.privacy import hashed
from bot.outbox.reach import REACHED
from knowledge.waiting import asked_before

HANDED_ON = {Ending.UNKNOWN, Ending.OFFICER, Ending.FEEDBACK}


def staff_of(session: Session, ending: Ending, question: Question, commune: str, app: App) -> Staff | None:
    """None where nobody is there, or where nothing said here comes to them."""
    if ending not in HANDED_ON or not app.is_recording:
        return None
    staff = staff_for(session, app.settings, commune, question.asked_at)
    if staff is None:
        return None
    asks_now = ending is Ending.UNKNOWN
    chat = question.chat
    is_asked = asks_now or bool(asked_before(session, chat.channel, hashed(chat.key, app.secret)))
    return msgspec.structs.replace(staff, is_asked=is_asked, is_told=is_asked and chat.channel in REACHED)
