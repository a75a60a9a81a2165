"""A channel's inbox: every process takes in what its platform brings, the one with the lead answers it.

An update is out of hand once: whoever dies before an answer is on its way leaves it to the next lead; what was just on
its way is laid aside, because nobody can know whether it arrived (CHANNELS 6.6).
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import msgspec
from anyio import to_thread

from bot.app import App
from bot.outbox.sender import SendFailedError
from bot.workers.patience import when_it_answers
from knowledge.inbox import come_back, forget_before, go_out, load, settle, settle_unclear, take, waiting

KNOWN_FOR = timedelta(days=2)  # how long a platform may bring the same again: Telegram gives up after one


class Arrived(msgspec.Struct, frozen=True):
    id: int
    key: str  # the platform's own number of it
    body: Any


class Inbox:
    """Its methods wait for the database: they are for threads beside the event loop."""

    def __init__(self, app: App, channel: str) -> None:
        self.app, self._channel = app, channel

    def take(self, key: str, body: Any) -> bool:
        """False if the platform brought it before, to whichever process."""
        sealed = self.app.sealing.seal(msgspec.json.encode(body))
        return take(self.app.database, f"{self._channel}:{key}", self._channel, sealed, self.app.clock())

    def fresh(self, in_hand: Iterable[int], most: int) -> list[Arrived]:
        """What waits and is not in hand, in the order in which it came."""
        with self.app.database.session() as session:
            known = set(in_hand)
            numbers = [number for number in waiting(session, self._channel) if number not in known]
            updates = load(session, numbers[:most])
        named = len(self._channel) + 1
        return [Arrived(row.id, row.key[named:], self._opened(row.body)) for row in updates]

    def go_out(self, number: int) -> bool:
        with self.app.database.queueing() as session:
            return go_out(session, number)

    def come_back(self, number: int) -> None:
        with self.app.database.queueing() as session:
            come_back(session, number)

    def settle(self, numbers: Iterable[int]) -> None:
        with self.app.database.queueing() as session:
            settle(session, numbers)

    def lay_aside(self) -> int:
        """What was on its way when another process died; how many."""
        with self.app.database.queueing() as session:
            return settle_unclear(session, self._channel)

    def forget_old(self) -> None:
        with self.app.database.queueing() as session:
            forget_before(session, self._channel, self.app.clock() - KNOWN_FOR)

    def _opened(self, sealed: bytes) -> Any:
        """None for what another secret sealed."""
        body = self.app.sealing.open(sealed)
        return msgspec.json.decode(body) if body else None


class Ticket:
    """An update in hand, while something is sent for it."""

    def __init__(self, inbox: Inbox, number: int) -> None:
        self._inbox, self.number = inbox, number
        self._is_out = self._has_arrived = False

    async def out(self) -> None:
        """To be called before each sending: from now on it may have arrived. Raises SendFailedError where a process
        that had the lead before us, and perhaps does not know better, answers the same."""
        if self._is_out:
            return
        self._is_out = await when_it_answers(self._inbox.go_out, self.number)
        if not self._is_out:
            raise SendFailedError("another process answers it")

    async def back(self) -> None:
        """The platform surely has not taken it, and it is tried again later."""
        if self._is_out and not self._has_arrived:
            self._is_out = False
            await to_thread.run_sync(self._inbox.come_back, self.number)

    def arrived(self) -> None:
        self._has_arrived = True


class NoTicket(Ticket):
    """For what answers no update: notices keep their own state in the outbox."""

    def __init__(self) -> None:
        self.number = 0

    async def out(self) -> None: ...

    async def back(self) -> None: ...

    def arrived(self) -> None: ...
