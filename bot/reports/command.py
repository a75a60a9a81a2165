"""`motcua report`: the figures of a period. Exit codes: 0 done, 1 refused, 2 unusable input, file or database."""

from functools import lru_cache, partial
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.table import Table as Screen

from bot.reports.output import OutputError, check_place, write_report
from bot.reports.report import FiguresDisagreeError, Report, checked, make_report
from bot.reports.table import Table
from bot.reports.tables import tables_of
from bot.settings import Settings
from knowledge.clock import now
from knowledge.communes import commune_of, find_communes
from knowledge.database import Database, open_database
from knowledge.figures.scope import Scope
from knowledge.figures.staff_work import is_behind
from knowledge.periods import EXAMPLES, InvalidPeriodError, period_of
from knowledge.search.alike import meaning_of
from knowledge.waiting import collect

REFUSED, UNUSABLE = 1, 2
AT_ONCE = 2_000  # exchanges grouped in a transaction: some seconds


def report(
    period: Annotated[str, typer.Option(help=f"{EXAMPLES[0].upper()}{EXAMPLES[1:]}.")],
    *,
    out: Annotated[Path | None, typer.Option(help="FILE.xlsx, FILE.docx or FILE.json; without it: the screen.")] = None,
    commune: Annotated[str, typer.Option(help="Five-digit code or name; empty: the city.")] = "",
) -> None:
    """Write the report of a day, a week, a month, a quarter or a year."""
    settings = Settings()
    scope = _scope(period, commune)
    database = open_database(settings.database)
    try:
        if out is not None:
            check_place(out)
        if _is_behind(database):
            _look_for_waiting(settings)
        made = checked(make_report(database, scope, now()))
        _show(made) if out is None else write_report(made, out, settings.public_url)
    except FiguresDisagreeError as error:
        _end(f"the figures do not agree, nothing was written: {error}", REFUSED)
    except OutputError as error:
        _end(str(error))
    finally:
        database.close()
    if out is not None:
        typer.echo(f"{made.title}: {out}")


def _scope(period: str, commune: str) -> Scope:
    try:
        return Scope(period=period_of(period), commune=_code_of(commune))
    except InvalidPeriodError as error:
        _end(str(error))


def _code_of(commune: str) -> str:
    if not commune or commune_of(commune):
        return commune
    found = find_communes(commune)
    if len(found) != 1:
        told = ", ".join(each.full_name for each in found) or "none"
        _end(f"{commune!r} names no single commune (found: {told}): give its five-digit code")
    return found[0].code


def _is_behind(database: Database) -> bool:
    with database.session() as session:
        return is_behind(session)


def _look_for_waiting(settings: Settings) -> None:
    """Group what was asked since somebody opened the console last: that takes the index, some seconds."""
    from bot.app import build_app

    app = build_app(settings)
    meaning = lru_cache(maxsize=None)(partial(meaning_of, index=app.library.index))
    while True:
        with app.database.session(writing=True) as session:
            collect(session, meaning, AT_ONCE)
            if not is_behind(session):
                break
    app.close()


def _show(made: Report) -> None:
    console = Console(highlight=False)
    console.print(made.title, style="bold")
    for table in tables_of(made):
        console.print(_screen(table), "")


def _screen(table: Table) -> Screen:
    screen = Screen(*table.headings, title=table.title, title_justify="left", caption=table.note or None)
    for cells in table.rows:
        screen.add_row(*(cell.text for cell in cells))
    return screen


def _end(message: str, code: int = UNUSABLE) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(code)
