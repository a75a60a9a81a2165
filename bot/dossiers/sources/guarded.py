"""A source that cannot hold up answers: a hard time limit, few at a time, and a breaker after repeated failures."""

from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooSlowError
from datetime import datetime, timedelta
from threading import Lock, Semaphore

import structlog

from bot.dossiers.sources.source import Source, SourceDownError
from knowledge.clock import Clock
from knowledge.dossiers.ledger import Update

SECONDS = 5.0  # by the clock, however slowly bytes trickle in; the interface's own clients wait 60
AT_ONCE = 2  # of the eight threads that answer, at most these wait for a source
FAILURES = 3  # in a row open the breaker
REST = timedelta(seconds=60)  # then nobody asks for so long

log = structlog.get_logger()


class Guarded:
    def __init__(self, source: Source, clock: Clock, seconds: float = SECONDS) -> None:
        self._source, self._clock, self._seconds = source, clock, seconds
        self._workers = ThreadPoolExecutor(AT_ONCE, thread_name_prefix=f"dossier-{source.name}")
        self._free = Semaphore(AT_ONCE)
        self._lock = Lock()
        self._failures = 0
        self._rests_until: datetime | None = None

    def close(self) -> None:
        self._workers.shutdown(wait=False, cancel_futures=True)

    def ask(self, code: str) -> list[Update]:
        """As the source's own; raises SourceDownError also when it is resting, busy or too slow."""
        if self._rests_until and self._clock() < self._rests_until:
            raise SourceDownError("resting")
        if not self._free.acquire(blocking=False):
            raise SourceDownError("busy")
        asking = self._workers.submit(self._source.ask, code)
        asking.add_done_callback(lambda _done: self._free.release())  # also when nobody waits for it any more
        return self._waited(asking)

    def _waited(self, asking: "Future[list[Update]]") -> list[Update]:
        try:
            updates = asking.result(self._seconds)
        except TooSlowError as error:
            self._note_failure("too slow")
            raise SourceDownError("too slow") from error
        except SourceDownError as error:
            self._note_failure(str(error))
            raise
        with self._lock:
            self._failures, self._rests_until = 0, None
        return updates

    def _note_failure(self, reason: str) -> None:
        with self._lock:
            self._failures += 1
            if self._failures >= FAILURES:
                self._rests_until = self._clock() + REST
        log.warning("a dossier source failed", source=self._source.name, reason=reason, failures=self._failures)
