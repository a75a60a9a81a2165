"""The roll of files that a report may be written to, by their ending."""

from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile

import msgspec

from bot.reports.document import document_of
from bot.reports.report import Report
from bot.reports.table import Table
from bot.reports.tables import tables_of
from bot.reports.workbook import workbook_of

JSON, XLSX, DOCX = ".json", ".xlsx", ".docx"


class OutputError(Exception):
    """The file cannot be written; the message says why and what to do."""


def json_of(report: Report, public_url: str = "") -> bytes:  # noqa: ARG001  as its like
    """Every table with its numbers as numbers; the sums that were checked."""
    period = report.scope.period
    given = {
        "period": period.key,
        "first": period.first,
        "last": period.last,
        "commune": report.scope.commune,
        "made_at": report.made_at,
        "checks": [{"what": check.what, "holds": check.holds} for check in report.checks],
        "tables": {table.key: _plain(table) for table in tables_of(report)},
    }
    return msgspec.json.format(msgspec.json.encode(given))


def _plain(table: Table) -> dict[str, object]:
    rows = [[cell.value for cell in cells] for cells in table.rows]
    return {"title": table.title, "headings": table.headings, "rows": rows, "note": table.note}


FORMATS: Mapping[str, Callable[[Report, str], bytes]] = {
    XLSX: workbook_of,
    DOCX: lambda report, _public_url: document_of(report),
    JSON: json_of,
}
MEDIA = {
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    JSON: "application/json",
}


def file_name(report: Report, ending: str) -> str:
    place = report.scope.commune or "thanh-pho"
    return f"bao-cao-{report.scope.period.key}-{place}{ending}"


def check_place(path: Path) -> None:
    """Before anything is counted. Raises OutputError."""
    if path.suffix.lower() not in FORMATS:
        raise OutputError(f"{path}: give a file that ends in {', '.join(FORMATS)}")
    if not path.parent.is_dir():
        raise OutputError(f"{path}: there is no folder {path.parent}")


def write_report(report: Report, path: Path, public_url: str = "") -> None:
    """Whole or not at all; one that is there is replaced. Raises OutputError."""
    check_place(path)
    made = FORMATS[path.suffix.lower()](report, public_url)
    try:
        with NamedTemporaryFile(dir=path.parent, suffix=path.suffix, delete=False) as file:
            file.write(made)
        Path(file.name).replace(path)
    except OSError as error:
        raise OutputError(f"{path}: {error.strerror}. Check that the folder exists and can be written") from error
