"""`motcua words`: wordings and short forms of staff, from and to a workbook. Exit codes as of `motcua faq`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from bot.app import App, build_app
from bot.console.sheets import WorkbookError
from bot.console.word_workbook import read_words, refused, take_in_words, write_words
from bot.settings import Settings
from knowledge.staff.accounts import OPERATOR, Act
from knowledge.words.desk import word_cards

REFUSED, UNUSABLE = 1, 2

words = typer.Typer(name="words", help="Everyday words and short forms that staff added.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]
File = Annotated[Path, typer.Argument(metavar="FILE.xlsx", help="A workbook made by `template` or `export`.")]


@words.command(name="list")
def list_words(*, as_json: AsJson = False) -> None:
    """List all words, the youngest first."""
    with _opened() as app, app.database.session() as session:
        found = word_cards(session)
    if as_json:
        shown = [{"id": card.id, "state": card.state, **msgspec.to_builtins(card.text)} for card in found]
        typer.echo(msgspec.json.encode(shown).decode())
        return
    for card in found:
        text = card.text
        typer.echo("  ".join((str(card.id), card.state, text.kind, text.commune or "city", text.said, text.means)))
    typer.echo(f"{len(found)} words")


@words.command()
def template(file: File) -> None:
    """Write an empty workbook with instructions and an example."""
    with _explained():
        write_words(file, ())
    typer.echo(f"{file} is ready to be filled in.")


@words.command()
def export(file: File) -> None:
    """Write a workbook with every word that is not retired."""
    with _explained(), _opened() as app, app.database.session() as session:
        found = [card for card in reversed(word_cards(session)) if not card.is_retired]
        write_words(file, found)
    typer.echo(f"{file} holds {len(found)} words.")


@words.command(name="import")
def import_words(file: File, *, as_json: AsJson = False) -> None:
    """Propose the words of FILE that are not there yet, whole or not at all; no word is retired by it."""
    with _explained(), _opened() as app, app.database.session(writing=True) as session:
        snapshot = app.library.current()
        rows, problems = read_words(file, file.name, snapshot)
        problems = problems or refused(rows, word_cards(session), snapshot, OPERATOR)
        done = {} if problems else take_in_words(session, rows, Act(OPERATOR, app.clock()))
    counts = {name: done.get(name, 0) for name in ("new", "unchanged")}
    if as_json:
        typer.echo(msgspec.json.encode({**counts, "problems": [each._asdict() for each in problems]}).decode())
    elif not problems:
        typer.echo(f"{counts['new']} new, {counts['unchanged']} unchanged; proposals await approval.")
    if problems:
        lines = [] if as_json else [f"{problem.place}: {problem.message}" for problem in problems]
        typer.echo("\n".join([*lines, "Nothing was taken in: mend the cells above and import again."]), err=True)
        raise typer.Exit(REFUSED)


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except WorkbookError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(UNUSABLE) from error


@contextmanager
def _opened() -> Iterator[App]:
    app = build_app(Settings(), is_recording=False)
    try:
        yield app
    finally:
        app.close()
