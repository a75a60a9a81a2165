"""Pages of the portal that people saved: some show another procedure than the one their address asks for."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from catalogue_import.files import InputError, Progress
from catalogue_import.formats import detect
from catalogue_import.formats.format import CheckFormat
from catalogue_import.lints import LINTS
from catalogue_import.lints.lint import Lint, LintFinding
from catalogue_import.reading_issues import ReadingIssue
from knowledge.procedure import CODE, Procedure

WRONG_PAGE = "wrong-page"


def wrong_pages(path: Path, procedures: Iterable[Procedure], progress: Progress) -> Iterator[LintFinding]:
    """The copies of a file or folder that its reader refused as pages of another procedure."""
    format_ = detect(path)
    if not isinstance(format_, CheckFormat):
        raise InputError(f"{path} is a {format_.name}, no copy of pages. Name it as FILE instead")
    lint = next(lint for lint in LINTS if lint.code == WRONG_PAGE)
    known = {procedure.code: procedure for procedure in procedures}
    for issue in format_.read(path, progress).issues:
        if issue.code == ReadingIssue.WRONG_PAGE.code:
            code = CODE.match(issue.where.annex)
            yield _finding(lint, code[0] if code else issue.where.annex, issue.message, known)


def _finding(lint: Lint, code: str, stands: str, known: dict[str, Procedure]) -> LintFinding:
    procedure = known.get(code)
    return LintFinding(
        kind=lint.code,
        certainty=lint.certainty,
        code=code,
        name=procedure.name if procedure else "",
        issuer=procedure.issuer if procedure else "",
        link=procedure.listing_link if procedure else "",
        place="Trang đã lưu",
        stands=stands,
        why=lint.why,
        right=lint.right,
    )
