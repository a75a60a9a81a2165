"""The roll of channels. Each turns an answer's blocks into its own form and holds no text for citizens of its own.

The web chat's form is its templates (bot/web); a channel here sends or prints messages.
"""

from typing import Protocol

from bot.channels.telegram import TELEGRAM
from bot.channels.terminal import TERMINAL
from bot.channels.zalo_bot import ZALO_BOT
from bot.channels.zalo_oa import ZALO_OA
from bot.conversation.messages import Answer


class Channel(Protocol):
    @property
    def name(self) -> str: ...

    def messages(self, answer: Answer) -> tuple[str, ...]:
        """The answer as this channel's messages: cut at block borders only, choices as numbered lines where there is
        nothing to tap; none for a silent ending."""


CHANNELS: tuple[Channel, ...] = (TERMINAL, TELEGRAM, ZALO_BOT, ZALO_OA)
