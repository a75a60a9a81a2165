"""Answers of staff in a group are listened to: with the question that they answer they become drafts."""

import msgspec
import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.app import App
from bot.conversation.privacy import mask
from bot.conversation.room import Said
from knowledge.clock import VIETNAM
from knowledge.lessons import Lesson, learn
from knowledge.staff.accounts import Act, Role, Who

ADMINISTRATOR = Who(login="quan-tri-nhom", name="Quản trị viên nhóm", role=Role.OFFICER)  # one without an account

log = structlog.get_logger()


def administrator_of(app: App) -> Who | None:
    """As whom an administrator without an account teaches; None where only accounts do."""
    if not app.settings.group_admins_teach:
        return None
    return msgspec.structs.replace(ADMINISTRATOR, commune=app.settings.commune)


def learn_from(said: Said, channel: str, app: App) -> int | None:
    """The number of the draft. A database that is busy or full keeps no group from being answered."""
    if said.teacher is None or not (said.reply_to and said.quoted and app.is_recording):
        return None
    at = said.at.astimezone(VIETNAM)
    origin = f"{said.teacher.name} trả lời trong nhóm {channel} lúc {at:%H:%M %d/%m/%Y}"
    lesson = Lesson(mask(said.quoted), mask(said.text), origin)
    try:
        with app.database.session(writing=True) as session:
            return learn(session, lesson, Act(said.teacher, said.at))
    except SQLAlchemyError as error:
        log.warning("an answer of staff was not learned", reason=type(error).__name__)
        return None
