"""Notices out of the outbox."""

import msgspec

from bot.answers.layout import lay_out
from bot.conversation.messages import Answer


def perhaps_again(answer: Answer) -> Answer:
    return msgspec.structs.replace(answer, blocks=(*lay_out("perhaps_again"), *answer.blocks))
