"""Taking a backup in: all of it in one transaction, or nothing."""

from pathlib import Path

import sqlalchemy as sa
from sqlmodel import Session

from knowledge.backup.container import Manifest, beside, unpack
from knowledge.backup.copying import Progress, copy_rows, count, count_on, empty, hold, lasting
from knowledge.backup.problems import NewerBackupError, NotEmptyError
from knowledge.database import Database, NewerDatabaseError, open_database, sqlite_url
from knowledge.staff.accounts import Act
from knowledge.staff.audit import Deed, Note, write


def restore(database: Database, file: Path, act: Act, progress: Progress, *, replacing: bool = False) -> Manifest:
    """Into a database at the newest revision; what stood in it goes if `replacing`. Older backups are brought up to
    date on the way. Raises BackupError, OSError, knowledge.database.DatabaseError."""
    with beside(file) as folder:
        manifest, data = unpack(file, folder)
        copy = _opened(data, file, manifest)
        with copy.engine.connect() as source, database.session(writing=True) as session:
            _take_in(source, session, file, progress, replacing=replacing)
            count_on(session.connection())
            note = Note(at=act.at, who=act.who.login, deed=Deed.RESTORED, subject="database", after=_told(manifest))
            write(session, note)
        copy.close()
    return manifest


def _opened(data: Path, file: Path, manifest: Manifest) -> Database:
    try:
        return open_database(sqlite_url(data))
    except NewerDatabaseError as error:
        raise NewerBackupError(
            f"{file} is at revision {manifest.revision}, which this motcua does not know: it was made by a newer "
            "version. Install that version and restore with it. Nothing was changed."
        ) from error


def _take_in(source: sa.Connection, session: Session, file: Path, progress: Progress, *, replacing: bool) -> None:
    target = session.connection()
    hold(target)
    found = {name: rows for name, rows in count(target, lasting()).items() if rows}
    if found and not replacing:
        raise NotEmptyError(
            f"the database is not empty ({sum(found.values())} rows, {', '.join(sorted(found)[:3])}, …). Open an "
            f"empty one with MOTCUA_DATABASE_URL or MOTCUA_DATA_DIR, or give all of it up for {file} with --replace. "
            "Nothing was changed."
        )
    empty(target)
    copy_rows(source, target, progress)


def _told(manifest: Manifest) -> str:
    return f"bản sao lưu {manifest.made_at:%Y-%m-%d %H:%M} UTC, ấn bản {manifest.edition}"
