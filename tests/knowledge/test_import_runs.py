"""Runs of the importer in the history: how they end, and what is shown of those that never did."""

import os
import subprocess
import sys
from datetime import datetime, timedelta

import pytest

from knowledge.catalogue import publish
from knowledge.database import Database, DatabaseUnavailableError
from knowledge.import_runs import (
    LONGEST_RUN,
    Process,
    RunState,
    begin_run,
    finish_run,
    list_runs,
    starter_ids,
    this_process,
    transaction,
)
from sample_procedures import CATALOGUE, amended, make_procedure, new, repealed


def begin(database: Database, now: datetime, process: Process | None = None) -> int:
    with transaction(database) as session:
        return begin_run(session, "details.jsonl.gz", now=now, process=process or this_process())


def state(database: Database, now: datetime) -> RunState:
    with database.session() as session:
        return list_runs(session, now=now)[0].state


def dead_process() -> Process:
    """A process of this machine that has just ended."""
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    return Process(host=this_process().host, pid=child.pid)


def test_a_run_is_visible_from_its_beginning(database: Database, now: datetime) -> None:
    number = begin(database, now)
    with database.session() as session:
        [run] = list_runs(session, now=now)
    assert (run.number, run.state, run.source) == (number, RunState.RUNNING, "details.jsonl.gz")
    assert (run.started_at, run.finished_at, run.edition, run.report) == (now, None, None, "")


@pytest.mark.parametrize("ending", [RunState.PUBLISHED, RunState.UNCHANGED, RunState.REFUSED, RunState.FAILED])
def test_a_run_shows_how_it_ended(database: Database, now: datetime, ending: RunState) -> None:
    number = begin(database, now)
    later = now + timedelta(seconds=5)
    with transaction(database) as session:
        edition = publish(session, new(make_procedure()), CATALOGUE, now=now).number
        finish_run(session, number, ending, now=later, report='{"findings": []}', edition=edition)
    with database.session() as session:
        [run] = list_runs(session, now=later)
    assert (run.state, run.finished_at, run.edition, run.report) == (ending, later, 1, '{"findings": []}')


def test_a_run_whose_process_is_gone_was_interrupted(sqlite_database: Database, now: datetime) -> None:
    begin(sqlite_database, now, dead_process())
    assert state(sqlite_database, now) is RunState.INTERRUPTED


def test_a_run_of_another_machine_counts_as_running_for_a_while(sqlite_database: Database, now: datetime) -> None:
    begin(sqlite_database, now, Process(host="elsewhere", pid=1))
    assert state(sqlite_database, now + LONGEST_RUN) is RunState.RUNNING
    assert state(sqlite_database, now + LONGEST_RUN + timedelta(seconds=1)) is RunState.INTERRUPTED


def test_a_run_of_somebody_elses_process_is_running(sqlite_database: Database, now: datetime) -> None:
    begin(sqlite_database, now, Process(host=this_process().host, pid=1))
    assert state(sqlite_database, now) is RunState.RUNNING


def test_a_process_number_that_was_given_away_again_does_not_run_for_ever(
    sqlite_database: Database, now: datetime
) -> None:
    begin(sqlite_database, now)
    assert this_process().pid == os.getpid()
    assert state(sqlite_database, now + timedelta(days=1)) is RunState.INTERRUPTED


def test_runs_are_listed_newest_first_and_not_without_end(sqlite_database: Database, now: datetime) -> None:
    numbers = [begin(sqlite_database, now + timedelta(minutes=minute)) for minute in range(4)]
    with sqlite_database.session() as session:
        listed = [run.number for run in list_runs(session, now=now, limit=3)]
    assert listed == numbers[:0:-1]


def test_what_cannot_be_written_is_explained(sqlite_database: Database, now: datetime) -> None:
    with sqlite_database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only=ON")
    with pytest.raises(DatabaseUnavailableError, match="Check that it is writable"):
        begin(sqlite_database, now)


class TestStarterIds:
    """Texts of the starter catalogue, for telling them from published ones."""

    def test_only_the_starters_own_texts_count(self, database: Database, now: datetime) -> None:
        ours, theirs = make_procedure("1.000001", is_starter=True), make_procedure("1.000002")
        with transaction(database) as session:
            publish(session, new(ours, theirs), CATALOGUE, now=now)
            assert starter_ids(session) == {ours.formality_id}

    def test_a_text_that_speaks_of_the_flag_is_not_taken_for_it(self, database: Database, now: datetime) -> None:
        with transaction(database) as session:
            publish(session, new(make_procedure(note='"is_starter":true')), CATALOGUE, now=now)
            assert starter_ids(session) == frozenset()

    def test_a_text_that_was_replaced_or_ended_no_longer_counts(self, database: Database, now: datetime) -> None:
        starters = [make_procedure(f"1.00000{number}", is_starter=True) for number in (1, 2)]
        with transaction(database) as session:
            publish(session, new(*starters), CATALOGUE, now=now)
        with transaction(database) as session:
            publish(session, amended(make_procedure("1.000001")), CATALOGUE, now=now)
        with transaction(database) as session:
            publish(session, repealed(starters[1]), CATALOGUE, now=now)
        with transaction(database) as session:
            assert starter_ids(session) == frozenset()
