"""What a channel does with a message of the outbox.

SendFailedError   permanent: forget the chat; else try again, after `wait` if the channel named a pause
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Protocol

from bot.conversation.messages import Answer
from knowledge.outbox import Limits


class SendFailedError(Exception):
    """`reason` is for the operator: neither the text nor the chat stands in it. `is_early`: nothing is wrong with the
    message and it surely did not arrive, its chat or its channel has to wait; `parts` of it had arrived before."""

    def __init__(
        self, reason: str, *, permanent: bool = False, wait: timedelta | None = None, is_early: bool = False
    ) -> None:
        super().__init__(reason)
        self.reason, self.permanent, self.wait, self.is_early = reason, permanent, wait, is_early
        self.parts = 0


class Sender(Protocol):
    @property
    def name(self) -> str:
        """The channel's, as in Chat.channel."""

    @property
    def limits(self) -> Limits: ...

    def send(self, chat: str, answer: Answer, key: str, *, is_repeat: bool, parts: int = 0) -> None:
        """Show a message, of one that is cut into several what stands behind the first `parts`. The same key may come
        again after a crash (`is_repeat`): what was shown under it is not shown a second time where the channel can
        know. A chat that has to wait is not waited for. Raises SendFailedError."""


async def in_parts(steps: Sequence[Callable[[], Awaitable[object]]], parts: int = 0) -> None:
    """Send the pieces of a message behind the first `parts`; a failure says how many have arrived."""
    for at, step in enumerate(steps):
        if at < parts:
            continue
        try:
            await step()
        except SendFailedError as error:
            error.parts = at
            raise
