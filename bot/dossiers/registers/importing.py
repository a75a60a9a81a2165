"""THE path of a register: read, stage, join, accept, take in. A failed import leaves the ledger as it was."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import msgspec

from bot.dossiers.code import read_codes
from bot.dossiers.registers import turns
from bot.dossiers.registers.reading import Person, Read, Rejected, Row, read_register
from bot.dossiers.registers.record import RegisterFileError
from bot.dossiers.registers.records import read_records
from bot.dossiers.registers.report import Report
from knowledge.clock import vietnam_day
from knowledge.database import Database
from knowledge.dossiers.dossier import Entry
from knowledge.dossiers.factors import Keys
from knowledge.dossiers.joining import join, keep
from knowledge.dossiers.ledger import Change, Update
from knowledge.dossiers.staging import Stage

GROUPS = 500  # dossiers joined and stored at once
MOST_REJECTED = 100_000  # a file with more is no register of dossiers, or its columns are not what they say

READING = 0.5  # of the time of an import, about

Advance = Callable[[float], None]  # told the share of the work that is done, 0 to 1


class Staged(msgspec.Struct, frozen=True):
    """A row while its file is imported: the only place where a name or a number lives."""

    entry: Entry
    person: Person


class Imported(msgspec.Struct, frozen=True):
    """A finished import: its report, and the rows of the file for who wants to check how they were read."""

    report: Report
    stage: Stage


@contextmanager
def import_register(
    path: Path, database: Database, keys: Keys, now: datetime, advance: Advance = lambda _share: None
) -> Iterator[Imported]:
    """Raises RegisterFileError (nothing is stored then) and knowledge.database.DatabaseError."""
    report, stage = Report(path.name), Stage()
    try:
        _stage(path, stage, report, now, advance)
        report.crowded = stage.join()
        turns.finish(database, now)
        register = turns.accept(database, _updates(stage, report, keys), now)
        for done, changes in enumerate(turns.take_in(database, register), start=1):
            _count(report, changes)
            advance(READING + (1 - READING) * min(1.0, done * GROUPS / report.summary.dossiers))
        yield Imported(report, stage)
    finally:
        stage.close()


def _stage(path: Path, stage: Stage, report: Report, now: datetime, advance: Advance) -> None:
    encoder, today = msgspec.json.Encoder(), vietnam_day(now)

    def read_code(cell: str) -> str | None:
        codes = read_codes(cell, today).codes
        return codes[0].canonical if len(codes) == 1 else None

    for record, read in read_register(read_records(path), read_code):
        report.summary.rows_in_file += 1
        _note(read, report)
        if isinstance(read, Row):
            stage.add(read.entry.codes, encoder.encode(Staged(read.entry, read.person)))
        advance(READING * record.share)


def _note(read: Read, report: Report) -> None:
    if isinstance(read, Row):
        report.summary.data_rows += 1
        for problem in read.problems:
            report.complain(problem)
    elif isinstance(read, Rejected):
        report.summary.rejected_rows += 1
        report.rejected.append(read)
        if len(report.rejected) > MOST_REJECTED:
            raise RegisterFileError(
                f"{report.source}: more than {MOST_REJECTED} rows have no readable dossier code; "
                "see that the column with the codes has its heading (Mã hồ sơ)"
            )
    else:
        report.summary.skipped_rows += 1


def _updates(stage: Stage, report: Report, keys: Keys) -> Iterator[list[Update]]:
    """The dossiers of a staged file in batches, counted as they pass."""
    batch: list[Update] = []
    names: list[tuple[str, str]] = []
    for rows in staged_groups(stage):
        kept = keep(rows, lambda row: row.entry)
        dossier = join([row.entry for row in kept.items])
        report.summary.dossiers += 1
        report.summary.duplicates_dropped += kept.duplicates
        report.summary.superseded += kept.superseded
        report.summary.merged_across_systems += len(dossier.systems) > 1
        names.append((kept.items[0].entry.code, dossier.code))
        batch.append(Update(entries=tuple(_stored(row, keys) for row in kept.items)))
        if len(batch) == GROUPS:
            stage.name(names)
            yield batch
            batch, names = [], []
    if batch:
        stage.name(names)
        yield batch


def staged_groups(stage: Stage, *, by_name: bool = False) -> Iterator[list[Staged]]:
    decoder = msgspec.json.Decoder(Staged)
    return ([decoder.decode(body) for body in rows] for rows in stage.groups(by_name=by_name))


def _stored(row: Staged, keys: Keys) -> Entry:
    person = row.person
    factors = keys.factors_of(row.entry.code, person.phone, person.identity)
    return msgspec.structs.replace(row.entry, factors=factors)


def _count(report: Report, changes: list[Change]) -> None:
    new = sum(change.before is None for change in changes)
    report.new += new
    report.changed += len(changes) - new
