"""What one import did, as a value that can say itself."""

from collections.abc import Iterator
from datetime import date

import msgspec

from catalogue_import.bounds import Outcome
from catalogue_import.changes import file_digest
from catalogue_import.gather import Gathered
from catalogue_import.issues import Finding, IssueLog, Severity
from knowledge.changeset import ChangeKind
from knowledge.import_runs import RunState
from knowledge.procedure import Value

NESTED = ("counts", "changes")  # fields of the report that are records themselves
PLACES_SHOWN = 3  # in the readable report; the JSON report has more


class Counts(Value, frozen=True):
    """Records of the file. `details` and `only_listed` count procedures (ids), `records` lines or objects.

    details = national + own + internal + elsewhere + unknown; the public ones are national + own.
    """

    records: int = 0
    details: int = 0
    only_listed: int = 0
    left_out: int = 0
    national: int = 0
    own: int = 0
    internal: int = 0
    elsewhere: int = 0
    unknown: int = 0


class ChangeCounts(Value, frozen=True):
    new: int = 0
    amended: int = 0
    repealed: int = 0
    unchanged: int = 0


class ImportReport(Value, frozen=True):
    """`state` is None after a mere check; `edition` is the current one afterwards, `was_edition` before."""

    source: str
    format: str
    province: str
    digest: str
    was_edition: int
    edition: int
    counts: Counts
    changes: ChangeCounts
    state: RunState | None = None
    data_day: date | None = None
    findings: tuple[Finding, ...] = ()
    seconds: float = 0.0

    @property
    def is_refused(self) -> bool:
        return any(finding.severity is Severity.STOP for finding in self.findings)

    @property
    def public(self) -> int:
        return self.counts.national + self.counts.own

    def to_json(self) -> str:
        return msgspec.json.format(msgspec.json.encode(_with_defaults(self)), indent=2).decode()

    def __str__(self) -> str:
        return "\n".join(_lines(self))


def make_report(source: str, format_name: str, outcome: Outcome, log: IssueLog, *, seconds: float) -> ImportReport:
    """Of an outcome that nothing has been done with yet."""
    gathered, changes, edition = outcome.gathered, outcome.changes, outcome.current.edition
    return ImportReport(
        source=source,
        format=format_name,
        province=outcome.settings.province,
        digest=file_digest(gathered),
        was_edition=edition,
        edition=edition,
        counts=_counts(gathered),
        changes=ChangeCounts(
            new=changes.count(ChangeKind.NEW),
            amended=changes.count(ChangeKind.AMENDED),
            repealed=changes.count(ChangeKind.REPEALED),
            unchanged=changes.unchanged,
        ),
        data_day=outcome.data_day,
        findings=log.findings(),
        seconds=seconds,
    )


def _counts(gathered: Gathered) -> Counts:
    scopes = {scope.value: number for scope, number in gathered.scopes.items()}
    return Counts(
        records=gathered.records,
        details=len(gathered.details),
        only_listed=len(gathered.only_listed),
        left_out=gathered.left_out,
        **scopes,
    )


def _with_defaults(report: ImportReport) -> dict[str, object]:
    """Every field by its name: people's scripts should not have to know our defaults."""
    fields = {field: getattr(report, field) for field in report.__struct_fields__}
    counts = {name: {key: getattr(fields[name], key) for key in fields[name].__struct_fields__} for name in NESTED}
    return {**fields, **counts, "public": report.public, "is_refused": report.is_refused}


def _lines(report: ImportReport) -> Iterator[str]:
    counts = report.counts
    day = f", data of {report.data_day:%d/%m/%Y}" if report.data_day else ""
    yield f"{report.source}: {report.format}, {counts.records:,} records{day}"
    yield f"  {report.public:>7,}  for the public: {counts.national:,} national, {counts.own:,} of {report.province}"
    others = (
        (counts.internal, "internal"),
        (counts.elsewhere, "of other provinces"),
        (counts.unknown, "of an unknown type"),
        (counts.only_listed, "without details"),
        (counts.left_out, "left out, see below"),
    )
    yield from (f"  {number:>7,}  {what}" for number, what in others if number)
    for finding in report.findings:
        yield from _finding_lines(finding)
    yield _result(report)


def _finding_lines(finding: Finding) -> Iterator[str]:
    times = f" ({finding.count:,} times)" if finding.count > 1 else ""
    yield f"{finding.severity.upper()} {finding.code}: {finding.message}{times}"
    for place in finding.places[:PLACES_SHOWN]:
        yield f"    at {place}"
    more = finding.count - PLACES_SHOWN
    if finding.places and more > 0:
        yield f"    and {more:,} more"


def _result(report: ImportReport) -> str:
    changes = report.changes
    counts = (
        f"{changes.new:,} new, {changes.amended:,} amended, {changes.repealed:,} repealed, "
        f"{changes.unchanged:,} unchanged"
    )
    if report.is_refused:
        current = f"edition {report.edition} stays as it is" if report.edition else "no edition was made"
        return f"Refused: nothing was published, {current}."
    if report.state is RunState.PUBLISHED:
        return f"Published edition {report.edition}: {counts}."
    if report.state is RunState.UNCHANGED or not (changes.new or changes.amended or changes.repealed):
        return f"Nothing to publish: already edition {report.edition} ({counts})."
    return f"Can be published as edition {report.edition + 1}: {counts}."
