"""The web cannot be sent to: a notice is there once its time has come, on the page that its reader kept."""

from bot.conversation.messages import Answer
from knowledge.outbox import Limits

EVERY_ROUND = Limits(per_second=1_000)  # nothing leaves the server


class WebPage:
    name = "web"
    limits = EVERY_ROUND

    def send(self, chat: str, answer: Answer, key: str, *, is_repeat: bool, parts: int = 0) -> None:
        """Marked as sent it stands on the page, once, however often it comes."""


WEB = WebPage()
