"""What an edition changes, and where it comes from."""

import hashlib
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import NamedTuple

import msgspec

from knowledge.commune_layer import CommuneLayer
from knowledge.faq.entry import FaqEntry
from knowledge.fee_rules import FeeRule
from knowledge.patches import Patch
from knowledge.procedure import Checklist, InvalidValueError, Procedure, Value
from knowledge.words.word import StaffWord


class EditionKind(StrEnum):
    STARTER = "starter"
    CATALOGUE = "catalogue"
    DECISION = "decision"  # rows of an announcement decision, or a mere list of repealed codes
    FEES = "fees"  # the council's table of fees
    COMMUNES = "communes"  # what communes say of themselves
    WORDS = "words"  # a wording or short form that a second person approved, or that was retired
    FAQ = "faq"  # an entry that a second person approved, or that was retired
    GO_BACK = "go_back"


class ChangeKind(StrEnum):
    NEW = "new"
    AMENDED = "amended"
    REPEALED = "repealed"
    REPLACED = "replaced"  # of rows of decisions only: a record of the catalogue has no successor


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
        if self.kind is ChangeKind.REPLACED:
            raise InvalidValueError(f"change of {self.formality_id}: only a decision replaces a procedure")
        if (self.procedure is None) != (self.kind is ChangeKind.REPEALED):
            raise InvalidValueError(f"change of {self.formality_id}: a procedure goes with all kinds but repealed")
        if self.procedure is not None and self.procedure.formality_id != self.formality_id:
            raise InvalidValueError(f"change of {self.formality_id}: carries {self.procedure.formality_id}")


class ChangeSet(Value, frozen=True):
    """Everything the next edition changes, and how many records were left alone.

    Checklists, patches, communes, FAQ entries and words of staff are put in place of the present ones of the same code
    or key; `fee_rules`, unless None, in place of the whole table of them; rows of decisions of the keys `withdrawn`
    end, FAQ entries of the codes `retired`, and words of the codes `retired_words`.
    """

    changes: tuple[Change, ...] = ()
    unchanged: int = 0
    checklists: tuple[Checklist, ...] = ()
    patches: tuple[Patch, ...] = ()
    withdrawn: tuple[str, ...] = ()
    fee_rules: tuple[FeeRule, ...] | None = None
    communes: tuple[CommuneLayer, ...] = ()
    faqs: tuple[FaqEntry, ...] = ()
    retired: tuple[str, ...] = ()
    words: tuple[StaffWord, ...] = ()
    retired_words: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _refuse_repetition(change.formality_id for change in self.changes)
        _refuse_repetition(checklist.code for checklist in self.checklists)
        _refuse_repetition((*(patch.key for patch in self.patches), *self.withdrawn))
        _refuse_repetition(commune.code for commune in self.communes)
        _refuse_repetition((*(entry.code for entry in self.faqs), *self.retired))
        _refuse_repetition((*(word.code for word in self.words), *self.retired_words))

    @property
    def is_empty(self) -> bool:
        everything = (
            self.changes,
            self.checklists,
            self.patches,
            self.withdrawn,
            self.communes,
            self.faqs,
            self.retired,
            self.words,
            self.retired_words,
        )
        return self.fee_rules is None and not any(everything)

    def count(self, kind: ChangeKind) -> int:
        """Procedures of the catalogue and rows of decisions together."""
        return sum(change.kind == kind for change in self.changes) + sum(
            patch.status.value == kind.value for patch in self.patches
        )

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


def content_digest(value: Value) -> str:
    """Digest of a value's content; its lists are expected in canonical order already."""
    return hashlib.blake2b(msgspec.json.encode(value), digest_size=16).hexdigest()
