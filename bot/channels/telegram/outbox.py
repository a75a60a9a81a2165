"""Notices to chats of Telegram, out of the outbox. At least once: after a crash a notice may come again."""

from anyio import from_thread

from bot.answers.layout import lay_out
from bot.channels.telegram.post import PER_SECOND, PRIVATE_SECONDS
from bot.channels.telegram.service import Service
from bot.channels.telegram.wording import CHANNEL
from bot.conversation.messages import Answer
from knowledge.outbox import Limits


class TelegramSender:
    """Its `send` runs in a thread of anyio's, beside the loop on which the service lives."""

    name = CHANNEL
    limits = Limits(per_second=PER_SECOND // 2, chat_seconds=PRIVATE_SECONDS)  # answers go first

    def __init__(self, service: Service) -> None:
        self._service = service

    def send(self, chat: str, answer: Answer, key: str, *, is_repeat: bool, parts: int = 0) -> None:  # noqa: ARG002  Sender's own
        if is_repeat:
            answer = Answer(
                ending=answer.ending, blocks=(*lay_out("perhaps_again"), *answer.blocks), choices=answer.choices
            )
        number, _, topic = chat.partition(":")  # of a group its topic stands behind
        from_thread.run(self._service.notify, int(number), answer, int(topic or 0) or None, parts)
