"""Who a record of the portal is about."""

from collections.abc import Iterable

from catalogue_import.formats.format import Identity
from catalogue_import.formats.portal.times import day
from catalogue_import.issues import IssueKind
from catalogue_import.source_record import SourceRecord, UnreadableRecordError

NEEDED = ("id", "code", "name", "type")
NEEDED_IN_DETAILS = ("departmentPromulgateCode", "executionMethods", "executionCases", "executionSteps")


def identify(record: SourceRecord) -> Identity:
    """Takes the fields of the identity out; without one of NEEDED the record is left out."""
    has_details = is_detail(record)
    _require(record, NEEDED_IN_DETAILS if has_details else ())
    code = record.take("code")
    if record.take("codeNotation") != code:
        record.report(IssueKind.TEXTS_DIFFER, "code, codeNotation")
    return Identity(
        formality_id=record.text("id"),
        code=code,
        name=record.line("name"),
        kind=record.text("type"),
        issuer_code=record.text("departmentPromulgateCode") if has_details else "",
        is_internal=has_details and record.flag("isInternal"),
        updated=day(record, "updatedAt") if has_details else None,
        has_details=has_details,
    )


def is_detail(record: SourceRecord) -> bool:
    """List objects have none of these; a detail object that lost one of them still has others."""
    return any(key in record for key in ("procedureProposal", *NEEDED_IN_DETAILS))


def _require(record: SourceRecord, keys: Iterable[str]) -> None:
    """Each needed text is there and not blank, each needed list is there."""
    for key in (*NEEDED, *keys):
        value = record.values.get(key)
        if value is None or value == "" or (type(value) is str and not value.strip()):
            raise UnreadableRecordError(IssueKind.RECORD_WITHOUT, key, record.where)
    code = record.values["code"]
    if type(code) is not str or "\x00" in code:  # codes are kept as they are, and PostgreSQL refuses NUL
        raise record.unreadable("code", code, "a text")
