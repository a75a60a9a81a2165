"""Notices to private chats of the Zalo bot, out of the outbox. At least once: after a crash a notice may come again."""

from anyio import from_thread

from bot.channels.zalo.notices import perhaps_again
from bot.channels.zalo_bot.form import CHANNEL
from bot.channels.zalo_bot.service import Service
from bot.conversation.messages import Answer
from knowledge.outbox import Limits


class ZaloBotSender:
    """Its `send` runs in a thread of anyio's, beside the loop on which the service lives."""

    name = CHANNEL
    limits = Limits(per_second=5, chat_seconds=1.0)  # nothing is documented; ten in 0.4 s were taken

    def __init__(self, service: Service) -> None:
        self._service = service

    def send(self, chat: str, answer: Answer, key: str, *, is_repeat: bool, parts: int = 0) -> None:  # noqa: ARG002  Sender's own
        from_thread.run(self._service.notify, chat, perhaps_again(answer) if is_repeat else answer, parts)
