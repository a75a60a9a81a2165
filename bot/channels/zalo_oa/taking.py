"""Taking events in, in whichever process they arrive."""

from typing import Any

from bot.channels.tally import Tally
from bot.channels.zalo_oa.form import CHANNEL
from bot.channels.zalo_oa.reading import account_of, read_event
from bot.workers.inbox import Inbox


def take_in(inbox: Inbox, event: Any, tally: Tally) -> bool:
    """Keep an event that is for us, once; whether it was. Waits for the database."""
    incoming = read_event(event, account_of(inbox.app.settings))
    if incoming is None:
        tally.met(CHANNEL, "ignored")
        return False
    if not inbox.take(incoming.event, event):
        tally.met(CHANNEL, "repeated")
        return False
    return True
