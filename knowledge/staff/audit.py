"""The record of every change: who, when, before, after. Only written, nowhere changed."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Session

from knowledge.procedure import Value
from knowledge.staff_tables import AuditNote
from knowledge.versions import table_of

NOTES = table_of(AuditNote)


class Deed(StrEnum):
    STAFF_ADDED = "staff_added"
    STAFF_DISABLED = "staff_disabled"
    STAFF_ROLE = "staff_role"
    STAFF_PASSWORD = "staff_password"  # noqa: S105  a deed, no password
    LOGGED_IN = "logged_in"
    FACTOR_ON = "factor_on"
    FACTOR_OFF = "factor_off"
    FACTOR_RESET = "factor_reset"
    RECOVERY_USED = "recovery_used"
    DRAFTED = "drafted"
    REVISED = "revised"
    APPROVED = "approved"
    REVIEWED = "reviewed"
    RETIRED = "retired"
    RAISED = "raised"  # a word of a commune proposed for the city
    DISMISSED = "dismissed"
    REOPENED = "reopened"
    ANSWERED = "answered"
    PROMISED = "promised"
    ASSIGNED = "assigned"
    MERGED = "merged"
    SPLIT = "split"
    TOOK_OVER = "took_over"
    LINKED = "linked"
    WENT_BACK = "went_back"
    PETITION = "petition"
    ANNOUNCED = "announced"
    ANNOUNCEMENT_ENDED = "announcement_ended"
    CHANNEL_OFF = "channel_off"
    CHANNEL_ON = "channel_on"
    RESTORED = "restored"
    PERSON_FORGOTTEN = "person_forgotten"
    PRUNED = "pruned"


class Note(Value, frozen=True, kw_only=True):
    """One change. `before` and `after` are texts or JSON."""

    at: datetime
    who: str
    deed: Deed
    subject: str
    before: str = ""
    after: str = ""


def write(session: Session, note: Note) -> None:
    session.connection().execute(sa.insert(NOTES), {name: getattr(note, name) for name in Note.__struct_fields__})


def notes(session: Session, subject: str = "", most: int = 200) -> Sequence[Note]:
    """The latest first; of one subject, if one is given."""
    query = sa.select(NOTES).order_by(NOTES.c.id.desc()).limit(most)
    rows = session.connection().execute(query.where(NOTES.c.subject == subject) if subject else query).mappings()
    return [Note(**{name: row[name] for name in Note.__struct_fields__} | {"deed": Deed(row["deed"])}) for row in rows]
