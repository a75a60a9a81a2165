"""A run as JSON, for scripts and CI: every figure with its interval, what is confused, what went wrong."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from bot.evaluation.confusion import confusions
from bot.evaluation.measures import MEASURES, Figures
from bot.evaluation.misses import misses
from bot.evaluation.outcome import Outcome
from bot.evaluation.rates import Rate
from knowledge.search.index import Index

DIGITS = 4


def report(figures: Figures, outcomes: Sequence[Outcome], index: Index) -> dict[str, Any]:
    """In types that JSON has.

    `measures` and each of `slices` by name of measure; shares are between 0 and 1, times in milliseconds.
    """
    told = {
        "questions": figures.questions,
        "measures": {
            one.name: {
                **_told(rate),
                "target": one.target,
                "is_cost": one.is_cost,
                "is_met": one.is_met_by(rate),
            }
            for one in MEASURES
            if (rate := figures.rates[one.name]).total
        },
        "milliseconds": {"median": figures.median, "p99": figures.p99},
        "slices": {place: _all_told(rates) for place, rates in figures.sliced.items()},
        "confusions": confusions(outcomes, index),
        "misses": misses(outcomes),
    }
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(told))
    return plain


def _all_told(rates: Mapping[str, Rate]) -> dict[str, dict[str, float]]:
    return {name: _told(rate) for name, rate in rates.items()}


def _told(rate: Rate) -> dict[str, float]:
    low, high = rate.interval
    return {
        "share": round(rate.share, DIGITS),
        "low": round(low, DIGITS),
        "high": round(high, DIGITS),
        "hits": rate.hits,
        "total": rate.total,
    }
