"""List exports of the portal as workbooks: five columns, found by their headings (FORMATS, section 4).

The old portal's export has other headings over several merged rows. A list of one ministry says nothing about
procedures of others: absence is not repeal.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from catalogue_import.clean import clean, clean_line
from catalogue_import.decision_file import Place
from catalogue_import.files import InputError, Progress, size_of
from catalogue_import.formats.decision.codes import read_codes
from catalogue_import.formats.decision.text import letters
from catalogue_import.formats.format import CheckFormat
from catalogue_import.reading_issues import ReadingIssue, Reporter
from catalogue_import.recovered import Recovered, RecoveredFile
from catalogue_import.workbooks import open_workbook, peek

MOST_ROWS = 20_000  # three times the whole catalogue of 2026
CERTAINTY = {"name": 1.0, "issuer": 1.0, "agencies": 1.0, "field": 1.0}
HEADINGS = {
    "maso": "code",
    "matthc": "code",
    "mathutuc": "code",
    "ten": "name",
    "tentthc": "name",
    "tenthutuc": "name",
    "coquanbanhanh": "issuer",
    "coquancongkhai": "issuer",
    "coquanthuchien": "agencies",
    "linhvuc": "field",
}
NEEDED = {"code", "name", "field", "issuer"}  # a decision's list names no issuing agency
IGNORED = {"stt", "tt"}  # numbers of the rows


def is_list_export(path: Path) -> bool:
    seen = peek(path)
    return seen is not None and any(set(_columns(row).values()) >= NEEDED for row in seen.rows)


def read(path: Path, progress: Progress) -> RecoveredFile:
    workbook, reporter = open_workbook(path), Reporter()
    sheet = workbook.worksheets[0]
    if (sheet.max_row or 0) > MOST_ROWS:
        raise InputError(f"{path.name} có hơn {MOST_ROWS:,} dòng. Xóa các dòng trống ở cuối rồi lưu lại")
    records = tuple(listed(Place(sheet=sheet.title), sheet.iter_rows(values_only=True), reporter))
    progress(size_of(path), size_of(path))
    return RecoveredFile(records=records, issues=reporter.issues)


def _columns(row: Sequence[Any]) -> dict[int, str]:
    return {at: HEADINGS[key] for at, value in enumerate(row) if (key := letters(_text(value))) in HEADINGS}


def listed(place: Place, rows: Iterable[Sequence[Any]], reporter: Reporter) -> Iterator[Recovered]:
    """The procedures below the headings of such a list."""
    columns: dict[int, str] = {}
    for number, row in enumerate(rows, start=1):
        where = replace(place, row=number)
        if not columns:
            columns = _heading(row, where, reporter)
        elif any(_text(value) for value in row):
            record = _record(row, columns, where, reporter)
            if record is not None:
                yield record


def _heading(row: Sequence[Any], where: Place, reporter: Reporter) -> dict[int, str]:
    """Empty for a row above the headings; a column that nothing reads is reported."""
    columns = _columns(row)
    if not set(columns.values()) >= NEEDED:
        return {}
    for at, value in enumerate(row):
        if at not in columns and _text(value) and letters(_text(value)) not in IGNORED:
            reporter.add(ReadingIssue.UNKNOWN_COLUMN, _text(value), where)
    return columns


def _record(row: Sequence[Any], columns: Mapping[int, str], where: Place, reporter: Reporter) -> Recovered | None:
    values = {name: row[at] for at, name in columns.items() if at < len(row)}
    number = values.get("code")
    codes = read_codes(_text(number), number if type(number) is float else None).clean
    if len(codes) != 1:
        text = " | ".join(filter(None, map(_text, row)))
        reporter.add(ReadingIssue.UNREAD_ROW, text, where)
        return None
    agencies = clean(str(values.get("agencies") or "")).split("\n")
    return Recovered(
        code=codes[0],
        where=str(where),
        certainty=CERTAINTY,
        name=_text(values.get("name")),
        issuer=_text(values.get("issuer")),
        field=_text(values.get("field")),
        agencies=tuple(dict.fromkeys(filter(None, map(clean_line, agencies)))),
    )


def _text(value: Any) -> str:
    return "" if value is None else clean_line(str(value))


LIST_EXPORT = CheckFormat(
    name="list export",
    looks_like="an .xlsx file with the columns Mã số, Tên, Cơ quan ban hành, Lĩnh vực",
    claims=is_list_export,
    read=read,
)
