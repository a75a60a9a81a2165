"""A backup holds one state of everything and comes back into either kind of database, whole or not at all."""

import sqlite3
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Event, Semaphore, Thread

import alembic.command
import msgspec
import pytest
import sqlalchemy as sa

import knowledge.database
from knowledge.all_tables import METADATA
from knowledge.backup.container import DATA, MANIFEST, Manifest
from knowledge.backup.copying import MOMENTARY, count, lasting
from knowledge.backup.making import back_up
from knowledge.backup.problems import (
    BackupError,
    DamagedBackupError,
    NewerBackupError,
    NotEmptyError,
    NothingThereError,
    OlderDatabaseError,
)
from knowledge.backup.restoring import restore
from knowledge.catalogue import edition_number, procedure_on, publish
from knowledge.clock import now as real_clock
from knowledge.clock import vietnam_day
from knowledge.database import Database, open_database, sqlite_url
from knowledge.outbox import Message, put
from knowledge.questions import MaskedExchange, record
from knowledge.staff.accounts import OPERATOR, Act, account_of, add_account
from knowledge.staff.audit import Deed, notes
from knowledge.staff.sessions import open_session, who_is
from sample_procedures import CATALOGUE, make_procedure, new
from staff_people import LAN, PARKING, publish_faq

CODE, KEY = "1.000001", "k"
PASSWORD = "một câu dài dễ nhớ"


def nothing(_rows: int) -> None:
    pass


def asked(session, at) -> None:
    record(session, MaskedExchange(asked_at=at, channel="web", chat="h", question="gửi xe \N{BICYCLE}", ending="faq"))


def fill(database: Database) -> str:
    """Some of everything; the token of a session."""
    now = real_clock()
    with database.session(writing=True) as session:
        publish(session, new(make_procedure(CODE)), CATALOGUE, now=now)
        add_account(session, LAN, PASSWORD, now)
        asked(session, now)
        put(session, [Message(key="a", channel="web", chat="c", body="{}", not_before=now)], now)
    publish_faq(database, PARKING, now)
    with database.session(writing=True) as session:
        account = account_of(session, "lan")
        assert account
        return open_session(session, account, now)


