"""What a channel counts and what stops it, in words of its operator's log, doctor and console. Synchronous."""

from datetime import datetime, timedelta
from enum import StrEnum

import structlog

from bot.app import App
from knowledge import channel_ledger
from knowledge.channel_ledger import Trouble
from knowledge.clock import VIETNAM

SENT, LEFT = "sent", "left"
WARN_AT = (70, 85, 95)  # percent of a month's messages

log = structlog.get_logger()


class Reason(StrEnum):
    """Why a channel sends or hears nothing: see bot.channels.state for what is done about it."""

    TOKEN = "token"  # noqa: S105  a word
    POLLED = "polled"
    WEBHOOK = "webhook"
    QUOTA = "quota"
    PACKAGE = "package"
    CONSENT = "consent"


class Ledger:
    """`quota` are a month's messages by the plan, 0 where nobody knows."""

    def __init__(self, app: App, channel: str, quota: int = 0) -> None:
        self._app, self._channel, self._quota = app, channel, quota

    def trouble(self) -> Trouble | None:
        with self._app.database.session() as session:
            return channel_ledger.trouble_of(session, self._channel, self._app.clock())

    def stop(self, reason: Reason, detail: str = "") -> None:
        """A quota is tried again the next day, everything else when somebody has mended it."""
        now = self._app.clock()
        until = _next_day(now) if reason is Reason.QUOTA else None
        log.critical("a channel is stopped", channel=self._channel, reason=reason, detail=detail, until=until)
        with self._app.database.queueing() as session:
            channel_ledger.stop(session, Trouble(self._channel, reason, detail, now, until))

    def go_on(self) -> None:
        with self._app.database.queueing() as session:
            if channel_ledger.go_on(session, self._channel):
                log.info("a channel goes on", channel=self._channel)

    def go_on_after_start(self) -> None:
        """Who starts us anew has mended what can be mended so; a lost consent cannot."""
        trouble = self.trouble()
        if trouble is not None and trouble.reason != Reason.CONSENT:
            self.go_on()

    def sent(self, kind: str = SENT) -> None:
        """Count a message, and say when the plan is nearly used up."""
        with self._app.database.queueing() as session:
            number = channel_ledger.count(session, self._channel, kind, self._app.clock())
        if self._quota and any(number == -(-self._quota * share // 100) for share in WARN_AT):
            log.warning("messages of this month", channel=self._channel, sent=number, quota=self._quota)

    def left(self, number: int) -> None:
        """What the platform says may still be sent of the paid kind."""
        with self._app.database.queueing() as session:
            channel_ledger.note(session, self._channel, LEFT, self._app.clock(), number)


def _next_day(now: datetime) -> datetime:
    midnight = now.astimezone(VIETNAM).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + timedelta(days=1)
