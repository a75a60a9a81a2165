"""A run as people read it in a terminal of 80 columns or more."""

from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.table import Column, Table

from bot.evaluation.confusion import confusions
from bot.evaluation.measures import MEASURES, Figures, Measure
from bot.evaluation.misses import misses
from bot.evaluation.outcome import Outcome
from knowledge.search.index import Index

SLICED = {"first": "first", "in first three": "in three", "answered and wrong": "wrong", "aspect": "aspect"}
FEWEST = 5  # questions about a field for it to have a row; the JSON has them all
MOST_CONFUSIONS = 20
MEDIAN, P99 = 2, 10  # targets of a `reply_to`, milliseconds

_SAYS = {True: "met", False: "missed", None: ""}


def print_figures(figures: Figures, outcomes: Sequence[Outcome], index: Index, out: Console) -> None:
    out.print(_whole(figures))
    out.print(_by_slice(figures))
    groups = confusions(outcomes, index)
    if groups:
        out.print(f"taken for each other, {min(len(groups), MOST_CONFUSIONS)} of {len(groups)} groups:")
    for group in groups[:MOST_CONFUSIONS]:
        out.print(str(group), soft_wrap=True)


def print_misses(outcomes: Sequence[Outcome], out: Console) -> None:
    for miss in misses(outcomes):
        out.print(str(miss), soft_wrap=True)


def _whole(figures: Figures) -> Table:
    table = _table(
        "measure", _right("figure"), "95 % interval", _right("of"), "target", "", title=f"{figures.questions} questions"
    )
    for one in MEASURES:
        rate = figures.rates[one.name]
        low, high = rate.interval
        if rate.total or one.target is not None:
            share, between = f"{100 * rate.share:.1f} %", f"{100 * low:.1f}-{100 * high:.1f}"
            of = f"{rate.hits} / {rate.total}"
            table.add_row(one.name, share, between, of, _target(one), _SAYS[one.is_met_by(rate)])
    for name, time, most in (("median time", figures.median, MEDIAN), ("99 % within", figures.p99, P99)):
        between = f"{time.low:.2f}-{time.high:.2f}"
        table.add_row(name, f"{time.value:.2f} ms", between, "", f"≤ {most} ms", _SAYS[time.value <= most])
    return table


def _target(one: Measure) -> str:
    return "" if one.target is None else f"{'≤' if one.is_cost else '≥'} {100 * one.target:g} %"


def _by_slice(figures: Figures) -> Table:
    headings = [_right("n"), *map(_right, SLICED.values())]
    table = _table(Column("slice", overflow="fold"), *headings, title="by slice, percent (95 % interval)")
    table.caption = f"fields asked for fewer than {FEWEST} times are in the JSON"
    for place, rates in figures.sliced.items():
        count = max(rate.total for rate in rates.values())
        if count >= FEWEST or not place.startswith("field="):
            table.add_row(place, str(count), *(rates[name].short if name in rates else "" for name in SLICED))
    return table


def _table(*headings: Column | str, title: str) -> Table:
    return Table(*headings, title=title, box=box.SIMPLE, padding=(0, 1, 0, 0))


def _right(heading: str) -> Column:
    return Column(heading, justify="right", no_wrap=True)
