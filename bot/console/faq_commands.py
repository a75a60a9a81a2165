"""`motcua faq`: entries from and to a workbook. Exit codes: 0 done, 1 refused, 2 unusable file or database."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NoReturn

import msgspec
import typer
from sqlmodel import Session

from bot.console.faq_intake import RefusedRowError, against, codes_known, take_in
from bot.console.faq_workbook import read_workbook, write_workbook
from bot.console.sheets import Problem, WorkbookError
from bot.settings import Settings
from knowledge.clock import now
from knowledge.database import open_database
from knowledge.faq import desk
from knowledge.faq.desk import Card, State
from knowledge.staff.accounts import OPERATOR, Act

REFUSED, UNUSABLE = 1, 2

faq = typer.Typer(name="faq", help="Answers that staff wrote: list, export and import.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]
File = Annotated[Path, typer.Argument(metavar="FILE.xlsx", help="A workbook made by `template` or `export`.")]


@faq.command(name="list")
def list_entries(
    *, state: Annotated[State | None, typer.Option(help="Only entries in this state.")] = None, as_json: AsJson = False
) -> None:
    """List all entries, the one saved last first."""
    with _opened() as session:
        found = [card for card in desk.cards(session) if state in {None, card.state}]
    if as_json:
        typer.echo(msgspec.json.encode([_shown(card) for card in found]).decode())
        return
    for card in found:
        typer.echo(f"{card.id}  {card.state}  {card.text.commune or 'city'}  {card.text.title}")
    typer.echo(f"{len(found)} entries")


def _shown(card: Card) -> dict[str, object]:
    return {"id": card.id, "state": card.state, "revision": card.newest.number, **msgspec.to_builtins(card.text)}


@faq.command()
def template(file: File) -> None:
    """Write an empty workbook with instructions and examples."""
    with _explained():
        write_workbook(file, ())
    typer.echo(f"{file} is ready to be filled in.")


@faq.command()
def export(file: File) -> None:
    """Write a workbook with the newest text of every entry that is not retired."""
    with _explained(), _opened() as session:
        found = [card for card in reversed(desk.cards(session)) if card.state is not State.RETIRED]
        write_workbook(file, found)
    typer.echo(f"{file} holds {len(found)} entries.")


@faq.command(name="import")
def import_workbook(file: File, *, as_json: AsJson = False) -> None:
    """Take FILE in as drafts, whole or not at all; entries that it lacks stay as they are."""
    with _explained(), _opened() as session:
        rows, problems = read_workbook(file, codes_known(session).__contains__)
        problems = (*problems, *against(session, rows, OPERATOR))
        done = Counter[str]() if problems else take_in(session, rows, Act(OPERATOR, now()), file.name)
    if as_json:
        told = {name: done[name] for name in ("new", "changed", "unchanged")}
        typer.echo(msgspec.json.encode({**told, "problems": [each._asdict() for each in problems]}).decode())
    if problems:
        _refuse(problems, is_told=as_json)
    if not as_json:
        typer.echo(
            f"{done['new']} new, {done['changed']} changed, {done['unchanged']} unchanged; drafts await approval."
        )


def _refuse(problems: Sequence[Problem], *, is_told: bool) -> NoReturn:
    if not is_told:
        typer.echo("\n".join(f"{problem.place}: {problem.message}" for problem in problems), err=True)
    typer.echo("Nothing was taken in: mend the cells above and import again.", err=True)
    raise typer.Exit(REFUSED)


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except WorkbookError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(UNUSABLE) from error
    except RefusedRowError as error:
        _refuse([error.problem], is_told=False)


@contextmanager
def _opened() -> Iterator[Session]:
    database = open_database(Settings().database)
    try:
        with database.session(writing=True) as session:
            yield session
    finally:
        database.close()
