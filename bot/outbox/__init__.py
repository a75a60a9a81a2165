"""The roll of senders: channels that are told something outside a direct reply."""

from bot.outbox.sender import Sender
from bot.outbox.web import WEB

SENDERS: tuple[Sender, ...] = (WEB,)
