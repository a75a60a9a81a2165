"""The second step of logging in: codes of an app (TOTP, RFC 6238) and recovery codes on paper.

The shared secret is kept encrypted with the server's own, recovery codes as hashes: a stolen database opens nothing.
"""

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Collection
from datetime import datetime

import pyotp
import sqlalchemy as sa
from cryptography.fernet import Fernet, InvalidToken
from sqlmodel import Session

from knowledge.staff.accounts import ACCOUNTS, SESSIONS, Account, Act, BadAccountError, account_of
from knowledge.staff.audit import Deed, Note, write
from knowledge.staff_tables import StaffFactor, StaffRecovery
from knowledge.versions import table_of

FACTORS, RECOVERIES = table_of(StaffFactor), table_of(StaffRecovery)
ISSUER = "Một cửa"
STEP = 30  # seconds a code is shown
DRIFT = (-1, 0, 1)  # steps that a phone's clock may be off
RECOVERY_CODES = 8
RECOVERY_BYTES = 10  # 80 bits: a plain hash of it cannot be guessed

_DIGITS = re.compile(r"\d{6}", re.ASCII)
_NOT_CODE = re.compile(r"[^0-9A-Za-z]")


class Vault:
    """Encrypts what only this server may read."""

    def __init__(self, secret: str) -> None:
        key = hashlib.sha256(b"motcua.staff.factor" + secret.encode()).digest()
        self._fernet = Fernet(base64.urlsafe_b64encode(key))

    def close(self, text: str) -> str:
        return self._fernet.encrypt(text.encode()).decode()

    def open(self, closed: str) -> str | None:
        """None for what another secret closed."""
        try:
            return self._fernet.decrypt(closed.encode()).decode()
        except InvalidToken:
            return None


def is_on(session: Session, account: int) -> bool:
    row = _factor(session, account)
    return row is not None and bool(row["is_on"])


def logins_with_factor(session: Session) -> Collection[str]:
    query = sa.select(ACCOUNTS.c.login).join(FACTORS, FACTORS.c.account == ACCOUNTS.c.id).where(FACTORS.c.is_on)
    return frozenset(session.connection().scalars(query))


def begin(session: Session, account: Account, vault: Vault) -> str:
    """A new secret for the app, in base32; nothing asks for it before a first code of it was given.

    Raises BadAccountError when the second step is on already.
    """
    if is_on(session, account.id):
        raise BadAccountError(f"{account.login} has a second step already")
    secret = pyotp.random_base32()
    session.connection().execute(sa.delete(FACTORS).where(FACTORS.c.account == account.id))
    row = {"account": account.id, "secret": vault.close(secret), "is_on": False, "last_step": 0}
    session.connection().execute(sa.insert(FACTORS), row)
    return secret


def address_of(secret: str, login: str) -> str:
    """What an app reads from the QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=ISSUER)


def confirm(session: Session, account: Account, code: str, vault: Vault, now: datetime) -> tuple[str, ...]:
    """Turn the second step on by a first code; the recovery codes, shown this once. None of them for a wrong code."""
    if is_on(session, account.id) or not _is_right(session, account.id, code, vault, now):
        return ()
    session.connection().execute(sa.update(FACTORS).where(FACTORS.c.account == account.id).values(is_on=True))
    codes = tuple(
        _grouped(base64.b32encode(secrets.token_bytes(RECOVERY_BYTES)).decode()) for _ in range(RECOVERY_CODES)
    )
    rows = [{"code": _kept(code), "account": account.id} for code in codes]
    session.connection().execute(sa.insert(RECOVERIES), rows)
    _note(session, Deed.FACTOR_ON, account.login, account.login, now)
    return codes


def passes(session: Session, account: Account, code: str, vault: Vault, now: datetime) -> bool:
    """Whether a code opens the account: one of the app's that was not used, or a recovery code, once."""
    if not is_on(session, account.id):
        return False
    return _is_right(session, account.id, code, vault, now) or _is_recovery(session, account, code, now)


def turn_off(session: Session, login: str, act: Act, reason: str = "") -> None:
    """By the person, or by somebody who resets it for him: then his sessions end. Raises BadAccountError."""
    account = account_of(session, login)
    if account is None:
        raise BadAccountError(f"there is no account {login!r}; motcua staff list shows all")
    if not is_on(session, account.id):
        raise BadAccountError(f"{login} has no second step")
    for table in (FACTORS, RECOVERIES):
        session.connection().execute(sa.delete(table).where(table.c.account == account.id))
    is_own = act.who.login == login
    if not is_own:
        session.connection().execute(sa.delete(SESSIONS).where(SESSIONS.c.account == account.id))
    _note(session, Deed.FACTOR_OFF if is_own else Deed.FACTOR_RESET, act.who.login, login, act.at, reason)


def _factor(session: Session, account: int) -> sa.RowMapping | None:
    return session.connection().execute(sa.select(FACTORS).where(FACTORS.c.account == account)).mappings().first()


def _is_right(session: Session, account: int, code: str, vault: Vault, now: datetime) -> bool:
    """A code of the present step or of one beside it, later than the last that was used."""
    row, digits = _factor(session, account), "".join(code.split())
    secret = vault.open(row["secret"]) if row else None
    if secret is None or not _DIGITS.fullmatch(digits):
        return False
    totp, present = pyotp.TOTP(secret), int(now.timestamp()) // STEP
    step = next((present + by for by in DRIFT if hmac.compare_digest(totp.generate_otp(present + by), digits)), 0)
    return step > 0 and _is_first_use(session, account, step)


def _is_first_use(session: Session, account: int, step: int) -> bool:
    """In one statement: of two browsers with the same code one comes in."""
    unused = sa.update(FACTORS).where(FACTORS.c.account == account, FACTORS.c.last_step < step)
    return session.connection().execute(unused.values(last_step=step)).rowcount == 1


def _is_recovery(session: Session, account: Account, code: str, now: datetime) -> bool:
    used = sa.delete(RECOVERIES).where(RECOVERIES.c.account == account.id, RECOVERIES.c.code == _kept(code))
    if session.connection().execute(used).rowcount != 1:
        return False
    _note(session, Deed.RECOVERY_USED, account.login, account.login, now)
    return True


def _grouped(code: str) -> str:
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def _kept(code: str) -> str:
    return hashlib.sha256(_NOT_CODE.sub("", code).upper().encode()).hexdigest()


def _note(session: Session, deed: Deed, who: str, login: str, now: datetime, after: str = "") -> None:
    write(session, Note(at=now, who=who, deed=deed, subject=f"staff-{login}", after=after))
