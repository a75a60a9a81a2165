"""How long a report takes as exchanges and dossiers grow, beside counting the same rows in Python.

    python bench/reports.py [--exchanges 10000 100000] [--dossiers 50000] [--url postgresql://…]

Each size has a database of its own, in a temporary folder unless a URL names an empty one. Rows are spread over a
year; the report is the month's and the year's of the city. Times are of CPU of this process for SQLite, by the clock
for a server. The old data of the catalogue is left out: it is kept for a day and edition.
"""

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa

from bot.reports.report import _counted
from knowledge.database import Database, open_database, sqlite_url
from knowledge.dossiers.dossier import Entry
from knowledge.dossiers.ledger import Update, save
from knowledge.figures.exchange_rows import Wanted, exchange_rows
from knowledge.figures.questions import SMALL_TALK, part_of
from knowledge.figures.scope import EXCHANGES, Scope
from knowledge.old_data import OldData
from knowledge.periods import period_of

NOW, SEED, ROUNDS, AT_ONCE = datetime(2026, 12, 31, 5, tzinfo=UTC), 1, 3, 2_000
ENDINGS = ("procedure", "procedure", "aspect", "faq", "choice", "dossier_told", "unknown", "complaint", "greeting")
PEOPLE, PROCEDURES, COMMUNES = 30_000, 700, 114


def exchanges(count: int, chance: random.Random) -> Iterator[dict[str, Any]]:
    """Some 700 bytes each, as real ones are."""
    for _ in range(count):
        ending = chance.choice(ENDINGS)
        yield {
            "asked_at": NOW - timedelta(minutes=chance.randrange(365 * 1440)),
            "channel": chance.choice(("web", "telegram", "zalo_bot")),
            "chat": f"{chance.randrange(PEOPLE):064x}",
            "commune": f"{11_000 + chance.randrange(COMMUNES)}",
            "question": "làm khai sinh cho con cần giấy tờ gì vậy ạ",
            "action": "",
            "ending": ending,
            "procedures": f"1.{chance.randrange(PROCEDURES):06},1.000894",
            "faq": "faq-1" if ending == "faq" else "",
            "aspect": "general",
            "confidence": 0.9,
            "edition": 1,
            "shown": "Mang theo giấy chứng sinh, căn cước. " * 12,
            "milliseconds": 5.0,
        }


def dossiers(count: int, chance: random.Random) -> Iterator[Update]:
    for number in range(count):
        day = NOW - timedelta(days=chance.randrange(360))
        end = day + timedelta(days=chance.randrange(1, 12))
        entry = Entry(
            code=f"H24.999-{day:%y%m%d}-{number % 10_000:04}",
            received=f"{day:%Y-%m-%d}",
            due=f"{day + timedelta(days=7):%Y-%m-%d}",
            finished=f"{end:%Y-%m-%d}" if end < NOW else None,
            status=10 if end < NOW else 4,
            channel=chance.choice((1, 2, 3)),
            procedure="Thủ tục đăng ký khai sinh",
            agency="UBND xã Vĩnh Bảo",
        )
        yield Update(entries=(msgspec.structs.replace(entry, system=f"hệ thống {number // 10_000}"),))


def filled(url: str, turns: int, files: int) -> Database:
    database, chance = open_database(url), random.Random(SEED)
    rows = list(exchanges(turns, chance))
    with database.session() as session:
        for start in range(0, len(rows), AT_ONCE):
            session.connection().execute(sa.insert(EXCHANGES), rows[start : start + AT_ONCE])
    with database.session() as session:
        save(session, list(dossiers(files, chance)), NOW)
    with database.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("ANALYZE")
    return database


def reported(database: Database, key: str) -> None:
    with database.session() as session:
        _counted(session, Scope(period=period_of(key)), NOW, OldData(), NOW.date())


def rows_shown(database: Database, key: str) -> None:
    with database.session() as session:
        exchange_rows(session, Scope(period=period_of(key)), Wanted(part="declined"))


def by_hand(database: Database, key: str) -> None:
    """The peer: read the period's exchanges and count what became of them, nothing else."""
    with database.session() as session:
        rows = session.connection().execute(sa.select(EXCHANGES).where(*Scope(period=period_of(key)).asked)).mappings()
        Counter(part_of(row["ending"]) for row in rows if not row["action"] and row["ending"] not in SMALL_TALK)


def best(work: Callable[[Database, str], None], database: Database, key: str) -> float:
    """Seconds of the quickest of some rounds."""
    clock = time.process_time if database.engine.dialect.name == "sqlite" else time.perf_counter
    times = []
    for _ in range(ROUNDS):
        begun = clock()
        work(database, key)
        times.append(clock() - begun)
    return min(times)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--exchanges", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--dossiers", type=int, default=50_000)
    parser.add_argument("--url", default="", help="an empty database; then one size only")
    given = parser.parse_args()
    print(f"{'exchanges':>10} {'period':>8} {'report':>9} {'rows':>9} {'by hand':>9}   report / by hand")
    for turns in given.exchanges:
        with tempfile.TemporaryDirectory() as folder:
            url = given.url or sqlite_url(Path(folder) / "motcua.sqlite3")
            database = filled(url, turns, given.dossiers)
            for key in ("2026-11", "2026"):
                report, rows, hand = (best(work, database, key) for work in (reported, rows_shown, by_hand))
                print(f"{turns:>10,} {key:>8} {report:>8.3f}s {rows:>8.3f}s {hand:>8.3f}s   {report / hand:.2f}")
            database.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
