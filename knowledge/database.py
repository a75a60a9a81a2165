"""Opening the database: SQLite in one file by default, PostgreSQL by URL, always at the newest revision.

DatabaseError
├── DatabaseUnavailableError   cannot be reached, read or written; the message has the remedy
└── NewerDatabaseError         made by a newer motcua; it is left untouched
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlmodel import Session

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_MILLISECONDS = 10_000  # a whole publish holds the write lock for a few seconds; waiting beats failing


class DatabaseError(Exception):
    """The database cannot be used; the message says why and what to do."""


class DatabaseUnavailableError(DatabaseError):
    pass


class NewerDatabaseError(DatabaseError):
    pass


class Database:
    """An open database. `session()` is one transaction: committed at the end, rolled back on any error."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine

    @contextmanager
    def session(self) -> Iterator[Session]:
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    def close(self) -> None:
        self.engine.dispose()


def sqlite_url(path: Path) -> str:
    return f"sqlite:///{path}"


def open_database(url: str) -> Database:
    """Open the database and bring it to the newest revision; raises DatabaseError."""
    try:
        engine = make_engine(url)
        migrate(engine)
    except sa.exc.ArgumentError as error:
        raise DatabaseUnavailableError(
            f"MOTCUA_DATABASE_URL is not a database URL ({error}). "
            "Examples: sqlite:////var/lib/motcua/motcua.sqlite3, postgresql+psycopg://user@localhost/motcua"
        ) from error
    except (sa.exc.DatabaseError, OSError) as error:
        shown = sa.make_url(url).render_as_string(hide_password=True)
        reason = str(getattr(error, "orig", error)).strip()
        raise DatabaseUnavailableError(
            f"cannot open the database {shown}: {reason}. Check that the folder exists and is writable, "
            "that the disk is not full, and that MOTCUA_DATABASE_URL or MOTCUA_DATA_DIR name the right place."
        ) from error
    return Database(engine)


def make_engine(url: str) -> sa.Engine:
    parsed = sa.make_url(url)
    if parsed.get_backend_name() == "sqlite":
        if parsed.database and parsed.database != ":memory:":
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        engine = sa.create_engine(parsed, connect_args={"timeout": BUSY_MILLISECONDS / 1000})
        sa.event.listen(engine, "connect", _prepare_sqlite)
        sa.event.listen(engine, "begin", _begin_sqlite)
        return engine
    if parsed.drivername in {"postgresql", "postgres"}:
        parsed = parsed.set(drivername="postgresql+psycopg")
    return sa.create_engine(parsed, pool_pre_ping=True)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we begin transactions ourselves, see _begin_sqlite
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def migrate(engine: sa.Engine) -> None:
    """Run the missing migrations; a revision we do not know means a newer program made this database."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    script = ScriptDirectory.from_config(config)
    with engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    known = {revision.revision for revision in script.walk_revisions()}
    if found is not None and found not in known:
        raise NewerDatabaseError(
            f"the database is at revision {found}, which this motcua does not know: it was made by a newer version. "
            "Install that version (pip install --upgrade), or open another database. Nothing was changed."
        )
    if found == script.get_current_head():
        return
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
