"""The one path of an import: read, clean, compare, check, publish."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

import msgspec
from sqlmodel import Session

from catalogue_import.bounds import Outcome, check_outcome
from catalogue_import.changes import Current, Days, compare, data_day_of, file_digest
from catalogue_import.checks import check_procedures
from catalogue_import.corrections import load_corrections
from catalogue_import.decision_checks import Before
from catalogue_import.decisions import decide_rows, decision_report
from catalogue_import.files import Progress, no_progress
from catalogue_import.formats import publishable
from catalogue_import.formats.format import DecisionFormat, Format
from catalogue_import.gather import Gathered, gather
from catalogue_import.issues import Issue, IssueLog
from catalogue_import.report import ImportReport, make_report
from catalogue_import.settings import Settings
from catalogue_import.source_record import SourceRecord
from knowledge import catalogue
from knowledge.catalogue import PublishConflictError
from knowledge.changeset import ChangeSet, EditionKind, Origin
from knowledge.clock import Clock, vietnam_day
from knowledge.database import Database, DatabaseError
from knowledge.import_runs import RunState, begin_run, finish_run, starter_ids, this_process, transaction
from knowledge.layer_store import current_patches


class Prepared(NamedTuple):
    """What an import would publish, and the edition it was compared with."""

    report: ImportReport
    changes: ChangeSet
    origin: Origin
    edition: int


class Import(NamedTuple):
    """One import as it was asked for; everything it finds travels beside it as values."""

    path: Path
    database: Database
    settings: Settings
    clock: Clock
    started: datetime

    @property
    def today(self) -> date:
        return vietnam_day(self.started)


def import_file(
    path: Path,
    database: Database,
    *,
    publish: bool,
    clock: Clock,
    settings: Settings | None = None,
    progress: Progress = no_progress,
) -> ImportReport:
    """Import a published file or folder; with `publish` unset the same without writing anything.

    A refused import is a report with a finding of severity STOP. Raises InputError when the file is unusable,
    CatalogueError when another process published meanwhile and DatabaseError; in every one of these
    cases, and when killed, the edition before stays current and the run shows how it ended.
    """
    job = Import(path, database, settings or Settings(), clock, clock())
    run = _begin(job) if publish else None
    try:
        format_ = publishable(path)
        if isinstance(format_, DecisionFormat):
            prepared = _prepare_decision(job, format_, progress)
        else:
            prepared = _prepare_catalogue(job, format_, progress)
        return prepared.report if run is None else _publish(job, run, prepared)
    except BaseException as error:
        if run is not None:
            _fail(job, run, error)
        raise


def _begin(job: Import) -> int:
    with transaction(job.database) as session:
        return begin_run(session, job.path.name, now=job.started, process=this_process())


def _prepare_catalogue(job: Import, format_: Format, progress: Progress) -> Prepared:
    log = IssueLog()
    records = format_.read(job.path, progress)
    gathered = _clean(job, format_, records, log)
    outcome = _compare(job, gathered)
    _check(outcome, log)
    report = make_report(job.path.name, format_.name, outcome, log, seconds=_seconds(job))
    origin = Origin(
        kind=EditionKind.CATALOGUE,
        source=job.path.name,
        digest=file_digest(gathered),
        data_day=outcome.data_day,
        reason=job.settings.reason,
    )
    return Prepared(report, outcome.changes, origin, outcome.current.edition)


def _prepare_decision(job: Import, format_: DecisionFormat, progress: Progress) -> Prepared:
    file = format_.read(job.path, progress)
    with transaction(job.database) as session:
        edition = catalogue.current_edition(session)
        before = Before(catalogue.names_known(session), current_patches(session))
    decided = decide_rows(file, before, job.settings, job.today)
    number, data_day = (edition.number, edition.data_day) if edition else (0, None)
    report = decision_report(job.path.name, format_.name, decided, number, province=job.settings.province)
    origin = Origin(
        kind=EditionKind.DECISION,
        source=job.path.name,
        digest=decided.digest,
        data_day=data_day,  # a decision makes the copy of the catalogue no younger
        reason=job.settings.reason or file.decision.title,
    )
    return Prepared(msgspec.structs.replace(report, seconds=_seconds(job)), decided.changes, origin, number)


def _clean(job: Import, format_: Format, records: Iterator[SourceRecord | Issue], log: IssueLog) -> Gathered:
    return gather(records, format_, job.settings.province, log, load_corrections())


def _compare(job: Import, gathered: Gathered) -> Outcome:
    current = _current(job.database)
    data_day = job.settings.data_day or data_day_of(gathered)
    copied = data_day or job.today
    days = Days(data=copied, effective=min(copied, job.today))  # a change is never put off by a wrong clock
    changes = compare(gathered, current, days, complete=job.settings.complete)
    return Outcome(gathered, changes, current, job.settings, data_day, job.today)


def _current(database: Database) -> Current:
    with transaction(database) as session:
        edition = catalogue.current_edition(session)
        digests, starters = catalogue.current_digests(session), starter_ids(session)
        return Current(
            edition=edition.number if edition else 0,
            data_day=edition.data_day if edition and len(starters) < len(digests) else None,
            digests=digests,
            starters=starters,
        )


def _check(outcome: Outcome, log: IssueLog) -> None:
    check_procedures(outcome.gathered.public, log)
    check_outcome(outcome, log)


def _publish(job: Import, run: int, prepared: Prepared) -> ImportReport:
    """The edition and the end of the run in one transaction: either both are there or neither."""
    report = prepared.report
    with transaction(job.database, writing=True) as session:
        state, edition = RunState.REFUSED, prepared.edition
        if not report.is_refused and prepared.changes.is_empty:
            state = RunState.UNCHANGED
        elif not report.is_refused:
            state = RunState.PUBLISHED
            edition = _publish_edition(session, job, prepared)
        report = msgspec.structs.replace(report, state=state, edition=edition, seconds=_seconds(job))
        finish_run(session, run, state, now=job.clock(), report=report.to_json(), edition=edition or None)
    return report


def _publish_edition(session: Session, job: Import, prepared: Prepared) -> int:
    """Raises PublishConflictError when the edition that was compared with is no longer the current one."""
    current = catalogue.edition_number(session)
    if current != prepared.edition:
        raise PublishConflictError(
            f"edition {current} was published while this file was being read; run the import again"
        )
    return catalogue.publish(session, prepared.changes, prepared.origin, now=job.clock()).number


def _fail(job: Import, run: int, error: BaseException) -> None:
    """The run is marked as well as the database allows; the error itself goes on to whoever called."""
    state = RunState.INTERRUPTED if isinstance(error, KeyboardInterrupt) else RunState.FAILED
    message = msgspec.json.encode({"error": type(error).__name__, "message": str(error)}).decode()
    with suppress(DatabaseError), transaction(job.database, writing=True) as session:
        finish_run(session, run, state, now=job.clock(), report=message)


def _seconds(job: Import) -> float:
    return round((job.clock() - job.started).total_seconds(), 3)
