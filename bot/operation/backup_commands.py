"""`motcua backup` and `motcua restore`. Exit codes: 0 done, 1 refused, 2 unusable file or database."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from bot.settings import Settings
from knowledge.backup.container import Manifest
from knowledge.backup.making import back_up
from knowledge.backup.problems import BackupError
from knowledge.backup.restoring import restore as take_in
from knowledge.clock import now
from knowledge.database import open_database
from knowledge.staff.accounts import OPERATOR, Act

REFUSED, UNUSABLE = 1, 2

File = Annotated[Path, typer.Argument(help="The file of the backup.")]


def backup(file: File) -> None:
    """Copy everything into FILE while the server runs; a file that is there is replaced when the new one is whole."""
    from bot.app import secret_of

    settings = Settings()
    database = open_database(settings.database, migrating=False)
    with _explained(file), _progress("copying") as progress:
        manifest = back_up(database, file, now(), key_mark(secret_of(settings)), progress)
    database.close()
    typer.echo(f"{file} holds {_told(manifest)}.")
    typer.echo(f"Keep the secret beside it, in another place: {_secret_place(settings)}.")


def restore(
    file: File,
    *,
    replace: Annotated[bool, typer.Option("--replace", help="Give up everything the database holds now.")] = False,
) -> None:
    """Take FILE in, whole or not at all; refused where the database holds something, unless --replace."""
    from bot.app import secret_of

    settings = Settings()
    database = open_database(settings.database)
    with _explained(file), _progress("restoring") as progress:
        manifest = take_in(database, file, Act(OPERATOR, now()), progress, replacing=replace)
    database.close()
    typer.echo(f"The database holds {_told(manifest)}. Staff log in anew.")
    if manifest.key != key_mark(secret_of(settings)):
        typer.echo(
            "This installation has another secret than the one the backup was made with: people's chats and the last "
            f"digits of their dossiers are not recognised. Put the old secret in place: {_secret_place(settings)}.",
            err=True,
        )


def key_mark(secret: str) -> str:
    """Tells one secret from another and tells nothing of it."""
    return hashlib.sha256(b"motcua.backup" + secret.encode()).hexdigest()[:16]


def _told(manifest: Manifest) -> str:
    made = f"{manifest.made_at:%Y-%m-%d %H:%M} UTC"
    return f"edition {manifest.edition} and {manifest.total:,} rows of {made}, revision {manifest.revision}"


def _secret_place(settings: Settings) -> str:
    return "MOTCUA_SECRET" if settings.secret else str(settings.data_dir.resolve() / "secret")


@contextmanager
def _progress(what: str) -> Iterator[Callable[[int], None]]:
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda rows: bar.advance(task, rows)


@contextmanager
def _explained(file: Path) -> Iterator[None]:
    try:
        yield
    except BackupError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(REFUSED) from error
    except OSError as error:
        place = error.filename or file
        typer.echo(f"{place}: {error.strerror}. Check the folder, its space and who may write there.", err=True)
        raise typer.Exit(UNUSABLE) from error
