"""Imports in processes of their own: killed at any moment, or several at once."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from knowledge.catalogue import edition_number, procedures_on
from knowledge.clock import now as real_now
from knowledge.clock import vietnam_day
from knowledge.database import Database, open_database, sqlite_url
from knowledge.import_runs import RunState, list_runs
from portal_records import detail, own, write_lines

COMMAND = [sys.executable, "-m", "catalogue_import", "publish"]
PUBLISHED_LATE = """
import signal, sys
from pathlib import Path
from catalogue_import.importing import import_file
from knowledge.clock import now
from knowledge.database import open_database

signal.signal(signal.SIGINT, signal.default_int_handler)  # a test run in the background inherits it ignored

def stop(done, total):
    print("reading", flush=True)
    sys.stdin.read()

import_file(Path(sys.argv[1]), open_database(sys.argv[2]), publish=True, clock=now, progress=stop)
"""
PUBLISHED_HALF = """
import os, signal, sys
from pathlib import Path
import sqlalchemy as sa
from catalogue_import.importing import import_file
from knowledge.clock import now
from knowledge.database import open_database

database = open_database(sys.argv[2])

@sa.event.listens_for(database.engine, "after_cursor_execute")
def kill(connection, cursor, statement, *_rest):
    if statement.startswith("INSERT INTO procedure_version"):
        os.kill(os.getpid(), signal.SIGKILL)

import_file(Path(sys.argv[1]), database, publish=True, clock=now)
"""
ROOT = Path(__file__).parents[2]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write_lines(tmp_path / "details.jsonl", [own(), *(detail(f"1.0000{number}") for number in range(10, 60))])


@pytest.fixture
def url(tmp_path: Path) -> str:
    return sqlite_url(tmp_path / "motcua.sqlite3")


def start(program: str, file: Path, url: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", program, str(file), url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


def seen(database: Database) -> tuple[int, int, list[RunState]]:
    """Edition, number of procedures, states of the runs, newest first."""
    with database.session() as session:
        procedures = sum(1 for _ in procedures_on(session, vietnam_day(real_now())))
        return edition_number(session), procedures, [run.state for run in list_runs(session, now=real_now())]


def test_an_import_killed_while_reading_leaves_nothing_but_its_run(file: Path, url: str) -> None:
    database = open_database(url)
    importer = start(PUBLISHED_LATE, file, url)
    assert importer.stdout is not None
    assert importer.stdout.readline() == "reading\n"
    assert seen(database) == (0, 0, [RunState.RUNNING])
    importer.kill()
    importer.communicate()
    assert seen(database) == (0, 0, [RunState.INTERRUPTED])
    database.close()


def test_an_import_killed_while_writing_leaves_the_edition_before(file: Path, url: str, tmp_path: Path) -> None:
    good = write_lines(tmp_path / "good.jsonl", [own()])
    subprocess.run([*COMMAND, str(good), "--database-url", url], check=True, capture_output=True, cwd=ROOT)
    importer = start(PUBLISHED_HALF, file, url)
    importer.communicate()
    assert importer.returncode == -signal.SIGKILL
    database = open_database(url)
    assert seen(database) == (1, 1, [RunState.INTERRUPTED, RunState.PUBLISHED])
    database.close()
    again = subprocess.run(
        [*COMMAND, str(file), "--database-url", url], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert again.returncode == 0, again.stderr
    assert "Published edition 2: 50 new" in again.stdout


def test_ctrl_c_says_so_and_is_seen_in_the_history(file: Path, url: str) -> None:
    importer = start(PUBLISHED_LATE, file, url)
    assert importer.stdout is not None
    assert importer.stdout.readline() == "reading\n"
    importer.send_signal(signal.SIGINT)
    importer.communicate()
    database = open_database(url)
    assert seen(database) == (0, 0, [RunState.INTERRUPTED])
    with database.session() as session:
        assert list_runs(session, now=real_now())[0].finished_at is not None, "it was marked, not guessed"
    database.close()


def test_two_publishers_at_once_make_one_edition_of_each_content(file: Path, url: str) -> None:
    """Whoever comes second either finds nothing to do or is told to run again."""
    open_database(url).close()
    publishers = [
        subprocess.Popen([*COMMAND, str(file), "--database-url", url], stdout=-1, stderr=-1, text=True, cwd=ROOT)
        for _ in range(3)
    ]
    ended = [(publisher.communicate(), publisher.returncode) for publisher in publishers]
    database = open_database(url)
    edition, procedures, states = seen(database)
    assert (edition, procedures) == (1, 51)
    assert states.count(RunState.PUBLISHED) == 1
    assert set(states) <= {RunState.PUBLISHED, RunState.UNCHANGED, RunState.FAILED}
    for (_, error), code in ended:
        assert code == 0 or (code == 1 and "again" in error), (code, error)
    database.close()
