"""Making a backup while everything runs: one state of the database, whole, in one file."""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple, cast

import sqlalchemy as sa

from knowledge.backup.container import FORM, Manifest, beside, digest_of, pack
from knowledge.backup.copying import MOMENTARY, Progress, copy_rows, lasting
from knowledge.backup.problems import DamagedBackupError, NothingThereError, OlderDatabaseError
from knowledge.database import Database, newest_revision, open_database, revision_of, sqlite_url


class Told(NamedTuple):
    """What a copy says of itself."""

    revision: str
    edition: int
    rows: dict[str, int]


def back_up(database: Database, file: Path, now: datetime, key: str, progress: Progress) -> Manifest:
    """`key` as in Manifest. Raises BackupError, OSError, knowledge.database.DatabaseError."""
    _check_there(database.engine)
    with beside(file) as folder:
        data = folder / "data"
        if database.engine.dialect.name == "sqlite":
            _copy_file(database.engine, data)
        else:
            _dump(database.engine, data, progress)
        told = _left_out(data)
        manifest = Manifest(
            form=FORM,
            made_at=now,
            revision=told.revision,
            edition=told.edition,
            rows=told.rows,
            size=data.stat().st_size,
            sha256=digest_of(data),
            key=key,
        )
        pack(data, manifest, file)
    return manifest


def _check_there(engine: sa.Engine) -> None:
    """Looking must not make a file."""
    path = engine.url.database if engine.dialect.name == "sqlite" else None
    if (path and not Path(path).exists()) or revision_of(engine) is None:
        raise NothingThereError(
            f"there is no database of motcua at {engine.url.render_as_string()}: name the right place with "
            "MOTCUA_DATABASE_URL or MOTCUA_DATA_DIR."
        )


def _copy_file(engine: sa.Engine, data: Path) -> None:
    """SQLite's own online backup, in one step: citizens are answered and recorded meanwhile."""
    connection = engine.raw_connection()
    copy = sqlite3.connect(data)
    try:
        cast("sqlite3.Connection", connection.driver_connection).backup(copy)
        verdict = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
    finally:
        copy.close()
        connection.close()
    if verdict != "ok":
        raise DamagedBackupError(
            f"the database {engine.url.database} is damaged ({verdict}): restore the last good backup of it."
        )


def _dump(engine: sa.Engine, data: Path, progress: Progress) -> None:
    """One transaction sees one state; its isolation is the engine's, repeatable read."""
    if revision_of(engine) != newest_revision():
        raise OlderDatabaseError(
            "the database was made by an older motcua: back it up with that version, or start this one once, "
            "which brings it up to date."
        )
    copy = open_database(sqlite_url(data))
    with engine.connect() as source, source.begin(), copy.engine.begin() as target:
        copy_rows(source, target, progress)
    copy.close()


def _left_out(data: Path) -> Told:
    """Without what is of the moment, down to the last page of it; the copy becomes a single file."""
    with closing(sqlite3.connect(data, isolation_level=None)) as copy:
        there = {name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for name in sorted(MOMENTARY & there, reverse=True):  # parts before what they are of
            copy.execute(f'DELETE FROM "{name}"')  # noqa: S608  a name of our own
        copy.execute("PRAGMA journal_mode=DELETE")
        copy.execute("VACUUM")
        lasting_there = [table.name for table in lasting() if table.name in there]
        rows = {name: _first(copy, f'SELECT count(*) FROM "{name}"') for name in lasting_there}  # noqa: S608  the same
        revision = _first(copy, "SELECT version_num FROM alembic_version")
        return Told(revision, _first(copy, "SELECT max(number) FROM edition") or 0, rows)


def _first(copy: sqlite3.Connection, query: str) -> Any:
    return copy.execute(query).fetchone()[0]
