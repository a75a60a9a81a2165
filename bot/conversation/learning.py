"""Answers of staff in a group are listened to: with the question that they answer they become drafts."""

from datetime import datetime, timedelta

import msgspec
import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.app import App
from bot.conversation.messages import Chat
from bot.conversation.privacy import hashed, mask
from bot.conversation.room import Said
from knowledge.clock import VIETNAM
from knowledge.lessons import Lesson, asks, learn
from knowledge.questions import turns_of
from knowledge.staff.accounts import Act, Role, Who

OFFICIAL = Who(login="can-bo-zalo", name="Cán bộ trên Zalo OA", role=Role.OFFICER)  # whom the channel vouches for
ADMINISTRATOR = Who(login="quan-tri-nhom", name="Quản trị viên nhóm", role=Role.OFFICER)  # one without an account

STILL_MEANT = timedelta(days=2)  # an older question is not what somebody answers out of the blue

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
    origin = f"{said.teacher.name} trả lời trong nhóm {channel} lúc {_moment(said.at)}"
    return _learned(Lesson(mask(said.quoted), mask(said.text), origin), Act(said.teacher, said.at), app)


def learn_from_takeover(chat: Chat, text: str, at: datetime, app: App) -> int | None:
    """Somebody of the office has just taken over a private chat in the channel's own tool: his first words answer what
    was asked last. The number of the draft."""
    with app.database.session() as session:
        turns = turns_of(session, chat.channel, hashed(chat.key, app.secret))
    asked = next((turn for turn in turns if asks(turn.question)), None)
    if asked is None or at - asked.asked_at > STILL_MEANT:
        return None
    teacher = msgspec.structs.replace(OFFICIAL, commune=app.settings.commune)
    origin = f"{teacher.name} trả lời riêng lúc {_moment(at)}"
    return _learned(Lesson(asked.question, mask(text), origin), Act(teacher, at), app)


def _learned(lesson: Lesson, act: Act, app: App) -> int | None:
    try:
        with app.database.session(writing=True) as session:
            return learn(session, lesson, act)
    except SQLAlchemyError as error:
        log.warning("an answer of staff was not learned", reason=type(error).__name__)
        return None


def _moment(at: datetime) -> str:
    return f"{at.astimezone(VIETNAM):%H:%M %d/%m/%Y}"
