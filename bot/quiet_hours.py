"""Hours in which nobody is spoken to of his own accord: groups are left in peace, and no notice rings."""

from datetime import datetime, time
from typing import NamedTuple

from knowledge.clock import VIETNAM


class QuietHours(NamedTuple):
    """From one time of day to another in Việt Nam, over midnight where the second is earlier."""

    start: time
    end: time

    def hold(self, now: datetime) -> bool:
        at = now.astimezone(VIETNAM).time()
        if self.start <= self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end


def read_quiet_hours(text: str) -> QuietHours | None:
    """Hours such as 22:00-06:00; None for an empty text."""
    start, _, end = text.partition("-")
    return QuietHours(time.fromisoformat(start), time.fromisoformat(end)) if text else None
