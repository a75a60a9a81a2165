"""The `motcua dossiers calendar` commands: the table of working days, shown and edited.

Exit codes: 0 done, 2 unusable input or database; then nothing is changed.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from bot.settings import Settings
from knowledge.calendar import Calendar, CalendarDay, Confidence, DayKind
from knowledge.calendar_edits import calendar_now, edit, edits_of
from knowledge.calendar_seed import read_days, seeded_calendar, written_days
from knowledge.clock import now, vietnam_day
from knowledge.database import Database, open_database
from knowledge.procedure import InvalidValueError

UNUSABLE = 2
YEARS_AHEAD = 2

calendar_commands = typer.Typer(
    name="calendar", help="The table of working days: holidays, swapped days, make-up days.", no_args_is_help=True
)

Day = Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"], help="The day, as 2027-02-05.")]
Ground = Annotated[str, typer.Option(help="The act or notice it rests on.")]
File = Annotated[Path, typer.Argument(help="CSV with the columns day, kind, name, basis, confidence.")]
Year = Annotated[int | None, typer.Option("--year", min=2000, max=2099, help="By default this year and the next two.")]


@calendar_commands.command(name="list")
def list_days(
    year: Year = None,
    *,
    edits: Annotated[bool, typer.Option("--edits", help="List all edits instead, oldest first.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")] = False,
) -> None:
    """List the days off and the make-up days."""
    settings, today = Settings(), vietnam_day(now())
    with explained():
        calendar = stored_calendar(settings)
        days = _edits(settings) if edits else _days_of(calendar, _years(year, today))
    typer.echo(msgspec.json.encode(days).decode() if as_json else "\n".join(map(_line, days)) or "none")
    if reminder := calendar.reminder(today):
        typer.echo(f"Note: {reminder}", err=True)


@calendar_commands.command()
def add(
    day: Day,
    *,
    kind: Annotated[DayKind, typer.Option(help="off: a day off; work: a make-up day; plain: nothing special.")],
    name: Annotated[str, typer.Option(help="What citizens read, such as Giỗ Tổ Hùng Vương.")],
    ground: Ground,
    confidence: Annotated[Confidence, typer.Option(help="low: not decided yet.")] = Confidence.HIGH,
) -> None:
    """Put a day into the table, or change it."""
    with explained():
        changed = CalendarDay(day=day.date(), kind=kind, name=name, basis=ground, confidence=confidence)
        _edit(Settings(), [changed])
    typer.echo(_line(changed))


@calendar_commands.command()
def remove(day: Day, *, ground: Ground) -> None:
    """Make a day nothing special: a working day from Monday to Friday, else a weekend."""
    with explained():
        _edit(Settings(), [CalendarDay(day=day.date(), kind=DayKind.PLAIN, name="", basis=ground)])
    typer.echo(f"{day:%Y-%m-%d} is nothing special any more.")


@calendar_commands.command(name="import")
def import_days(file: File) -> None:
    """Put all days of a CSV file into the table; those that stand there already are left alone."""
    settings = Settings()
    with explained():
        days = read_days(file.read_text("utf-8"))
        calendar = stored_calendar(settings)
        changed = [each for each in days if calendar.special(each.day) != each]
        _edit(settings, changed)
    typer.echo(f"{len(changed)} days changed, {len(days) - len(changed)} as before.")


@calendar_commands.command(name="export")
def export_days(file: File, *, year: Year = None) -> None:
    """Write the table to a CSV file that `import` reads."""
    with explained():
        days = _days_of(stored_calendar(Settings()), _years(year, vietnam_day(now())))
        file.write_text(written_days(days), "utf-8")
    typer.echo(f"{len(days)} days: {file}")


def stored_calendar(settings: Settings) -> Calendar:
    """The installation's table; a database that is not there yet is not made by looking."""
    if _is_absent(settings):
        return seeded_calendar()
    with opened(settings) as database, database.session() as session:
        return calendar_now(session)


def _edits(settings: Settings) -> tuple[CalendarDay, ...]:
    if _is_absent(settings):
        return ()
    with opened(settings) as database, database.session() as session:
        return edits_of(session)


def _edit(settings: Settings, days: Iterable[CalendarDay]) -> None:
    with opened(settings) as database, database.session() as session:
        edit(session, days, now())


def _is_absent(settings: Settings) -> bool:
    return not settings.database_url and not (settings.data_dir / "motcua.sqlite3").exists()


@contextmanager
def opened(settings: Settings) -> Iterator[Database]:
    database = open_database(settings.database)
    try:
        yield database
    finally:
        database.close()


def _years(year: int | None, today: date) -> range:
    return range(year, year + 1) if year else range(today.year, today.year + 1 + YEARS_AHEAD)


def _days_of(calendar: Calendar, years: range) -> tuple[CalendarDay, ...]:
    return tuple(day for year in years for day in calendar.year(year))


def _line(day: CalendarDay) -> str:
    unsure = "" if day.confidence is Confidence.HIGH else f" [{day.confidence} confidence]"
    return f"{day.day:%Y-%m-%d %a}  {day.kind:<5}  {day.name}  ({day.basis}){unsure}"


@contextmanager
def explained() -> Iterator[None]:
    """Unusable input ends in a sentence and an exit code instead of a trace."""
    try:
        yield
    except OSError as error:
        reason = f"{error.filename}: {error.strerror}. Check that it can be read or written."
    except (InvalidValueError, UnicodeDecodeError) as error:
        reason = f"{error}. Nothing was changed."
    else:
        return
    typer.echo(reason, err=True)
    raise typer.Exit(UNUSABLE)
