"""A channel that is switched off: silence in groups, one plain sentence in private chats."""

from bot.answers.layout import lay_out
from bot.app import App
from bot.conversation.messages import Answer, Chat, Ending


def is_off(channel: str, app: App) -> bool:
    return channel in app.ordered.off


def refusal(chat: Chat, app: App) -> Answer | None:
    """What is said instead of an answer, None where the channel is on."""
    if not is_off(chat.channel, app):
        return None
    if chat.is_group:
        return Answer(ending=Ending.SILENCE, blocks=())
    return Answer(ending=Ending.SWITCHED_OFF, blocks=lay_out(Ending.SWITCHED_OFF))
