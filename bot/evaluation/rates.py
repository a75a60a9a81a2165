"""Shares and percentiles with their 95 % intervals."""

from collections.abc import Sequence
from math import sqrt

import msgspec
import numpy as np

Z = 1.96  # 95 % of a normal distribution
RESAMPLES, SEED = 400, 1  # of the bootstrap; with these the ends of an interval repeat to a few percent of its width


class Rate(msgspec.Struct, frozen=True):
    """A share with its interval by Wilson, which stays sensible near 0 and 1 and for few cases."""

    hits: int
    total: int

    @property
    def share(self) -> float:
        return self.hits / self.total if self.total else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        if not self.total:
            return 0.0, 1.0
        n, p = self.total, self.share
        middle, spread = p + Z * Z / (2 * n), Z * sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
        low, high = (middle - spread) / (1 + Z * Z / n), (middle + spread) / (1 + Z * Z / n)
        return max(0.0, low), min(1.0, high)

    @property
    def short(self) -> str:
        """Whole percent with their interval, for a cell of a wide table."""
        low, high = self.interval
        return f"{100 * self.share:.0f} ({100 * low:.0f}-{100 * high:.0f})"


class Percentile(msgspec.Struct, frozen=True):
    """A percentile of measured times in milliseconds; its interval is drawn by bootstrap."""

    value: float
    low: float
    high: float


def percentile(times: Sequence[float], percent: float) -> Percentile:
    """`times` must not be empty. The draws are the same in every run."""
    measured = np.asarray(times)
    draws = np.random.default_rng(SEED).choice(measured, size=(RESAMPLES, len(measured)))
    low, high = np.percentile(np.percentile(draws, percent, axis=1), [2.5, 97.5])
    return Percentile(float(np.percentile(measured, percent)), float(low), float(high))
