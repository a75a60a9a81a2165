"""Opening the database: made and migrated on first use; refused in words where it cannot be used."""

import os
import socket
import sqlite3
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path
from shutil import rmtree
from threading import Barrier as ThreadBarrier

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlmodel import SQLModel, select

from knowledge.database import Database, DatabaseUnavailableError, NewerDatabaseError, open_database, sqlite_url
from knowledge.tables import ImportRun

NOBODY = 65534
TABLES = {
    "petition",
    "sample_answer",
    "audit_note",
    "faq_file",
    "faq_revision",
    "faq_version",
    "word_file",
    "word_version",
    "staff_account",
    "staff_factor",
    "staff_recovery",
    "staff_link",
    "staff_session",
    "takeover",
    "waiting_asker",
    "waiting_group",
    "waiting_question",
    "alembic_version",
    "calendar_edit",
    "channel_chat",
    "channel_count",
    "channel_mark",
    "channel_token",
    "channel_trouble",
    "shelf",
    "inbox",
    "moved_group",
    "announcement",
    "channel_switch",
    "checklist_version",
    "dossier_attempt",
    "dossier_follow",
    "dossier_register",
    "dossier_register_part",
    "outbox",
    "payload_seen",
    "commune_version",
    "dossier",
    "dossier_code",
    "dossier_step",
    "edition",
    "exchange",
    "fee_rule_version",
    "import_run",
    "patch_version",
    "procedure_version",
}


def table_names(url: str) -> set[str]:
    """What a look that changes nothing finds in a database."""
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        names = set(sa.inspect(connection).get_table_names())
    engine.dispose()
    return names


def execute(url: str, *statements: str) -> None:
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()


def add_run(database: Database, source: str, now: datetime) -> None:
    with database.session() as session:
        session.add(ImportRun(source=source, state="running", started_at=now))


def sources(database: Database) -> list[str]:
    with database.session() as session:
        return list(session.exec(select(ImportRun.source)))


# What it is like when it is open


def test_opening_an_empty_place_makes_all_tables(database_url: str) -> None:
    open_database(database_url).close()
    assert table_names(database_url) == TABLES


def test_the_migrated_schema_is_the_one_the_tables_describe(database: Database) -> None:
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), SQLModel.metadata) == []


def test_opening_again_changes_nothing_and_finds_what_was_there(
    database: Database, migrated_url: str, now: datetime
) -> None:
    add_run(database, "a file", now)
    again = open_database(migrated_url)
    assert sources(again) == ["a file"]
    again.close()


def test_a_session_is_one_transaction_undone_by_an_error(database: Database, now: datetime) -> None:
    def half_done() -> None:
        with database.session() as session:
            session.add(ImportRun(source="half", state="running", started_at=now))
            session.flush()
            raise LookupError

    with pytest.raises(LookupError):
        half_done()
    assert sources(database) == []


def test_what_a_session_reads_stays_the_same_while_others_write(database: Database, now: datetime) -> None:
    with database.session() as reading:
        before = reading.exec(select(ImportRun.source)).all()
        add_run(database, "meanwhile", now)
        assert reading.exec(select(ImportRun.source)).all() == before == []
    assert sources(database) == ["meanwhile"]


def test_a_reference_to_an_edition_that_does_not_exist_is_refused(database: Database, now: datetime) -> None:
    with pytest.raises(sa.exc.IntegrityError), database.session() as session:
        session.add(ImportRun(source="a file", state="published", started_at=now, edition=7))


def test_sqlite_is_opened_so_that_readers_do_not_wait_for_writers(sqlite_database: Database) -> None:
    with sqlite_database.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


@pytest.mark.parametrize("name", ["thư mục dữ liệu", "with space & 5%25 ? #"])
def test_any_folder_name_will_do(tmp_path: Path, name: str) -> None:
    url = sqlite_url(tmp_path / name / "motcua.sqlite3")
    open_database(url).close()
    assert (tmp_path / name / "motcua.sqlite3").is_file()


def test_a_plain_postgresql_url_needs_no_driver_named(postgres_url: str) -> None:
    for scheme in ("postgresql", "postgres"):
        open_database(postgres_url.replace("postgresql+psycopg", scheme)).close()


# Several at once, and half-way


def _open_together(url: str, together: Barrier) -> None:
    together.wait()
    open_database(url).close()


