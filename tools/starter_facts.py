"""Refresh the facts of the starter catalogue from a copy of the national catalogue.

    python tools/starter_facts.py details.jsonl.gz --data-day 2026-07-18

Our own words stay as they are; what stands under `record` is written anew. The publisher's prose is left
out: a fee or a row with a note says only that there is one. Afterwards `make test` compares words and facts.
"""

import argparse
import json
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from catalogue_import.formats import detect
from catalogue_import.gather import gather
from catalogue_import.issues import IssueLog
from knowledge.procedure import Fee, FilingChannel, Procedure

STARTER = Path(__file__).resolve().parents[1] / "knowledge" / "starter"
PROVINCE = "H24"
HAS_NOTE = "xem ghi chú trong danh mục quốc gia"
LONGEST_NUMBER = 40  # characters of a law's number; longer ones are its title, typed into the wrong field
WIDTH = 120
PROSE = ("receiving_address", "conditions", "note")
PROSE_LISTS = ("paper_groups", "steps", "results", "cases", "keywords")
TABLES = ("papers",)  # written as tables of their own, after the plain keys


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("details", type=Path, help="detail objects of the portal, in any form the importer reads")
    parser.add_argument("--data-day", type=date.fromisoformat, required=True, help="day of the copy, YYYY-MM-DD")
    asked = parser.parse_args()
    records = read_procedures(asked.details)
    missing = [code for path in starter_files() for code in refresh(path, records, asked.data_day)]
    print(f"{len(records)} records read; no longer in the catalogue: {', '.join(missing) or 'none'}")
    return 1 if missing else 0


def read_procedures(path: Path) -> dict[str, Procedure]:
    format_ = detect(path)
    gathered = gather(format_.read(path, lambda _done, _total: None), format_, PROVINCE, IssueLog())
    return {item.procedure.code: item.procedure for item in gathered.public if item.procedure is not None}


def starter_files() -> list[Path]:
    return sorted(STARTER.glob("*.toml"))


def refresh(path: Path, records: dict[str, Procedure], data_day: date) -> list[str]:
    """Write one file anew; gives the codes that the catalogue no longer has, whose facts are kept."""
    document = tomllib.loads(path.read_text("utf-8"))
    entries = document["procedure"]
    for entry in entries:
        if entry["code"] in records:
            entry["record"] = facts_of(records[entry["code"]])
    document["data_day"] = data_day
    path.write_text("\n".join(document_lines(document)) + "\n", "utf-8")
    return [entry["code"] for entry in entries if entry["code"] not in records]


def facts_of(procedure: Procedure) -> dict[str, Any]:
    repeated = Counter(row.channel for row in procedure.channels)
    bare = replace(
        procedure,
        channels=tuple(_bare_channel(row, is_repeated=repeated[row.channel] > 1) for row in procedure.channels),
        **dict.fromkeys(PROSE, ""),
        **dict.fromkeys(PROSE_LISTS, ()),
    )
    facts: dict[str, Any] = msgspec.to_builtins(bare, builtin_types=(date,))
    laws = [basis.number for basis in procedure.legal_bases if 0 < len(basis.number) <= LONGEST_NUMBER]
    return {key: value for key, value in facts.items() if key not in {"code", "data_day"}} | {"legal_bases": laws}


def _bare_channel(row: FilingChannel, *, is_repeated: bool) -> FilingChannel:
    """Only of rows of one channel, which their notes tell apart, must it be said that they have notes."""
    note = HAS_NOTE if row.note and is_repeated else ""
    return replace(row, fees=tuple(map(_bare_fee, row.fees)), note=note, time_limit=replace(row.time_limit, text=""))


def _bare_fee(fee: Fee) -> Fee:
    return replace(fee, note=HAS_NOTE if fee.note else "")


# Writing TOML, in an order and form that stay the same


def document_lines(document: dict[str, Any]) -> Iterator[str]:
    yield from (line for key in ("topic", "data_day") for line in assignment(key, document[key]))
    for entry in document["procedure"]:
        yield from ("", "[[procedure]]")
        yield from (line for key in entry if key not in {*TABLES, "record"} for line in assignment(key, entry[key]))
        for table in TABLES:
            for row in entry.get(table, ()):
                yield from ("", f"[[procedure.{table}]]")
                yield from (line for key, value in row.items() for line in assignment(key, value))
        yield from ("", "[procedure.record]")
        yield from (line for key, value in entry.get("record", {}).items() for line in assignment(key, value))


def assignment(key: str, value: Any) -> Iterator[str]:
    line = f"{key} = {inline(value)}"
    if len(line) <= WIDTH or not isinstance(value, list | tuple):
        yield line
        return
    yield f"{key} = ["
    yield from (f"  {inline(item)}," for item in value)
    yield "]"


def inline(value: Any) -> str:
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{key} = {inline(item)}' for key, item in value.items())} }}" if value else "{}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(inline, value)) + "]"
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    sys.exit(main())
