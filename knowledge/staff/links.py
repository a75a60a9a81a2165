"""Members of staff as the channels know them: the id that a channel gives a person, and his account."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session

from knowledge.staff.accounts import ACCOUNTS, Act, BadAccountError, Who, account_of
from knowledge.staff.audit import Deed, Note, write
from knowledge.versions import table_of
from knowledge.waiting_tables import StaffLink

LINKS = table_of(StaffLink)


def link(session: Session, channel: str, user: str, login: str, now: datetime) -> None:
    """A person of a channel is this member of staff, and no other any more. Raises BadAccountError."""
    account = account_of(session, login)
    if account is None or not account.is_active:
        raise BadAccountError(f"there is no open account {login}; motcua staff list shows them")
    _cut(session, channel, user)
    row = {"channel": channel, "user": user, "account": account.id, "linked_at": now}
    session.connection().execute(sa.insert(LINKS), row)
    write(session, Note(at=now, who=login, deed=Deed.LINKED, subject=f"staff-{login}", after=f"{channel}:{user}"))


def unlink(session: Session, channel: str, user: str, act: Act) -> bool:
    """Whether there was such a link."""
    query = sa.select(ACCOUNTS.c.login).join(LINKS, ACCOUNTS.c.id == LINKS.c.account)
    login = session.connection().scalar(query.where(LINKS.c.channel == channel, LINKS.c.user == user))
    if login is not None:
        _cut(session, channel, user)
        told = Note(
            at=act.at, who=act.who.login, deed=Deed.UNLINKED, subject=f"staff-{login}", before=f"{channel}:{user}"
        )
        write(session, told)
    return login is not None


def _cut(session: Session, channel: str, user: str) -> None:
    mine = sa.and_(LINKS.c.channel == channel, LINKS.c.user == user)
    session.connection().execute(sa.delete(LINKS).where(mine))


def linked(session: Session, channel: str) -> dict[str, Who]:
    """The staff of a channel with an open account, by their ids there."""
    query = (
        sa.select(LINKS.c.user, ACCOUNTS.c.login)
        .join(ACCOUNTS, ACCOUNTS.c.id == LINKS.c.account)
        .where(LINKS.c.channel == channel, ACCOUNTS.c.is_active)
    )
    found = {row.user: account_of(session, row.login) for row in session.connection().execute(query)}
    return {user: who for user, who in found.items() if who}


def links_of(session: Session, login: str) -> list[str]:
    """As they are typed: channel:id."""
    query = (
        sa.select(LINKS.c.channel, LINKS.c.user)
        .join(ACCOUNTS, ACCOUNTS.c.id == LINKS.c.account)
        .where(ACCOUNTS.c.login == login)
        .order_by(LINKS.c.id)
    )
    return [f"{row.channel}:{row.user}" for row in session.connection().execute(query)]
