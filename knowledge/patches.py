"""What announcement decisions say of single procedures: a patch is one row of a decision (ADR 12)."""

from datetime import date
from enum import StrEnum

from knowledge.procedure import CODE, Channel, Decision, InvalidValueError, Level, Paper, Value


class PatchStatus(StrEnum):
    """In the order in which rows of one decision and day are folded: what ends before what begins."""

    REPEALED = "repealed"
    REPLACED = "replaced"
    NEW = "new"
    AMENDED = "amended"


class OnlineLevel(StrEnum):
    FULL = "full"  # toàn trình
    PARTIAL = "partial"  # một phần
    NONE = "none"
    UNSPECIFIED = "unspecified"


class Patch(Value, frozen=True):
    """One procedure in one decision, the rule from `effective` on. Empty or None: the decision does not state it.

    `time_statutory` and `time_shortened` are the decision's words ("07 ngày làm việc"); a row that states a time
    states all of it, so that no shortened time means that there is none.
    """

    code: str
    status: PatchStatus
    effective: date
    decision: Decision
    name: str = ""
    field: str = ""
    levels: tuple[Level, ...] = ()
    time_statutory: str = ""
    time_shortened: str = ""
    place: tuple[str, ...] = ()
    fee_text: str = ""
    online_level: OnlineLevel | None = None
    channels: tuple[Channel, ...] = ()
    legal_bases: tuple[str, ...] = ()
    papers: tuple[Paper, ...] = ()
    steps: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    conditions: str = ""
    successor: str = ""  # code, of a replaced procedure only
    where: str = ""  # in the decision: "Phụ lục I, dòng 7"

    def __post_init__(self) -> None:
        if not CODE.fullmatch(self.code):
            raise InvalidValueError(f"patch: {self.code!r} is no procedure code")
        if (self.status is PatchStatus.REPLACED) != bool(self.successor):
            raise InvalidValueError(f"patch of {self.code}: a successor goes with `replaced`, and with nothing else")
        if self.successor and (not CODE.fullmatch(self.successor) or self.successor == self.code):
            raise InvalidValueError(f"patch of {self.code}: {self.successor!r} cannot succeed it")

    @property
    def key(self) -> str:
        """The same row of the same decision, read from whatever file. Numbers of decisions begin anew every year."""
        year = self.decision.day.year if self.decision.day else ""
        return f"{self.decision.number}/{year} {self.code} {self.status}"

    @property
    def ends(self) -> bool:
        return self.status in {PatchStatus.REPEALED, PatchStatus.REPLACED}

    @property
    def states_time(self) -> bool:
        return bool(self.time_statutory or self.time_shortened)
