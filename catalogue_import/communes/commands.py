"""The `motcua communes` commands. Exit codes as for `motcua catalogue`."""

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from catalogue_import.command_line import (
    REFUSED,
    AsJson,
    DatabaseUrl,
    DataDir,
    database_address,
    end,
    explained,
    opened,
    opened_to_read,
)
from catalogue_import.communes.reader import Problem, read_communes
from catalogue_import.communes.writer import write_communes
from knowledge.catalogue import current_edition, publish
from knowledge.changeset import ChangeSet, EditionKind, Origin
from knowledge.clock import now, vietnam_day
from knowledge.commune_layer import CommuneLayer
from knowledge.communes import Commune, communes_like
from knowledge.communes import communes as all_communes
from knowledge.database import Database
from knowledge.import_runs import transaction
from knowledge.layer_store import commune_layers

communes = typer.Typer(name="communes", help="What communes tell of themselves: centre, hours, counters, hints.")

Workbook = Annotated[Path, typer.Argument(metavar="FILE.xlsx", help="A workbook made by `template` or `export`.")]
OfCommune = Annotated[str, typer.Option("--commune", help="One commune alone: five-digit code or name.")]


@communes.command()
def template(file: Workbook, *, commune: OfCommune = "") -> None:
    """Write an empty workbook for communes to fill in."""
    with explained():
        write_communes(file, _chosen(commune), {})
    typer.echo(f"{file} is ready to be filled in.")


@communes.command()
def export(
    file: Workbook, *, commune: OfCommune = "", database_url: DatabaseUrl = "", data_dir: DataDir = Path("data")
) -> None:
    """Write a workbook with what is known, for correcting and importing again."""
    with explained(), opened_to_read(database_url, data_dir) as database:
        with transaction(database) as session:
            layers = commune_layers(session)
        write_communes(file, _chosen(commune), layers)
    typer.echo(f"{file} holds what {len(layers)} communes told.")


@communes.command(name="import")
def import_workbook(
    file: Workbook, *, as_json: AsJson = False, database_url: DatabaseUrl = "", data_dir: DataDir = Path("data")
) -> None:
    """Publish what FILE tells as the next edition, whole or not at all; communes that it lacks stay as they are."""
    with explained():
        found = read_communes(file, vietnam_day(now()))
        if found.problems:
            _refuse(found.problems, as_json=as_json)
        with opened(database_address(database_url, data_dir)) as database:
            changed, edition = _publish(file, database, found.layers)
    if as_json:
        typer.echo(msgspec.json.encode({"changed": changed, "edition": edition, "problems": []}).decode())
    else:
        typer.echo(f"Published edition {edition}: {len(changed)} communes." if changed else "Nothing differs.")


def _chosen(text: str) -> tuple[Commune, ...]:
    if not text:
        return all_communes()
    chosen = tuple(each for each in all_communes() if each.code == text) or communes_like(text)
    if len(chosen) != 1:
        names = ", ".join(f"{each.full_name} ({each.code})" for each in chosen[:5]) or "none"
        end(f"{text!r} is not one commune. Found: {names}", REFUSED)
    return chosen


def _publish(file: Path, database: Database, layers: tuple[CommuneLayer, ...]) -> tuple[list[str], int]:
    """Codes of the communes that changed, and the number of the current edition."""
    with transaction(database, writing=True) as session:
        present, edition = commune_layers(session), current_edition(session)
        changed = tuple(layer for layer in layers if present.get(layer.code) != layer)
        if not changed:
            return [], edition.number if edition else 0
        data_day = edition.data_day if edition else None
        origin = Origin(kind=EditionKind.COMMUNES, source=file.name, data_day=data_day)
        number = publish(session, ChangeSet(communes=changed), origin, now=now()).number
    return [layer.code for layer in changed], number


def _refuse(problems: tuple[Problem, ...], *, as_json: bool) -> None:
    if as_json:
        typer.echo(msgspec.json.encode({"changed": [], "problems": [each._asdict() for each in problems]}).decode())
    else:
        typer.echo("\n".join(f"{problem.place}: {problem.message}" for problem in problems), err=True)
    end("Nothing was published: mend the cells above and import again.", REFUSED)
