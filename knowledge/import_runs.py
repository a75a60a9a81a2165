"""Runs of the importer: begun before anything is read, finished together with what they publish.

A run that was killed stays behind as running; it is shown as interrupted once its process is gone or it
has been running for longer than any import takes.
"""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec
import sqlalchemy as sa
from sqlmodel import Session, col, select

from knowledge.database import Database, DatabaseUnavailableError
from knowledge.procedure import Value
from knowledge.tables import ImportRun, ProcedureVersion

LONGEST_RUN = timedelta(minutes=15)  # the whole catalogue takes 5 seconds, 30 on a slow disk


class RunState(StrEnum):
    RUNNING = "running"
    PUBLISHED = "published"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    FAILED = "failed"
    INTERRUPTED = "interrupted"


class Run(Value, frozen=True):
    """One run as shown in the history. `report` is the JSON of the importer's report, or of the failure."""

    number: int
    started_at: datetime
    source: str
    state: RunState
    finished_at: datetime | None = None
    edition: int | None = None
    report: str = ""


class Process(Value, frozen=True):
    """Who runs it, kept in the place of the report until there is one."""

    host: str
    pid: int


@contextmanager
def transaction(database: Database, *, writing: bool = False) -> Iterator[Session]:
    """A session whose failure to read or write is a DatabaseUnavailableError with the remedy."""
    try:
        with database.session(writing=writing) as session:
            yield session
    except sa.exc.OperationalError as error:
        raise DatabaseUnavailableError(
            f"cannot use the database: {str(error.orig).strip()}. Check that it is writable, that the disk is "
            "not full, and that no other program keeps it locked. The edition before is still current"
        ) from error


def this_process() -> Process:
    return Process(host=socket.gethostname(), pid=os.getpid())


def begin_run(session: Session, source: str, *, now: datetime, process: Process) -> int:
    """Note that an import begins; gives the number of the run."""
    run = ImportRun(started_at=now, source=source, state=RunState.RUNNING, report=msgspec.json.encode(process).decode())
    session.add(run)
    session.flush()
    return run.id or 0


def finish_run(
    session: Session, number: int, state: RunState, *, now: datetime, report: str, edition: int | None = None
) -> None:
    """Note how an import ended, in the transaction of what it published.

    One UPDATE without a look before: SQLite lets a transaction that begins by writing wait for others, while
    one that has read already fails at once when another has written since.
    """
    ended = {"finished_at": now, "state": state, "report": report, "edition": edition}
    session.connection().execute(sa.update(ImportRun).where(col(ImportRun.id) == number).values(ended))


def list_runs(session: Session, *, now: datetime, limit: int = 50) -> list[Run]:
    """The latest runs, newest first."""
    rows = session.exec(select(ImportRun).order_by(col(ImportRun.id).desc()).limit(limit)).all()
    return [_shown(row, now) for row in rows]


def starter_ids(session: Session) -> frozenset[str]:
    """The formality ids that the current edition knows only by the starter catalogue."""
    is_starter = col(ProcedureVersion.body).contains('"is_starter":true', autoescape=True)
    rows = session.exec(
        select(ProcedureVersion.formality_id).where(col(ProcedureVersion.closed_in).is_(None), is_starter)
    )
    return frozenset(rows.all())


def _shown(row: ImportRun, now: datetime) -> Run:
    state = RunState(row.state)
    if state is RunState.RUNNING and _is_over(row, now):
        state = RunState.INTERRUPTED
    return Run(
        number=row.id or 0,
        started_at=row.started_at,
        source=row.source,
        state=state,
        finished_at=row.finished_at,
        edition=row.edition,
        report="" if row.finished_at is None else row.report,
    )


def _is_over(row: ImportRun, now: datetime) -> bool:
    if now - row.started_at > LONGEST_RUN:
        return True
    process = msgspec.json.decode(row.report, type=Process)
    return process.host == socket.gethostname() and not _is_alive(process.pid)


def _is_alive(pid: int) -> bool:
    if os.name != "posix":
        return True  # elsewhere signal 0 would end the process; LONGEST_RUN decides
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True  # somebody else's, and alive
    return True
