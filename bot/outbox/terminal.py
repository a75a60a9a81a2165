"""The terminal prints its notices before it asks for the next line."""

from rich.console import Console

from bot.channels.terminal import TERMINAL, show
from bot.conversation.messages import Answer
from knowledge.outbox import Limits


class Screen:
    name = TERMINAL.name
    limits = Limits(per_second=100)

    def __init__(self, console: Console) -> None:
        self._console = console

    def send(self, chat: str, answer: Answer, key: str, *, is_repeat: bool, parts: int = 0) -> None:  # noqa: ARG002  Sender's own
        """Paper and screens cannot be asked what they have shown: after a crash a notice may stand there twice."""
        show(answer, self._console)
