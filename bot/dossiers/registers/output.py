"""`motcua dossiers import FILE --json`: what was read from a register, in the keys of a stable contract."""

from collections.abc import Iterator
from typing import Any

import msgspec

from bot.dossiers.registers.importing import Imported, Staged, staged_groups
from knowledge.dossiers.dossier import Dossier
from knowledge.dossiers.joining import join, keep
from knowledge.dossiers.moments import Moment
from knowledge.dossiers.timeliness import flags, timeliness


def output(imported: Imported, now: Moment) -> Iterator[str]:
    """The document piece by piece: a million dossiers need no memory. `now` is when verdicts are given for."""
    report = imported.report
    yield f'{{"as_of":"{now}","summary":{_json(report.summary)},"rejected":{_json(report.rejected)},"dossiers":['
    for at, rows in enumerate(staged_groups(imported.stage, by_name=True)):
        yield f"{',' if at else ''}\n{_json(_dossier(rows, now))}"
    yield "]}\n"


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _dossier(rows: list[Staged], now: Moment) -> dict[str, Any]:
    kept = keep(rows, lambda row: row.entry).items
    dossier = join([row.entry for row in kept])
    by_system = sorted(kept, key=lambda row: row.entry.is_national)
    return {
        **_told(dossier),
        "owner": next((row.person.owner for row in by_system if row.person.owner), None),
        "phone": next((row.person.phone for row in by_system if row.person.phone), None),
        "verdict": timeliness(dossier, now),
        "systems": dossier.systems,
        "conflicts": dossier.conflicts,
        "flags": flags(dossier, now),
    }


def _told(dossier: Dossier) -> dict[str, Any]:
    texts = ("procedure_code", "procedure", "agency", "status_raw")
    values = ("channel", "received", "due", "finished", "returned", "status", "supplements")
    return (
        {"code": dossier.code, "other_codes": dossier.other_codes}
        | {name: getattr(dossier, name) or None for name in texts}
        | {name: getattr(dossier, name) for name in values}
    )
