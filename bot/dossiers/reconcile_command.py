"""`motcua dossiers reconcile` and `show`: for staff, never for citizens."""

from typing import Annotated

import msgspec
import typer

from bot.dossiers.calendar_commands import explained, opened
from bot.settings import Settings
from knowledge.clock import now, vietnam_day
from knowledge.dossiers.ledger import Known, find_dossier, of_several_systems
from knowledge.dossiers.moments import moment_of
from knowledge.dossiers.timeliness import timeliness

REFUSED = 1
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]


def reconcile(*, as_json: AsJson = False) -> None:
    """List the dossiers about which systems disagree, with the likely cause and what to do."""
    from bot.dossiers.reconciliation import Disagreement, disagreements

    def told(found: Disagreement) -> None:
        if as_json:
            typer.echo(msgspec.json.encode(found).decode())
            return
        named = ", ".join((*found.flags, *(f"≠ {name}" for name in found.conflicts)))
        typer.echo(f"{found.code}  {found.verdict}  {named}\n  {found.cause} {' '.join(found.what_to_do)}")
        for row in found.rows:
            values = (
                "-" if value is None else str(value) for value in (row.status, row.due, row.finished, row.returned)
            )
            typer.echo(f"  {row.system}: {' | '.join(values)} → {row.verdict}")

    count = 0
    with explained(), opened(Settings()) as database, database.session() as session:
        for found in disagreements(of_several_systems(session), moment_of(now())):
            told(found)
            count += 1
    typer.echo(f"{count} dossiers to reconcile", err=True)


def show(
    code: Annotated[str, typer.Argument(help="Code of a dossier, in any way people type it.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Show what each system says of a dossier, and its history."""
    from bot.dossiers.code import read_codes

    codes = read_codes(code, vietnam_day(now())).codes
    with explained(), opened(Settings()) as database, database.session() as session:
        spellings = codes[0].spellings if codes else ()
        known = next((found for each in spellings if (found := find_dossier(session, each))), None)
    if known is None:
        typer.echo("no such dossier in the ledger; import the register that has it", err=True)
        raise typer.Exit(REFUSED)
    typer.echo(msgspec.json.format(msgspec.json.encode(_shown(known))).decode() if as_json else _in_words(known))


def _shown(known: Known) -> dict[str, object]:
    """Without the hashes of the second factor, which are nobody's business."""
    hidden = msgspec.structs.replace(
        known.dossier, entries=tuple(msgspec.structs.replace(each, factors=()) for each in known.dossier.entries)
    )
    return {"dossier": hidden, "steps": known.steps, "verdict": timeliness(known.dossier, moment_of(now()))}


def _in_words(known: Known) -> str:
    dossier = known.dossier
    lines = [f"{' = '.join(dossier.codes)}: status {dossier.status or dossier.status_raw}, due {dossier.due}"]
    lines += [f"  {each.system or 'register'}: status {each.status}, due {each.due}" for each in dossier.entries]
    lines += [f"  {step.at}  {step.status}  {step.unit}  {step.system}" for step in known.steps]
    return "\n".join(lines)