def test_many_processes_may_open_a_new_database_at_the_same_moment(database_url: str) -> None:
    spawn = get_context("spawn")
    together = spawn.Barrier(3)
    processes = [spawn.Process(target=_open_together, args=(database_url, together)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * 3
    assert table_names(database_url) == TABLES


def test_a_migration_that_fails_half_way_leaves_nothing_behind(database_url: str) -> None:
    execute(database_url, "CREATE TABLE procedure_version (id INTEGER)")
    with pytest.raises(DatabaseUnavailableError, match="procedure_version"):
        open_database(database_url)
    assert table_names(database_url) - {"procedure_version"} == set()


def test_a_database_of_a_newer_version_is_left_untouched(database_url: str) -> None:
    open_database(database_url).close()
    execute(database_url, "UPDATE alembic_version SET version_num = '9999'", "DROP TABLE exchange")
    with pytest.raises(NewerDatabaseError, match=r"9999.*newer version"):
        open_database(database_url)
    assert table_names(database_url) == TABLES - {"exchange"}


# Where it cannot be used


@pytest.mark.parametrize(
    ("url", "said"),
    [
        pytest.param("", "not a database URL", id="nothing"),
        pytest.param("motcua.sqlite3", "not a database URL", id="a file name"),
        pytest.param("postgresql://user@host:port/motcua", "not a database URL", id="a port in words"),
        pytest.param("mysql://root@localhost/motcua", "SQLite or PostgreSQL", id="another kind of server"),
        pytest.param("oracle+nothing://x", "SQLite or PostgreSQL", id="an unknown driver"),
    ],
)
def test_a_wrong_url_is_answered_with_right_ones(url: str, said: str) -> None:
    with pytest.raises(DatabaseUnavailableError, match=said) as refusal:
        open_database(url)
    assert "sqlite:////var/lib/motcua" in str(refusal.value)


def test_a_server_that_is_not_there_is_named_without_its_password() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        with pytest.raises(DatabaseUnavailableError, match="Check that the server runs") as refusal:
            open_database(f"postgresql://motcua:secret-word@127.0.0.1:{port}/motcua")
    assert f"127.0.0.1:{port}" in str(refusal.value)
    assert "secret-word" not in str(refusal.value)


def test_a_database_missing_on_the_server_is_named(postgres: str) -> None:
    with pytest.raises(DatabaseUnavailableError, match="nowhere"):
        open_database(f"postgresql://postgres@/nowhere?host={postgres}")


def test_a_file_that_is_no_database_is_refused_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "motcua.sqlite3"
    path.write_text("Danh sách thủ tục hành chính\n" * 100)
    with pytest.raises(DatabaseUnavailableError, match="not a database"):
        open_database(sqlite_url(path))
    assert path.read_text().startswith("Danh sách")


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    with pytest.raises(DatabaseUnavailableError, match="Check that"):
        open_database(sqlite_url(tmp_path / "data" / "motcua.sqlite3"))


@pytest.fixture
def protected() -> Iterator[Path]:
    """A folder of which we may only read: root is let down to "nobody" for the time of the test."""
    folder = Path(tempfile.mkdtemp(prefix="motcua-read-only-"))  # pytest's own is closed to nobody
    open_database(sqlite_url(folder / "motcua.sqlite3")).close()  # also loads what nobody could not load
    (folder / "motcua.sqlite3").chmod(0o444)
    folder.chmod(0o555)
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(NOBODY)
    yield folder
    if is_root:
        os.seteuid(0)
    folder.chmod(0o755)
    rmtree(folder)


def test_a_read_only_folder_is_refused_in_words(protected: Path) -> None:
    with pytest.raises(DatabaseUnavailableError, match="may be written"):
        open_database(sqlite_url(protected / "new.sqlite3"))
    assert not (protected / "new.sqlite3").exists()


def test_a_read_only_database_is_refused_before_anything_is_answered_from_it(protected: Path) -> None:
    with pytest.raises(DatabaseUnavailableError, match="may be written"):
        open_database(sqlite_url(protected / "motcua.sqlite3"))


def test_a_locked_database_says_so_instead_of_hanging(sqlite_file_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("knowledge.database.BUSY_SECONDS", 0.05)
    path = sa.make_url(sqlite_file_url).database
    assert path is not None
    with sqlite3.connect(path) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(DatabaseUnavailableError, match="locked"):
            open_database(sqlite_file_url)
        other.rollback()


def test_who_reads_before_writing_is_not_refused_when_a_bot_records_in_between(sqlite_database: Database) -> None:
    path = sa.make_url(str(sqlite_database.engine.url)).database
    assert path is not None
    bot = sqlite3.connect(path, timeout=0, isolation_level=None)
    with sqlite_database.session(writing=True) as session:
        assert session.exec(select(ImportRun)).all() == []
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            bot.execute("CREATE TABLE recorded (answer)")  # it waits for its turn; here it has no patience
        session.connection().exec_driver_sql("CREATE TABLE published (edition)")
    bot.execute("CREATE TABLE recorded (answer)")
    bot.close()
    assert {"published", "recorded"} <= table_names(str(sqlite_database.engine.url))


def test_a_session_that_only_reads_holds_nobody_up(sqlite_database: Database) -> None:
    path = sa.make_url(str(sqlite_database.engine.url)).database
    assert path is not None
    bot = sqlite3.connect(path, timeout=0, isolation_level=None)
    with sqlite_database.session() as session:
        session.exec(select(ImportRun)).all()
        bot.execute("CREATE TABLE recorded (answer)")
    bot.close()


def test_a_writing_session_is_one_transaction_in_either_database(database: Database, now: datetime) -> None:
    run = {"started_at": now, "source": "file", "state": "running", "report": ""}
    with suppress(sa.exc.IntegrityError), database.session(writing=True) as session:
        session.connection().execute(sa.insert(ImportRun), [{"id": 1, **run}])
        session.connection().execute(sa.insert(ImportRun), [{"id": 1, **run}])
    with database.session() as session:
        assert session.exec(select(ImportRun)).all() == []


def test_transactions_behind_one_name_follow_one_another(database: Database, now: datetime) -> None:
    """Each counts what it finds and adds one: were two at it at once, one would be lost."""
    run = {"started_at": now, "state": "running", "report": ""}
    together = ThreadBarrier(2, timeout=60)

    def count_up(_: int) -> None:
        together.wait()
        for _ in range(10):
            with database.queueing("counting") as session:
                found = session.connection().scalar(sa.select(sa.func.count()).select_from(ImportRun))
                session.connection().execute(sa.insert(ImportRun), {"id": found + 1, "source": "file", **run})

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(count_up, range(2))) == [None, None]
    with database.session() as session:
        assert [run.id for run in session.exec(select(ImportRun).order_by(ImportRun.id))] == list(range(1, 21))
