"""From the web's edge to the one path and back: `reply_to` in a bounded pool of threads."""

from anyio import to_thread

from bot.answers.actions import parse_action
from bot.conversation.messages import Answer, Chat, Question
from bot.conversation.reply import reply_to
from bot.web.site import Site

ACTION_CHARACTERS = 64  # what bot.answers.actions makes is never longer


def is_ours(action: str) -> bool:
    return len(action.encode()) <= ACTION_CHARACTERS and parse_action(action) is not None


def question_of(site: Site, chat: Chat, text: str, *, action: str = "", commune: str = "", user: str = "") -> Question:
    """What a browser sent, as a question; an action that is none of ours is left out."""
    kept = action if is_ours(action) else ""
    return Question(text=text, chat=chat, asked_at=site.app.clock(), commune=commune, action=kept, user=user)


async def ask(site: Site, chat: Chat, text: str, *, action: str = "", commune: str = "", user: str = "") -> Answer:
    question = question_of(site, chat, text, action=action, commune=commune, user=user)
    return await to_thread.run_sync(reply_to, question, site.app, limiter=site.threads)
