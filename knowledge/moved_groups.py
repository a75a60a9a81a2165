"""Groups whose id changed. A group's first id is its name for ever: what was ordered there, counted, remembered and is
still to be told goes on under it, and one row says where the group is now."""

from collections.abc import Mapping

import sqlalchemy as sa
from sqlmodel import Session

from knowledge.channel_tables import MovedGroup
from knowledge.versions import table_of

MOVED = table_of(MovedGroup)


def names(session: Session, channel: str) -> Mapping[str, str]:
    """Names of the groups that moved, by the id each has now."""
    rows = session.connection().execute(sa.select(MOVED.c.chat, MOVED.c.name).where(MOVED.c.channel == channel))
    return {row.chat: row.name for row in rows}


def move(session: Session, channel: str, before: str, chat: str) -> str:
    """The group has another id now; its name. Telling it twice is telling it once."""
    name = names(session, channel).get(before, before)
    connection = session.connection()
    mine = sa.or_(MOVED.c.name == name, MOVED.c.chat == chat)
    connection.execute(sa.delete(MOVED).where(MOVED.c.channel == channel, mine))
    if chat != name:
        connection.execute(sa.insert(MOVED).values(channel=channel, chat=chat, name=name))
    return name


def name_in(session: Session, channel: str, address: str) -> str:
    """An address within a channel ("-1001:0/7": group, topic, person) with the name in the place of the group's id."""
    chat, mark, rest = address.partition(":")
    return f"{names(session, channel).get(chat, chat)}{mark}{rest}"
