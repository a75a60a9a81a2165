"""What the commands of the importer share: their options, the database, how failures end, and a progress bar."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NoReturn

import sqlalchemy as sa
import typer

from catalogue_import.files import InputError, Progress
from knowledge.catalogue import CatalogueError
from knowledge.database import Database, DatabaseError, open_database, sqlite_url

REFUSED, UNUSABLE, STOPPED = 1, 2, 130  # 130 is what shells give for Ctrl-C

DatabaseUrl = Annotated[
    str, typer.Option(envvar="MOTCUA_DATABASE_URL", help="SQLAlchemy URL; empty: the embedded database.")
]
DataDir = Annotated[Path, typer.Option(envvar="MOTCUA_DATA_DIR", help="Folder of the embedded database.")]
Province = Annotated[str, typer.Option(envvar="MOTCUA_PROVINCE", help="Province whose own procedures are kept.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]


def database_address(database_url: str, data_dir: Path) -> str:
    """The same database that every other command opens."""
    return database_url or sqlite_url(data_dir.resolve() / "motcua.sqlite3")


@contextmanager
def opened(url: str) -> Iterator[Database]:
    database = open_database(url)
    try:
        yield database
    finally:
        database.close()


@contextmanager
def opened_to_read(database_url: str, data_dir: Path) -> Iterator[Database]:
    """A database that is not there yet is not made by looking: an empty one in memory stands for it."""
    address = database_address(database_url, data_dir)
    with opened("sqlite://" if _is_absent(address) else address) as database:
        yield database


def _is_absent(url: str) -> bool:
    try:
        parsed = sa.make_url(url)
    except sa.exc.ArgumentError:
        return False  # opening it will say what is wrong
    file = parsed.database or "."
    return parsed.get_backend_name() == "sqlite" and not file.startswith("file:") and not Path(file).exists()


@contextmanager
def explained() -> Iterator[None]:
    """Known failures end in a sentence and an exit code instead of a trace."""
    try:
        yield
    except CatalogueError as error:
        end(str(error), REFUSED)
    except (InputError, DatabaseError) as error:
        end(str(error), UNUSABLE)
    except KeyboardInterrupt:
        end("Stopped. The edition before is still current.", STOPPED)


def end(message: str, code: int) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(code)


@contextmanager
def progress_bar(doing: str = "Reading") -> Iterator[Progress]:
    """On standard error, where it is a terminal; the report alone goes to standard output."""
    from rich.console import Console
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn(doing), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task(doing, total=None)

        def advance(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield advance
