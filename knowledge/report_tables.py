"""Tables of what reports count besides exchanges and dossiers; as in `knowledge.tables` they only store."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from knowledge.clock import UtcDateTime


class PetitionRecord(SQLModel, table=True):
    """A complaint or proposal that was shown its official way; masked, and gone with its chat."""

    __tablename__ = "petition"

    id: int | None = Field(default=None, primary_key=True)
    received_at: datetime = Field(sa_type=UtcDateTime, index=True)
    channel: str
    chat: str = Field(index=True)  # keyed hash
    commune: str = ""
    kind: str  # knowledge.petitions.PetitionKind
    text: str = Field(sa_type=sa.Text)  # masked
    handed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    note: str = ""  # where it was handed to, how it was closed


class SampleAnswer(SQLModel, table=True):
    """An answer drawn to be judged; it keeps its verdict when the exchange itself is forgotten."""

    __tablename__ = "sample_answer"
    __table_args__ = (sa.UniqueConstraint("period", "commune", "exchange"),)

    id: int | None = Field(default=None, primary_key=True)
    period: str  # knowledge.periods.Period.key
    commune: str  # "": the city
    exchange: int
    verdict: str = ""  # knowledge.accuracy.Verdict, "" until somebody judged
    who: str = ""  # login
    at: datetime | None = Field(default=None, sa_type=UtcDateTime)
