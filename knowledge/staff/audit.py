"""The record of every change: who, when, before, after. Only written, nowhere changed."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Session

from knowledge.clock import day_begins
from knowledge.procedure import Value
from knowledge.staff_tables import AuditNote, StaffAccount
from knowledge.versions import table_of

NOTES, ACCOUNTS = table_of(AuditNote), table_of(StaffAccount)
STAFF = "staff-"  # before the login of whom a note is about


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
    INSISTED = "insisted"  # sent or approved although something spoke against it
    ANSWERED = "answered"
    PROMISED = "promised"
    ASSIGNED = "assigned"
    MERGED = "merged"
    SPLIT = "split"
    TOOK_OVER = "took_over"
    GAVE_BACK = "gave_back"
    LINKED = "linked"
    UNLINKED = "unlinked"
    WENT_BACK = "went_back"
    PETITION = "petition"
    SAMPLE_DRAWN = "sample_drawn"
    JUDGED = "judged"
    ANNOUNCED = "announced"
    ANNOUNCEMENT_ENDED = "announcement_ended"
    CHANNEL_OFF = "channel_off"
    CHANNEL_ON = "channel_on"
    RESTORED = "restored"
    PERSON_FORGOTTEN = "person_forgotten"
    PRUNED = "pruned"


class Note(Value, frozen=True, kw_only=True):
    """One change. `before` and `after` are texts or JSON. `commune` is whose business it is where that is not its
    author's (what the city's staff change of a commune's); "" for the rest."""

    at: datetime
    who: str
    deed: Deed
    subject: str
    before: str = ""
    after: str = ""
    commune: str = ""


class Sought(Value, frozen=True, kw_only=True):
    """Which notes are looked for; what is empty is any. Days are of Việt Nam and both of them belong to it. For a
    commune what its staff did, and what others did to what is its own."""

    who: str = ""
    deed: Deed | None = None
    subject: str = ""
    since: date | None = None
    until: date | None = None
    commune: str = ""


ALL = Sought()


def write(session: Session, note: Note) -> None:
    row = {name: getattr(note, name) for name in Note.__struct_fields__}
    row["commune"] = note.commune or _commune_of(session, note)
    session.connection().execute(sa.insert(NOTES), row)


def _commune_of(session: Session, note: Note) -> str:
    """Of who did it, or of the account that it was done to."""
    logins = {note.who, note.subject.removeprefix(STAFF) if note.subject.startswith(STAFF) else note.who}
    query = sa.select(ACCOUNTS.c.commune).where(ACCOUNTS.c.login.in_(logins), ACCOUNTS.c.commune != "").limit(1)
    return session.connection().scalar(query) or ""


def notes(session: Session, subject: str = "", most: int = 200) -> Sequence[Note]:
    """The latest first; of one subject, if one is given."""
    return notes_in(session, Sought(subject=subject), most)


def notes_in(session: Session, sought: Sought, most: int, skip: int = 0) -> Sequence[Note]:
    """The latest first, behind the first `skip`."""
    query = sa.select(NOTES).where(*_conditions(sought)).order_by(NOTES.c.id.desc()).limit(most).offset(skip)
    rows = session.connection().execute(query).mappings()
    return [Note(**{name: row[name] for name in Note.__struct_fields__} | {"deed": Deed(row["deed"])}) for row in rows]


def count_notes(session: Session, sought: Sought = ALL) -> int:
    query = sa.select(sa.func.count()).select_from(NOTES).where(*_conditions(sought))
    return int(session.connection().execute(query).scalar_one())


def _conditions(sought: Sought) -> Iterator[sa.ColumnElement[bool]]:
    for name in ("who", "deed", "subject", "commune"):
        if wanted := getattr(sought, name):
            yield NOTES.c[name] == wanted
    if sought.since:
        yield NOTES.c.at >= day_begins(sought.since)
    if sought.until and sought.until < date.max:
        yield NOTES.c.at < day_begins(sought.until + timedelta(days=1))
