"""`motcua evaluate`: run labelled questions through the whole path and print the figures."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from bot.answers.decide import ANSWER_FROM
from bot.app import App, build_app
from bot.evaluation.labelled import LabelError, Labelled, read_labelled
from bot.evaluation.measures import MEASURES, Figures, FiguresError, confused, fallen, measure, read_figures
from bot.evaluation.outcome import Outcome, answered_by_a_twin, ask_all
from bot.settings import Settings


def evaluate(
    questions: Annotated[list[Path], typer.Argument(help="files of labelled questions, JSON lines")],
    as_json: Annotated[bool, typer.Option("--json", help="print the figures as JSON")] = False,
    misses: Annotated[bool, typer.Option("--misses", help="list every question that went wrong")] = False,
    leave_one_out: Annotated[
        bool, typer.Option(help="take the right record away: is it answered with a twin?")
    ] = False,
    baseline: Annotated[
        Path | None, typer.Option(help="earlier figures (JSON); a fall of more than a point fails")
    ] = None,
) -> None:
    """Measure the quality of answers over labelled questions, with intervals and by slice."""
    err, out = Console(stderr=True, markup=False), Console(markup=False)  # questions may hold brackets
    try:
        labelled = read_labelled(questions)
        before = read_figures(baseline) if baseline else None
    except (LabelError, FiguresError) as error:
        err.print(str(error), style="red")
        raise typer.Exit(2) from error
    app = build_app(Settings(), is_recording=False)
    outcomes = list(track(ask_all(labelled, app), "asking", len(labelled), console=err, transient=True))
    figures = measure(outcomes)
    if as_json:
        out.print_json(msgspec.json.encode(figures).decode())
    else:
        _print(figures, outcomes, out)
    if misses:
        _print_misses(outcomes, out)
    if leave_one_out:
        _print_twins(labelled, app, out)
    app.close()
    if before:
        _compare(figures, before, err)


def _print(figures: Figures, outcomes: Sequence[Outcome], out: Console) -> None:
    table = Table("measure", "figure (95 % interval)", "target", title=f"{figures.questions} questions")
    for one in MEASURES:
        sign = "≤" if one.is_cost else "≥"
        table.add_row(one.name, str(figures.rates[one.name]), f"{sign} {100 * one.target:g} %")
    table.add_row(
        "milliseconds", f"{figures.median_milliseconds:.2f} median, {figures.p99_milliseconds:.2f} p99", "2, 10"
    )
    out.print(table)
    sliced = Table("slice", "first", "in first three", "answered and wrong", "aspect", title="by slice")
    for place, rates in figures.sliced.items():
        sliced.add_row(
            place, *(str(rates.get(name, "")) for name in ("first", "in first three", "answered and wrong", "aspect"))
        )
    out.print(sliced)
    for right, instead, count in confused(outcomes):
        out.print(f"{count} times {instead} before {right}")


def _print_misses(outcomes: Sequence[Outcome], out: Console) -> None:
    for outcome in outcomes:
        question = outcome.question
        if outcome.is_wrong_answer or (question.asks_for_procedure and not outcome.is_right):
            wanted = ", ".join(question.gold) or "no procedure"
            got = f"{outcome.family} {outcome.confidence:.2f} {', '.join(outcome.procedures[:3])}"
            out.print(f"{question.id} {question.text[:160]!r}: wanted {wanted}; got {got}")


def _print_twins(labelled: Sequence[Labelled], app: App, out: Console) -> None:
    twins = answered_by_a_twin(labelled, app, ANSWER_FROM)
    asked = sum(question.kind == "procedure" and bool(question.gold) for question in labelled)
    out.print(f"leave one out: {len(twins)} of {asked} would be answered with another procedure")
    for question, twin in twins[:20]:
        out.print(f"  {question.id}: {twin} in place of {question.gold[0]}")


def _compare(figures: Figures, before: Figures, err: Console) -> None:
    worse = fallen(figures, before)
    for line in worse:
        err.print(f"fallen  {line}", style="red")
    if worse:
        raise typer.Exit(1)
