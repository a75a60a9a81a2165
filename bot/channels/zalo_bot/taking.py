"""Taking events in, in whichever process they arrive."""

from typing import Any

from bot.channels.tally import Tally
from bot.channels.zalo_bot.form import CHANNEL
from bot.channels.zalo_bot.reading import events_in, read_event
from bot.workers.inbox import Inbox


def take_in(inbox: Inbox, body: Any, tally: Tally) -> bool:
    """Keep what a body holds for us, each event once; whether there was any. Waits for the database."""
    taken = False
    for event in events_in(body):
        incoming = read_event(event, ())
        if incoming is None or incoming.is_bot:
            tally.met(CHANNEL, "ignored")
        elif inbox.take(incoming.event, event):
            taken = True
        else:
            tally.met(CHANNEL, "repeated")
    return taken
