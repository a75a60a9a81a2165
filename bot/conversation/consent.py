"""What people may ask of the bot about itself: who it is, to forget them, to note where it is wrong."""

from bot.answers.layout import lay_out
from bot.app import App
from bot.conversation.handing_on import staff_of
from bot.conversation.messages import Answer, Block, Chat, Ending, Question
from bot.conversation.privacy import hashed, mask
from bot.conversation.reply import address_of
from knowledge.channel_marks import forget, is_first
from knowledge.language.normalise import normalise
from knowledge.questions import MaskedExchange, forget_exchanges, record
from knowledge.retention import MET
from knowledge.takeovers import forget_takeover

_WRONG = frozenset(
    ("chua dung", "sai roi", "khong dung", "tra loi sai", "chua dung a", "sai roi a", "khong dung a", "cau tra loi sai")
)


def introduction(chat: Chat, app: App) -> tuple[Block, ...]:
    """Two sentences in each chat's first answer: that this is automatic, and what is kept."""
    is_new = is_first(app.database, _met(chat, app), app.clock())
    return lay_out(Ending.INTRODUCTION) if is_new else ()


def forget_chat(chat: Chat, app: App) -> Answer:
    app.memories.forget(chat.key)
    app.desk.forget(chat)
    with app.database.session() as session:
        forget_exchanges(session, hashed(chat.key, app.secret))
        forget_takeover(session, chat.channel, chat.id)
        forget(session, _met(chat, app))
    return Answer(ending=Ending.FORGOTTEN, blocks=lay_out(Ending.FORGOTTEN))


def says_wrong(text: str) -> bool:
    """Whether a message only says that the last answer is wrong."""
    return " ".join(normalise(text).folded) in _WRONG


def take_feedback(question: Question, app: App) -> Answer:
    """Keep what somebody says about an answer, masked, with the procedure that was spoken of."""
    memory = app.memories.recall(question.chat.key, question.asked_at)
    exchange = MaskedExchange(
        asked_at=question.asked_at,
        channel=question.chat.channel,
        chat=hashed(question.chat.key, app.secret),
        question=mask(question.text),
        ending=Ending.FEEDBACK,
        commune=memory.commune,
        procedures=(memory.subject,) if memory.subject else (),
    )
    with app.database.session(writing=True) as session:
        staff = staff_of(session, Ending.FEEDBACK, question, memory.commune, app)
        record(session, exchange, address_of(question, Ending.FEEDBACK))
    return Answer(ending=Ending.FEEDBACK, blocks=lay_out(Ending.FEEDBACK, staff=staff))


def _met(chat: Chat, app: App) -> str:
    return MET + hashed(chat.key, app.secret)
