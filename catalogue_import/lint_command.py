"""The `motcua catalogue lint` command."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Annotated

import typer

from catalogue_import.command_line import (
    AsJson,
    DatabaseUrl,
    DataDir,
    Province,
    explained,
    opened_to_read,
    progress_bar,
)
from catalogue_import.files import InputError, Progress, lines
from catalogue_import.formats import publishable
from catalogue_import.formats.format import DecisionFormat
from catalogue_import.gather import gather
from catalogue_import.issues import IssueLog
from catalogue_import.lints import LINTS, lint_all
from catalogue_import.lints.copies import wrong_pages
from catalogue_import.lints.page import write_page
from catalogue_import.lints.report import LintReport, only, report_of
from catalogue_import.lints.workbook import write_workbook
from knowledge.catalogue import edition_number, patched_on, records_on
from knowledge.clock import now, vietnam_day
from knowledge.database import Database
from knowledge.import_runs import transaction
from knowledge.procedure import CODE, Procedure

Source = Annotated[Path | None, typer.Argument(metavar="FILE", help="A published file; without it, the edition.")]
Repealed = Annotated[
    Path | None, typer.Option("--repealed", help="Text file of repealed codes, one a line, the decision after a comma.")
]
Copies = Annotated[
    Path | None,
    typer.Option("--copies", help="Saved pages or glued texts: those with another procedure's page are told."),
]
Kind = Annotated[list[str] | None, typer.Option("--kind", help="Only this kind of mistake; may be said several times.")]
Issuer = Annotated[str, typer.Option("--issuer", help="Only procedures whose issuer's name holds this text.")]
Sheet = Annotated[Path | None, typer.Option("--xlsx", help="Write the whole report as a workbook.")]
Page = Annotated[Path | None, typer.Option("--page", help="Write the report as a page that prints.")]


def lint(  # noqa: PLR0913  each is an option
    file: Source = None,
    *,
    repealed: Repealed = None,
    copies: Copies = None,
    kind: Kind = None,
    issuer: Issuer = "",
    xlsx: Sheet = None,
    page: Page = None,
    as_json: AsJson = False,
    province: Province = "H24",
    database_url: DatabaseUrl = "",
    data_dir: DataDir = Path("data"),
) -> None:
    """Say what the publisher should mend in the records; the report is Vietnamese and can be sent as it is."""
    _check_kinds(kind or [])
    today = vietnam_day(now())
    with explained(), progress_bar() as progress, opened_to_read(database_url, data_dir) as database:
        codes = {**_ended(database), **(read_codes(repealed) if repealed else {})}
        if file is not None:
            procedures, source = _of_file(file, province, progress), f"Tệp {file.name}"
        else:
            procedures, source = _of_edition(database)
        found = lint_all(procedures, codes, progress)
        if copies is not None:
            found = (*wrong_pages(copies, procedures, progress), *found)
        report = report_of(only(found, kind or (), issuer), source, today, len(procedures))
        _write(report, xlsx, page)
    typer.echo(report.to_json() if as_json else str(report))


def read_codes(path: Path) -> Mapping[str, str]:
    """code -> decision, of a list of repealed procedures; "#" begins a remark. Raises InputError at a bad line."""
    return dict(_codes(path))


def _codes(path: Path) -> Iterator[tuple[str, str]]:
    for number, raw, _ in lines(path):
        line = raw.decode("utf-8", errors="replace").partition("#")[0].strip()
        code, _, decision = (part.strip() for part in line.partition(","))
        if code and not CODE.fullmatch(code):
            raise InputError(f"{path}, line {number}: {code[:40]!r} is no code. Expected: 1.001193, 163/QĐ-BTP")
        if code:
            yield code, decision


def _of_file(file: Path, province: str, progress: Progress) -> list[Procedure]:
    """What is for the public of the province, in a file of any format."""
    format_ = publishable(file)
    if isinstance(format_, DecisionFormat):
        raise InputError(f"{file.name} is a decision: it holds no records of the publisher. Name a catalogue file")
    gathered = gather(format_.read(file, progress), format_, province, IssueLog())
    return [candidate.procedure for candidate in gathered.public if candidate.procedure is not None]


def _of_edition(database: Database) -> tuple[list[Procedure], str]:
    """Starter texts are our own words: the publisher has nothing to mend in them."""
    with transaction(database) as session:
        known = [each for each in records_on(session, vietnam_day(now())) if not each.is_starter]
        number = edition_number(session)
    if not known:
        raise InputError("no published record is loaded. Name a file: motcua catalogue lint FILE")
    return known, f"Ấn bản {number} của motcua, dữ liệu đến {max(each.data_day for each in known):%d/%m/%Y}"


def _ended(database: Database) -> dict[str, str]:
    """code -> decision, of what the city's published decisions repealed or replaced."""
    with transaction(database) as session:
        known = patched_on(session, vietnam_day(now()))
    return {code: each.city.ended.decision.number for code, each in known.items() if each.city.ended}


def _check_kinds(kinds: list[str]) -> None:
    known = [lint.code for lint in LINTS]
    for kind in kinds:
        if kind not in known:
            raise typer.BadParameter(f"{kind!r} is none of {', '.join(known)}", param_hint="--kind")


def _write(report: LintReport, xlsx: Path | None, page: Path | None) -> None:
    for path, write in ((xlsx, write_workbook), (page, write_page)):
        if path is not None:
            _written(path, report, write)


def _written(path: Path, report: LintReport, write: Callable[[LintReport, Path], None]) -> None:
    try:
        write(report, path)
    except OSError as error:
        raise InputError(
            f"cannot write {path}: {error.strerror}. Name a file in a folder that can be written"
        ) from error
    typer.echo(f"Written: {path}", err=True)
