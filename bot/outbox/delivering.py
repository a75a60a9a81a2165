"""Delivering what stands in the outbox: claimed before it is sent, marked after it; a crash in between repeats it."""

import msgspec
import structlog

from bot.conversation.messages import Answer
from bot.operation.orders import read_orders
from bot.outbox.sender import Sender, SendFailedError
from bot.outbox.telling import told
from bot.quiet_hours import QuietHours
from knowledge.askers import forget_asker
from knowledge.clock import Clock
from knowledge.database import Database
from knowledge.dossiers.following import forget_chat
from knowledge.outbox import BACK_OFF, Claimed, Setback, claim, mark_sent, put_off
from knowledge.staff_words import REVISITED
from knowledge.takeovers import forget_takeover

log = structlog.get_logger()


def due(
    database: Database, sender: Sender, clock: Clock, quiet_hours: QuietHours | None = None, most: int | None = None
) -> list[Claimed]:
    """What a channel is to send now, ours to send. What waits while it is switched off is sent when it is on again;
    what rings on a phone waits for the end of the quiet hours."""
    rings = sender.name not in REVISITED
    is_quiet = quiet_hours is not None and quiet_hours.hold(clock())
    if (rings and is_quiet) or sender.name in read_orders(database, clock()).off:
        return []
    with database.queueing() as session:
        return claim(session, sender.name, clock(), sender.limits, most=most)


def deliver(database: Database, sender: Sender, clock: Clock, chat: str | None = None) -> int:
    """Send what is due, one after the other, of one chat if asked; how many were taken."""
    with database.queueing() as session:
        claimed = claim(session, sender.name, clock(), sender.limits, chat)
    for message in claimed:
        send(database, sender, message, clock)
    return len(claimed)


def send(database: Database, sender: Sender, message: Claimed, clock: Clock) -> None:
    try:
        answer = _readable(message)
        sender.send(message.chat, answer, message.key, is_repeat=message.may_have_arrived, parts=message.parts)
    except SendFailedError as error:
        _note_failure(database, message, error, clock)
        return
    with database.queueing() as session:
        mark_sent(session, message.id, clock())


def _readable(message: Claimed) -> Answer:
    """Its words; given up are those that nobody can read, and those at which processes die."""
    if message.attempts > len(BACK_OFF) + 1:
        raise SendFailedError("tried often enough")
    try:
        return told(message.body)
    except (msgspec.MsgspecError, KeyError):
        raise SendFailedError("a message that cannot be read") from None


def _note_failure(database: Database, message: Claimed, error: SendFailedError, clock: Clock) -> None:
    log.info("a notice was not sent", channel=message.channel, reason=error.reason, permanent=error.permanent)
    with database.queueing() as session:
        if error.permanent:
            forget_chat(session, message.channel, message.chat)
            forget_asker(session, message.channel, message.chat)
            forget_takeover(session, message.channel, message.chat)
            return
        put_off(session, message, clock(), Setback(error.reason, error.wait, error.parts, error.is_early))
