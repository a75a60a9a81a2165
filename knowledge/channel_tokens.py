"""Tokens of an account that change with each renewal: sealed by their owner, renewed by one process at a time."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session

from knowledge.channel_ledger import put
from knowledge.channel_tables import ChannelToken
from knowledge.procedure import Value
from knowledge.versions import table_of

TOKENS = table_of(ChannelToken)


class Kept(Value, frozen=True):
    """`sealed` can be read with the server's key only."""

    sealed: str
    issued_at: datetime
    expires_at: datetime


def keep(session: Session, account: str, kept: Kept) -> None:
    """Store what a renewal brought, and let go of the lease."""
    values = {"sealed": kept.sealed, "issued_at": kept.issued_at, "expires_at": kept.expires_at, "leased_until": None}
    put(session, TOKENS, {"account": account}, values, values)


def kept(session: Session, account: str) -> Kept | None:
    row = session.connection().execute(sa.select(TOKENS).where(TOKENS.c.account == account)).mappings().one_or_none()
    return Kept(row["sealed"], row["issued_at"], row["expires_at"]) if row else None


def lease(session: Session, account: str, now: datetime, seconds: float) -> bool:
    """Whether we are the one to renew; a lease of a process that died ends by itself."""
    free = sa.or_(TOKENS.c.leased_until.is_(None), TOKENS.c.leased_until <= now)
    taken = sa.update(TOKENS).where(TOKENS.c.account == account, free)
    done = session.connection().execute(taken.values(leased_until=now + timedelta(seconds=seconds)))
    return done.rowcount == 1


def let_go(session: Session, account: str) -> None:
    session.connection().execute(sa.update(TOKENS).where(TOKENS.c.account == account).values(leased_until=None))
