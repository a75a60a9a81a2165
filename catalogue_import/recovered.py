"""What can be won back from copies that are poorer than the record: lists, pages, printed exports, glued text.

They check a record, or tell of a procedure that has none; they are never published, because each of them lacks or
distorts something that citizens rely on (FORMATS, section 9).
"""

from collections.abc import Mapping

from catalogue_import.decision_file import CellIssue
from catalogue_import.issues import Severity
from knowledge.procedure import Channel, FeeState, LegalBasis, Level, Paper, Value


class FilingRow(Value, frozen=True):
    """One row of how to file, as printed. `fee_state` is None where the copy cannot tell free from undeclared."""

    channel: Channel
    time: str = ""
    fee: str = ""
    fee_state: FeeState | None = None
    note: str = ""


class Recovered(Value, frozen=True):
    """One procedure as a copy shows it; empty is "not shown". `certainty` is how often such a field is right, from
    0 to 1, for the fields that the copy has."""

    code: str
    where: str
    certainty: Mapping[str, float]
    formality_id: str = ""
    name: str = ""
    field: str = ""
    decision: str = ""
    issuer: str = ""
    levels: tuple[Level, ...] = ()
    subjects: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    filing: tuple[FilingRow, ...] = ()
    papers: tuple[Paper, ...] = ()
    legal_bases: tuple[LegalBasis, ...] = ()
    results: tuple[str, ...] = ()
    steps: str = ""
    conditions: str = ""


class RecoveredFile(Value, frozen=True):
    """Everything of one file or folder."""

    records: tuple[Recovered, ...] = ()
    issues: tuple[CellIssue, ...] = ()

    @property
    def is_refused(self) -> bool:
        return not self.records and any(issue.severity is Severity.STOP for issue in self.issues)
