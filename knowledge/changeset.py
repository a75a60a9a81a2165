"""What an edition changes, and where it comes from."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from knowledge.procedure import Checklist, InvalidValueError, Procedure, Value


class EditionKind(StrEnum):
    STARTER = "starter"
    CATALOGUE = "catalogue"
    GO_BACK = "go_back"


class ChangeKind(StrEnum):
    NEW = "new"
    AMENDED = "amended"
    REPEALED = "repealed"


class Original(NamedTuple):
    """A text as its publisher wrote it, and its place in the published record ("executionSteps[0].description")."""

    place: str
    text: str


class Change(Value, frozen=True):
    """What becomes of one procedure. `effective` is the first day of the new rule, None for "since always"."""

    kind: ChangeKind
    formality_id: str
    procedure: Procedure | None = None  # None when repealed
    digest: str = ""
    effective: date | None = None
    originals: tuple[Original, ...] = ()  # of the texts that cleaning changed; they change no digest

    def __post_init__(self) -> None:
        if (self.procedure is None) != (self.kind is ChangeKind.REPEALED):
            raise InvalidValueError(f"change of {self.formality_id}: a procedure goes with all kinds but repealed")
        if self.procedure is not None and self.procedure.formality_id != self.formality_id:
            raise InvalidValueError(f"change of {self.formality_id}: carries {self.procedure.formality_id}")


class ChangeSet(Value, frozen=True):
    """Everything the next edition changes, and how many records were left alone."""

    changes: tuple[Change, ...] = ()
    unchanged: int = 0
    checklists: tuple[Checklist, ...] = ()  # put in place of the present ones of the same codes

    def __post_init__(self) -> None:
        _refuse_repetition(change.formality_id for change in self.changes)
        _refuse_repetition(checklist.code for checklist in self.checklists)

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


def _refuse_repetition(keys: Iterable[str]) -> None:
    """One edition can change a thing once: the second change would not see the first."""
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise InvalidValueError(f"change set: {key} is changed twice")
        seen.add(key)
