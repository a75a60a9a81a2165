"""Everything that is no catalogue: a clear reason, a remedy, and the last good edition untouched."""

import gzip
import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from catalogue_import.files import InputError
from catalogue_import.importing import import_file
from catalogue_import.report import ImportReport
from knowledge.catalogue import edition_number
from knowledge.database import Database, DatabaseUnavailableError, NewerDatabaseError, open_database, sqlite_url
from portal_records import detail, envelope, own, to_line, write_document, write_lines

Importer = Callable[..., ImportReport]

GOOD = [own("1.115622")]
LINES = "".join(to_line(record) + "\n" for record in [own(f"1.1156{number}") for number in range(10, 60)])
PACKED = gzip.compress(LINES.encode())


@pytest.fixture
def published(publish: Importer, tmp_path: Path) -> Importer:
    """A publisher whose database already has a good edition."""
    assert publish(write_lines(tmp_path / "good.jsonl", GOOD)).edition == 1
    return publish


def edition(database: Database) -> int:
    with database.session() as session:
        return edition_number(session)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        pytest.param("a.jsonl.gz", PACKED[:-100], "damaged or cut off", id="a packed file cut off"),
        pytest.param("a.jsonl.gz", PACKED[:-4], "damaged or cut off", id="a packed file without its last bytes"),
        pytest.param("a.json", b'{"id": 1', "not JSON", id="a document cut off"),
        pytest.param("a.json", b"\x89PNG\r\n\x1a\n\x00\x00", "not text in UTF-8", id="a picture"),
        pytest.param("a.json", b"%PDF-1.7 ...", "not JSON", id="a PDF"),
        pytest.param("a.json", b"<html>Request Rejected</html>", "web page", id="a refusal of the guard"),
        pytest.param("a.json", b"STT,Code\n1,1.001193\n", "not JSON", id="a table"),
        pytest.param("a.jsonl", LINES.encode("utf-16"), "not text in UTF-8", id="UTF-16"),
        pytest.param("a.jsonl", to_line({"name": "Thủ"}).encode("utf-16-be"), "UTF-8", id="UTF-16 without its mark"),
        pytest.param("a.jsonl", '{"name": "phê duyệt âê"}'.encode("cp1258", "ignore"), "UTF-8", id="cp1258"),
        pytest.param("a.json", '{"name": "phê"}'.encode("latin-1"), "Windows encoding", id="latin-1 document"),
        pytest.param("a.json", b"[" * 100_000, "nested too deeply", id="deep nesting"),
        pytest.param("a.json", b'[{"id": NaN}]', "not JSON", id="NaN"),
        pytest.param("a.json", b"", "is empty", id="an empty file"),
        pytest.param("a.odt", b"x", "no known format", id="a foreign kind of file"),
    ],
)
def test_an_unusable_file_is_explained_and_changes_nothing(
    published: Importer, sqlite_database: Database, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(InputError, match=said) as raised:
        published(file)
    assert name in str(raised.value)
    assert edition(sqlite_database) == 1


@pytest.mark.parametrize(
    ("value", "code"),
    [
        pytest.param([], "nothing-in-scope", id="an empty list"),
        pytest.param({}, "nothing-in-scope", id="an empty object"),
        pytest.param(7, "nothing-in-scope", id="a number"),
        pytest.param([[[own()]]], "nothing-in-scope", id="a list in a list in a list"),
        pytest.param(envelope(None), "nothing-in-scope", id="an answer without data"),
        pytest.param({"type": "FeatureCollection", "features": []}, "nothing-in-scope", id="some other JSON"),
    ],
)
def test_json_that_is_no_catalogue_is_refused(
    published: Importer, sqlite_database: Database, tmp_path: Path, value: object, code: str
) -> None:
    report = published(write_document(tmp_path / "a.json", value))
    assert report.is_refused
    assert report.findings[0].code == code
    assert edition(sqlite_database) == 1


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"executionMethods": {"a": 1}}, id="an object instead of a list"),
        pytest.param({"executionMethods": ["DIRECT"]}, id="a list of texts instead of objects"),
        pytest.param({"executionSteps": "Bước 1"}, id="a text instead of a list"),
        pytest.param({"procedureProposal": []}, id="a list instead of an object"),
        pytest.param({"code": 1.001193}, id="a number instead of a code"),
        pytest.param({"id": ["x"]}, id="a list instead of an id"),
        pytest.param({"name": {"vi": "Tên"}}, id="an object instead of a name"),
        pytest.param({"isWard": "true"}, id="a text instead of a flag"),
        pytest.param({"updatedAt": "17/07/2026"}, id="a date in words"),
        pytest.param({"updatedAt": 10**40}, id="a huge time"),
        pytest.param({"procedureProposal": {"proposalNumber": 7}}, id="a number instead of a decision"),
    ],
)
def test_a_record_of_another_shape_is_left_out_alone(
    published: Importer, sqlite_database: Database, tmp_path: Path, changes: dict[str, object]
) -> None:
    record = {**detail("1.000002"), **changes}
    report = published(write_lines(tmp_path / "a.jsonl", [own("1.115623"), record]))
    assert (report.counts.left_out, report.changes.new, report.edition) == (1, 1, 2)
    [finding] = [finding for finding in report.findings if finding.code == "unreadable-record"]
    assert finding.places[0].startswith("a.jsonl, line 2")


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"name": "Thủ tục\x00 \x1b[31mđỏ\u202e"}, id="control characters in a name"),
        pytest.param({"code": "1.0\u200b0004"}, id="an invisible character in the code"),
        pytest.param({"note": "x" * 1_000_000}, id="a note of a million characters"),
        pytest.param({"note": "🙂" * 100}, id="signs beyond the basic plane"),
        pytest.param({"updatedAt": -1}, id="a time before all times"),
        pytest.param({"keywords": "," * 10_000}, id="ten thousand commas"),
    ],
)
def test_odd_but_harmless_content_is_published(
    database: Database, tmp_path: Path, now: datetime, changes: dict[str, object]
) -> None:
    """Into both kinds of database: PostgreSQL refuses what SQLite takes."""
    file = write_lines(tmp_path / "a.jsonl", [own(), {**own("1.000004"), **changes, "id": "odd"}])
    report = import_file(file, database, publish=True, clock=lambda: now)
    assert report.changes.new == 2


