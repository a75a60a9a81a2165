"""Tables of dossiers; as in `knowledge.tables` they only store."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from knowledge.clock import UtcDateTime


class DossierRecord(SQLModel, table=True):
    """A dossier with all that the systems show of it; the other columns are copies to search by."""

    __tablename__ = "dossier"

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(index=True)
    due: str | None = Field(default=None, index=True)  # Vietnamese local time, see knowledge.dossiers.moments
    status: int | None = None
    begun: str = Field(default="", index=True)  # day it was received, or of its code; "" if neither tells
    ended: str | None = Field(default=None, index=True)  # day
    agency: str = Field(default="", index=True)
    flagged: bool = Field(default=False, index=True)  # its systems disagree
    read_at: datetime = Field(sa_type=UtcDateTime)  # when a source last told something new, or the same when asked
    body: str = Field(sa_type=sa.Text)  # JSON of knowledge.dossiers.dossier.Dossier


class DossierCode(SQLModel, table=True):
    """Every code that a dossier answers to."""

    __tablename__ = "dossier_code"

    code: str = Field(primary_key=True)
    dossier: int = Field(foreign_key="dossier.id", index=True)


class DossierStep(SQLModel, table=True):
    """That a dossier stood in a status at a time, as one system tells it; rows are never changed."""

    __tablename__ = "dossier_step"

    id: int | None = Field(default=None, primary_key=True)
    dossier: int = Field(foreign_key="dossier.id", index=True)
    at: str  # Vietnamese local time
    status: int
    unit: str = ""
    system: str = ""
    is_exact: bool = True


class DossierRegister(SQLModel, table=True):
    """A register that is being imported; gone when all of it is taken in."""

    __tablename__ = "dossier_register"

    id: int | None = Field(default=None, primary_key=True)
    begun_at: datetime = Field(sa_type=UtcDateTime)
    is_accepted: bool


class DossierRegisterPart(SQLModel, table=True):
    """Some dossiers of a register, not yet in the ledger."""

    __tablename__ = "dossier_register_part"

    id: int | None = Field(default=None, primary_key=True)
    parent: int = Field(foreign_key="dossier_register.id", index=True)
    body: str = Field(sa_type=sa.Text)  # JSON, a list of knowledge.dossiers.ledger.Update


class DossierAttempt(SQLModel, table=True):
    """Somebody asked about a code, or gave a wrong second factor. Keyed hashes only; gone after a day."""

    __tablename__ = "dossier_attempt"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime, index=True)
    asker: str = Field(index=True)
    code: str = Field(index=True)
    sequence: str = Field(index=True)
    is_wrong: bool = False


class DossierFollow(SQLModel, table=True):
    """A chat that wants to hear of a dossier, and proved that it may."""

    __tablename__ = "dossier_follow"
    __table_args__ = (sa.UniqueConstraint("dossier", "channel", "chat"),)

    id: int | None = Field(default=None, primary_key=True)
    dossier: int = Field(foreign_key="dossier.id", index=True)
    channel: str
    chat: str
    since: datetime = Field(sa_type=UtcDateTime)


class PayloadSeen(SQLModel, table=True):
    """The digest of a payload that was taken in: the same again is a repeat or a replay."""

    __tablename__ = "payload_seen"

    digest: str = Field(primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime)
