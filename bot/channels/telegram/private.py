"""A private chat: what was sent becomes a question, a picture a dossier's code, a command its answer. Synchronous:
it runs beside the event loop."""

from collections.abc import Callable

import msgspec

from bot.answers.actions import Action, ActionKind, parse_action, show
from bot.answers.layout import lay_out
from bot.app import App
from bot.channels.telegram.reading import Incoming
from bot.channels.telegram.wording import PLAIN, SAID, code_of_start
from bot.conversation.consent import forget_chat, introduction, says_wrong, take_feedback
from bot.conversation.messages import Answer, Chat, Choice, Ending, Question
from bot.conversation.reply import reply_to
from bot.dossiers.pictures import WORDS, PictureRead, read_picture
from bot.operation.standing_aside import refusal
from knowledge.clock import vietnam_day
from knowledge.communes import find_communes

CHANNEL = "telegram"
MOST_COMMUNES = 6
WORDLESS = "👍"  # read as what it is: nothing that could be answered


def answer_in_private(incoming: Incoming, app: App, picture: bytes | None = None) -> Answer | None:
    """None where there is nothing to say: a picture of an album that holds no code."""
    chat = Chat(CHANNEL, str(incoming.chat))
    if incoming.command == "xoa":
        return forget_chat(chat, app)
    answer = refusal(chat, app) or _answer(incoming, chat, app, picture)
    if answer is None:
        return None
    return msgspec.structs.replace(answer, blocks=(*introduction(chat, app), *answer.blocks))


def _answer(incoming: Incoming, chat: Chat, app: App, picture: bytes | None) -> Answer | None:
    if picture is not None:
        return _of_picture(incoming, chat, app, picture)
    if incoming.command == "gopy" or says_wrong(incoming.text):
        return take_feedback(_question(incoming, chat, app, incoming.text), app)
    if incoming.command == "xa" and incoming.text:
        return _of_commune(incoming, chat, app)
    return reply_to(_asked(incoming, chat, app), app)


def _asked(incoming: Incoming, chat: Chat, app: App) -> Question:
    if incoming.action:
        action = incoming.action if parse_action(incoming.action) else ""
        return _question(incoming, chat, app, "", action or str(Action(ActionKind.RESTART)))
    code = code_of_start(incoming.text) if incoming.command == "start" else ""
    if code:
        return _question(incoming, chat, app, code, show(code))
    if incoming.is_voiceless:
        return _question(incoming, chat, app, WORDLESS)
    return _question(incoming, chat, app, text_of(incoming))


def text_of(incoming: Incoming) -> str:
    """A message as it is asked; a command says its words, and what stands behind it."""
    if not incoming.command:
        return incoming.text
    if not incoming.text or incoming.command == "start":  # the payload of an old link means nothing
        return PLAIN.get(incoming.command) or SAID.get(incoming.command) or "trợ giúp"
    return f"{SAID.get(incoming.command, '')} {incoming.text}".strip()


def _question(incoming: Incoming, chat: Chat, app: App, text: str, action: str = "") -> Question:
    return Question(text=text, chat=chat, asked_at=app.clock(), action=action, user=f"{CHANNEL}:{incoming.user}")


def _of_commune(incoming: Incoming, chat: Chat, app: App) -> Answer:
    found = find_communes(incoming.text)
    actions = [(each.full_name, str(Action(ActionKind.COMMUNE, each.code))) for each in found[:MOST_COMMUNES]]
    if len(actions) == 1:
        return reply_to(_question(incoming, chat, app, incoming.text, actions[0][1]), app)
    choices = tuple(Choice(label=name, action=action) for name, action in actions)
    template = "which_commune" if choices else "no_commune"
    return Answer(ending=Ending.CHOICE if choices else Ending.UNKNOWN, blocks=lay_out(template), choices=choices)


def _of_picture(incoming: Incoming, chat: Chat, app: App, picture: bytes) -> Answer | None:
    read = read_picture(picture, vietnam_day(app.clock()))
    if read.trouble is not None:
        return _without_code(read, incoming, chat, app)
    codes = [code.canonical for code in read.codes]
    ask: Callable[[str], str] = lambda code: str(Action(ActionKind.DOSSIER, code))  # noqa: E731  twice below
    if len(codes) == 1:
        return reply_to(_question(incoming, chat, app, "", ask(codes[0])), app)
    choices = tuple(Choice(label=code, action=ask(code)) for code in codes)
    return Answer(ending=Ending.CHOICE, blocks=lay_out("which_dossier"), choices=choices)


def _without_code(read: PictureRead, incoming: Incoming, chat: Chat, app: App) -> Answer | None:
    """What was written beside a picture is answered; a picture alone is told to show no code."""
    if incoming.text:
        return reply_to(_question(incoming, chat, app, incoming.text), app)
    if incoming.is_album or read.trouble is None:
        return None
    return Answer(ending=Ending.UNREADABLE, blocks=lay_out("said", sentence=WORDS[read.trouble]))
