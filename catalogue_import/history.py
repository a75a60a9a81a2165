"""The history of editions and imports, for people and for scripts."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from catalogue_import.clean import clean_line
from knowledge.clock import VIETNAM

Row = Mapping[str, Any]
Rows = Sequence[Row]


def history_json(editions: Rows, runs: Rows) -> str:
    """{"editions": [...], "runs": [...]}, newest first; the report of a run is an object, null while it runs."""
    shown = [{**run, "report": msgspec.json.decode(run["report"]) if run["report"] else None} for run in runs]
    return msgspec.json.format(msgspec.json.encode({"editions": editions, "runs": shown}), indent=2).decode()


def history_text(editions: Rows, runs: Rows) -> str:
    """Two lists, newest first: what is or was current, and what the importer did."""
    if not (editions or runs):
        return "Nothing was published yet. Begin with: motcua catalogue publish FILE"
    return "\n".join([*_list("Editions", editions, _edition_lines), *_list("Imports", runs, _run_lines)])


def _list(title: str, rows: Rows, lines_of: Callable[[Row], tuple[str, ...]]) -> Iterator[str]:
    if rows:
        yield title
    for row in rows:
        first, *more = lines_of(row)
        yield f"  {clean_line(first)}"
        yield from (f"      {clean_line(line)}" for line in more if line)


def _edition_lines(row: Row) -> tuple[str, ...]:
    what = f"goes back to edition {row['restores']}" if row["restores"] else f"{row['kind']}: {row['source']}"
    day = f", data of {row['data_day']:%d/%m/%Y}" if row["data_day"] else ""
    kinds = ("new", "amended", "repealed", *(("replaced",) if row["replaced"] else ()), "unchanged")
    changes = ", ".join(f"{row[kind]:,} {kind}" for kind in kinds)
    reason = f"reason: {row['reason']}" if row["reason"] else ""
    return f"{row['number']}. {_time(row['published_at'])} {what}{day}", "" if row["restores"] else changes, reason


def _run_lines(row: Row) -> tuple[str, ...]:
    made = f", edition {row['edition']}" if row["edition"] else ""
    return f"{row['number']}. {_time(row['started_at'])} {row['state']}: {row['source']}{made}", _message(row)


def _message(run: Row) -> str:
    """Why a run failed or was refused."""
    report = msgspec.json.decode(run["report"]) if run["report"] else {}
    stops = [finding["message"] for finding in report.get("findings", ()) if finding["severity"] == "stop"]
    return report.get("message", "") or "; ".join(stops)


def _time(moment: datetime) -> str:
    return f"{moment.astimezone(VIETNAM):%d/%m/%Y %H:%M}"
