"""From the web's edge to the one path and back: `reply_to` in a bounded pool of threads."""

from anyio import to_thread

from bot.answers.actions import parse_action
from bot.conversation.messages import Answer, Chat, Question
from bot.conversation.reply import reply_to
from bot.web.site import Site

ACTION_CHARACTERS = 64  # what bot.answers.actions makes is never longer


def is_ours(action: str) -> bool:
    return len(action.encode()) <= ACTION_CHARACTERS and parse_action(action) is not None


async def ask(site: Site, chat: Chat, text: str, *, action: str = "", commune: str = "", user: str = "") -> Answer:
    question = Question(
        text=text,
        chat=chat,
        asked_at=site.app.clock(),
        commune=commune,
        action=action if is_ours(action) else "",
        user=user,
    )
    return await to_thread.run_sync(reply_to, question, site.app, limiter=site.threads)
