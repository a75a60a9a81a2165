"""`motcua evaluate`: run labelled questions through the whole path and print the figures."""

from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console
from rich.progress import track

from bot.app import build_app
from bot.evaluation.baseline import Baseline, BaselineError, read_baseline
from bot.evaluation.holding import hold_against
from bot.evaluation.labelled import LabelError, read_labelled
from bot.evaluation.measures import measure
from bot.evaluation.outcome import ask_all
from bot.evaluation.report import report
from bot.evaluation.tables import print_figures, print_misses
from bot.settings import Settings

FAILED, UNUSABLE = 1, 2


def evaluate(
    questions: Annotated[list[Path], typer.Argument(help="Files of labelled questions, JSON lines.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures, confusions and misses as JSON.")] = False,
    misses: Annotated[bool, typer.Option("--misses", help="List every question that went wrong.")] = False,
    leave_one_out: Annotated[
        bool, typer.Option("--leave-one-out", help="Take the right record away: is it answered with a twin?")
    ] = False,
    baseline: Annotated[
        Path | None, typer.Option(help="The best figures so far; a fall of more than a point on any slice fails.")
    ] = None,
    write: Annotated[
        bool, typer.Option("--write-baseline", help="Raise the file of --baseline to what has risen, or make it.")
    ] = False,
) -> None:
    """Measure the quality of answers over labelled questions, with intervals and by slice."""
    err, out = Console(stderr=True, markup=False), Console(markup=False)  # questions may hold brackets
    try:
        labelled, before = read_labelled(questions), _earlier(baseline, is_writing=write)
        app = build_app(Settings(), is_recording=False)
        asking = ask_all(labelled, app, leaving_out=leave_one_out)
        outcomes = list(track(asking, "asking", len(labelled), console=err, transient=True))
        figures, index = measure(outcomes), app.library.index
        app.close()
        if as_json:
            typer.echo(msgspec.json.format(msgspec.json.encode(report(figures, outcomes, index))).decode())
        else:
            print_figures(figures, outcomes, index, out)
            print_misses(outcomes if misses else (), out)
        is_held = baseline is None or hold_against(baseline, before, figures, err, is_writing=write)
    except (LabelError, BaselineError) as error:
        err.print(str(error), style="red")
        raise typer.Exit(UNUSABLE) from error
    if not is_held:
        raise typer.Exit(FAILED)


def _earlier(path: Path | None, *, is_writing: bool) -> Baseline | None:
    """The baseline to compare with; none when the first one is to be written."""
    if path is None and is_writing:
        raise BaselineError("--write-baseline needs the file: --baseline FILE")
    return read_baseline(path) if path and (path.exists() or not is_writing) else None
