"""A database to import registers into, at eight o'clock of a Sunday in Việt Nam."""

from datetime import UTC, datetime

import pytest
from register_files import Imports

from knowledge.database import Database

EIGHT = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)


@pytest.fixture
def eight() -> datetime:
    return EIGHT


@pytest.fixture
def imports(sqlite_database: Database) -> Imports:
    return Imports(sqlite_database, EIGHT)
