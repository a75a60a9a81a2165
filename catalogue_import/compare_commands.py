"""`motcua catalogue diff`, `digest` and `stale`: what changed between editions, and what of ours that makes old."""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from sqlmodel import Session

from catalogue_import.clean import clean_line
from catalogue_import.command_line import REFUSED, AsJson, DatabaseUrl, DataDir, end, explained, opened_to_read
from knowledge.catalogue import edition_number
from knowledge.clock import now, vietnam_day
from knowledge.edition_diff import EditionDiff, diff
from knowledge.import_runs import transaction
from knowledge.stale import Ours, Stale, stale_on
from knowledge.what_changed import for_group, for_staff
from knowledge.wordings import load_wordings

AsOf = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="As of this day; by default today.")]
TITLES = {
    Ours.PLAIN_WORDS: "Lời viết gọn cần xem lại",
    Ours.WORDING: "Cách hỏi trỏ tới thủ tục đã hết hiệu lực",
    Ours.FEE_RULE: "Mức thu của thành phố cần xem lại",
    Ours.POSTER: "Áp phích cần in lại",
    Ours.FAQ: "Mục hỏi đáp cần xem lại",
}


def diff_editions(
    before: Annotated[int, typer.Argument(help="Number of an edition; 0 is the empty one before the first.")],
    after: Annotated[int, typer.Argument(help="Number of the edition it is compared with.")],
    *,
    day: AsOf = None,
    as_json: AsJson = False,
    database_url: DatabaseUrl = "",
    data_dir: DataDir = Path("data"),
) -> None:
    """Say what differs between two editions, per procedure and field."""
    with explained(), opened_to_read(database_url, data_dir) as database, transaction(database) as session:
        found = _diff(session, before, after, day)
    typer.echo(_json(found) if as_json else _safe(for_staff(found)))


def digest(
    edition: Annotated[int, typer.Argument(help="Number of the edition.")],
    *,
    group: Annotated[bool, typer.Option("--group", help="A few lines for the citizens' group.")] = False,
    day: AsOf = None,
    public_url: Annotated[str, typer.Option(envvar="MOTCUA_PUBLIC_URL", help="Where citizens reach the server.")] = "",
    database_url: DatabaseUrl = "",
    data_dir: DataDir = Path("data"),
) -> None:
    """Tell in plain Vietnamese what EDITION changed, for staff or for the citizens' group."""
    with explained(), opened_to_read(database_url, data_dir) as database, transaction(database) as session:
        found = _diff(session, edition - 1, edition, day)
    told = for_group(found, public_url) if group else for_staff(found)
    typer.echo(_safe(told) or "Không có gì để báo cho người dân.")


def stale(
    *, day: AsOf = None, as_json: AsJson = False, database_url: DatabaseUrl = "", data_dir: DataDir = Path("data")
) -> None:
    """List plain words, wordings, fees, posters and FAQ entries that have become old, with the reason."""
    with explained(), opened_to_read(database_url, data_dir) as database, transaction(database) as session:
        found = stale_on(session, _day(day), load_wordings())
    if as_json:
        typer.echo(msgspec.json.format(msgspec.json.encode(found), indent=2).decode())
    else:
        typer.echo("\n".join(_stale_lines(found)) or "Không có gì cần xem lại.")


def _diff(session: Session, before: int, after: int, day: datetime | None) -> EditionDiff:
    current = edition_number(session)
    for number in (before, after):
        if not 0 <= number <= current:
            end(f"There is no edition {number}: the current one is {current}.", REFUSED)
    return diff(session, before, after, _day(day))


def _day(day: datetime | None) -> date:
    return day.date() if day else vietnam_day(now())


def _stale_lines(found: Iterable[Stale]) -> Iterable[str]:
    for kind, several in groupby(found, key=lambda each: each.kind):
        yield TITLES[kind]
        yield from (clean_line(f"  {each.code} {each.what}: {each.reason}") for each in several)


def _json(found: EditionDiff) -> str:
    return msgspec.json.format(msgspec.json.encode(found), indent=2).decode()


def _safe(text: str) -> str:
    """Published text may hold anything: what would steer a terminal does not reach it."""
    return "\n".join(line if line.isprintable() else repr(line) for line in text.splitlines())
