"""Every kind of shelf, empty: of one process, in both kinds of databases, in Valkey; plain and sealed."""

from collections.abc import Iterator

import pytest

from bot.workers.sealing import SealedShelf, Sealing
from bot.workers.shelf import LocalShelf, Shelf
from bot.workers.table import TableShelf
from bot.workers.valkey import PREFIX, ValkeyShelf
from knowledge.database import open_database

SEALING = Sealing("for tests only")


@pytest.fixture
def valkey(valkey_url: str) -> Iterator[ValkeyShelf]:
    shelf = ValkeyShelf(valkey_url)
    yield shelf
    for key in shelf._client.scan_iter(f"{PREFIX}*"):
        shelf._client.delete(key)
    shelf.close()


@pytest.fixture
def sqlite_table(migrated_sqlite_url: str) -> Iterator[TableShelf]:
    database = open_database(migrated_sqlite_url, migrating=False)
    yield TableShelf(database)
    database.close()


@pytest.fixture
def postgresql_table(migrated_postgres_url: str) -> Iterator[TableShelf]:
    database = open_database(migrated_postgres_url, migrating=False)
    yield TableShelf(database)
    database.close()


@pytest.fixture(params=["local", "sqlite_table", "postgresql_table", "valkey", "sealed"])
def shelf(request: pytest.FixtureRequest) -> Shelf:
    if request.param in {"local", "sealed"}:
        local = LocalShelf(100)
        return SealedShelf(local, SEALING) if request.param == "sealed" else local
    shelf: Shelf = request.getfixturevalue(request.param)
    return shelf
