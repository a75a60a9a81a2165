"""Notices to those who follow the account, out of the outbox. At least once: after a crash a notice may come again."""

from anyio import from_thread

from bot.channels.zalo.notices import perhaps_again
from bot.channels.zalo_oa.form import CHANNEL
from bot.channels.zalo_oa.service import Service
from bot.conversation.messages import Answer
from knowledge.outbox import Limits


class ZaloOaSender:
    """Its `send` runs in a thread of anyio's, beside the loop on which the service lives."""

    name = CHANNEL
    limits = Limits(per_second=30, chat_seconds=1.0)  # of 4,000 a minute; answers go first

    def __init__(self, service: Service) -> None:
        self._service = service

    def send(self, chat: str, answer: Answer, key: str, *, is_repeat: bool, parts: int = 0) -> None:
        from_thread.run(self._service.notify, chat, perhaps_again(answer) if is_repeat else answer, key, parts)
