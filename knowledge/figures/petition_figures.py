"""Complaints and proposals of a period with what was carried over: before + received = closed + after."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Session

from knowledge.figures.scope import Page, Scope, within
from knowledge.petitions import PETITIONS, Petition, PetitionKind, petition_from
from knowledge.procedure import Value


class Column(StrEnum):
    BEFORE = "before"  # pending at the beginning
    RECEIVED = "received"
    CLOSED = "closed"
    AFTER = "after"  # pending at the end
    HANDED = "handed"  # of these, with the agency or the official system


class PetitionFigures(Value, frozen=True, kw_only=True):
    kinds: Mapping[PetitionKind, Mapping[Column, int]]

    def of(self, column: Column) -> int:
        return sum(counts[column] for counts in self.kinds.values())

    @property
    def adds_up(self) -> bool:
        return all(
            counts[Column.BEFORE] + counts[Column.RECEIVED] == counts[Column.CLOSED] + counts[Column.AFTER]
            and counts[Column.HANDED] <= counts[Column.AFTER]
            for counts in self.kinds.values()
        )


def petition_figures(session: Session, scope: Scope) -> PetitionFigures:
    """Each column is counted by itself; whether they agree is `adds_up`."""
    kinds = {kind: dict.fromkeys(Column, 0) for kind in PetitionKind}
    for column in Column:
        query = sa.select(PETITIONS.c.kind, sa.func.count()).where(*_of(scope, column)).group_by(PETITIONS.c.kind)
        for kind, count in session.connection().execute(query):
            kinds[PetitionKind(kind)][column] = count
    return PetitionFigures(kinds={kind: counts for kind, counts in kinds.items() if any(counts.values())})


def petition_rows(
    session: Session, scope: Scope, column: Column, kind: PetitionKind | None, page: Page
) -> Sequence[Petition]:
    """Of one kind or of all, the oldest first."""
    own = (PETITIONS.c.kind == kind,) if kind else ()
    query = sa.select(PETITIONS).where(*_of(scope, column), *own).order_by(PETITIONS.c.received_at, PETITIONS.c.id)
    rows = session.connection().execute(query.limit(page.size).offset(page.skipped)).mappings()
    return [petition_from(row) for row in rows]


def _of(scope: Scope, column: Column) -> tuple[sa.ColumnElement[bool], ...]:
    begins, ends = scope.period.begins, scope.period.ends
    received, closed, handed = PETITIONS.c.received_at, PETITIONS.c.closed_at, PETITIONS.c.handed_at
    after = (received < ends, sa.or_(closed.is_(None), closed >= ends))
    conditions: dict[Column, tuple[sa.ColumnElement[bool], ...]] = {
        Column.BEFORE: (received < begins, sa.or_(closed.is_(None), closed >= begins)),
        Column.RECEIVED: within(received, scope.period),
        Column.CLOSED: within(closed, scope.period),
        Column.AFTER: after,
        Column.HANDED: (*after, handed < ends),
    }
    return (*conditions[column], *scope.of(PETITIONS.c.commune))
