"""What was read from copies of published pages, for scripts and for people; each field with its certainty."""

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from catalogue_import.comparing import Difference
from catalogue_import.reading import LEVEL_NAMES, issue_line, place_values
from catalogue_import.recovered import FilingRow, Recovered, RecoveredFile
from knowledge.value_words import value_in_words
from knowledge.what_changed import field_name

PARTS_OF_PAPERS = ("paper_count", "quantities", "forms")  # certainties beside that of the names
PARTS_OF_FILING = ("channels", "times", "fees")


def copies_json(file: RecoveredFile, format_name: str, found: Sequence[Difference]) -> str:
    """{"format", "records", "needs_review", "ignored", "issues", "differences"}; fields {"value", "certainty"}."""
    values = {
        "format": format_name,
        "records": [_record(record) for record in file.records],
        "needs_review": [],
        "ignored": [],
        "issues": [
            {
                "code": issue.code,
                "severity": issue.severity,
                "message": issue.message,
                "where": place_values(issue.where),
            }
            for issue in file.issues
        ],
        "differences": [difference._asdict() for difference in found],
    }
    return msgspec.json.format(msgspec.json.encode(values), indent=2).decode()


def copies_text(file: RecoveredFile, format_name: str, found: Sequence[Difference]) -> str:
    return "\n".join(_lines(file, format_name, found))


def _record(record: Recovered) -> dict[str, Any]:
    """Only fields that the copy shows and that are known to what degree they are right."""
    shown = {name: _plain(getattr(record, name)) for name in record.__struct_fields__ if name not in _IDENTITY}
    fields = {name: {"value": value, "certainty": _certainty(record, name)} for name, value in shown.items() if value}
    return {"code": record.code, "formality_id": record.formality_id, "where": record.where, "fields": fields}


_IDENTITY = {"code", "formality_id", "where", "certainty"}


def _certainty(record: Recovered, name: str) -> Any:
    """One number, or one for each part of papers and filing where they were measured apart."""
    parts = {"papers": PARTS_OF_PAPERS, "filing": PARTS_OF_FILING}.get(name, ())
    apart = {part: record.certainty[part] for part in parts if part in record.certainty}
    if apart and name in record.certainty:
        apart["names"] = record.certainty[name]
    return apart or record.certainty.get(name)


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_row(item) if isinstance(item, FilingRow) else msgspec.to_builtins(item) for item in value]
    return value


def _row(row: FilingRow) -> dict[str, Any]:
    fields = {"time": row.time, "fee": row.fee, "fee_state": row.fee_state, "note": row.note}
    return {"channel": row.channel.upper(), **fields}


def _lines(file: RecoveredFile, format_name: str, found: Sequence[Difference]) -> Iterator[str]:
    yield f"{format_name}: {len(file.records):,} thủ tục; bản sao chỉ để đối chiếu, không dùng để công bố"
    for record in file.records:
        yield f"{record.code:<10} {record.name}  [{record.where}]"
        yield from (f"    {label}: {text}" for label, text in _details(record) if text)
    yield from (issue_line(issue.severity, issue.message, issue.where) for issue in file.issues)
    if found:
        yield "Khác với bản ghi đang dùng:"
    yield from map(_difference, found)


def _details(record: Recovered) -> tuple[tuple[str, str], ...]:
    return (
        ("lĩnh vực", record.field),
        ("cấp", ", ".join(LEVEL_NAMES[level] for level in record.levels)),
        ("quyết định", record.decision),
        ("cơ quan", "; ".join(dict.fromkeys(filter(None, (record.issuer, *record.agencies))))),
        ("cách nộp", "; ".join(map(_filing, record.filing))),
        ("giấy tờ", f"{len(record.papers)}" if record.papers else ""),
        ("căn cứ", "; ".join(law.number for law in record.legal_bases)),
    )


def _filing(row: FilingRow) -> str:
    """A bare number stands where the portal has no unit: it is a placeholder and no time (FORMATS, section 3.5)."""
    time = f"“{row.time}” (không rõ đơn vị)" if row.time.isdecimal() else row.time
    return ", ".join(filter(None, (value_in_words(row.channel), time, row.fee)))


def _difference(found: Difference) -> str:
    sides = (("bản sao", found.copy), ("bản ghi", found.record))
    told = "; ".join(f"chỉ {side} có “{text}”" for side, text in sides if text)
    return f"  {found.code} {field_name(found.field)}: {told}"