def contents(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every lasting table but the note of the restoring itself."""
    with database.engine.connect() as connection:
        found = {table.name: [tuple(row) for row in connection.execute(sa.select(table))] for table in lasting()}
    return {
        name: sorted((row for row in rows if Deed.RESTORED not in row), key=repr)
        for name, rows in found.items()
        if rows
    }


@pytest.fixture(params=["sqlite", "postgresql"])
def other(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A second empty database, once of each kind."""
    if request.param == "sqlite":
        opened = request.getfixturevalue("fresh_database")()
    else:
        opened = open_database(request.getfixturevalue("other_postgres_url"), migrating=False)
    yield opened
    opened.close()


@pytest.fixture
def other_postgres_url(postgres: str, migrated_template: str) -> Iterator[str]:
    url = f"postgresql+psycopg://postgres@/postgres?host={postgres}"
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE other TEMPLATE {migrated_template}"))
        yield f"postgresql+psycopg://postgres@/other?host={postgres}"
        connection.execute(sa.text("DROP DATABASE other WITH (FORCE)"))
    engine.dispose()


def test_everything_comes_back_from_either_kind_into_either_kind(
    database: Database, other: Database, tmp_path: Path
) -> None:
    token = fill(database)
    file = tmp_path / "b.motcua"
    manifest = back_up(database, file, real_clock(), KEY, nothing)
    before = contents(database)
    assert (manifest.edition, manifest.rows["procedure_version"], manifest.key) == (2, 1, KEY)
    assert manifest.total == sum(map(len, before.values()))
    restored = restore(other, file, Act(OPERATOR, real_clock()), nothing)
    assert restored == manifest
    assert contents(other) == before
    with other.session(writing=True) as session:
        assert who_is(session, token, real_clock()) is None
        assert [note.deed for note in notes(session, "database")] == [Deed.RESTORED]
        assert procedure_on(session, CODE, vietnam_day(real_clock()))
        asked(session, real_clock())  # numbers go on after those that were copied
        publish(session, new(make_procedure("1.000002")), CATALOGUE, now=real_clock())
        assert edition_number(session) == 3


def test_restoring_replaces_everything_only_when_told(database: Database, tmp_path: Path) -> None:
    token = fill(database)
    file = tmp_path / "b.motcua"
    back_up(database, file, real_clock(), KEY, nothing)
    before = contents(database)
    with database.session(writing=True) as session:
        asked(session, real_clock())
    later = contents(database)
    with pytest.raises(NotEmptyError, match=r"not empty.*--replace"):
        restore(database, file, Act(OPERATOR, real_clock()), nothing)
    assert contents(database) == later
    restore(database, file, Act(OPERATOR, real_clock()), nothing, replacing=True)
    assert contents(database) == before
    with database.session() as session:
        assert who_is(session, token, real_clock()) is None


def test_a_restore_that_fails_half_way_leaves_what_was_there(database: Database, tmp_path: Path) -> None:
    fill(database)
    file = tmp_path / "b.motcua"
    back_up(database, file, real_clock(), KEY, nothing)
    before = contents(database)

    def stumble(_rows: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        restore(database, file, Act(OPERATOR, real_clock()), stumble, replacing=True)
    assert contents(database) == before
    with database.session(writing=True) as session:
        asked(session, real_clock())


def test_a_backup_sees_one_state_while_others_write(sqlite_database: Database, tmp_path: Path) -> None:
    fill(sqlite_database)
    is_over, has_asked = Event(), Semaphore(0)

    def ask_on() -> None:
        while not is_over.is_set():
            with sqlite_database.session() as session:
                asked(session, real_clock())
                asked(session, real_clock())
            has_asked.release()

    def backed_up() -> Manifest:
        manifest = back_up(sqlite_database, tmp_path / "b", real_clock(), KEY, nothing)
        while has_asked.acquire(blocking=False):
            pass
        assert has_asked.acquire(timeout=120)
        return manifest

    asker = Thread(target=ask_on)
    asker.start()
    try:
        manifests = [backed_up() for _ in range(3)]
    finally:
        is_over.set()
        asker.join()
    assert all(manifest.rows["exchange"] % 2 == 1 for manifest in manifests)  # pairs, and the first one
    assert manifests[0].rows["exchange"] < manifests[2].rows["exchange"]


def test_what_is_of_the_moment_is_not_in_the_file(database: Database, tmp_path: Path) -> None:
    token = fill(database)
    file = tmp_path / "b.motcua"
    back_up(database, file, real_clock(), KEY, nothing)
    with zipfile.ZipFile(file) as archive:
        data = archive.extract(DATA, tmp_path / "unpacked")
    with sqlite3.connect(data) as copy:
        assert copy.execute("SELECT count(*) FROM staff_session").fetchone() == (0,)
        assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    copy.close()
    assert token.encode() not in Path(data).read_bytes()
    assert set(METADATA.tables) >= MOMENTARY


def test_what_is_of_the_moment_stays_where_a_backup_is_taken_in(database: Database, tmp_path: Path) -> None:
    """But for what belongs to accounts that are replaced."""
    fill(database)
    file = tmp_path / "b.motcua"
    back_up(database, file, real_clock(), KEY, nothing)
    inbox = {"key": "telegram:1", "channel": "telegram", "body": b"", "state": "settled", "taken_at": real_clock()}
    with database.engine.begin() as connection:
        connection.execute(sa.insert(METADATA.tables["inbox"]), inbox)
    restore(database, file, Act(OPERATOR, real_clock()), nothing, replacing=True)
    with database.engine.connect() as connection:
        left = count(connection, [METADATA.tables[name] for name in sorted(MOMENTARY)])
    assert {name: rows for name, rows in left.items() if rows} == {"inbox": 1}


def test_the_file_is_its_owner_s_alone_and_replaces_an_older_one_when_it_is_whole(
    sqlite_database: Database, tmp_path: Path
) -> None:
    fill(sqlite_database)
    file = tmp_path / "kept" / "b.motcua"
    file.parent.mkdir()
    file.write_text("an older one")
    back_up(sqlite_database, file, real_clock(), KEY, nothing)
    assert file.stat().st_mode & 0o777 == 0o600
    assert zipfile.is_zipfile(file)
    assert [path.name for path in file.parent.iterdir()] == ["b.motcua"]


def test_an_older_backup_is_brought_up_to_date(tmp_path: Path) -> None:
    older = open_database(sqlite_url(tmp_path / "older.sqlite3"), migrating=False)
    config = knowledge.database._config()
    with older.engine.begin() as connection:  # as the revision before announcements left it
        config.attributes["connection"] = connection
        alembic.command.upgrade(config, "0013")
        columns = "(at, who, deed, subject, before, after)"
        connection.execute(sa.text(f"INSERT INTO audit_note {columns} VALUES ('2026-01-01', 'a', 'b', 'c', '', '')"))
    file = tmp_path / "b.motcua"
    manifest = back_up(older, file, real_clock(), KEY, nothing)
    older.close()
    assert (manifest.revision, "announcement" in manifest.rows) == ("0013", False)
    fresh = open_database(sqlite_url(tmp_path / "fresh.sqlite3"))
    restore(fresh, file, Act(OPERATOR, real_clock()), nothing)
    with fresh.engine.connect() as connection:
        tables = [METADATA.tables[name] for name in ("announcement", "audit_note")]
        assert count(connection, tables) == {"announcement": 0, "audit_note": 2}
    fresh.close()


@pytest.fixture
def made(sqlite_database: Database, tmp_path: Path) -> Path:
    fill(sqlite_database)
    back_up(sqlite_database, tmp_path / "b.motcua", real_clock(), KEY, nothing)
    return tmp_path / "b.motcua"


def rewritten(file: Path, **members: bytes) -> None:
    with zipfile.ZipFile(file) as archive:
        kept = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in (kept | {name.replace("_", "."): content for name, content in members.items()}).items():
            archive.writestr(name, content)


def manifest_of(file: Path) -> Manifest:
    with zipfile.ZipFile(file) as archive:
        return msgspec.json.decode(archive.read(MANIFEST), type=Manifest)


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def flip(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0xFF
    file.write_bytes(content)


def another_content(file: Path) -> None:
    rewritten(file, motcua_sqlite3=b"x" * manifest_of(file).size)


def bomb(file: Path) -> None:
    rewritten(file, motcua_sqlite3=b"\0" * (manifest_of(file).size + 50_000_000))


def no_manifest(file: Path) -> None:
    rewritten(file, manifest_json=b"{")


def another_zip(file: Path) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("letter.txt", "hello")


def text(file: Path) -> None:
    file.write_text("DANH SÁCH BÃI BỎ")


def newer_form(file: Path) -> None:
    rewritten(file, manifest_json=b'{"form": 99, "colour": "blue"}')


def newer_revision(file: Path) -> None:
    with zipfile.ZipFile(file) as archive:
        data = Path(archive.extract(DATA, file.parent / "unpacked"))
    with sqlite3.connect(data) as copy:
        copy.execute("UPDATE alembic_version SET version_num = '9999'")
    copy.close()
    database = open_database(sqlite_url(data), migrating=False)
    back_up(database, file, real_clock(), KEY, nothing)
    database.close()


@pytest.mark.parametrize(
    ("harm", "error", "said"),
    [
        (cut, DamagedBackupError, "no whole backup"),
        (flip, DamagedBackupError, "whole|damaged"),
        (another_content, DamagedBackupError, "checksum"),
        (bomb, DamagedBackupError, "more than its manifest"),
        (no_manifest, DamagedBackupError, "manifest cannot be read"),
        (another_zip, DamagedBackupError, "no whole backup"),
        (text, DamagedBackupError, "no whole backup"),
        (newer_form, NewerBackupError, "newer motcua"),
        (newer_revision, NewerBackupError, "revision 9999"),
    ],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_what_is_no_sound_backup_is_refused_and_nothing_is_changed(
    made: Path, tmp_path: Path, harm, error: type[BackupError], said: str
) -> None:
    harm(made)
    fresh = open_database(sqlite_url(tmp_path / "fresh.sqlite3"))
    with pytest.raises(error, match=said):
        restore(fresh, made, Act(OPERATOR, real_clock()), nothing, replacing=True)
    assert contents(fresh) == {}
    fresh.close()


def test_a_place_without_a_database_is_named_and_stays_empty(tmp_path: Path) -> None:
    database = open_database(sqlite_url(tmp_path / "none.sqlite3"), migrating=False)
    with pytest.raises(NothingThereError, match="no database of motcua"):
        back_up(database, tmp_path / "b", real_clock(), KEY, nothing)
    assert list(tmp_path.iterdir()) == []


def test_a_server_s_older_database_is_not_read_by_a_newer_program(postgres_url: str, tmp_path: Path) -> None:
    database = open_database(postgres_url)
    with database.engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '0001'"))
    with pytest.raises(OlderDatabaseError, match="that version"):
        back_up(database, tmp_path / "b", real_clock() + timedelta(days=1), KEY, nothing)
    assert list(tmp_path.iterdir()) == []
    database.close()


def test_a_damaged_database_is_not_taken_for_a_backup(sqlite_database: Database, tmp_path: Path) -> None:
    fill(sqlite_database)
    path = Path(str(sqlite_database.engine.url.database))
    with sqlite_database.engine.connect() as connection:
        connection.execute(sa.text("PRAGMA wal_checkpoint(TRUNCATE)"))
    sqlite_database.close()
    with sqlite3.connect(path) as plain:
        plain.execute("PRAGMA writable_schema=ON")
        plain.execute("UPDATE sqlite_master SET rootpage = 3 WHERE name = 'exchange'")
    plain.close()
    again = open_database(sqlite_url(path), migrating=False)
    with pytest.raises(DamagedBackupError, match="restore the last good backup"):
        back_up(again, tmp_path / "b", real_clock(), KEY, nothing)
    again.close()
    assert not (tmp_path / "b").exists()
