"""How long a whole import takes, against the mere parsing of the same file, side by side in one run.

    python bench/import_speed.py [--file FILE] [--rounds N]

Rounds alternate between the peers, so that a busy machine slows all of them; the medians are compared.
Parsing is `json.loads` of every line, unpacking included. An import is everything that
`motcua catalogue publish` does: read, clean, compare, check, publish into a new SQLite database.
"""

import argparse
import gzip
import json
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from catalogue_import.importing import import_file
from knowledge.clock import now
from knowledge.database import Database, open_database, sqlite_url

DETAILS = Path(__file__).resolve().parents[2] / "shared" / "catalogue" / "portal_api" / "details.jsonl.gz"
MOST = 6.0  # an import may take six times the parsing
MOST_MEMORY = 400  # MiB


def parse_with_json(file: Path) -> None:
    with gzip.open(file) as lines:
        for line in lines:
            json.loads(line)


def parse_with_msgspec(file: Path) -> None:
    with gzip.open(file) as lines:
        for line in lines:
            msgspec.json.decode(line)


@contextmanager
def new_database() -> Iterator[Database]:
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(sqlite_url(Path(folder) / "motcua.sqlite3"))
        yield database
        database.close()


def seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def one_round(file: Path) -> dict[str, float]:
    with new_database() as database:

        def publish() -> None:
            report = import_file(file, database, publish=True, clock=now)
            assert not report.is_refused, report

        return {
            "json.loads": seconds(lambda: parse_with_json(file)),
            "msgspec": seconds(lambda: parse_with_msgspec(file)),
            "first import": seconds(publish),
            "same again": seconds(publish),
        }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--file", type=Path, default=DETAILS)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    if not arguments.file.exists():
        print(f"{arguments.file} is not there: name a file of detail objects with --file")
        return 2
    rounds = [one_round(arguments.file) for _ in range(arguments.rounds)]
    medians = {peer: statistics.median(figures[peer] for figures in rounds) for peer in rounds[0]}
    for peer, median in medians.items():
        print(f"{peer:<14} {median:7.2f} s   {median / medians['json.loads']:5.2f} × json.loads")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{'peak memory':<14} {memory:7.0f} MiB")
    ratio = medians["first import"] / medians["json.loads"]
    is_met = ratio <= MOST and memory < MOST_MEMORY
    print(f"{'met' if is_met else 'MISSED'}: at most {MOST:g} × json.loads and {MOST_MEMORY} MiB")
    return 0 if is_met else 1


if __name__ == "__main__":
    sys.exit(main())
