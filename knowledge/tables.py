"""Tables only: they store values, they do not validate them. Every change here is a migration too."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from knowledge.clock import UtcDateTime


class Edition(SQLModel, table=True):
    """The numbered state of everything the bot knows; rows are never changed or removed."""

    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    published_at: datetime = Field(sa_type=UtcDateTime)
    kind: str  # knowledge.changeset.EditionKind
    source: str = ""  # file name, without its folder
    digest: str = ""  # of the whole content read, independent of order
    data_day: date | None = None
    reason: str = ""
    restores: int | None = None  # the edition whose state a go-back brought back
    new: int = 0
    amended: int = 0
    repealed: int = 0
    replaced: int = 0
    unchanged: int = 0


class ProcedureVersion(SQLModel, table=True):
    """A procedure as it stood in editions [opened_in, closed_in) for the days [valid_from, valid_to)."""

    __tablename__ = "procedure_version"

    id: int | None = Field(default=None, primary_key=True)
    formality_id: str = Field(index=True)
    code: str = Field(index=True)
    name: str
    field: str
    issuer_code: str
    levels: str  # comma separated
    digest: str
    valid_from: date | None = None  # None: since always
    valid_to: date | None = None  # None: until further notice
    opened_in: int = Field(foreign_key="edition.number", index=True)
    closed_in: int | None = Field(default=None, foreign_key="edition.number", index=True)
    body: str = Field(sa_type=sa.Text)  # JSON of knowledge.procedure.Procedure
    originals: str = Field(default="", sa_type=sa.Text)  # JSON of knowledge.changeset.Original; two of three have none


class ChecklistVersion(SQLModel, table=True):
    """The plain layer of a procedure in editions [opened_in, closed_in)."""

    __tablename__ = "checklist_version"

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(index=True)
    digest: str
    opened_in: int = Field(foreign_key="edition.number", index=True)
    closed_in: int | None = Field(default=None, foreign_key="edition.number", index=True)
    body: str = Field(sa_type=sa.Text)  # JSON of knowledge.procedure.Checklist


class PatchVersion(SQLModel, table=True):
    """One row of an announcement decision in editions [opened_in, closed_in)."""

    __tablename__ = "patch_version"

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(index=True)  # knowledge.patches.Patch.key
    code: str = Field(index=True)
    decision: str = Field(index=True)  # number of the decision
    effective: date
    digest: str
    opened_in: int = Field(foreign_key="edition.number", index=True)
    closed_in: int | None = Field(default=None, foreign_key="edition.number", index=True)
    body: str = Field(sa_type=sa.Text)  # JSON of knowledge.patches.Patch


class FeeRuleVersion(SQLModel, table=True):
    """One rule of the city council about fees in editions [opened_in, closed_in)."""

    __tablename__ = "fee_rule_version"

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(index=True)
    digest: str
    opened_in: int = Field(foreign_key="edition.number", index=True)
    closed_in: int | None = Field(default=None, foreign_key="edition.number", index=True)
    body: str = Field(sa_type=sa.Text)  # JSON of knowledge.fee_rules.FeeRule


class CommuneVersion(SQLModel, table=True):
    """What a commune says of itself in editions [opened_in, closed_in)."""

    __tablename__ = "commune_version"

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(index=True)  # five-digit code of the commune
    digest: str
    opened_in: int = Field(foreign_key="edition.number", index=True)
    closed_in: int | None = Field(default=None, foreign_key="edition.number", index=True)
    body: str = Field(sa_type=sa.Text)  # JSON of knowledge.commune_layer.CommuneLayer


class FaqVersion(SQLModel, table=True):
    """An FAQ entry as published in editions [opened_in, closed_in)."""

    __tablename__ = "faq_version"

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(index=True)  # knowledge.faq.entry.FaqEntry.code
    digest: str
    opened_in: int = Field(foreign_key="edition.number", index=True)
    closed_in: int | None = Field(default=None, foreign_key="edition.number", index=True)
    body: str = Field(sa_type=sa.Text)  # JSON of knowledge.faq.entry.FaqEntry


class WordVersion(SQLModel, table=True):
    """A word of staff as published in editions [opened_in, closed_in)."""

    __tablename__ = "word_version"

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(index=True)  # knowledge.words.word.StaffWord.code
    digest: str
    opened_in: int = Field(foreign_key="edition.number", index=True)
    closed_in: int | None = Field(default=None, foreign_key="edition.number", index=True)
    body: str = Field(sa_type=sa.Text)  # JSON of knowledge.words.word.StaffWord


class ImportRun(SQLModel, table=True):
    """One run of the importer, failed ones included; its report stays when its changes do not."""

    __tablename__ = "import_run"

    id: int | None = Field(default=None, primary_key=True)
    started_at: datetime = Field(sa_type=UtcDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    source: str
    state: str  # running | published | unchanged | refused | failed
    edition: int | None = Field(default=None, foreign_key="edition.number")
    report: str = Field(default="", sa_type=sa.Text)  # JSON


class Exchange(SQLModel, table=True):
    """One masked question and how its turn ended."""

    __table_args__ = (  # all that reports count, so that they read the index alone
        sa.Index("ix_exchange_counted", "asked_at", "commune", "channel", "ending", "action", "chat"),
    )

    id: int | None = Field(default=None, primary_key=True)
    asked_at: datetime = Field(sa_type=UtcDateTime, index=True)
    channel: str
    chat: str = Field(index=True)  # keyed hash, never the channel's own id
    commune: str = ""
    question: str = Field(sa_type=sa.Text)
    action: str = ""
    ending: str = Field(index=True)
    procedures: str = ""  # ranked codes, comma separated
    faq: str = ""  # code of the FAQ entry that answered
    aspect: str = ""
    confidence: float = 0.0
    edition: int = 0
    shown: str = Field(default="", sa_type=sa.Text)
    milliseconds: float = 0.0


class CalendarEdit(SQLModel, table=True):
    """One change of a day in the table of working days; rows are never changed or removed."""

    __tablename__ = "calendar_edit"

    id: int | None = Field(default=None, primary_key=True)
    day: date = Field(index=True)
    kind: str  # off | work | plain
    name: str
    basis: str
    confidence: str  # high | medium | low
    edited_at: datetime = Field(sa_type=UtcDateTime)


class OutboxMessage(SQLModel, table=True):
    """Something to tell a chat outside a direct reply."""

    __tablename__ = "outbox"
    __table_args__ = (
        sa.Index("ix_outbox_chat", "channel", "chat", "id"),
        sa.Index("ix_outbox_open", "state", "channel", "not_before"),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)  # the same notice is put once, whoever puts it how often
    channel: str
    chat: str
    body: str = Field(sa_type=sa.Text)  # JSON
    created_at: datetime = Field(sa_type=UtcDateTime)
    not_before: datetime = Field(sa_type=UtcDateTime)
    state: str  # waiting | sending | sent | failed
    attempts: int = 0
    parts: int = 0  # pieces of it that have arrived
    leased_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    error: str = ""


class ShelfValue(SQLModel, table=True):
    """Something short-lived that several processes share: sealed words of a conversation, a limit, who has the lead."""

    __tablename__ = "shelf"

    key: str = Field(primary_key=True)  # of what is sealed a keyed hash
    value: bytes
    until: datetime = Field(sa_type=UtcDateTime, index=True)


class InboxUpdate(SQLModel, table=True):
    """Something a channel brought, until it is settled; afterwards only its key, for it may be brought again."""

    __tablename__ = "inbox"
    __table_args__ = (sa.Index("ix_inbox_open", "channel", "state", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)  # the channel's and the platform's number of it
    channel: str
    state: str  # waiting | sending | settled
    body: bytes  # sealed
    taken_at: datetime = Field(sa_type=UtcDateTime, index=True)


class ChannelMark(SQLModel, table=True):
    """Something a channel has seen to once, for all processes: an update taken, a chat that was told what we are."""

    __tablename__ = "channel_mark"

    key: str = Field(primary_key=True)  # holds hashes and numbers of updates, never a channel's own id of a person
    at: datetime = Field(sa_type=UtcDateTime)
