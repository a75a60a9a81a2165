"""Tables of what administrators order for the moment; as in `knowledge.tables` they only store."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from knowledge.clock import UtcDateTime


class AnnouncementRow(SQLModel, table=True):
    """An emergency notice with its period; ending one early changes `ends_at` alone."""

    __tablename__ = "announcement"

    id: int | None = Field(default=None, primary_key=True)
    text: str = Field(sa_type=sa.Text)
    begins_at: datetime = Field(sa_type=UtcDateTime)
    ends_at: datetime = Field(sa_type=UtcDateTime, index=True)
    channels: str = ""  # comma separated; empty: all
    communes: str = ""  # five digits each; empty: all
    procedures: str = ""  # codes; empty: every answer
    author: str  # login


class ChannelSwitch(SQLModel, table=True):
    """A channel that is switched off; a channel without a row is on."""

    __tablename__ = "channel_switch"

    channel: str = Field(primary_key=True)
    reason: str
    who: str  # login
    at: datetime = Field(sa_type=UtcDateTime)
