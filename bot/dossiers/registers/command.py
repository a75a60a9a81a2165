"""`motcua dossiers import FILE`."""

import sys
from datetime import datetime
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from bot.app import secret_of
from bot.dossiers.registers.importing import Imported, import_register
from bot.dossiers.registers.output import output
from bot.dossiers.registers.record import RegisterFileError
from bot.dossiers.registers.report import Report
from bot.settings import Settings
from knowledge.clock import VIETNAM
from knowledge.clock import now as real_now
from knowledge.database import open_database
from knowledge.dossiers.factors import Keys
from knowledge.dossiers.moments import moment_of

UNUSABLE = 2
SHOWN = 20  # problems listed on a screen; --json and the log of the run have all


def run(file: Path, as_of: datetime | None, *, as_json: bool) -> None:
    settings, now = Settings(), as_of.replace(tzinfo=VIETNAM) if as_of else real_now()
    database, keys = open_database(settings.database), Keys(secret_of(settings))
    try:
        with _progress() as progress:
            bar = progress.add_task(file.name, total=1.0)
            with import_register(file, database, keys, now, lambda at: progress.update(bar, completed=at)) as done:
                _print(done, now, as_json=as_json)
    except RegisterFileError as error:
        typer.echo(f"{error}. Nothing was stored.", err=True)
        raise typer.Exit(UNUSABLE) from None
    finally:
        database.close()


def _progress() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)


def _print(done: Imported, now: datetime, *, as_json: bool) -> None:
    if as_json:
        sys.stdout.writelines(output(done, moment_of(now)))
    for line in _lines(done.report):
        typer.echo(line, err=as_json)


def _lines(report: Report) -> list[str]:
    """The report for a screen, problems first."""
    said = [str(rejected) for rejected in report.rejected]
    said += [str(problem) for problem in report.problems]
    said += [f"{code} stands beside too many other codes and joins none of them" for code in report.masked_crowded]
    left = len(said) - SHOWN + report.problems_left_out
    more = [f"… and {left} more"] if left > 0 else []
    return [*said[:SHOWN], *more, str(report)]
