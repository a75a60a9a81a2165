"""Records of one code put together: once for each level, or in a list and again with their content."""

from collections.abc import Sequence

from msgspec.structs import replace

from catalogue_import.decision_file import DecisionRecord, Status
from catalogue_import.formats.decision.values import in_order
from catalogue_import.reading_issues import ReadingIssue, Reporter


def merged(records: Sequence[DecisionRecord], reporter: Reporter) -> tuple[DecisionRecord, ...]:
    """A code listed once for each level is one record with all of them."""
    kept: dict[tuple[str, Status], DecisionRecord] = {}
    for record in records:
        key = record.code, record.status
        before = kept.get(key)
        if before is None:
            kept[key] = record
        elif record.content is not None and before.content is None:
            kept[key] = _with_content(before, record)
        else:
            kept[key] = _joined(before, record, reporter)
    codes: dict[str, Status] = {}
    for (code, status), record in kept.items():
        if codes.setdefault(code, status) is not status:
            reporter.add(ReadingIssue.TWO_STATUSES, code, record.where)
    return tuple(kept.values())


def _with_content(listed: DecisionRecord, detailed: DecisionRecord) -> DecisionRecord:
    """A list and then the content of its procedures: the list's cells count, the content fills what they leave."""
    empty = [
        name for name in ("field", "levels", "time_statutory", "fee_text", "channels") if not getattr(listed, name)
    ]
    filled = {name: getattr(detailed, name) for name in empty}
    place, law = listed.place or detailed.place, listed.legal_basis or detailed.legal_basis
    return replace(listed, content=detailed.content, place=place, legal_basis=law, **filled)


def _joined(one: DecisionRecord, other: DecisionRecord, reporter: Reporter) -> DecisionRecord:
    levels = in_order([*(one.levels or ()), *(other.levels or ())]) or None
    places = tuple(dict.fromkeys([*one.place, *other.place]))
    expected = replace(other, where=one.where, levels=one.levels, place=one.place, field=one.field or other.field)
    is_same = expected == one and one.levels != other.levels
    is_shared_successor = one.status is Status.NEW and one.levels == other.levels and expected == one
    if one.successor != other.successor:
        reporter.add(ReadingIssue.TWO_SUCCESSORS, f"{one.code} → {one.successor}, {other.successor}", other.where)
    elif not (is_same or is_shared_successor):
        reporter.add(ReadingIssue.REPEATED_CODE, f"{one.code} ({one.where})", other.where)
    return replace(one, levels=levels, place=places)
