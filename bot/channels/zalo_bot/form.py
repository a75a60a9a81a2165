"""The form of its messages: plain text with numbered choices, cut at 2,000 characters."""

from bot.channels.zalo.writing import menu_of, pieces
from bot.conversation.messages import Answer

CHANNEL = "zalo_bot"
WEBHOOK = "/zalo-bot/webhook"


class ZaloBot:
    name = CHANNEL

    def messages(self, answer: Answer) -> tuple[str, ...]:
        return tuple(piece.text for piece in pieces(answer.blocks, menu_of(answer)))


ZALO_BOT = ZaloBot()
