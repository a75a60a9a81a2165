"""The `motcua dossiers` commands.

Exit codes: 0 done, 1 some lines could not be read, 2 unusable input or database.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, TextIO

import typer

from bot.dossiers.calendar_commands import calendar_commands, explained, stored_calendar
from bot.dossiers.reconcile_command import reconcile, show
from bot.dossiers.staff_commands import apology, due_soon
from bot.json_lines import Answered, answer_lines, text_of
from knowledge.clock import now, vietnam_day

FAILED, UNUSABLE = 1, 2

dossiers = typer.Typer(name="dossiers", help="Codes, due dates and states of dossiers.", no_args_is_help=True)
dossiers.add_typer(calendar_commands)
dossiers.command("due-soon")(due_soon)
dossiers.command()(apology)
dossiers.command()(reconcile)
dossiers.command()(show)

Batch = Annotated[Path, typer.Option("--batch", help="File of JSON lines.")]
Out = Annotated[Path | None, typer.Option("--out", help="File for the answers; by default standard output.")]
Today = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="Day taken for today in Việt Nam; by default the real one."),
]


AsOf = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%dT%H:%M"], help="Vietnamese time for which verdicts are given; by default now."),
]


@dossiers.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(help="Register exported by staff: CSV or XLSX.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was read as JSON, for checking.")] = False,
    as_of: AsOf = None,
) -> None:
    """Take in a register (sổ theo dõi hồ sơ): whole or not at all; the same file again changes nothing."""
    from bot.dossiers.registers.command import run

    run(file, as_of, as_json=as_json)


@dossiers.command()
def parse(batch: Batch, out: Out = None, today: Today = None) -> None:
    """Read codes of dossiers as people type them: {"typed"} gets "canonical", "agency", "received" and "why"."""
    from bot.dossiers.parsing import parsed

    day = _day(today)
    answer_file(batch, out, lambda row: parsed(row, day))


@dossiers.command(name="read-picture")
def read_pictures(
    files: Annotated[list[Path], typer.Argument(help="Photos (JPG, PNG, ...) or PDFs of receipts.")],
    today: Today = None,
) -> None:
    """Read the codes of dossiers from the QR and barcodes of receipts; nothing else of them is shown."""
    from bot.dossiers.pictures import read_picture

    day = _day(today)
    with explained():
        for file in files:
            read = read_picture(file.read_bytes(), day)
            codes = ", ".join(code.canonical for code in read.codes)
            typer.echo(f"{file}: {codes or f'no code taken ({read.trouble})'}")


@dossiers.command()
def due(
    batch: Batch,
    out: Out = None,
    calendar: Annotated[
        Path | None, typer.Option("--calendar", help="CSV of special days instead of the installation's table.")
    ] = None,
) -> None:
    """Count due dates: {"received", "limit", "unit"} gets "due" and "why"."""
    from bot.dossiers.dues import answered
    from bot.settings import Settings
    from knowledge.calendar_seed import calendar_of, read_days
    from knowledge.deadlines import read_hours

    settings = Settings()
    with explained():
        hours = read_hours(settings.office_hours)
        days = calendar_of(read_days(calendar.read_text("utf-8"))) if calendar else stored_calendar(settings)
    answer_file(batch, out, lambda row: answered(row, days, hours))


def _day(today: datetime | None) -> date:
    return today.date() if today else vietnam_day(now())


def redact(batch: Batch, out: Out = None) -> None:
    """Mask personal data as everything stored is masked: {"text"} gets "redacted"."""
    from bot.conversation.redaction import redact as redacted

    answer_file(batch, out, lambda row: {"redacted": redacted(text_of(row, "text"))})


def answer_file(batch: Path, out: Path | None, answered: Answered) -> None:
    """Answer a file of JSON lines for a command; problems go to standard error, with their lines."""
    try:
        with opened(out) as answers:
            report = answer_lines(batch, answers, answered)
    except OSError as error:
        typer.echo(f"{error.filename or batch}: {error.strerror}. Check that it can be read or written.", err=True)
        raise typer.Exit(UNUSABLE) from None
    for problem in report.problems:
        typer.echo(f"{batch} {problem}", err=True)
    typer.echo(f"{report}{f': {out}' if out else ''}", err=True)
    if report.problems:
        raise typer.Exit(FAILED)


@contextmanager
def opened(out: Path | None) -> Iterator[TextIO]:
    """Standard output, or a file that takes its place only when it is whole."""
    if out is None:
        yield sys.stdout
        return
    half = out.with_name(f"{out.name}.part")
    try:
        with half.open("w", encoding="utf-8") as file:
            yield file
        half.replace(out)
    finally:
        half.unlink(missing_ok=True)
