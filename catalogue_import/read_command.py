"""`motcua catalogue read`: what a reader takes from a file, before anything is compared or published."""

from pathlib import Path
from typing import Annotated

import typer

from catalogue_import.command_line import (
    REFUSED,
    AsJson,
    DatabaseUrl,
    DataDir,
    explained,
    opened_to_read,
    progress_bar,
)
from catalogue_import.comparing import Difference, differences
from catalogue_import.copy_reading import copies_json, copies_text
from catalogue_import.decision_file import DecisionFile
from catalogue_import.files import InputError
from catalogue_import.formats import detect
from catalogue_import.formats.decision.suggestions import names_of, with_suggestions
from catalogue_import.formats.format import DecisionFormat, Format
from catalogue_import.reading import reading_json, reading_text
from catalogue_import.recovered import RecoveredFile
from knowledge.catalogue import names_known, procedure_on
from knowledge.clock import now, vietnam_day
from knowledge.import_runs import transaction

WHOLE = 1_000  # names known; the starter catalogue alone says nothing about a name that it does not have

Source = Annotated[Path, typer.Argument(metavar="FILE", help="A decision, list, saved page or filled template.")]


def read(
    file: Source, *, as_json: AsJson = False, database_url: DatabaseUrl = "", data_dir: DataDir = Path("data")
) -> None:
    """Show what is read from FILE, with every problem at its place; nothing is written.

    Problems in the file are part of what is shown; `check` says whether it could be published.
    """
    with explained():
        format_ = detect(file)
        if isinstance(format_, Format):
            raise InputError(f"{file} is a copy of the catalogue: motcua catalogue check {file} says what it would do")
        with progress_bar() as progress:
            if isinstance(format_, DecisionFormat):
                decision = _suggested(format_.read(file, progress), database_url, data_dir)
                shown = reading_json if as_json else reading_text
                typer.echo(shown(decision, format_.name))
                return
            copies = format_.read(file, progress)
        differences = _differences(copies, database_url, data_dir)
    typer.echo((copies_json if as_json else copies_text)(copies, format_.name, differences))
    if copies.is_refused:
        raise typer.Exit(REFUSED)


def template(file: Annotated[Path, typer.Argument(metavar="FILE.xlsx", help="Where to write it.")]) -> None:
    """Write the empty workbook that staff fill in when a decision comes as a scan or on paper."""
    from catalogue_import.formats.template.writer import write_template

    with explained():
        write_template(file)
    typer.echo(f"Wrote {file}. When it is filled in: motcua catalogue read {file}")


def _differences(file: RecoveredFile, database_url: str, data_dir: Path) -> list[Difference]:
    """From the records in force today, for the codes that have one."""
    today = vietnam_day(now())
    with opened_to_read(database_url, data_dir) as database, transaction(database) as session:
        known = [(copy, procedure_on(session, copy.code, today)) for copy in file.records]
    full = [(copy, record.procedure) for copy, record in known if record and not record.procedure.is_starter]
    return [item for copy, procedure in full for item in differences(copy, procedure)]


def _suggested(file: DecisionFile, database_url: str, data_dir: Path) -> DecisionFile:
    """With the names of the catalogue for rows that a person must look at, where there is one."""
    if not file.needs_review:
        return file
    with opened_to_read(database_url, data_dir) as database, transaction(database) as session:
        known = names_known(session)
    return with_suggestions(file, names_of(known.items())) if len(known) >= WHOLE else file
