"""Small invented decisions, for tests that need one but no fact of it."""

from datetime import date
from typing import Any

from catalogue_import.decision_file import Announcement, DecisionFile, DecisionRecord, Place, Status
from knowledge.changeset import ChangeSet, EditionKind, Origin
from knowledge.patches import Patch, PatchStatus
from knowledge.procedure import Decision

AUGUST = date(2026, 8, 30)
DECISION = Origin(kind=EditionKind.DECISION, source="quyet-dinh.docx")


def make_patch(code: str = "1.000001", status: str = "amended", **changes: Any) -> Patch:
    """A row of decision 9001 of 30/8/2026, in force on signing; name any field to change it. `number` and `signed` are
    those of the decision."""
    number, signed = changes.pop("number", "9001/QĐ-UBND"), changes.pop("signed", AUGUST)
    facts: dict[str, Any] = {
        "code": code,
        "status": PatchStatus(status),
        "effective": signed,
        "decision": Decision(number=number, day=signed, issuer="Chủ tịch Ủy ban nhân dân thành phố"),
        "name": f"Việc số {code}",
    }
    return Patch(**facts | changes)


def decided(*patches: Patch, withdrawn: tuple[str, ...] = ()) -> ChangeSet:
    return ChangeSet(patches=patches, withdrawn=withdrawn)


def make_row(code: str = "1.000001", status: str = "amended", row: int = 1, **changes: Any) -> DecisionRecord:
    facts: dict[str, Any] = {"code": code, "status": Status(status), "name": "", "where": Place(table=1, row=row)}
    return DecisionRecord(**facts | changes)


def make_decision(*records: DecisionRecord, **changes: Any) -> DecisionFile:
    """Decision 9001 of 30/8/2026, in force on signing."""
    facts: dict[str, Any] = {"number": "9001/QĐ-UBND", "day": AUGUST, "effective": AUGUST}
    found = {name: changes.pop(name) for name in ("issues", "needs_review") if name in changes}
    return DecisionFile(decision=Announcement(**facts | changes), records=records, **found)
