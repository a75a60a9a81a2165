"""Dossiers by their due date, for the people who have to see to them."""

from datetime import date, timedelta

import sqlalchemy as sa
from sqlmodel import Session

from knowledge.dossiers.dossier import Dossier, Status
from knowledge.dossiers.ledger import DOSSIER, decoded

OPEN = (Status.RECEIVED, Status.IN_WORK)  # the office's move; while it waits for the citizen no time runs


def open_due_between(session: Session, first: date, last: date) -> tuple[Dossier, ...]:
    """Dossiers in the office's hands that are due from `first` to `last`, both included, the earliest first."""
    until = (last + timedelta(days=1)).isoformat()
    query = (
        sa.select(DOSSIER.c.body)
        .where(DOSSIER.c.due >= first.isoformat(), DOSSIER.c.due < until, DOSSIER.c.status.in_(OPEN))
        .order_by(DOSSIER.c.due, DOSSIER.c.code)
    )
    return tuple(decoded(body) for body in session.connection().execute(query).scalars())
