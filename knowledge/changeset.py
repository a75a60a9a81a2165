"""What an edition changes, and where it comes from."""

from datetime import date
from enum import StrEnum

from knowledge.procedure import Checklist, Procedure, Value


class EditionKind(StrEnum):
    STARTER = "starter"
    CATALOGUE = "catalogue"
    GO_BACK = "go_back"


class ChangeKind(StrEnum):
    NEW = "new"
    AMENDED = "amended"
    REPEALED = "repealed"


class Change(Value, frozen=True):
    """What becomes of one procedure. `effective` is the first day of the new rule, None for "since always"."""

    kind: ChangeKind
    formality_id: str
    procedure: Procedure | None = None  # None when repealed
    digest: str = ""
    effective: date | None = None


class ChangeSet(Value, frozen=True):
    """Everything the next edition changes, and how many records were left alone."""

    changes: tuple[Change, ...] = ()
    unchanged: int = 0
    checklists: tuple[Checklist, ...] = ()  # put in place of the present ones of the same codes

    @property
    def is_empty(self) -> bool:
        return not (self.changes or self.checklists)

    def count(self, kind: ChangeKind) -> int:
        return sum(change.kind == kind for change in self.changes)

    def __str__(self) -> str:
        counts = ", ".join(f"{self.count(kind)} {kind}" for kind in ChangeKind)
        return f"{counts}, {self.unchanged} unchanged"


class Origin(Value, frozen=True):
    """Where an edition comes from."""

    kind: EditionKind
    source: str = ""
    digest: str = ""
    data_day: date | None = None
    reason: str = ""
    restores: int | None = None
