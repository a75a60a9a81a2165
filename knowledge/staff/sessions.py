"""Who is logged in: a random token in a cookie, its hash here, an end after a working day or a long break."""

import hashlib
import secrets
from contextlib import suppress
from datetime import datetime, timedelta
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session

from knowledge.database import Database
from knowledge.staff.accounts import ACCOUNTS, SESSIONS, Account, Who, account_of
from knowledge.staff.audit import Deed, Note, write

LONGEST = timedelta(hours=10)  # a working day with its breaks
IDLE = timedelta(hours=2)  # lunch and a meeting
NOTED_EVERY = timedelta(minutes=1)  # how exactly the last use is known: not every page writes


def open_session(session: Session, account: Account, now: datetime) -> str:
    """The token for the cookie; sessions that ended are forgotten on the way."""
    session.connection().execute(sa.delete(SESSIONS).where(SESSIONS.c.begun_at <= now - LONGEST))
    token = secrets.token_urlsafe(32)
    row = {"token": _kept(token), "account": account.id, "begun_at": now, "used_at": now}
    session.connection().execute(sa.insert(SESSIONS), row)
    write(session, Note(at=now, who=account.login, deed=Deed.LOGGED_IN, subject=f"staff-{account.login}"))
    return token


class Visit(NamedTuple):
    """A request of somebody who is logged in; `is_worth_noting`: the last one is noted as a while ago."""

    who: Who
    is_worth_noting: bool


def who_is(session: Session, token: str, now: datetime) -> Who | None:
    """None for a token that is not ours, has ended, or whose account was disabled."""
    visit = visit_of(session, token, now)
    return visit.who if visit else None


def visit_of(session: Session, token: str, now: datetime) -> Visit | None:
    """As `who_is`; it only reads."""
    query = (
        sa.select(SESSIONS.c.used_at, ACCOUNTS.c.login)
        .join(ACCOUNTS, ACCOUNTS.c.id == SESSIONS.c.account)
        .where(SESSIONS.c.token == _kept(token), SESSIONS.c.begun_at > now - LONGEST, SESSIONS.c.used_at > now - IDLE)
        .where(ACCOUNTS.c.is_active)
    )
    found = session.connection().execute(query).first()
    who = account_of(session, found.login) if found else None
    return Visit(who, now - found.used_at >= NOTED_EVERY) if found and who else None


def note_use(database: Database, token: str, now: datetime) -> None:
    """That a session is in use. A transaction of its own: one that has read is refused its first write when anybody
    wrote in between. A database that takes nothing at the moment is no reason to refuse a page."""
    mine = (SESSIONS.c.token == _kept(token), SESSIONS.c.used_at < now)
    with suppress(sa.exc.OperationalError), database.queueing() as session:
        session.connection().execute(sa.update(SESSIONS).where(*mine).values(used_at=now))


def close_session(session: Session, token: str) -> None:
    session.connection().execute(sa.delete(SESSIONS).where(SESSIONS.c.token == _kept(token)))


def close_others(session: Session, token: str) -> None:
    """Every other browser of the account that this token belongs to has to log in anew."""
    own = sa.select(SESSIONS.c.account).where(SESSIONS.c.token == _kept(token)).scalar_subquery()
    session.connection().execute(sa.delete(SESSIONS).where(SESSIONS.c.account == own, SESSIONS.c.token != _kept(token)))


def _kept(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
