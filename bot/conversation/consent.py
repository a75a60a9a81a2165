"""What the bot says of itself at first contact, and that it forgets who wants to be forgotten."""

from bot.answers.layout import lay_out
from bot.app import App
from bot.conversation.messages import Answer, Block, Chat, Ending
from bot.conversation.privacy import hashed
from knowledge.askers import forget_asker
from knowledge.channel_marks import forget, is_first
from knowledge.outbox import forget_messages
from knowledge.questions import forget_exchanges
from knowledge.retention import MET
from knowledge.takeovers import forget_takeover


def introduction(chat: Chat, app: App) -> tuple[Block, ...]:
    """Two sentences in each chat's first answer: that this is automatic, and what is kept. In a group they are short:
    an answer stands behind them."""
    is_new = is_first(app.database, _met(chat, app), app.clock())
    return lay_out("introduction_in_group" if chat.is_group else Ending.INTRODUCTION) if is_new else ()


def forget_chat(chat: Chat, app: App) -> Answer:
    """Everything that is kept of a chat, of a group what is kept of this person in it."""
    app.memories.forget(chat.key)
    app.desk.forget(chat)
    with app.database.queueing() as session:
        forget_exchanges(session, hashed(chat.key, app.secret))
        if not chat.is_group:
            forget_asker(session, chat.channel, chat.id)
            forget_messages(session, chat.channel, chat.id)
        forget_takeover(session, chat.channel, chat.id)
        forget(session, _met(chat, app))
    template = "forgotten_in_group" if chat.is_group else Ending.FORGOTTEN
    return Answer(ending=Ending.FORGOTTEN, blocks=lay_out(template))


def _met(chat: Chat, app: App) -> str:
    return MET + hashed(chat.key, app.secret)
