"""When the assistant gives way: its channel is switched off, or a member of staff speaks in the chat himself."""

from bot.answers.layout import lay_out
from bot.app import App
from bot.conversation.messages import Answer, Chat, Ending, Question
from knowledge.language.kinds import Kind, find_kind
from knowledge.language.normalise import normalise

DANGER = {Kind.EMERGENCY, Kind.SELF_HARM}


def is_off(channel: str, app: App) -> bool:
    return channel in app.ordered.off


def refusal(chat: Chat, app: App) -> Answer | None:
    """What is said instead of an answer, None where the channel is on."""
    if not is_off(chat.channel, app):
        return None
    if chat.is_group:
        return Answer(ending=Ending.SILENCE, blocks=())
    return Answer(ending=Ending.SWITCHED_OFF, blocks=lay_out(Ending.SWITCHED_OFF))


def left_to_staff(question: Question, app: App) -> Answer | None:
    """Silence where staff speak; what somebody taps is asked of us, and danger waits for nobody."""
    chat = question.chat
    if chat.is_group or question.action or (chat.channel, chat.id) not in app.ordered.taken:
        return None
    return None if is_danger(question.text) else Answer(ending=Ending.SILENCE, blocks=())


def is_danger(text: str) -> bool:
    """Whether somebody may be in danger: that is answered whoever else speaks."""
    kind = find_kind(normalise(text))
    return kind is not None and kind.kind in DANGER
