"""Tables of what channels must know across processes and restarts; as in `knowledge.tables` they only store."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from knowledge.clock import UtcDateTime


class ChannelCount(SQLModel, table=True):
    """How often a channel did or met something in a month of Việt Nam."""

    __tablename__ = "channel_count"

    channel: str = Field(primary_key=True)
    month: str = Field(primary_key=True)  # 2026-11
    kind: str = Field(primary_key=True)  # sent, refused_signature, …
    number: int


class ChannelTrouble(SQLModel, table=True):
    """Why a channel sends nothing at present; its operator is shown it."""

    __tablename__ = "channel_trouble"

    channel: str = Field(primary_key=True)
    reason: str
    detail: str
    since: datetime = Field(sa_type=UtcDateTime)
    until: datetime | None = Field(default=None, sa_type=UtcDateTime)  # None: until somebody mends it


class ChannelChat(SQLModel, table=True):
    """What a channel must know of a chat before it writes to it unasked. Keyed hashes only."""

    __tablename__ = "channel_chat"

    chat: str = Field(primary_key=True)
    acted_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)  # the citizen, last
    muted_until: datetime | None = Field(default=None, sa_type=UtcDateTime)  # a person of the office writes there


class ChannelToken(SQLModel, table=True):
    """The tokens of an account, sealed with the server's key; whoever renews them holds the lease."""

    __tablename__ = "channel_token"

    account: str = Field(primary_key=True)
    sealed: str = Field(sa_type=sa.Text)
    issued_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    leased_until: datetime | None = Field(default=None, sa_type=UtcDateTime)


class MovedGroup(SQLModel, table=True):
    """A group whose id changed: what is kept of it stays under its first one, its name."""

    __tablename__ = "moved_group"

    channel: str = Field(primary_key=True)
    chat: str = Field(primary_key=True)  # the id it has now
    name: str
