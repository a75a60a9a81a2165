"""Tables of people who wait for an answer and of staff who give it; as in `knowledge.tables` they only store."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from knowledge.clock import UtcDateTime


class WaitingAsker(SQLModel, table=True):
    """Where somebody who asked can be told; gone when he was told, when he wants it, or after a while."""

    __tablename__ = "waiting_asker"
    __table_args__ = (sa.Index("ix_waiting_asker_chat", "channel", "chat"),)

    exchange: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    channel: str
    chat: str  # the channel's own id: bot.conversation.messages.Chat.address
    kept_at: datetime = Field(sa_type=UtcDateTime, index=True)


class StaffLink(SQLModel, table=True):
    """A user of a channel who is known to be a member of staff."""

    __tablename__ = "staff_link"
    __table_args__ = (sa.UniqueConstraint("channel", "user"),)

    id: int | None = Field(default=None, primary_key=True)
    channel: str
    user: str  # the channel's own id
    account: int = Field(foreign_key="staff_account.id", index=True)
    linked_at: datetime = Field(sa_type=UtcDateTime)


class Takeover(SQLModel, table=True):
    """A private chat in which a member of staff speaks himself."""

    __table_args__ = (sa.UniqueConstraint("channel", "chat"),)

    id: int | None = Field(default=None, primary_key=True)
    channel: str
    chat: str  # the channel's own id
    account: int = Field(foreign_key="staff_account.id", index=True)
    since: datetime = Field(sa_type=UtcDateTime)
    until: datetime = Field(sa_type=UtcDateTime, index=True)
    exchange: int = 0  # the citizen's message that staff answered last
    faq: int | None = Field(default=None, foreign_key="faq_file.id")  # the draft that this answer became
