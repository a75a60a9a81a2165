"""The figures: named rates over outcomes, each with its interval, whole and by slice."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from math import sqrt
from pathlib import Path

import msgspec
import numpy as np

from bot.conversation.messages import Family
from bot.evaluation.outcome import Outcome

Z = 1.96  # 95 % of a normal distribution
FIRST_THREE = 3


class Rate(msgspec.Struct, frozen=True):
    """A share with its 95 % interval by Wilson, which stays sensible near 0 and 1 and for few cases."""

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
        return (middle - spread) / (1 + Z * Z / n), (middle + spread) / (1 + Z * Z / n)

    def __str__(self) -> str:
        low, high = self.interval
        return f"{100 * self.share:5.1f} %  ({100 * low:.1f}-{100 * high:.1f}, {self.hits} of {self.total})"


class Measure(msgspec.Struct, frozen=True):
    """`of` picks the outcomes that count, `hit` those counted; `target` is a floor, or a ceiling if `is_cost`."""

    name: str
    of: Callable[[Outcome], bool]
    hit: Callable[[Outcome], bool]
    target: float
    is_cost: bool = False

    def over(self, outcomes: Iterable[Outcome]) -> Rate:
        counted = [outcome for outcome in outcomes if self.of(outcome)]
        return Rate(sum(map(self.hit, counted)), len(counted))


def _is_procedure(outcome: Outcome) -> bool:
    return outcome.question.kind == "procedure" and outcome.question.asks_for_procedure


def _is_followup(outcome: Outcome) -> bool:
    return outcome.question.kind == "followup" and outcome.question.asks_for_procedure


def _is_not_ours(outcome: Outcome) -> bool:
    return not outcome.question.gold and outcome.question.kind not in {"status", "procedure", "followup"}


def _is_status(outcome: Outcome) -> bool:
    return outcome.question.kind == "status"


def _has_gold_in(outcome: Outcome, first: int) -> bool:
    return not set(outcome.procedures[:first]).isdisjoint(outcome.question.gold)


MEASURES = (
    Measure("first", _is_procedure, lambda outcome: _has_gold_in(outcome, 1), 0.94),
    Measure("in first three", _is_procedure, lambda outcome: _has_gold_in(outcome, FIRST_THREE), 0.98),
    Measure("answered and wrong", lambda _: True, lambda outcome: outcome.is_wrong_answer, 0.015, is_cost=True),
    Measure("not ours, not answered", _is_not_ours, lambda outcome: not outcome.is_answered, 0.98),
    Measure("wrongly declined", _is_procedure, lambda outcome: outcome.family is Family.DECLINE, 0.03, is_cost=True),
    Measure("answered at once", _is_procedure, lambda outcome: outcome.is_answered and outcome.is_right, 0.90),
    Measure("follow-up right", _is_followup, lambda outcome: outcome.is_right, 0.92),
    Measure("status recognised", _is_status, lambda outcome: outcome.family is Family.DOSSIER, 0.95),
    Measure("aspect", _is_procedure, lambda outcome: outcome.aspect == outcome.question.aspect, 0.92),
)  # fmt: skip

SLICES: dict[str, Callable[[Outcome], str]] = {
    "style": lambda outcome: outcome.question.style,
    "kind": lambda outcome: outcome.question.kind,
    "aspect": lambda outcome: outcome.question.aspect,
}


class Figures(msgspec.Struct, frozen=True):
    """All rates of a run: whole, and by slice ("style=story")."""

    questions: int
    rates: dict[str, Rate]
    sliced: dict[str, dict[str, Rate]]
    median_milliseconds: float
    p99_milliseconds: float


def measure(outcomes: Sequence[Outcome]) -> Figures:
    sliced: dict[str, dict[str, Rate]] = {}
    for slice_name, key in SLICES.items():
        for value in sorted({key(outcome) for outcome in outcomes}):
            part = [outcome for outcome in outcomes if key(outcome) == value]
            rates = {one.name: one.over(part) for one in MEASURES}
            sliced[f"{slice_name}={value}"] = {name: rate for name, rate in rates.items() if rate.total}
    times = [outcome.milliseconds for outcome in outcomes]
    return Figures(
        questions=len(outcomes),
        rates={one.name: one.over(outcomes) for one in MEASURES},
        sliced=sliced,
        median_milliseconds=float(np.median(times)),
        p99_milliseconds=float(np.percentile(times, 99)),
    )


class FiguresError(Exception):
    """A file of earlier figures cannot be used; the message names the file and the remedy."""


def read_figures(path: Path) -> Figures:
    """The figures that `motcua evaluate --json` printed into a file; raises FiguresError."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Figures)
    except OSError as error:
        raise FiguresError(f"{path}: cannot be read: {error.strerror}") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise FiguresError(f"{path}: {error}; make it anew with motcua evaluate --json") from error


def confused(outcomes: Iterable[Outcome]) -> list[tuple[str, str, int]]:
    """Pairs (right, ranked first instead) that are confused most often."""
    pairs = Counter(
        (outcome.question.gold[0], outcome.procedures[0])
        for outcome in outcomes
        if outcome.question.asks_for_procedure and outcome.procedures and not outcome.is_right
    )
    return [(right, instead, count) for (right, instead), count in pairs.most_common(20)]


def fallen(now: Figures, before: Figures, points: float = 1.0) -> list[str]:
    """Every rate, whole or of a slice, that is worse than before by more than so many points.

    A rate over no outcome, now or before, has not fallen.
    """
    better_low = {one.name for one in MEASURES if one.is_cost}
    found: list[str] = []
    for place, rates, earlier in (("all", now.rates, before.rates), *_pairs(now, before)):
        for name, rate in rates.items():
            old = earlier.get(name)
            if old is None or not (old.total and rate.total):
                continue
            loss = (old.share - rate.share) * (-1 if name in better_low else 1)
            if round(loss, 9) > points / 100:  # 0.95 - 0.94 is a little more than 0.01
                found.append(f"{place}: {name}: {100 * rate.share:.1f} %, was {100 * old.share:.1f} %")
    return found


def _pairs(now: Figures, before: Figures) -> list[tuple[str, dict[str, Rate], dict[str, Rate]]]:
    return [(place, rates, before.sliced.get(place, {})) for place, rates in now.sliced.items()]
