"""The figures: named rates over outcomes, whole and by slice."""

from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from bot.conversation.messages import Family
from bot.evaluation.outcome import Outcome
from bot.evaluation.rates import Percentile, Rate, percentile

FIRST_THREE = 3


class Measure(msgspec.Struct, frozen=True):
    """`of` picks the outcomes that count, `hit` those counted; `target` is a floor, or a ceiling if `is_cost`.

    With `styles` only questions of these writing styles count; such a measure is a slice already and is not sliced.
    """

    name: str
    of: Callable[[Outcome], bool]
    hit: Callable[[Outcome], bool]
    target: float | None = None
    is_cost: bool = False
    styles: frozenset[str] = frozenset()

    def counts(self, outcome: Outcome) -> bool:
        return self.of(outcome) and (not self.styles or outcome.question.style in self.styles)

    def is_missed_by(self, outcome: Outcome) -> bool:
        return self.counts(outcome) and self.hit(outcome) is self.is_cost

    def over(self, outcomes: Iterable[Outcome]) -> Rate:
        counted = [outcome for outcome in outcomes if self.counts(outcome)]
        return Rate(sum(map(self.hit, counted)), len(counted))

    def is_met_by(self, rate: Rate) -> bool | None:
        """None where there is no target or nothing was counted."""
        if self.target is None or not rate.total:
            return None
        return rate.share <= self.target if self.is_cost else rate.share >= self.target


def _is_procedure(outcome: Outcome) -> bool:
    return outcome.question.kind == "procedure" and outcome.question.asks_for_procedure


def _is_followup(outcome: Outcome) -> bool:
    return outcome.question.kind == "followup" and outcome.question.asks_for_procedure


def _is_not_ours(outcome: Outcome) -> bool:
    return not outcome.question.gold and outcome.question.kind not in {"status", "procedure", "followup"}


def _is_status(outcome: Outcome) -> bool:
    return outcome.question.kind == "status"


def _is_left_out(outcome: Outcome) -> bool:
    return outcome.left_out is not None


def _is_twin_answered(outcome: Outcome) -> bool:
    return outcome.left_out is not None and bool(outcome.left_out.record)


def _is_strange_twin_answered(outcome: Outcome) -> bool:
    return outcome.left_out is not None and bool(outcome.left_out.wordings)


def _has_gold_in(outcome: Outcome, first: int) -> bool:
    return not set(outcome.procedures[:first]).isdisjoint(outcome.question.gold)


def _is_first(outcome: Outcome) -> bool:
    return _has_gold_in(outcome, 1)


def _first_of(name: str, target: float, *styles: str) -> Measure:
    return Measure(f"first, {name}", _is_procedure, _is_first, target, styles=frozenset(styles))


MEASURES = (
    Measure("first", _is_procedure, _is_first),
    _first_of("with diacritics", 0.96, "clean", "published"),
    _first_of("without", 0.94, "no_diacritics"),
    _first_of("teencode and typos", 0.90, "teencode", "typos"),
    _first_of("long stories", 0.85, "story"),
    Measure("in first three", _is_procedure, lambda outcome: _has_gold_in(outcome, FIRST_THREE), 0.98),
    Measure("answered and wrong", lambda _: True, lambda outcome: outcome.is_wrong_answer, 0.015, is_cost=True),
    Measure("not ours, not answered", _is_not_ours, lambda outcome: not outcome.is_answered, 0.98),
    Measure("wrongly declined", _is_procedure, lambda outcome: outcome.family is Family.DECLINE, 0.03, is_cost=True),
    Measure("answered at once", _is_procedure, lambda outcome: outcome.is_answered and outcome.is_right, 0.90),
    Measure("follow-up right", _is_followup, lambda outcome: outcome.is_right, 0.92),
    Measure("status recognised", _is_status, lambda outcome: outcome.family is Family.DOSSIER, 0.95),
    Measure("aspect", _is_procedure, lambda outcome: outcome.aspect == outcome.question.aspect, 0.92),
    Measure("twin, record away", _is_left_out, _is_twin_answered, is_cost=True),
    Measure("twin, wordings away too", _is_left_out, _is_strange_twin_answered, is_cost=True),
)  # fmt: skip

SLICES: dict[str, Callable[[Outcome], str]] = {
    "style": lambda outcome: outcome.question.style,
    "kind": lambda outcome: outcome.question.kind,
    "aspect": lambda outcome: outcome.question.aspect,
    "level": lambda outcome: outcome.level,
    "field": lambda outcome: outcome.field,
}

Rates = dict[str, Rate]


class Figures(msgspec.Struct, frozen=True):
    """All rates of a run: whole, and by slice ("style=story"). Times are those of `reply_to` without recording."""

    questions: int
    rates: Rates
    sliced: dict[str, Rates]
    median: Percentile
    p99: Percentile

    def places(self) -> Iterator[tuple[str, Rates]]:
        """The whole ("all") and every slice."""
        yield "all", self.rates
        yield from self.sliced.items()


def measure(outcomes: Sequence[Outcome]) -> Figures:
    """The figures of a run of at least one question."""
    times = [outcome.milliseconds for outcome in outcomes]
    return Figures(
        questions=len(outcomes),
        rates={one.name: one.over(outcomes) for one in MEASURES},
        sliced=dict(_sliced(outcomes)),
        median=percentile(times, 50),
        p99=percentile(times, 99),
    )


def _sliced(outcomes: Sequence[Outcome]) -> Iterator[tuple[str, Rates]]:
    """A slice is silent about what it has no case of; a question without a value belongs to no slice."""
    for slice_name, key in SLICES.items():
        parts: dict[str, list[Outcome]] = {}
        for outcome in outcomes:
            parts.setdefault(key(outcome), []).append(outcome)
        for value in sorted(filter(None, parts)):
            rates = {one.name: one.over(parts[value]) for one in MEASURES if not one.styles}
            yield f"{slice_name}={value}", {name: rate for name, rate in rates.items() if rate.total}
