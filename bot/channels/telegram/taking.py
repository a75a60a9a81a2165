"""Taking updates in, in whichever process they arrive, by webhook or by polling."""

from typing import Any

from bot.channels.tally import Tally
from bot.channels.telegram.wording import CHANNEL
from bot.workers.inbox import Inbox

MOST_NUMBER = 2**63  # an update's number fits into that; Telegram's own are far smaller


def number_of(update: Any) -> int | None:
    """What Telegram counts an update by; None for what is none."""
    number = update.get("update_id") if isinstance(update, dict) else None
    return number if type(number) is int and 0 <= number < MOST_NUMBER else None


def take_in(inbox: Inbox, update: Any, tally: Tally) -> bool:
    """Keep an update, once; whether it is new. Waits for the database."""
    number = number_of(update)
    if number is None:
        tally.met(CHANNEL, "ignored")
        return False
    try:
        is_new = inbox.take(str(number), update)
    except (UnicodeEncodeError, RecursionError):  # half a character, or nested beyond all reason
        tally.met(CHANNEL, "unreadable")
        return False
    if not is_new:
        tally.met(CHANNEL, "repeated")
    return is_new
