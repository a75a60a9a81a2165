"""A private chat: what was sent becomes a question, a picture a dossier's code, a command its answer. Synchronous:
it runs beside the event loop."""

import msgspec

from bot.answers.actions import Action, ActionKind, parse_action, show
from bot.app import App
from bot.channels.commands import COMMUNE, STAFF, START, code_of_start, said_by
from bot.channels.communes import LETTER, Position, ask_commune, communes_named, communes_near, communes_of_letter
from bot.channels.pictures import answer_codes, told_trouble
from bot.conversation.commands import FORGET
from bot.conversation.consent import forget_chat, introduction
from bot.conversation.linking import answer_code
from bot.conversation.messages import Answer, Chat, Ending, Question
from bot.conversation.reply import reply_to
from bot.dossiers.pictures import read_picture
from bot.operation.standing_aside import refusal
from knowledge.clock import vietnam_day

WORDLESS = "👍"  # read as what it is: nothing that could be answered


class Spoken(msgspec.Struct, frozen=True, kw_only=True):
    """Something sent to us in private. `command` stands without its stroke, `text` is what stands behind it."""

    channel: str
    chat: str  # as the channel calls it
    user: str
    text: str = ""
    command: str = ""
    action: str = ""  # of something tapped
    is_album: bool = False
    is_voiceless: bool = False  # a sticker, a voice: nothing to read
    is_place: bool = False  # a point on the map
    position: Position | None = None  # of it
    has_buttons: bool = False  # the channel shows as many as there are


def answer_in_private(spoken: Spoken, app: App, picture: bytes | None = None) -> Answer | None:
    """None where there is nothing to say: a picture of an album that holds no code."""
    chat = Chat(spoken.channel, spoken.chat)
    if spoken.command == FORGET:
        return forget_chat(chat, app)
    if spoken.command == STAFF:
        return answer_code(spoken.text, spoken.channel, spoken.user, app)
    answer = refusal(chat, app) or _answer(spoken, chat, app, picture)
    if answer is None or answer.ending is Ending.SILENCE:
        return None
    if answer.ending is Ending.FORGOTTEN:
        return answer  # who we are is said anew when there is something to say
    return msgspec.structs.replace(answer, blocks=(*introduction(chat, app), *answer.blocks))


def _answer(spoken: Spoken, chat: Chat, app: App, picture: bytes | None) -> Answer | None:
    if picture is not None:
        return _of_picture(spoken, chat, app, picture)
    if spoken.is_place:
        return communes_near(spoken.position, app.settings)
    if spoken.action.startswith(LETTER):
        return communes_of_letter(spoken.action, app.settings)
    if spoken.command == COMMUNE:
        return _of_commune(spoken, chat, app)
    return reply_to(_asked(spoken, chat, app), app)


def _asked(spoken: Spoken, chat: Chat, app: App) -> Question:
    if spoken.action:
        action = spoken.action if parse_action(spoken.action) else ""
        return _question(spoken, chat, app, "", action or str(Action(ActionKind.RESTART)))
    code = code_of_start(spoken.text) if spoken.command == START else ""
    if code:
        return _question(spoken, chat, app, code, show(code))
    if spoken.is_voiceless:
        return _question(spoken, chat, app, WORDLESS)
    return _question(spoken, chat, app, said_by(spoken.command, spoken.text))


def _question(spoken: Spoken, chat: Chat, app: App, text: str, action: str = "") -> Question:
    return Question(text=text, chat=chat, asked_at=app.clock(), action=action, user=f"{spoken.channel}:{spoken.user}")


def _of_commune(spoken: Spoken, chat: Chat, app: App) -> Answer:
    if not spoken.text:
        return ask_commune(app.settings, has_buttons=spoken.has_buttons)
    answer = communes_named(spoken.text)
    if len(answer.choices) == 1:
        return reply_to(_question(spoken, chat, app, spoken.text, answer.choices[0].action), app)
    return answer


def _of_picture(spoken: Spoken, chat: Chat, app: App, picture: bytes) -> Answer | None:
    read = read_picture(picture, vietnam_day(app.clock()))
    if read.trouble is None:
        return answer_codes(read.codes, lambda action: reply_to(_question(spoken, chat, app, "", action), app))
    if spoken.text:  # what was written beside a picture is answered; a picture alone is told to show no code
        return reply_to(_question(spoken, chat, app, spoken.text), app)
    return None if spoken.is_album else told_trouble(read.trouble)
