"""What a webhook refuses or leaves alone, counted in memory and stored now and then: a flood of it costs no writes."""

from collections import Counter

from bot.app import App
from knowledge.channel_ledger import count


class Tally:
    """One in each process; `met` belongs to its event loop, `flush` to a thread beside it."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._met: Counter[tuple[str, str]] = Counter()

    def met(self, channel: str, kind: str) -> None:
        self._met[channel, kind] += 1

    def flush(self) -> None:
        met, self._met = self._met, Counter()
        with self._app.database.queueing() as session:
            for (channel, kind), number in met.items():
                count(session, channel, kind, self._app.clock(), number)
