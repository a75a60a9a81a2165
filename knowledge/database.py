"""Opening the database: SQLite in one file by default, PostgreSQL by URL, always at the newest revision.

DatabaseError
├── DatabaseUnavailableError   cannot be reached, read or written; the message has the remedy
└── NewerDatabaseError         made by a newer motcua; it is left untouched
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import tenacity
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlmodel import Session

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_SECONDS = 10  # a whole publish holds the write lock for a few seconds; waiting beats failing
MIGRATION_LOCK = int.from_bytes(b"motcua")  # any number that no other program's advisory lock is likely to use
EXAMPLES = "sqlite:////var/lib/motcua/motcua.sqlite3, postgresql://user@localhost/motcua"


class DatabaseError(Exception):
    """The database cannot be used; the message says why and what to do."""


class DatabaseUnavailableError(DatabaseError):
    pass


class NewerDatabaseError(DatabaseError):
    pass


class Database:
    """An open database. `session()` is one transaction: committed at the end, rolled back on any error.

    One that reads before it writes says so with `writing`: SQLite then waits for its turn at the beginning. Without it
    the first write is refused at once when anybody, a bot that records an answer, has written since the first read.
    """

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine

    @contextmanager
    def session(self, *, writing: bool = False) -> Iterator[Session]:
        engine = self.engine.execution_options(sqlite_begin="BEGIN IMMEDIATE") if writing else self.engine
        with Session(engine, expire_on_commit=False) as session:  # which rolls back what is not committed
            yield session
            if session.in_transaction():  # most turns of a chat need nothing from the database
                session.commit()

    @contextmanager
    def queueing(self, behind: str = "") -> Iterator[Session]:
        """As `session`, for a few statements on rows that many processes change: each waits for the one before it and
        goes on from what that one left, where `session` would be refused. What is more than a few statements names
        what it waits for: it begins when no other transaction `behind` the same name is left."""
        engine = _seeing_the_newest(self.engine)
        with Session(engine, expire_on_commit=False) as session, session.begin():
            if behind and engine.dialect.name == "postgresql":  # SQLite has one queue for all that write
                _wait_for(session.connection(), int.from_bytes(sha256(behind.encode()).digest()[:7]))
            yield session

    def close(self) -> None:
        self.engine.dispose()


def sqlite_url(path: Path) -> str:
    return sa.URL.create("sqlite", database=str(path)).render_as_string()  # which escapes what a URL must escape


def open_database(url: str, *, migrating: bool = True) -> Database:
    """Open the database and bring it to the newest revision; raises DatabaseError. Without `migrating` nothing is
    touched, not even the connection is tried."""
    parsed = _parse(url)
    try:
        engine = make_engine(parsed)
        if migrating:
            migrate(engine)
    except (sa.exc.DatabaseError, OSError) as error:
        reason = str(getattr(error, "orig", error)).strip()
        raise DatabaseUnavailableError(
            f"cannot open the database {parsed.render_as_string(hide_password=True)}: {reason}. "
            "Check that the server runs or the folder exists, that both may be written, that the disk is not full, "
            "and that MOTCUA_DATABASE_URL or MOTCUA_DATA_DIR name the right place."
        ) from error
    return Database(engine)


def _parse(url: str) -> sa.URL:
    try:
        parsed = sa.make_url(url)
    except (sa.exc.ArgumentError, ValueError) as error:
        raise DatabaseUnavailableError(
            f"MOTCUA_DATABASE_URL is not a database URL ({error}). Examples: {EXAMPLES}"
        ) from error
    if parsed.get_backend_name() in {"postgresql", "postgres"}:
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() == "sqlite":
        return parsed
    raise DatabaseUnavailableError(
        f"MOTCUA_DATABASE_URL names {parsed.drivername}, but motcua keeps its data in SQLite or PostgreSQL. "
        f"Examples: {EXAMPLES}"
    )


def make_engine(url: sa.URL) -> sa.Engine:
    """An engine whose transactions all read one state of the database from their first statement on."""
    if url.get_backend_name() == "postgresql":
        return sa.create_engine(url, pool_pre_ping=True, isolation_level="REPEATABLE READ")
    if url.database and not url.database.startswith((":", "file:")):
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(url, connect_args={"timeout": BUSY_SECONDS})
    sa.event.listen(engine, "connect", _prepare_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we begin transactions ourselves, see _begin_sqlite
    _write_ahead(connection)
    for pragma in ("synchronous=NORMAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _write_ahead(connection: Any) -> None:
    """Readers and a writer at a time. Where two switch a new file at once, or one opens what another closes, SQLite
    says "locked" at once instead of waiting as it does for a transaction (sqlite.org/wal.html, section 9)."""
    patiently = tenacity.Retrying(
        retry=tenacity.retry_if_exception(_is_busy),
        stop=tenacity.stop_after_delay(BUSY_SECONDS),
        wait=tenacity.wait_random(0, 0.1),
        reraise=True,
    )
    patiently(connection.execute, "PRAGMA journal_mode=WAL").close()


def _is_busy(error: BaseException) -> bool:
    return isinstance(error, sqlite3.OperationalError) and error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY


def _begin_sqlite(connection: sa.Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("sqlite_begin", "BEGIN"))


def migrate(engine: sa.Engine) -> None:
    """Run the missing migrations; a revision we do not know means a newer program made this database."""
    config = _config()
    script = ScriptDirectory.from_config(config)
    found = revision_of(engine)
    known = {revision.revision for revision in script.walk_revisions()}
    if found is not None and found not in known:
        raise NewerDatabaseError(
            f"the database is at revision {found}, which this motcua does not know: it was made by a newer version. "
            "Install that version (pip install --upgrade), or open another database. Nothing was changed."
        )
    if found == script.get_current_head():
        return
    with _alone(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")  # reads the revision again: another process may have been first


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def newest_revision() -> str | None:
    """The revision that this program brings a database to."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def revision_of(engine: sa.Engine) -> str | None:
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


@contextmanager
def _alone(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction that waits for any other of its kind and then sees what that one did."""
    if engine.dialect.name == "sqlite":
        with _unchecked(engine) as connection, connection.begin():
            yield connection
            if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise DatabaseError(f"a migration would leave a row of {broken[0]} that refers to nothing: undone")
        return
    with _seeing_the_newest(engine).begin() as connection:
        _wait_for(connection, MIGRATION_LOCK)
        yield connection


def _wait_for(connection: sa.Connection, lock: int) -> None:
    """Ours until the transaction ends."""
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(lock)))


@contextmanager
def _unchecked(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A connection that does not follow references: SQLite changes a column by making the table anew, and dropping
    the old one would break every reference to it. They can only be switched outside a transaction."""
    with _seeing_the_newest(engine).connect() as connection:
        raw: Any = connection.connection.driver_connection
        raw.execute("PRAGMA foreign_keys=OFF").close()
        try:
            yield connection
        finally:
            raw.execute("PRAGMA foreign_keys=ON").close()


def _seeing_the_newest(engine: sa.Engine) -> sa.Engine:
    if engine.dialect.name == "sqlite":
        return engine.execution_options(sqlite_begin="BEGIN IMMEDIATE")
    return engine.execution_options(isolation_level="READ COMMITTED")
