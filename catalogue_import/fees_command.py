"""`motcua catalogue fees`: the city council's table of fees, shown or replaced."""

from pathlib import Path
from typing import Annotated

import typer
from sqlmodel import Session

from catalogue_import.clean import clean_line
from catalogue_import.command_line import (
    REFUSED,
    DatabaseUrl,
    DataDir,
    database_address,
    end,
    explained,
    opened,
    opened_to_read,
)
from catalogue_import.files import document
from knowledge.catalogue import current_edition, publish
from knowledge.changeset import ChangeSet, EditionKind, Origin
from knowledge.clock import now
from knowledge.fee_rules import FeeRule, load_fee_rules, read_fee_rules
from knowledge.import_runs import transaction
from knowledge.layer_store import fee_rules
from knowledge.procedure import InvalidValueError

Table = Annotated[
    Path | None, typer.Argument(metavar="[FILE.toml]", help="A table in the form of knowledge/fees.toml.")
]
Included = Annotated[bool, typer.Option("--included", help="Publish the table that comes with this version.")]


def fees(
    file: Table = None, *, included: Included = False, database_url: DatabaseUrl = "", data_dir: DataDir = Path("data")
) -> None:
    """Show the council's fees, or publish FILE in place of the whole table."""
    if file is None and not included:
        with explained(), opened_to_read(database_url, data_dir) as database, transaction(database) as session:
            typer.echo("\n".join(map(_line, fee_rules(session))) or "No table of fees was published yet.")
        return
    with explained():
        rules = _read(file) if file else load_fee_rules()
        with (
            opened(database_address(database_url, data_dir)) as database,
            transaction(database, writing=True) as session,
        ):
            typer.echo(_publish(session, rules, file.name if file else "fees.toml"))


def _read(file: Path) -> tuple[FeeRule, ...]:
    try:
        return read_fee_rules(document(file).decode("utf-8", errors="replace"), file.name)
    except InvalidValueError as error:
        end(f"Nothing was published: {error}", REFUSED)


def _publish(session: Session, rules: tuple[FeeRule, ...], source: str) -> str:
    if list(rules) == fee_rules(session):
        return "Nothing differs."
    edition = current_edition(session)
    origin = Origin(kind=EditionKind.FEES, source=source, data_day=edition.data_day if edition else None)
    number = publish(session, ChangeSet(fee_rules=rules), origin, now=now()).number
    return f"Published edition {number}: {len(rules)} rules."


def _line(rule: FeeRule) -> str:
    days = f"{rule.valid_from or '…'} to {rule.valid_to or '…'}"
    label = f", {rule.label}" if rule.label else ""
    told = f"{rule.key}: {rule.amount:,} VND ({'/'.join(rule.channels)}{label}), {rule.ground}, {days}"
    return clean_line(f"{told}: {len(rule.codes)} procedures")
