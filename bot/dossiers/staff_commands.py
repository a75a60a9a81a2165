"""`motcua dossiers due-soon` and `apology`: what staff have to see to, and a draft of what late ones are owed.

Exit codes: 0 done, 1 refused, 2 unusable input or database.
"""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from bot.dossiers.calendar_commands import explained, opened
from bot.settings import Settings
from knowledge.calendar_edits import calendar_now
from knowledge.clock import now, vietnam_day
from knowledge.dossiers.dossier import Dossier
from knowledge.dossiers.due_list import open_due_between
from knowledge.dossiers.ledger import find_dossier
from knowledge.dossiers.moments import moment_of

REFUSED = 1
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]


def due_soon(
    days: Annotated[int, typer.Option(min=0, max=60, help="Working days ahead that count as soon.")] = 2,
    *,
    as_json: AsJson = False,
) -> None:
    """List the dossiers that are due today, and those about to be late."""
    from bot.dossiers.watch import last_watched, watched

    at = now()
    with explained(), opened(Settings()) as database, database.session() as session:
        last = last_watched(vietnam_day(at), days, calendar_now(session))
        found = watched(open_due_between(session, vietnam_day(at), last), moment_of(at), last)
    if as_json:
        rows = {"today": list(map(_row, found.today)), "soon": list(map(_row, found.soon))}
        typer.echo(msgspec.json.encode(rows).decode())
        return
    for title, dossiers in (("Due today", found.today), (f"Due until {last:%d/%m/%Y}", found.soon)):
        typer.echo(f"{title}: {len(dossiers)}")
        for dossier in dossiers:
            typer.echo("  " + "  ".join(filter(None, _row(dossier).values())))


def _row(dossier: Dossier) -> dict[str, str]:
    return {
        "code": dossier.code,
        "due": dossier.due or "",
        "procedure_code": dossier.procedure_code,
        "procedure": dossier.procedure,
        "agency": dossier.agency,
    }


def apology(
    code: Annotated[str, typer.Argument(help="Code of a dossier that is late, in any way people type it.")],
    out: Annotated[Path, typer.Option("--out", help="DOCX file to write.")],
    *,
    reason: Annotated[str, typer.Option(help="Why it is late; left blank for the official otherwise.")] = "",
    new_day: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day promised now; at most once for a dossier.")
    ] = None,
    parent: Annotated[str, typer.Option(help="The agency above, for the head of the page.")] = "",
) -> None:
    """Draft the slip that apologises for a late dossier and names a new day, as DOCX."""
    from bot.dossiers.apology import NotLateError, apology_for
    from bot.dossiers.apology_letter import drafted
    from bot.dossiers.code import read_codes

    at = now()
    codes = read_codes(code, vietnam_day(at)).codes
    with explained(), opened(Settings()) as database, database.session() as session:
        forms = (form for each in codes[:1] for form in each.spellings)
        known = next(filter(None, (find_dossier(session, form) for form in forms)), None)
    if known is None:
        typer.echo(
            "No dossier with this code is known here. Import the register first: motcua dossiers import", err=True
        )
        raise typer.Exit(REFUSED)
    try:
        day = new_day.date() if new_day else None
        letter = apology_for(known.dossier, moment_of(at), reason=reason, new_day=day, parent=parent)
    except NotLateError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(REFUSED) from None
    with explained():
        out.write_bytes(drafted(letter))
    typer.echo(f"Drafted: {out}. Fill in the name, check the reason and the day, and have it signed.")
