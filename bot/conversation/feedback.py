"""What people say about an answer, by a command, a button or in words: noted for staff once, the same on every channel.

It becomes a turn like any other, with an ending of which the question before it waits (knowledge.waiting).
"""

import msgspec
from sqlmodel import Session

from bot.answers.actions import Action, ActionKind, parse_action
from bot.answers.layout import lay_out
from bot.app import App
from bot.conversation.commands import ABOUT, SAID
from bot.conversation.consent import forget_chat
from bot.conversation.handing_on import staff_of
from bot.conversation.memory import Memory
from bot.conversation.messages import Answer, Choice, Ending, Family, Question, family_of
from bot.conversation.privacy import hashed
from knowledge.language.normalise import normalise
from knowledge.waiting import asked_before

WRONG = Choice(label="Chưa đúng?", action=str(Action(ActionKind.WRONG)))
OF_ANOTHER = str(Action(ActionKind.WRONG, ABOUT))
_WRONG = frozenset(
    ("chua dung", "sai roi", "khong dung", "tra loi sai", "chua dung a", "sai roi a", "khong dung a", "cau tra loi sai")
)
LONGEST_DOUBT = 60  # letters, marks and smileys around included; longer messages are not read twice


def asked_of_us(question: Question, app: App) -> Answer | None:
    """What a command or a button asks of the assistant itself; None for any other."""
    action = parse_action(question.action) if question.action else None
    if action is None:
        return None
    if action.kind is ActionKind.FORGET:
        return forget_chat(question.chat, app)
    return take_feedback(question, action, app) if action.kind is ActionKind.WRONG else None


def doubted(question: Question, app: App) -> Answer | None:
    """Feedback in words that say nothing else; None for any others."""
    is_doubt = not question.action and says_wrong(question.text)
    return take_feedback(question, Action(ActionKind.WRONG), app) if is_doubt else None


def says_wrong(text: str) -> bool:
    """Whether a message only says that the last answer is wrong."""
    return len(text) <= LONGEST_DOUBT and " ".join(normalise(text).folded) in _WRONG


def can_be_wrong(answer: Answer) -> bool:
    """Whether an answer holds what somebody may doubt."""
    return family_of(answer.ending) in {Family.ANSWER, Family.CHOOSE}


def with_doubt(answer: Answer | None) -> Answer | None:
    """An answer with the button, where there are buttons."""
    if answer is None or not can_be_wrong(answer):
        return answer
    return msgspec.structs.replace(answer, choices=(*answer.choices, WRONG))


def take_feedback(question: Question, action: Action, app: App) -> Answer:
    """Noted with the procedure that was spoken of, if it says something new: about each answer once that it is wrong,
    and not more often than one person has to say something."""
    chat, now = question.chat, question.asked_at
    memory = app.memories.recall(chat.key, now)
    says_more = action.value == SAID and bool(question.text) and not says_wrong(question.text)
    with app.database.session() as session:
        is_about = says_more or action.value == ABOUT or _was_asked(session, question, memory, app)
        is_known = memory.is_doubted and not says_more
        if not is_about or is_known or app.noted.take(question.user or chat.key):
            return _nothing_new(question, is_noted=is_about)
        staff = staff_of(session, Ending.FEEDBACK, question, memory.commune, app)
    app.memories.remember(chat.key, msgspec.structs.replace(memory, is_doubted=True), now)
    blocks = lay_out("feedback_in_group") if chat.is_group else lay_out(Ending.FEEDBACK, staff=staff)
    return Answer(ending=Ending.FEEDBACK, blocks=blocks, procedures=(memory.subject,) if memory.subject else ())


def _was_asked(session: Session, question: Question, memory: Memory, app: App) -> bool:
    """Whether there is an answer to speak of."""
    chat = question.chat
    return bool(memory.subject or asked_before(session, chat.channel, hashed(chat.key, app.secret)))


def _nothing_new(question: Question, *, is_noted: bool) -> Answer:
    """Who says it again is told so; a group is spared it."""
    if question.chat.is_group:
        return Answer(ending=Ending.SILENCE, blocks=())
    template = Ending.FEEDBACK_AGAIN if is_noted else "feedback_of_nothing"
    return Answer(ending=Ending.FEEDBACK_AGAIN, blocks=lay_out(template))
