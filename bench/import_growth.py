"""How importing grows from 5,000 to 50,000 procedures: the first time, again, with changes, and a decision on top.

    python bench/import_growth.py [--file FILE] [--decision FILE] [--copies 1 3 10]

Ten copies are the records of the file and nine altered copies beside them, with ids, codes and names of their own.
Every step runs in a fresh process on the same database, so that its memory is its own. Parsing is `json.loads` of every
line, unpacking included: what nobody can do without. CPU seconds of the process are compared, which hardly change on a
busy machine; the clock is told beside them.
"""

import argparse
import gzip
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from fresh import in_fresh_process, memory_now

from catalogue_import.importing import import_file
from catalogue_import.settings import Settings
from knowledge.catalogue import edition_number, everything_on
from knowledge.clock import now, vietnam_day
from knowledge.database import Database, open_database, sqlite_url
from knowledge.edition_diff import diff

SHARED = Path(__file__).resolve().parents[2] / "shared" / "catalogue"
DETAILS = SHARED / "portal_api" / "details.jsonl.gz"
DECISION = SHARED / "decisions" / "06-hon-hop-60-dong.docx"
FREE_DIGITS = "47890"  # no code of July 2026 begins with one of them
ROOM = 100_000  # codes a copy may take below its first digit
CHANGED = 100  # every hundredth record of the newer copy says something else

Work = Callable[[Path, Path], str]  # (file, folder of the database) -> what came of it


class Measured(NamedTuple):
    """What one step took: CPU seconds, seconds by the clock, MiB at the most, and its result in words."""

    cpu: float
    wall: float
    peak: float
    result: str


def parse(file: Path, _data: Path) -> str:
    with gzip.open(file) as lines:
        return f"{sum(1 for line in lines if json.loads(line)):,} records"


def publish(file: Path, data: Path) -> str:
    database = _database(data)
    report = import_file(file, database, publish=True, clock=now, settings=Settings(only_sound=True))
    database.close()
    assert not report.is_refused, report
    return str(report).splitlines()[-1]


def compare(_file: Path, data: Path) -> str:
    """Between the first edition and the current one: what was changed and what the decision says."""
    database = _database(data)
    with database.session() as session:
        found = diff(session, 1, edition_number(session), vietnam_day(now()))
    database.close()
    return f"{len(found.procedures):,} procedures differ"


def read_all(_file: Path, data: Path) -> str:
    """What a bot does when a new edition comes: every procedure of the day, decisions folded in."""
    database = _database(data)
    with database.session() as session:
        count = sum(1 for _ in everything_on(session, vietnam_day(now())))
    database.close()
    return f"{count:,} procedures"


def measure(work: Work, file: Path, data: Path) -> Measured:
    begun, begun_cpu = time.perf_counter(), time.process_time()
    result = work(file, data)
    return Measured(time.process_time() - begun_cpu, time.perf_counter() - begun, memory_now().peak, result)


def grow(file: Path, copies: int, folder: Path) -> tuple[Path, Path]:
    """The records and altered copies of them as packed JSON lines, and a newer state of the same."""
    grown, newer = folder / "details.jsonl.gz", folder / "newer.jsonl.gz"
    with gzip.open(grown, "wb", compresslevel=1) as lines, gzip.open(newer, "wb", compresslevel=1) as newer_lines:
        for number, record in enumerate(_copied(file, copies)):
            lines.write(msgspec.json.encode(record) + b"\n")
            if number % CHANGED == 0:
                record["note"] = f"{record['note']} Có sửa đổi."
            newer_lines.write(msgspec.json.encode(record) + b"\n")
    return grown, newer


def _copied(file: Path, copies: int) -> Iterator[dict[str, Any]]:
    with gzip.open(file) as lines:
        for at, line in enumerate(lines):
            record = msgspec.json.decode(line)
            yield from (_altered(record, copy, at) if copy else dict(record) for copy in range(copies))


def _altered(record: dict[str, Any], copy: int, at: int) -> dict[str, Any]:
    code = f"{FREE_DIGITS[copy % len(FREE_DIGITS)]}.{copy // len(FREE_DIGITS) * ROOM + at:06}"
    own = {"id": f"{record['id']}-{copy}", "code": code, "codeNotation": code, "name": f"{record['name']} (bản {copy})"}
    return {**record, **own}


def measure_size(file: Path, decision: Path, copies: int, folder: Path) -> dict[str, Measured]:
    grown, newer = grow(file, copies, folder)
    steps: Sequence[tuple[str, Work, Path]] = (
        ("parsing alone", parse, grown),
        ("first import", publish, grown),
        ("same again", publish, grown),
        ("1 in 100 changed", publish, newer),
        ("decision, 60 rows", publish, decision),
        ("diff of two editions", compare, grown),
        ("reading all of a day", read_all, grown),
    )
    return {name: in_fresh_process(measure, work, source, folder) for name, work, source in steps if source.exists()}


def _database(data: Path) -> Database:
    return open_database(sqlite_url(data / "motcua.sqlite3"))


def show(sizes: dict[int, dict[str, Measured]]) -> Iterator[str]:
    smallest = sizes[min(sizes)]
    yield "| copies | step | CPU, s | by the clock, s | × parsing | growth | peak, MiB | result |"
    yield "|--:|---|--:|--:|--:|--:|--:|---|"
    for copies, steps in sizes.items():
        parsing = steps["parsing alone"].cpu
        for name, each in steps.items():
            growth = each.cpu / smallest[name].cpu
            yield (
                f"| {copies} | {name} | {each.cpu:.2f} | {each.wall:.2f} | {each.cpu / parsing:.2f} | {growth:.1f} "
                f"| {each.peak:,.0f} | {each.result} |"
            )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--file", type=Path, default=DETAILS, help="detail objects, .jsonl.gz")
    parser.add_argument(
        "--decision", type=Path, default=DECISION, help="an announcement decision; left out when absent"
    )
    parser.add_argument("--copies", type=int, nargs="+", default=[1, 10])
    arguments = parser.parse_args()
    if not arguments.file.exists():
        print(f"{arguments.file} is not there: name a file of detail objects with --file")
        return 2
    sizes = {}
    for copies in arguments.copies:
        with tempfile.TemporaryDirectory() as folder:
            sizes[copies] = measure_size(arguments.file, arguments.decision, copies, Path(folder))
        print(f"{copies} copies measured", file=sys.stderr)
    print("\n".join(show(sizes)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
