"""A file with an announcement decision on its way into the next edition."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from msgspec.structs import replace

from catalogue_import.decision_checks import Before, Case, check_decision
from catalogue_import.decision_file import CellIssue, DecisionFile, Place
from catalogue_import.issues import Finding, Severity
from catalogue_import.patching import compare_patches, decision_digest, patches_in
from catalogue_import.report import Counts, DecisionSummary, ImportReport, change_counts
from catalogue_import.settings import Settings
from knowledge.changeset import ChangeSet


class Decided(NamedTuple):
    """What is to be published of a decision, and everything found on the way."""

    changes: ChangeSet
    issues: tuple[CellIssue, ...]
    summary: DecisionSummary
    digest: str


def decide_rows(file: DecisionFile, before: Before, settings: Settings, today: date) -> Decided:
    """With `only_sound` set, rows with an error stay out and the rest goes on."""
    found = patches_in(file, settings.effective)
    case = Case(file, found, before, today, settings.effective, settings.complete)
    issues = (*file.issues, *check_decision(case))
    wrong = {issue.where for issue in issues if issue.severity is Severity.STOP and issue.where != Place()}
    bad_rows = {_row(place) for place in wrong} if settings.only_sound else set()
    sound = [patch for patch, record in found.values() if _row(record.where) not in bad_rows]
    changes = compare_patches(sound, before.patches, complete=settings.complete)
    summary = DecisionSummary(
        number=file.decision.number,
        day=file.decision.day,
        effective=file.decision.effective or settings.effective,
        issuer=file.decision.issuer,
        rows=len(file.records),
        needs_review=len(file.needs_review),
        left_out=sum(map(_is_row, bad_rows)),
        is_chosen=settings.only_sound,
        withdrawn=len(changes.withdrawn),
    )
    return Decided(changes, issues, summary, decision_digest(sound))


def _row(place: Place) -> Place:
    """The row a cell stands in."""
    return replace(place, column="")


def _is_row(place: Place) -> bool:
    """A whole page, of which a reader is not sure, is none."""
    return replace(place, page=None) != Place()


def decision_report(source: str, format_: str, decided: Decided, edition: int, *, province: str) -> ImportReport:
    return ImportReport(
        source=source,
        format=format_,
        province=province,
        digest=decided.digest,
        was_edition=edition,
        edition=edition,
        counts=Counts(records=decided.summary.rows + decided.summary.needs_review),
        changes=change_counts(decided.changes),
        findings=_findings(decided.issues),
        decision=decided.summary,
    )


def _findings(issues: Iterable[CellIssue]) -> tuple[Finding, ...]:
    """Worst first; the same words at several places are one finding."""
    places: dict[tuple[str, Severity, str], list[str]] = {}
    for issue in issues:
        places.setdefault((issue.code, issue.severity, issue.message), []).append(str(issue.where))
    order = list(Severity)
    return tuple(
        Finding(
            code=code,
            severity=severity,
            message=message,
            count=len(where),
            places=tuple(filter(None, where)),
        )
        for (code, severity, message), where in sorted(places.items(), key=lambda item: order.index(item[0][1]))
    )
