"""Tables of what staff write and do; as in `knowledge.tables` they only store."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from knowledge.clock import UtcDateTime


class StaffAccount(SQLModel, table=True):
    """One member of staff."""

    __tablename__ = "staff_account"

    id: int | None = Field(default=None, primary_key=True)
    login: str = Field(unique=True)
    name: str
    role: str  # knowledge.staff.accounts.Role
    commune: str = ""  # five digits, "" for the city
    password: str  # argon2id
    is_active: bool = True
    created_at: datetime = Field(sa_type=UtcDateTime)


class StaffSession(SQLModel, table=True):
    """A browser that somebody logged in with; the token itself is only there."""

    __tablename__ = "staff_session"

    token: str = Field(primary_key=True)  # SHA-256 of it
    account: int = Field(foreign_key="staff_account.id", index=True)
    begun_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime = Field(sa_type=UtcDateTime)


class StaffFactor(SQLModel, table=True):
    """The second step of an account's login."""

    __tablename__ = "staff_factor"

    account: int = Field(primary_key=True, foreign_key="staff_account.id", sa_column_kwargs={"autoincrement": False})
    secret: str  # encrypted, see knowledge.staff.second_factor
    is_on: bool = False  # a first code of the app was given
    last_step: int = 0  # of the last code used, in 30 seconds since 1970: none is taken twice


class StaffRecovery(SQLModel, table=True):
    """A code on paper that opens an account once, when the phone is lost."""

    __tablename__ = "staff_recovery"

    code: str = Field(primary_key=True)  # SHA-256 of it
    account: int = Field(foreign_key="staff_account.id", index=True)


class AuditNote(SQLModel, table=True):
    """One change by a member of staff; rows are never changed or removed."""

    __tablename__ = "audit_note"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime)
    who: str  # login, or the operator's command
    deed: str  # knowledge.staff.audit.Deed
    subject: str = Field(index=True)  # faq-3, waiting-7, staff-lan
    before: str = Field(default="", sa_type=sa.Text)
    after: str = Field(default="", sa_type=sa.Text)
    commune: str = Field(default="", index=True)  # whose business it is, "" for the city's alone


class FaqFile(SQLModel, table=True):
    """An FAQ entry under work; its texts are revisions, what is published of it a version."""

    __tablename__ = "faq_file"

    id: int | None = Field(default=None, primary_key=True)
    revision: int  # the newest
    is_retired: bool = False


class FaqRevision(SQLModel, table=True):
    """One saved text of an FAQ entry; rows are never changed or removed."""

    __tablename__ = "faq_revision"
    __table_args__ = (sa.UniqueConstraint("faq", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    faq: int = Field(foreign_key="faq_file.id", index=True)
    number: int
    author: str  # login
    at: datetime = Field(sa_type=UtcDateTime)
    origin: str = ""  # why it was written: from waiting questions, a workbook, going back to an earlier text
    body: str = Field(sa_type=sa.Text)  # JSON of knowledge.faq.entry.FaqText


class WordFile(SQLModel, table=True):
    """A wording or a short form that staff proposed; what is published of it is a version."""

    __tablename__ = "word_file"

    id: int | None = Field(default=None, primary_key=True)
    author: str  # login
    at: datetime = Field(sa_type=UtcDateTime)
    is_retired: bool = False
    raised_by: str = ""  # login of who asked the city to take it over
    body: str = Field(sa_type=sa.Text)  # JSON of knowledge.words.word.WordText


class WaitingGroup(SQLModel, table=True):
    """Questions of one meaning that the bot could not answer."""

    __tablename__ = "waiting_group"
    __table_args__ = {"sqlite_autoincrement": True}  # no number is given twice

    id: int | None = Field(default=None, primary_key=True)
    question: str = Field(sa_type=sa.Text)  # the first one, masked
    state: str = Field(index=True)  # knowledge.waiting.Status
    faq: int | None = Field(default=None, foreign_key="faq_file.id")
    reason: str = ""
    assignee: str = ""  # login
    promised_by: datetime | None = Field(default=None, sa_type=UtcDateTime)
    answered_by: str = ""  # login
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class WaitingQuestion(SQLModel, table=True):
    """One exchange that was looked at for waiting questions, and the group it belongs to, if to any."""

    __tablename__ = "waiting_question"

    exchange: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    group: int | None = Field(default=None, foreign_key="waiting_group.id", index=True)
    text: str = Field(default="", sa_type=sa.Text)  # the question that waits: the turn's own, or the one before it
    why: str = ""  # knowledge.waiting.Why
