"""Delivering what stands in the outbox: claimed before it is sent, marked after it; a crash in between repeats it."""

from collections.abc import Iterable

import sqlalchemy as sa
import structlog

from bot.dossiers.registers.turns import finish_abandoned
from bot.operation.orders import read_orders
from bot.outbox.sender import Sender, SendFailedError
from bot.outbox.telling import told
from bot.quiet_hours import QuietHours
from knowledge.askers import forget_asker
from knowledge.clock import Clock
from knowledge.database import Database
from knowledge.dossiers.following import forget_chat, remind_due
from knowledge.outbox import Claimed, claim, mark_sent, put_off
from knowledge.staff_words import REVISITED
from knowledge.takeovers import forget_takeover

log = structlog.get_logger()


def deliver_all(
    database: Database, senders: Iterable[Sender], clock: Clock, quiet_hours: QuietHours | None = None
) -> None:
    """One round over all channels. A database that cannot be written is tried again in the next round. What rings on
    a phone waits for the end of the quiet hours."""
    try:
        finish_abandoned(database, clock())
        with database.session(writing=True) as session:
            remind_due(session, clock())
        off = read_orders(database, clock()).off
        is_quiet = quiet_hours is not None and quiet_hours.hold(clock())
        for sender in senders:
            rings = sender.name not in REVISITED
            if sender.name not in off and not (rings and is_quiet):  # what waits is sent when the channel is on again
                deliver(database, sender, clock)
    except sa.exc.OperationalError as error:
        log.warning("the outbox was not delivered", reason=type(error).__name__)


def deliver(database: Database, sender: Sender, clock: Clock, chat: str | None = None) -> int:
    """Send what is due, of one chat if asked; how many were taken."""
    with database.session(writing=True) as session:
        claimed = claim(session, sender.name, clock(), sender.limits, chat)
    for message in claimed:
        _send(database, sender, message, clock)
    return len(claimed)


def _send(database: Database, sender: Sender, message: Claimed, clock: Clock) -> None:
    try:
        sender.send(message.chat, told(message.body), message.key, is_repeat=message.attempts > 1)
    except SendFailedError as error:
        _note_failure(database, message, error, clock)
        return
    with database.session() as session:
        mark_sent(session, message.id, clock())


def _note_failure(database: Database, message: Claimed, error: SendFailedError, clock: Clock) -> None:
    log.info("a notice was not sent", channel=message.channel, reason=error.reason, permanent=error.permanent)
    with database.session() as session:
        if error.permanent:
            forget_chat(session, message.channel, message.chat)
            forget_asker(session, message.channel, message.chat)
            forget_takeover(session, message.channel, message.chat)
        else:
            put_off(session, message, clock(), error.reason, error.wait)
