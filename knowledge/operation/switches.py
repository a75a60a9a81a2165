"""Channels that are switched off, each with its reason; which channels there are is for others to know."""

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session

from knowledge.operation_tables import ChannelSwitch
from knowledge.procedure import Value
from knowledge.staff.accounts import Act, NotAllowedError
from knowledge.staff.audit import Deed, Note, write
from knowledge.versions import table_of

SWITCHES = table_of(ChannelSwitch)


class SwitchedOff(Value, frozen=True, kw_only=True):
    """Why a channel is off, since when, by whom (a login)."""

    channel: str
    reason: str
    who: str
    at: datetime


def switched_off(session: Session) -> Mapping[str, SwitchedOff]:
    rows = session.connection().execute(sa.select(SWITCHES).order_by(SWITCHES.c.channel)).mappings()
    return {row["channel"]: SwitchedOff(**row) for row in rows}


def switch_off(session: Session, channel: str, reason: str, act: Act) -> None:
    """One that is off stays off for its first reason. Raises NotAllowedError."""
    _check_rights(act)
    if channel in switched_off(session):
        return
    row = {"channel": channel, "reason": reason, "who": act.who.login, "at": act.at}
    session.connection().execute(sa.insert(SWITCHES), row)
    _note(session, Deed.CHANNEL_OFF, channel, reason, act)


def switch_on(session: Session, channel: str, reason: str, act: Act) -> None:
    """Raises NotAllowedError."""
    _check_rights(act)
    if session.connection().execute(sa.delete(SWITCHES).where(SWITCHES.c.channel == channel)).rowcount:
        _note(session, Deed.CHANNEL_ON, channel, reason, act)


def _check_rights(act: Act) -> None:
    if not act.who.is_admin or act.who.commune:
        raise NotAllowedError(f"{act.who.login} may not switch channels")


def _note(session: Session, deed: Deed, channel: str, reason: str, act: Act) -> None:
    write(session, Note(at=act.at, who=act.who.login, deed=deed, subject=f"channel-{channel}", after=reason))
