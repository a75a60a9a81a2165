"""What a webhook refuses or leaves alone, counted in memory and stored now and then: a flood of it costs no writes."""

from collections import Counter
from threading import Lock

import sqlalchemy as sa

from bot.app import App
from knowledge.channel_ledger import count


class Tally:
    """One in each process, for all its threads."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._met: Counter[tuple[str, str]] = Counter()
        self._lock = Lock()

    def met(self, channel: str, kind: str) -> None:
        with self._lock:
            self._met[channel, kind] += 1

    def flush(self) -> None:
        """Waits for the database; where it does not answer, what was counted is kept for the next time."""
        with self._lock:
            met, self._met = self._met, Counter()
        try:
            self._store(met)
        except sa.exc.OperationalError:
            with self._lock:
                self._met += met
            raise

    def _store(self, met: Counter[tuple[str, str]]) -> None:
        if not met:
            return
        with self._app.database.queueing() as session:
            for (channel, kind), number in met.items():
                count(session, channel, kind, self._app.clock(), number)
