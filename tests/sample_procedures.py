"""Small invented procedures with real shapes, for tests that need one but no fact of it."""

from datetime import date
from typing import Any

from knowledge.changeset import Change, ChangeKind, ChangeSet, EditionKind, Origin
from knowledge.procedure import (
    Channel,
    Checklist,
    Decision,
    Fee,
    FeeKind,
    FilingChannel,
    Level,
    Paper,
    PaperGroup,
    PlainPaper,
    Procedure,
    Step,
    TimeLimit,
    Unit,
)

DATA_DAY = date(2026, 7, 18)
CATALOGUE = Origin(kind=EditionKind.CATALOGUE, source="details.jsonl.gz", data_day=DATA_DAY)


def make_procedure(code: str = "1.000001", **changes: Any) -> Procedure:
    """A procedure of a commune with one paper, one channel and a declared fee; name any field to change it."""
    facts: dict[str, Any] = {
        "formality_id": f"id-{code}",
        "code": code,
        "name": f"Đăng ký việc số {code}",
        "field": "Hộ tịch",
        "issuer": "Bộ Tư pháp",
        "issuer_code": "G15",
        "data_day": DATA_DAY,
        "levels": (Level.COMMUNE,),
        "decision": Decision(number="163/QĐ-BTP", day=date(2026, 1, 16), issuer="Bộ Tư pháp"),
        "channels": (
            FilingChannel(
                channel=Channel.DIRECT,
                time_limit=TimeLimit(amount=3, unit=Unit.WORKING_DAY),
                fees=(Fee(kind=FeeKind.SERVICE_FEE, amount=8_000),),
            ),
        ),
        "paper_groups": (PaperGroup(papers=(Paper(name="Tờ khai", originals=1, component="KQ000001"),)),),
        "steps": (Step(text="Nộp tờ khai tại nơi tiếp nhận."),),
    }
    return Procedure(**facts | changes)


def make_checklist(code: str = "1.000001", **changes: Any) -> Checklist:
    """The plain layer of `make_procedure`."""
    facts: dict[str, Any] = {
        "code": code,
        "name": f"Làm việc số {code}",
        "papers": (PlainPaper(name="Tờ khai", originals=1, components=("KQ000001",)),),
    }
    return Checklist(**facts | changes)


def new(*procedures: Procedure, effective: date | None = None) -> ChangeSet:
    """A change set that adds procedures."""
    return ChangeSet(changes=tuple(_change(ChangeKind.NEW, each, effective) for each in procedures))


def amended(*procedures: Procedure, effective: date | None = None) -> ChangeSet:
    """A change set that puts procedures in place of those of the same formality id."""
    return ChangeSet(changes=tuple(_change(ChangeKind.AMENDED, each, effective) for each in procedures))


def repealed(*procedures: Procedure, effective: date | None = None) -> ChangeSet:
    """A change set that ends procedures."""
    ends = (
        Change(kind=ChangeKind.REPEALED, formality_id=each.formality_id, effective=effective) for each in procedures
    )
    return ChangeSet(changes=tuple(ends))


def _change(kind: ChangeKind, procedure: Procedure, effective: date | None) -> Change:
    return Change(kind=kind, formality_id=procedure.formality_id, procedure=procedure, effective=effective)
