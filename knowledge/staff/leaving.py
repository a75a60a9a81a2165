"""An account that is closed, or that may do less from now on: what it held goes back to everybody.

LastAdminError   nobody would be left to look after that place
"""

from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session

from knowledge.staff.accounts import ACCOUNTS, SESSIONS, Account, Act, BadAccountError, Role, account_of, accounts
from knowledge.staff.audit import Deed, Note, write
from knowledge.takeovers import give_back, takeovers_of
from knowledge.waiting_sorting import unassign


class LastAdminError(BadAccountError):
    pass


class HandedBack(NamedTuple):
    """What a closed account held: waiting questions, and private chats in which the assistant answers again."""

    questions: int = 0
    talks: int = 0


def disable_account(session: Session, login: str, act: Act, reason: str = "") -> HandedBack:
    """Nobody is logged in with it any more; what it wrote keeps its name. Raises BadAccountError."""
    account = _known(session, login)
    _leave_an_admin(session, account)
    _change(session, account, {"is_active": False})
    talks = takeovers_of(session, login, act.at)
    for talk in talks:
        give_back(session, talk.id, act)
    handed = HandedBack(unassign(session, login, act), len(talks))
    _note(session, Deed.STAFF_DISABLED, account, act, after=reason)
    return handed


def change_role(session: Session, login: str, role: Role, act: Act) -> None:
    """Whoever is logged in with it has to log in anew. Raises BadAccountError."""
    account = _known(session, login)
    if role is account.role:
        return
    if role is not Role.ADMIN:
        _leave_an_admin(session, account)
    _change(session, account, {"role": role})
    _note(session, Deed.STAFF_ROLE, account, act, before=account.role, after=role)


def _leave_an_admin(session: Session, account: Account) -> None:
    """Raises LastAdminError. Whoever takes two admins away at the same time waits here for the other."""
    session.connection().execute(sa.select(ACCOUNTS.c.id).order_by(ACCOUNTS.c.id).with_for_update())
    others = [each for each in accounts(session) if each.is_active and each.is_admin and each.id != account.id]
    if account.is_active and account.is_admin and not any(each.serves(account.commune) for each in others):
        place = f"--commune {account.commune}" if account.commune else "of the city"
        raise LastAdminError(
            f"{account.login} is the last admin {place}. Make another one first: "
            "motcua staff add LOGIN --role admin, or motcua staff role LOGIN admin"
        )


def _known(session: Session, login: str) -> Account:
    account = account_of(session, login)
    if account is None:
        raise BadAccountError(f"there is no account {login!r}; motcua staff list shows all")
    return account


def _change(session: Session, account: Account, values: dict[str, object]) -> None:
    session.connection().execute(sa.update(ACCOUNTS).where(ACCOUNTS.c.id == account.id).values(values))
    session.connection().execute(sa.delete(SESSIONS).where(SESSIONS.c.account == account.id))


def _note(session: Session, deed: Deed, account: Account, act: Act, *, before: str = "", after: str = "") -> None:
    subject = f"staff-{account.login}"
    write(session, Note(at=act.at, who=act.who.login, deed=deed, subject=subject, before=before, after=after))
