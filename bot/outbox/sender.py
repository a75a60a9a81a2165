"""What a channel does with a message of the outbox.

SendFailedError   permanent: forget the chat; else try again, after `wait` if the channel named a pause
"""

from datetime import timedelta
from typing import Protocol

from bot.conversation.messages import Answer
from knowledge.outbox import Limits


class SendFailedError(Exception):
    """`reason` is for the operator: neither the text nor the chat stands in it."""

    def __init__(self, reason: str, *, permanent: bool = False, wait: timedelta | None = None) -> None:
        super().__init__(reason)
        self.reason, self.permanent, self.wait = reason, permanent, wait


class Sender(Protocol):
    @property
    def name(self) -> str:
        """The channel's, as in Chat.channel."""

    @property
    def limits(self) -> Limits: ...

    def send(self, chat: str, answer: Answer, key: str, *, is_repeat: bool) -> None:
        """Show a message. The same key may come again after a crash (`is_repeat`): what was shown under it is not
        shown a second time where the channel can know. Raises SendFailedError."""
