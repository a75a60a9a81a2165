"""What tests of the importer share: a catalogue in a file, and the two ways to run an import."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from catalogue_import.importing import import_file
from catalogue_import.issues import IssueLog
from catalogue_import.report import ImportReport
from catalogue_import.settings import Settings
from knowledge.database import Database
from portal_records import Record, write_lines

SAMPLES = Path(__file__).parents[1] / "files" / "portal"

Importer = Callable[..., ImportReport]
Saver = Callable[[Sequence[Record]], Path]


@pytest.fixture
def samples() -> Path:
    """Folder of small real-shaped files of the portal."""
    return SAMPLES


@pytest.fixture
def save(tmp_path: Path) -> Saver:
    """Saves records as JSON lines."""
    return lambda records: write_lines(tmp_path / "details.jsonl", records)


@pytest.fixture
def publish(sqlite_database: Database, now: datetime) -> Importer:
    """Publishes a file into one SQLite database at noon of 22/11/2026; settings are named as keywords."""

    def run(path: Path, **settings: Any) -> ImportReport:
        return import_file(path, sqlite_database, publish=True, clock=lambda: now, settings=Settings(**settings))

    return run


@pytest.fixture
def check(sqlite_database: Database, now: datetime) -> Importer:
    """The same without writing."""

    def run(path: Path, **settings: Any) -> ImportReport:
        return import_file(path, sqlite_database, publish=False, clock=lambda: now, settings=Settings(**settings))

    return run


@pytest.fixture
def log() -> IssueLog:
    return IssueLog()
