"""Accounts of staff: a login, a role, the commune it is for ("" for the city), a password as argon2id.

StaffError
├── BadAccountError     what was given cannot be an account, or there is none of that login
└── NotAllowedError     a role or a commune that may not do this
"""

import re
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from msgspec.structs import replace
from sqlmodel import Session

from knowledge.communes import commune_of
from knowledge.procedure import Value
from knowledge.staff.audit import Deed, Note, write
from knowledge.staff_tables import StaffAccount, StaffSession
from knowledge.versions import table_of

ACCOUNTS, SESSIONS = table_of(StaffAccount), table_of(StaffSession)
SHORTEST_PASSWORD, LONGEST_PASSWORD = 10, 200  # letters: NIST SP 800-63B asks for 8 and more; argon2 reads all of it

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,31}")
_HASHER = PasswordHasher()
_NOBODY = (  # what is compared for a login that does not exist, so that it takes as long
    "$argon2id$v=19$m=65536,t=3,p=4$nEZWIrXK7SHY0H8X72cNiA$MNrGwlvPHKMJm2yCqYjuk9yHwBPnbp0B9UWT6hxUblw"
)


class StaffError(Exception):
    pass


class BadAccountError(StaffError):
    pass


class NotAllowedError(StaffError):
    pass


class Role(StrEnum):
    OFFICER = "officer"  # writes drafts
    APPROVER = "approver"  # approves what others wrote
    ADMIN = "admin"  # also goes back to an earlier edition and reads the audit


class Who(Value, frozen=True, kw_only=True):
    """A member of staff as far as rights and records need to know."""

    login: str
    name: str
    role: Role
    commune: str = ""

    @property
    def may_approve(self) -> bool:
        return self.role is not Role.OFFICER

    @property
    def is_admin(self) -> bool:
        return self.role is Role.ADMIN

    def serves(self, commune: str) -> bool:
        """The city's staff everything, a commune's its own."""
        return not self.commune or self.commune == commune


class Act(NamedTuple):
    """Who does something, and when."""

    who: Who
    at: datetime

    def note(self, deed: Deed, subject: str, *, before: str = "", after: str = "", commune: str = "") -> Note:
        """Of this for the audit; `commune` as there."""
        note = Note(at=self.at, who=self.who.login, deed=deed, subject=subject, before=before, after=after)
        return replace(note, commune=commune)


class Account(Who, frozen=True, kw_only=True):
    id: int
    is_active: bool
    created_at: datetime


OPERATOR = Who(login="motcua", name="motcua", role=Role.ADMIN)  # commands at the server's own terminal


def add_account(session: Session, who: Who, password: str, now: datetime) -> None:
    """Raises BadAccountError, in English: only operators make accounts."""
    if not _LOGIN.fullmatch(who.login):
        raise BadAccountError(f"{who.login!r} is no login: 2 to 32 of a-z, 0-9, dot, dash and underscore")
    if who.commune and commune_of(who.commune) is None:
        raise BadAccountError(f"{who.commune!r} is no commune of Hải Phòng; find its code with motcua communes export")
    if account_of(session, who.login):
        raise BadAccountError(f"{who.login} is there already; give a new password with motcua staff password")
    row = {
        "login": who.login,
        "name": who.name.strip() or who.login,
        "role": who.role,
        "commune": who.commune,
        "password": _hashed(password),
        "is_active": True,
        "created_at": now,
    }
    session.connection().execute(sa.insert(ACCOUNTS), row)
    _note(session, Deed.STAFF_ADDED, who.login, now, f"{who.role} {who.commune}".strip())


def accounts(session: Session) -> list[Account]:
    return [
        _account(row) for row in session.connection().execute(sa.select(ACCOUNTS).order_by(ACCOUNTS.c.login)).mappings()
    ]


def offices(session: Session) -> set[str]:
    """The communes ("" for the city) that have staff with an open account."""
    return set(session.connection().scalars(sa.select(ACCOUNTS.c.commune).where(ACCOUNTS.c.is_active).distinct()))


def account_of(session: Session, login: str) -> Account | None:
    row = session.connection().execute(sa.select(ACCOUNTS).where(ACCOUNTS.c.login == login)).mappings().first()
    return _account(row) if row else None


def set_password(session: Session, login: str, password: str, now: datetime) -> None:
    """Also opens an account that was disabled, and ends its sessions. Raises BadAccountError."""
    account = account_of(session, login)
    if account is None:
        raise BadAccountError(f"there is no account {login!r}; motcua staff list shows all")
    values = {"password": _hashed(password), "is_active": True}
    session.connection().execute(sa.update(ACCOUNTS).where(ACCOUNTS.c.id == account.id).values(values))
    session.connection().execute(sa.delete(SESSIONS).where(SESSIONS.c.account == account.id))
    _note(session, Deed.STAFF_PASSWORD, login, now)


def check_password(session: Session, login: str, password: str) -> Account | None:
    """The active account, None for anything wrong; both take as long."""
    row = session.connection().execute(sa.select(ACCOUNTS).where(ACCOUNTS.c.login == login)).mappings().first()
    try:
        _HASHER.verify(row["password"] if row else _NOBODY, password[:LONGEST_PASSWORD])
    except (VerificationError, InvalidHashError):
        return None
    return _account(row) if row and row["is_active"] else None


def is_alone(session: Session, who: Who) -> bool:
    """Whether his is the only active account of his commune, or of the city."""
    query = sa.select(sa.func.count()).where(ACCOUNTS.c.is_active, ACCOUNTS.c.commune == who.commune)
    return session.connection().execute(query).scalar_one() == 1


def _hashed(password: str) -> str:
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise BadAccountError(f"a password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} letters; a sentence is good")
    return _HASHER.hash(password)


def _account(row: sa.RowMapping) -> Account:
    names = ("id", "login", "name", "commune", "is_active", "created_at")
    return Account(**{name: row[name] for name in names}, role=Role(row["role"]))


def _note(session: Session, deed: Deed, login: str, now: datetime, after: str = "") -> None:
    write(session, Note(at=now, who=OPERATOR.login, deed=deed, subject=f"staff-{login}", after=after))
