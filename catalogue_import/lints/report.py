"""What a lint run found, as a value: figures by kind, and every finding."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import msgspec

from catalogue_import.lints import LINTS
from catalogue_import.lints.lint import Lint, LintFinding
from knowledge.procedure import Value


class LintFigure(Value, frozen=True):
    """How often one kind of mistake was found, and in how many procedures."""

    kind: str
    title: str
    certainty: str
    why: str
    right: str
    findings: int
    procedures: int


class LintReport(Value, frozen=True):
    """`source` is the file or the edition that was read, `day` the day in Việt Nam, `procedures` how many were read."""

    source: str
    day: date
    procedures: int
    figures: tuple[LintFigure, ...] = ()
    findings: tuple[LintFinding, ...] = ()

    @property
    def wrong_procedures(self) -> int:
        return len({(finding.code, finding.link) for finding in self.findings})

    def of_kind(self, kind: str) -> tuple[LintFinding, ...]:
        return tuple(finding for finding in self.findings if finding.kind == kind)

    def to_json(self) -> str:
        return msgspec.json.format(msgspec.json.encode(self), indent=2).decode()

    def __str__(self) -> str:
        return "\n".join(_lines(self))


def report_of(findings: Sequence[LintFinding], source: str, day: date, procedures: int) -> LintReport:
    figures = tuple(figure for lint in LINTS if (figure := _figure(lint, findings)).findings)
    return LintReport(source=source, day=day, procedures=procedures, figures=figures, findings=tuple(findings))


def only(findings: Iterable[LintFinding], kinds: Sequence[str], issuer: str) -> tuple[LintFinding, ...]:
    """Those of some kinds (all when none is named) and of the issuers whose name holds a text."""
    return tuple(
        finding
        for finding in findings
        if (not kinds or finding.kind in kinds) and issuer.casefold() in finding.issuer.casefold()
    )


def _figure(lint: Lint, findings: Sequence[LintFinding]) -> LintFigure:
    places = Counter((finding.code, finding.link) for finding in findings if finding.kind == lint.code)
    return LintFigure(
        kind=lint.code,
        title=lint.title,
        certainty=lint.certainty,
        why=lint.why,
        right=lint.right,
        findings=places.total(),
        procedures=len(places),
    )


def _lines(report: LintReport) -> Iterator[str]:
    found = f"{len(report.findings):,} findings in {report.wrong_procedures:,} of {report.procedures:,} procedures"
    yield f"{report.source}: {found}"
    for figure in report.figures:
        yield f"  {figure.findings:>6,}  in {figure.procedures:>5,}  {figure.kind:<18} {figure.title}"
