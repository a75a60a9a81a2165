"""The `motcua catalogue` commands.

Exit codes: 0 done, 1 refused (the report or message says why), 2 unusable input or database.
"""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from catalogue_import.command_line import (
    REFUSED,
    AsJson,
    DatabaseUrl,
    DataDir,
    Province,
    database_address,
    end,
    explained,
    opened,
    opened_to_read,
    progress_bar,
)
from catalogue_import.compare_commands import diff_editions, digest, stale
from catalogue_import.fees_command import fees
from catalogue_import.fetch_command import fetch_from_portal
from catalogue_import.history import history_json, history_text
from catalogue_import.importing import import_file
from catalogue_import.lint_command import lint
from catalogue_import.read_command import read, template
from catalogue_import.settings import Settings
from catalogue_import.show import shown_json, shown_text
from knowledge.catalogue import ended_on, go_back, history, originals_of, procedure_on
from knowledge.clock import now, vietnam_day
from knowledge.database import Database
from knowledge.import_runs import list_runs, transaction

catalogue = typer.Typer(name="catalogue", help="Check and publish catalogue files, see and undo editions.")
catalogue.command()(read)
catalogue.command()(template)
catalogue.command()(lint)
catalogue.command(name="fetch")(fetch_from_portal)
catalogue.command(name="diff")(diff_editions)
catalogue.command()(digest)
catalogue.command()(stale)
catalogue.command()(fees)

Source = Annotated[Path, typer.Argument(metavar="FILE", help="A published file, or a folder of them.")]
Complete = Annotated[
    bool, typer.Option("--complete", help="The file is the whole catalogue, or the whole decision: end what it lacks.")
]
Effective = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="First day of a decision that does not say when it takes effect."),
]
OnlySound = Annotated[bool, typer.Option("--only-sound", help="Leave the wrong rows of a decision out, go on with it.")]
DataDay = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="Day of the copy; by default the newest change among its records."),
]
AsOf = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="As of this day; by default today.")]
Reason = Annotated[str, typer.Option(help="Kept with the edition, for those who read the history.")]


@catalogue.command()
def check(  # noqa: PLR0913  each is an option
    file: Source,
    *,
    complete: Complete = False,
    data_day: DataDay = None,
    effective: Effective = None,
    only_sound: OnlySound = False,
    as_json: AsJson = False,
    province: Province = "H24",
    database_url: DatabaseUrl = "",
    data_dir: DataDir = Path("data"),
) -> None:
    """Say what publishing FILE would do; nothing is written."""
    settings = _settings(province, data_day, effective, complete=complete, only_sound=only_sound)
    with explained(), opened_to_read(database_url, data_dir) as database:
        _run(file, database, settings, publish=False, as_json=as_json)


@catalogue.command()
def publish(  # noqa: PLR0913  each is an option
    file: Source,
    *,
    complete: Complete = False,
    data_day: DataDay = None,
    effective: Effective = None,
    only_sound: OnlySound = False,
    reason: Reason = "",
    as_json: AsJson = False,
    province: Province = "H24",
    database_url: DatabaseUrl = "",
    data_dir: DataDir = Path("data"),
) -> None:
    """Publish FILE as the next edition, whole or not at all."""
    settings = _settings(province, data_day, effective, complete=complete, only_sound=only_sound, reason=reason)
    with explained(), opened(database_address(database_url, data_dir)) as database:
        _run(file, database, settings, publish=True, as_json=as_json)


@catalogue.command(name="history")
def show_history(*, as_json: AsJson = False, database_url: DatabaseUrl = "", data_dir: DataDir = Path("data")) -> None:
    """List the editions and the runs of the importer, newest first."""
    with explained(), opened_to_read(database_url, data_dir) as database, transaction(database) as session:
        editions = [edition.model_dump() for edition in history(session)]
        runs = [msgspec.structs.asdict(run) for run in list_runs(session, now=now())]
    typer.echo(history_json(editions, runs) if as_json else history_text(editions, runs))


@catalogue.command()
def show(  # noqa: PLR0913  each is an option
    code: Annotated[str, typer.Argument(help="Code or id of the procedure, exactly as published.")],
    *,
    day: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="As of this day; by default today.")
    ] = None,
    commune: Annotated[str, typer.Option(help="Five-digit code of a commune, whose layer is added.")] = "",
    originals: Annotated[bool, typer.Option("--originals", help="Add the texts that cleaning changed.")] = False,
    as_json: AsJson = False,
    database_url: DatabaseUrl = "",
    data_dir: DataDir = Path("data"),
) -> None:
    """Print what is known of one procedure, as of today or another day, with every layer and its ground."""
    on = day.date() if day else vietnam_day(now())
    with explained(), opened_to_read(database_url, data_dir) as database, transaction(database) as session:
        known = procedure_on(session, code, on, commune)
        published = originals_of(session, code, on)
        ended = ended_on(session, code, on)
    if known is None:
        by = f" It was ended by {ended.decision.number} from {ended.since:%d/%m/%Y}." if ended else ""
        end(f"No procedure {code!r} is the rule on {on:%d/%m/%Y}.{by} Codes are eight characters: 1.001193", REFUSED)
    shown = shown_json if as_json else shown_text
    typer.echo(shown(known, published, in_full=originals))


@catalogue.command(name="go-back")
def go_back_to(
    edition: Annotated[int, typer.Argument(help="Number of the edition whose state is wanted again.")],
    *,
    reason: Annotated[str, typer.Option(help="Why; kept with the new edition.")],
    database_url: DatabaseUrl = "",
    data_dir: DataDir = Path("data"),
) -> None:
    """Publish the next edition with exactly what EDITION held; nothing is lost."""
    with (
        explained(),
        opened(database_address(database_url, data_dir)) as database,
        transaction(database, writing=True) as session,
    ):
        restored = go_back(session, edition, now=now(), reason=reason)
        number = restored.number
    typer.echo(f"Published edition {number}: it holds what edition {edition} held.")


def _run(file: Path, database: Database, settings: Settings, *, publish: bool, as_json: bool) -> None:
    with progress_bar() as progress:
        report = import_file(file, database, publish=publish, clock=now, settings=settings, progress=progress)
    typer.echo(report.to_json() if as_json else str(report))
    if report.is_refused:
        raise typer.Exit(REFUSED)


def _settings(
    province: str,
    data_day: datetime | None,
    effective: datetime | None,
    *,
    complete: bool,
    only_sound: bool,
    reason: str = "",
) -> Settings:
    if not (len(province) == len("H24") and province.startswith("H") and province[1:].isdecimal()):
        raise typer.BadParameter(f"{province!r} is no province code; Hải Phòng is H24", param_hint="--province")
    return Settings(
        province=province,
        complete=complete,
        data_day=data_day.date() if data_day else None,
        reason=reason,
        effective=effective.date() if effective else None,
        only_sound=only_sound,
    )
