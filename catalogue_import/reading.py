"""What was read from a file, for scripts (the keys of FORMATS section 10.4) and for people."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from catalogue_import.decision_file import Content, DecisionFile, DecisionRecord, Place
from catalogue_import.issues import Severity
from catalogue_import.reading_issues import LONGEST_LINE, cut
from knowledge.procedure import Level

LEVEL_NAMES = {Level.MINISTRY: "Cấp bộ", Level.PROVINCE: "Cấp tỉnh", Level.COMMUNE: "Cấp xã", Level.OTHER: "Khác"}
FIRST_STEP = 120  # characters; enough to recognise it beside the full text
STATUS_NAMES = {"new": "mới", "amended": "sửa đổi", "repealed": "bãi bỏ", "replaced": "thay thế"}
SEVERITY_NAMES = {Severity.STOP: "LỖI", Severity.WARN: "Cần xem", Severity.NOTE: "Ghi chú"}


def reading_json(file: DecisionFile, format_name: str) -> str:
    return msgspec.json.format(msgspec.json.encode(reading_values(file, format_name)), indent=2).decode()


def reading_values(file: DecisionFile, format_name: str) -> dict[str, Any]:
    """Every key always there; what the decision does not say is null."""
    decision = file.decision
    return {
        "format": format_name,
        "decision": {
            "number": decision.number,
            "date": decision.day,
            "issuer": decision.issuer,
            "title": decision.title,
            "effective_date": decision.effective,
        },
        "counts": _counts(file),
        "records": [_record(record) for record in file.records],
        "needs_review": [
            {
                "code_printed": review.code_printed,
                "suggested_code": review.suggested_code,
                "reason": review.reason,
                "status": review.status,
                "name": review.name,
                "where": place_values(review.where),
            }
            for review in file.needs_review
        ],
        "ignored": file.ignored,
        "issues": [
            {
                "code": issue.code,
                "severity": issue.severity,
                "message": issue.message,
                "where": place_values(issue.where),
            }
            for issue in file.issues
        ],
    }


def reading_text(file: DecisionFile, format_name: str) -> str:
    return "\n".join(_lines(file, format_name))


def _counts(file: DecisionFile) -> dict[str, int]:
    counted = Counter(record.status.value for record in file.records)
    return {status: counted[status] for status in STATUS_NAMES}


def _record(record: DecisionRecord) -> dict[str, Any]:
    values: dict[str, Any] = {
        "status": record.status,
        "code": record.code,
        "name": record.name,
        "field": record.field,
        "level": [LEVEL_NAMES[level] for level in record.levels] if record.levels else None,
        "time_statutory": record.time_statutory,
        "time_shortened": record.time_shortened,
        "place": record.place,
        "fee_text": record.fee_text,
        "online_level": record.online_level,
        "channels": [channel.upper() for channel in record.channels] if record.channels else None,
        "legal_basis": record.legal_basis,
        "successor": record.successor,
        "effective_date": record.effective,
        "where": place_values(record.where),
    }
    if record.announced_by:
        values["announced_by"] = record.announced_by
    if record.content:
        values["content"] = _content(record.content)
    return values


def _content(content: Content) -> dict[str, Any]:
    return {
        "step_paragraphs": len(content.steps),
        "first_step": content.steps[0][:FIRST_STEP] if content.steps else "",
        "steps": content.steps,
        "documents": [
            {"name": paper.name, "originals": paper.originals, "copies": paper.copies} for paper in content.papers
        ],
        "subjects": content.subjects,
        "agencies": content.agencies,
        "results": content.results,
        "conditions": content.conditions,
    }


def place_values(place: Place) -> dict[str, Any]:
    """Only what the file has: rows of a workbook have no page."""
    values = {name: getattr(place, name) for name in place.__struct_fields__}
    return {name: value for name, value in values.items() if value is not None and (value or name == "stt")}


def _lines(file: DecisionFile, format_name: str) -> Iterator[str]:
    decision = file.decision
    signed = f" ngày {decision.day:%d/%m/%Y}" if decision.day else ""
    effective = f"{decision.effective:%d/%m/%Y}" if decision.effective else "không rõ"
    yield f"{format_name}: Quyết định {decision.number or '(không rõ số)'}{signed}, hiệu lực {effective}"
    yield from filter(None, (decision.issuer, decision.title))
    yield ", ".join(f"{number} {STATUS_NAMES[status]}" for status, number in _counts(file).items()) + ":"
    for record in file.records:
        yield from _record_lines(record)
    for review in file.needs_review:
        suggestion = f" (gợi ý: {review.suggested_code})" if review.suggested_code else ""
        yield f"CẦN NGƯỜI KIỂM TRA  {review.code_printed or '–'}{suggestion}  {review.name}"
        yield f"    {review.reason}; {review.where}"
    if file.ignored:
        yield f"Mã chỉ được nhắc đến, không lấy: {', '.join(file.ignored)}"
    yield from (issue_line(issue.severity, issue.message, issue.where) for issue in file.issues)


def _record_lines(record: DecisionRecord) -> Iterator[str]:
    yield f"{STATUS_NAMES[record.status]:<9} {record.code}  {record.name}"
    yield from (f"    {label}: {text}" for label, text in _details(record) if text)


def _details(record: DecisionRecord) -> Iterable[tuple[str, str]]:
    effective = f"{record.effective:%d/%m/%Y}" if record.effective else ""
    return (
        ("lĩnh vực", record.field or ""),
        ("cấp", ", ".join(LEVEL_NAMES[level] for level in record.levels or ())),
        ("thời hạn", " → ".join(filter(None, (record.time_statutory, record.time_shortened))).replace("\n", "; ")),
        ("nơi thực hiện", "; ".join(record.place)),
        ("phí, lệ phí", (record.fee_text or "").replace("\n", "; ")),
        ("trực tuyến", record.online_level or ""),
        ("căn cứ", "; ".join(record.legal_basis)),
        ("thay bằng", record.successor or ""),
        ("hiệu lực", effective),
    )


def issue_line(severity: Severity, message: str, where: Place) -> str:
    """For a terminal; `--json` has long messages whole."""
    return f"{SEVERITY_NAMES[severity]}: {cut(message, LONGEST_LINE)}{f' [{where}]' if str(where) else ''}"
