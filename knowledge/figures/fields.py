"""The field (lĩnh vực) of a dossier's procedure."""

from functools import cached_property

from sqlmodel import Session, col, select

from knowledge.figures.dossier_places import Counts
from knowledge.language.syllables import fold
from knowledge.tables import ProcedureVersion


class Fields:
    """By code as the current edition has it; a register without codes is read by the official name, word for word."""

    def __init__(self, session: Session) -> None:
        rows = select(ProcedureVersion.code, ProcedureVersion.name, ProcedureVersion.field)
        self._rows = session.exec(rows.where(col(ProcedureVersion.closed_in).is_(None))).all()

    def of(self, counts: Counts) -> str:
        """Empty where neither tells."""
        if counts.procedure_code in self._by_code:
            return self._by_code[counts.procedure_code]
        return self._by_name.get(_key(counts.procedure), "") if counts.procedure else ""

    @cached_property
    def _by_code(self) -> dict[str, str]:
        return {code: field for code, _, field in self._rows}

    @cached_property
    def _by_name(self) -> dict[str, str]:
        return {_key(name): field for _, name, field in self._rows}


def _key(name: str) -> str:
    return " ".join(fold(name).split())
