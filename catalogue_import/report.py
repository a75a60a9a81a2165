"""What one import did, as a value that can say itself."""

from collections.abc import Iterator
from datetime import date

import msgspec

from catalogue_import.bounds import Outcome
from catalogue_import.changes import file_digest
from catalogue_import.gather import Gathered
from catalogue_import.issues import Finding, IssueLog, Severity
from catalogue_import.reading_issues import LONGEST_LINE, cut
from knowledge.changeset import ChangeKind, ChangeSet
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
    replaced: int = 0  # by rows of decisions only


class DecisionSummary(Value, frozen=True):
    """Of a file with an announcement decision. `rows` were read, `left_out` of them are wrong and were not published;
    `needs_review` rows have no usable code. `withdrawn` rows of earlier files of the decision end."""

    number: str
    day: date | None
    effective: date | None
    issuer: str
    rows: int
    needs_review: int = 0
    left_out: int = 0
    withdrawn: int = 0
    is_chosen: bool = False  # to publish what is sound beside what is wrong


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
    decision: DecisionSummary | None = None

    @property
    def is_refused(self) -> bool:
        """What is wrong at its place refuses nothing where the operator chose to go on without it."""
        is_chosen = self.decision is not None and self.decision.is_chosen
        return any(each.severity is Severity.STOP and not (is_chosen and each.places) for each in self.findings)

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
        changes=change_counts(changes),
        data_day=outcome.data_day,
        findings=log.findings(),
        seconds=seconds,
    )


def change_counts(changes: ChangeSet) -> ChangeCounts:
    counts = {kind.value: changes.count(kind) for kind in ChangeKind}
    return ChangeCounts(**counts, unchanged=changes.unchanged)


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
    decision = {"decision": msgspec.structs.asdict(report.decision)} if report.decision else {}
    return {**fields, **counts, **decision, "public": report.public, "is_refused": report.is_refused}


def _lines(report: ImportReport) -> Iterator[str]:
    if report.decision:
        yield from _decision_lines(report, report.decision)
        return
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


def _decision_lines(report: ImportReport, decision: DecisionSummary) -> Iterator[str]:
    signed = f" of {decision.day:%d/%m/%Y}" if decision.day else ""
    effective = f", in force from {decision.effective:%d/%m/%Y}" if decision.effective else ""
    yield f"{report.source}: {report.format}, decision {decision.number or 'without a number'}{signed}{effective}"
    others = (
        (decision.rows, "rows"),
        (decision.needs_review, "rows for review: their codes are no codes"),
        (decision.left_out, "rows left out, see below"),
        (decision.withdrawn, "rows of earlier files withdrawn"),
    )
    yield from (f"  {number:>7,}  {what}" for number, what in others if number)
    for finding in report.findings:
        yield from _finding_lines(finding)
    yield _result(report)


def _finding_lines(finding: Finding) -> Iterator[str]:
    times = f" ({finding.count:,} times)" if finding.count > 1 else ""
    yield f"{finding.severity.upper()} {finding.code}: {cut(finding.message, LONGEST_LINE)}{times}"
    for place in finding.places[:PLACES_SHOWN]:
        yield f"    at {place}"
    more = finding.count - PLACES_SHOWN
    if finding.places and more > 0:
        yield f"    and {more:,} more"


def _result(report: ImportReport) -> str:
    changes = report.changes
    counts = (
        f"{changes.new:,} new, {changes.amended:,} amended, {changes.repealed:,} repealed, "
        f"{f'{changes.replaced:,} replaced, ' if report.decision else ''}{changes.unchanged:,} unchanged"
    )
    if report.is_refused:
        current = f"edition {report.edition} stays as it is" if report.edition else "no edition was made"
        choice = " Publish the sound rows alone with --only-sound." if _may_leave_out(report) else ""
        return f"Refused: nothing was published, {current}.{choice}"
    if report.state is RunState.PUBLISHED:
        return f"Published edition {report.edition}: {counts}."
    if report.state is RunState.UNCHANGED or not _changes_anything(report):
        return f"Nothing to publish: already edition {report.edition} ({counts})."
    return f"Can be published as edition {report.edition + 1}: {counts}."


def _changes_anything(report: ImportReport) -> bool:
    changes = report.changes
    withdrawn = report.decision.withdrawn if report.decision else 0
    return bool(changes.new or changes.amended or changes.repealed or changes.replaced or withdrawn)


def _may_leave_out(report: ImportReport) -> bool:
    """Whether only single rows of a decision are wrong."""
    stops = [finding for finding in report.findings if finding.severity is Severity.STOP]
    return report.decision is not None and all(finding.places for finding in stops)
