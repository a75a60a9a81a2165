"""What staff changed in the table of working days; the newest edit of a day counts, all are kept."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, col, select

from knowledge.calendar import Calendar, CalendarDay, Confidence, DayKind, by_day
from knowledge.calendar_seed import seeded_calendar
from knowledge.tables import CalendarEdit


def edit(session: Session, days: Iterable[CalendarDay], now: datetime) -> None:
    """Put days into the table, each with its ground; DayKind.PLAIN makes a day nothing special."""
    session.add_all(
        CalendarEdit(
            day=each.day,
            kind=each.kind,
            name=each.name,
            basis=each.basis,
            confidence=each.confidence,
            edited_at=now,
        )
        for each in days
    )
    session.flush()


def edits_of(session: Session) -> tuple[CalendarDay, ...]:
    """All edits, oldest first."""
    rows = session.exec(select(CalendarEdit).order_by(col(CalendarEdit.id))).all()
    return tuple(
        CalendarDay(
            day=row.day,
            kind=DayKind(row.kind),
            name=row.name,
            basis=row.basis,
            confidence=Confidence(row.confidence),
        )
        for row in rows
    )


def calendar_now(session: Session) -> Calendar:
    """The table as it stands: seeded days under the edits."""
    return seeded_calendar(by_day(edits_of(session)))
