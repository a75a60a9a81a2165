"""The `motcua posters` command."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, NamedTuple

import typer
from rich.console import Console
from rich.progress import Progress

from bot.posters.choice import named, of_communes, of_field
from bot.posters.poster import Poster, PosterError, Printing, base_address, poster_of
from bot.settings import Settings
from knowledge.catalogue import KnownProcedure
from knowledge.clock import now, vietnam_day
from knowledge.communes import Commune, commune_of, find_communes
from knowledge.database import open_database
from knowledge.starter import ensure_starter
from knowledge.wordings import load_wordings

REFUSED = 1

Codes = Annotated[list[str] | None, typer.Argument(metavar="[CODE]...", help="Codes of procedures.")]
Field = Annotated[str, typer.Option(help="All procedures of the fields whose name holds this text.")]
All = Annotated[bool, typer.Option("--all", help="All procedures that a commune's own offices handle.")]
CommuneOption = Annotated[str, typer.Option("--commune", help="Commune to print on them: code or name.")]
Paper = Annotated[str, typer.Option(help="A4 or A3.")]
Cards = Annotated[bool, typer.Option("--cards", help="Many small ones to a page, to cut out.")]
Portal = Annotated[bool, typer.Option("--portal", help="Open the national portal's page instead of ours.")]
Pdf = Annotated[Path | None, typer.Option("--pdf", help="File for all pages.")]
Png = Annotated[Path | None, typer.Option("--png", help="Folder for one picture a page.")]
Dpi = Annotated[int, typer.Option(min=72, max=600, help="Dots an inch of the pictures.")]


class Wanted(NamedTuple):
    """Which procedures: exactly one of the three."""

    codes: tuple[str, ...]
    field: str
    is_all: bool

    @property
    def is_one(self) -> bool:
        return [bool(self.codes), bool(self.field), self.is_all].count(True) == 1


class Files(NamedTuple):
    paper: str
    is_cards: bool
    pdf: Path | None
    png: Path | None
    dpi: int


def posters(  # noqa: PLR0913  each is an option
    codes: Codes = None,
    *,
    field: Field = "",
    all_of_a_commune: All = False,
    commune: CommuneOption = "",
    paper: Paper = "A4",
    cards: Cards = False,
    portal: Portal = False,
    pdf: Pdf = None,
    png: Png = None,
    dpi: Dpi = 200,
) -> None:
    """Print posters whose QR code opens the page of a procedure as it is on the day it is scanned."""
    settings = Settings()
    wanted, files = Wanted(tuple(codes or ()), field, all_of_a_commune), Files(paper.upper(), cards, pdf, png, dpi)
    with _explained():
        _check(wanted, files)
        base = "" if portal else base_address(settings.public_url)
        printing = Printing(vietnam_day(now()), base, _commune(commune or settings.commune))
        _write(_made(settings, wanted, printing), files)


def _check(wanted: Wanted, files: Files) -> None:
    from bot.posters.sheets import PAPERS

    if not wanted.is_one:
        raise PosterError("name what to print: codes, or --field TEXT, or --all")
    if files.paper not in PAPERS:
        raise PosterError(f"no paper {files.paper!r}; there are {', '.join(PAPERS)}")
    if not (files.pdf or files.png):
        raise PosterError("say where to: --pdf FILE for all pages, --png FOLDER for pictures, or both")


def _commune(name: str) -> Commune | None:
    if not name:
        return None
    found = (commune_of(name),) if name.isdecimal() else find_communes(name)
    if len(found) != 1 or found[0] is None:
        which = ", ".join(each.full_name for each in found if each) or "none"
        raise PosterError(f"{name!r} does not name one commune (found: {which}). Give its five-digit code")
    return found[0]


def _made(settings: Settings, wanted: Wanted, printing: Printing) -> list[Poster]:
    names = load_wordings().procedures
    known = _known(settings, wanted, printing)
    everyday = {code: one.name for code, one in names.items()}
    return [poster_of(each, everyday.get(each.procedure.code, ""), printing) for each in known]


def _known(settings: Settings, wanted: Wanted, printing: Printing) -> list[KnownProcedure]:
    """Without the index of a bot, which posters do not need; a new database gets the starter catalogue as a bot's."""
    database = open_database(settings.database)
    try:
        ensure_starter(database, now())
        with database.session() as session:
            if wanted.codes:
                return named(session, wanted.codes, printing.day, printing.commune.code if printing.commune else "")
            return of_field(session, wanted.field, printing.day) if wanted.field else of_communes(session, printing.day)
    finally:
        database.close()


def _write(made: Sequence[Poster], files: Files) -> None:
    from bot.posters.pictures import write_pictures
    from bot.posters.sheets import Layout, names_of, write_pdf

    layout = Layout.CARDS if files.is_cards else Layout.PAGE
    with TemporaryDirectory() as folder:
        pdf = files.pdf or Path(folder) / "posters.pdf"
        with _bar("drawing", len(made)) as progress:
            pages = write_pdf(made, pdf, files.paper, layout, progress)
        if files.png:
            names = names_of(made, files.paper, layout)
            with _bar("pictures", pages) as progress:
                write_pictures(pdf, files.png, names, files.dpi, progress)
    where = " and ".join(str(path) for path in (files.pdf, files.png) if path)
    typer.echo(f"{len(made)} posters on {pages} pages: {where}")


@contextmanager
def _bar(doing: str, total: int) -> Iterator[Callable[[int], None]]:
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(doing, total=total)
        yield lambda done: progress.update(task, completed=done)


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except PosterError as error:
        typer.echo(f"{error}.", err=True)
        raise typer.Exit(REFUSED) from None
    except OSError as error:
        typer.echo(
            f"cannot write in {Path(error.filename).parent}: {error.strerror}. Name a folder that can be written.",
            err=True,
        )
        raise typer.Exit(REFUSED) from None
