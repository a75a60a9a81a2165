"""A report of a made-up November over a real database."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from shutil import copyfile

import pytest

from bot.reports.report import Report, make_report
from knowledge.database import Database, open_database, sqlite_url
from knowledge.figures.scope import Scope
from knowledge.periods import period_of
from knowledge.waiting import collect
from report_rows import NOW, entry, put_dossiers, put_turns, random_turns, turn
from staff_people import WARD


@pytest.fixture(scope="session")
def told(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Two hundred turns, a few dossiers and petitions; tests only read it."""
    path = tmp_path_factory.mktemp("reports") / "motcua.sqlite3"
    copyfile(migrated_file, path)
    database = open_database(sqlite_url(path))
    put_turns(database, random_turns(200))
    put_turns(database, [turn(NOW - timedelta(days=30), "complaint", question="=1+1 bức xúc", commune=WARD)])
    put_dossiers(
        database,
        entry(1, finished="2026-11-09", status=9, channel=2, procedure="Đăng ký khai sinh"),
        entry(2, received="2026-10-20", procedure="Cấp Phiếu lý lịch tư pháp"),
        entry(3, status=9),
        entry(4, channel=None),
    )
    with database.session(writing=True) as session:
        collect(session, lambda text: dict.fromkeys(text.split(), 1.0), most=1_000)
    yield database
    database.close()


@pytest.fixture(scope="session")
def november(told: Database) -> Report:
    return make_report(told, Scope(period=period_of("2026-11")), NOW)


@pytest.fixture(scope="session")
def today() -> date:
    return date(2026, 11, 22)