def test_a_packed_bomb_is_refused_quickly(published: Importer, sqlite_database: Database, tmp_path: Path) -> None:
    file = tmp_path / "bomb.jsonl.gz"
    file.write_bytes(gzip.compress(b" " * (64 << 20)))
    with pytest.raises(InputError, match="no catalogue has"):
        published(file)
    assert edition(sqlite_database) == 1


def test_a_missing_file_is_explained(published: Importer, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file"):
        published(tmp_path / "nothing.jsonl")


def test_links_in_a_circle_inside_a_folder_refuse_it(published: Importer, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    folder.mkdir()
    write_document(folder / "a.json", own())
    (folder / "loop.json").symlink_to(folder / "loop.json")
    (folder / "circle").symlink_to(folder)
    report = published(folder)
    assert [(finding.code, finding.places) for finding in report.findings] == [("unreadable-file", ("loop.json",))]


def test_a_read_only_database_is_explained(tmp_path: Path, now: datetime) -> None:
    """As on a read-only disk: SQLite itself is told to refuse writing."""
    url = sqlite_url(tmp_path / "motcua.sqlite3")
    open_database(url).close()
    database = open_database(url)
    sa.event.listen(database.engine, "connect", lambda connection, _record: connection.execute("PRAGMA query_only=ON"))
    database.engine.dispose()
    with pytest.raises(DatabaseUnavailableError, match="Check that it is writable"):
        import_file(write_lines(tmp_path / "a.jsonl", GOOD), database, publish=True, clock=lambda: now)
    assert edition(database) == 0
    database.close()


def test_a_full_disk_is_explained_and_nothing_is_half_written(
    published: Importer, sqlite_database: Database, tmp_path: Path, now: datetime
) -> None:
    with sqlite_database.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    sqlite_database.engine.dispose()
    limit = f"PRAGMA max_page_count={pages + 5}"
    sa.event.listen(sqlite_database.engine, "connect", lambda connection, _record: connection.execute(limit))
    file = write_lines(tmp_path / "a.jsonl", [own(f"1.1{number:05}", note="x" * 1_000) for number in range(100)])
    with pytest.raises(DatabaseUnavailableError, match="disk is full"):
        published(file)
    assert edition(sqlite_database) == 1


def test_a_locked_database_is_explained(tmp_path: Path, now: datetime) -> None:
    url = sqlite_url(tmp_path / "motcua.sqlite3")
    database = open_database(url)
    sa.event.listen(database.engine, "connect", lambda raw, _record: raw.execute("PRAGMA busy_timeout=50"))
    database.engine.dispose()
    other = sqlite3.connect(tmp_path / "motcua.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseUnavailableError, match="no other program keeps it locked"):
        import_file(write_lines(tmp_path / "a.jsonl", GOOD), database, publish=True, clock=lambda: now)
    other.close()
    database.close()


def test_a_database_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "motcua.sqlite3")
    database = open_database(url)
    with database.session() as session:
        session.connection().execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()
    with pytest.raises(NewerDatabaseError, match="newer version"):
        open_database(url)
