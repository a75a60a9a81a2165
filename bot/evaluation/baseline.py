"""The best figures reached so far, kept in a file of the repository; a fall below them fails CI.

A figure falls when it is worse by more than a point *and* by more than one question. A slice of at least a hundred
questions is held to the point. In a smaller one a single question is worth more than a point, and the one that a good
change costs here is won back elsewhere; two lost questions fail it all the same. What many small slices lose together
shows in the whole. Small losses cannot pile up either: a figure is always compared with the best there was.
"""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from bot.evaluation.measures import MEASURES, Figures
from bot.evaluation.rates import Rate

POINTS, QUESTIONS = 1.0, 1  # that may be lost

_COSTS = frozenset(one.name for one in MEASURES if one.is_cost)

Counts = tuple[int, int]  # hits, total
Places = dict[str, dict[str, Counts]]  # "all" or a slice -> measure -> counts


class BaselineError(Exception):
    """A baseline cannot be read or written; the message names the file and the remedy."""


class Baseline(msgspec.Struct, frozen=True):
    questions: int
    figures: Places


class Change(msgspec.Struct, frozen=True):
    """A figure that differs from its baseline."""

    place: str
    name: str
    now: Rate
    before: Rate

    @property
    def loss(self) -> float:
        """Share by which it is worse; below nothing when it is better."""
        return (self.before.share - self.now.share) * (-1 if self.name in _COSTS else 1)

    @property
    def is_fall(self) -> bool:
        loss = round(self.loss, 9)  # 0.95 - 0.94 is a little more than 0.01
        return loss > POINTS / 100 and round(loss * self.now.total, 6) > QUESTIONS

    def __str__(self) -> str:
        now, before = self.now, self.before
        return (
            f"{self.place}: {self.name}: {100 * now.share:.1f} % ({now.hits} of {now.total}), "
            f"was {100 * before.share:.1f} % ({before.hits} of {before.total})"
        )


def read_baseline(path: Path) -> Baseline:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Baseline)
    except OSError as error:
        raise BaselineError(
            f"{path}: cannot be read: {error.strerror}; a new one is made with --write-baseline"
        ) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BaselineError(f"{path}: {error}; make it anew: remove it and use --write-baseline") from error


def write_baseline(path: Path, baseline: Baseline) -> None:
    """One line a place, so that a raised figure is one line in a comparison of versions."""
    rows = (
        f"{msgspec.json.encode(place).decode()}: {msgspec.json.encode(counts).decode()}"
        for place, counts in baseline.figures.items()
    )
    body = ",\n  ".join(rows)
    text = f'{{"questions": {baseline.questions}, "figures": {{\n  {body}\n}}}}\n'
    fresh = path.with_name(f"{path.name}.new")
    try:
        fresh.write_text(text, "utf-8")
        fresh.replace(path)
    except OSError as error:
        raise BaselineError(f"{path}: cannot be written: {error.strerror}; is there such a folder?") from error


def baseline_of(figures: Figures) -> Baseline:
    """What was reached in a run, to the last question. Times are left out: they are the machine's."""
    places = ((place, {name: rate for name, rate in rates.items() if rate.total}) for place, rates in figures.places())
    return Baseline(
        figures.questions,
        {place: {name: (rate.hits, rate.total) for name, rate in rates.items()} for place, rates in places},
    )


def changes(now: Figures, before: Baseline) -> Iterator[Change]:
    """Every figure that differs; one over no outcome, now or before, is no figure."""
    for place, rates in now.places():
        earlier = before.figures.get(place, {})
        for name, rate in rates.items():
            old = Rate(*earlier.get(name, (0, 0)))
            if rate.total and old.total and rate.share != old.share:
                yield Change(place, name, rate, old)


def fallen(now: Figures, before: Baseline) -> list[Change]:
    return [change for change in changes(now, before) if change.is_fall]


def risen(now: Figures, before: Baseline) -> list[Change]:
    return [change for change in changes(now, before) if change.loss < 0]


def raised(now: Figures, before: Baseline) -> Baseline:
    """The baseline of now, but with the earlier figure wherever that is the better one of as many questions."""
    fresh = baseline_of(now)
    for change in changes(now, before):
        if change.loss > 0 and change.now.total == change.before.total:
            fresh.figures[change.place][change.name] = (change.before.hits, change.before.total)
    return fresh
