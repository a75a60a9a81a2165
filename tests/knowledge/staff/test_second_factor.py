"""The second step of logging in: codes of an app and recovery codes."""

from datetime import datetime, timedelta

import pyotp
import pytest
from sqlmodel import Session

from knowledge.database import Database
from knowledge.staff.accounts import Account, Act, BadAccountError, account_of, add_account
from knowledge.staff.audit import Deed, notes
from knowledge.staff.second_factor import (
    RECOVERY_CODES,
    STEP,
    Vault,
    address_of,
    begin,
    confirm,
    is_on,
    logins_with_factor,
    passes,
    turn_off,
)
from knowledge.staff.sessions import open_session, who_is
from staff_people import HOA, LAN, MINH

VAULT = Vault("for tests only")
SOON = timedelta(minutes=2)


def lan_in(session: Session, now: datetime) -> Account:
    add_account(session, LAN, "một câu dài dễ nhớ", now)
    found = account_of(session, "lan")
    assert found is not None
    return found


def turned_on(session: Session, now: datetime) -> tuple[Account, pyotp.TOTP, tuple[str, ...]]:
    lan = lan_in(session, now)
    totp = pyotp.TOTP(begin(session, lan, VAULT))
    return lan, totp, confirm(session, lan, totp.at(now), VAULT, now)


def test_a_first_code_turns_it_on_and_brings_recovery_codes(database: Database, now: datetime) -> None:
    with database.session() as session:
        lan = lan_in(session, now)
        secret = begin(session, lan, VAULT)
        assert not is_on(session, lan.id)
        codes = confirm(session, lan, pyotp.TOTP(secret).at(now), VAULT, now)
        assert len(set(codes)) == RECOVERY_CODES
        assert is_on(session, lan.id)
        assert logins_with_factor(session) == {"lan"}
        assert notes(session, "staff-lan")[0].deed is Deed.FACTOR_ON


def test_neither_the_secret_nor_a_recovery_code_can_be_read_in_the_database(
    sqlite_database: Database, now: datetime
) -> None:
    with sqlite_database.session() as session:
        _, totp, codes = turned_on(session, now)
        kept = str(session.connection().exec_driver_sql("SELECT * FROM staff_factor").all())
        kept += str(session.connection().exec_driver_sql("SELECT * FROM staff_recovery").all())
        told = "".join(note.before + note.after for note in notes(session))
        assert totp.secret not in kept + told
        assert not any(code in kept + told or code.replace("-", "") in kept + told for code in codes)


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_clock_may_be_half_a_minute_off(sqlite_database: Database, now: datetime, steps: int) -> None:
    with sqlite_database.session() as session:
        lan, totp, _ = turned_on(session, now)
        assert passes(session, lan, totp.at(now + SOON + timedelta(seconds=steps * STEP)), VAULT, now + SOON)


@pytest.mark.parametrize("steps", [-3, -2, 2, 3])
def test_older_and_later_codes_are_refused(sqlite_database: Database, now: datetime, steps: int) -> None:
    with sqlite_database.session() as session:
        lan, totp, _ = turned_on(session, now)
        assert not passes(session, lan, totp.at(now + SOON + timedelta(seconds=steps * STEP)), VAULT, now + SOON)


def test_a_code_opens_once_and_no_older_one_after_it(database: Database, now: datetime) -> None:
    with database.session() as session:
        lan, totp, _ = turned_on(session, now)
        at = now + SOON
        assert passes(session, lan, totp.at(at), VAULT, at)
        assert not passes(session, lan, totp.at(at), VAULT, at)
        assert not passes(session, lan, totp.at(at - timedelta(seconds=STEP)), VAULT, at)
        assert passes(session, lan, totp.at(at + timedelta(seconds=STEP)), VAULT, at)


def test_the_code_that_turned_it_on_does_not_open_as_well(sqlite_database: Database, now: datetime) -> None:
    with sqlite_database.session() as session:
        lan, totp, _ = turned_on(session, now)
        assert not passes(session, lan, totp.at(now), VAULT, now)


@pytest.mark.parametrize("written", [str, str.lower, lambda code: code.replace("-", " "), lambda code: f" {code} "])
def test_a_recovery_code_opens_once_however_it_is_typed(sqlite_database: Database, now: datetime, written) -> None:  # type: ignore[no-untyped-def]  # a callable of the table above
    with sqlite_database.session() as session:
        lan, _, codes = turned_on(session, now)
        assert passes(session, lan, written(codes[3]), VAULT, now)
        assert not passes(session, lan, written(codes[3]), VAULT, now)
        assert passes(session, lan, codes[4], VAULT, now)
        assert notes(session, "staff-lan")[0].deed is Deed.RECOVERY_USED


@pytest.mark.parametrize("code", ["", " ", "000000 ", "12345", "1234567", "١٢٣٤٥٦", "'; --", "x" * 100_000, "\ud800"])
def test_anything_else_opens_nothing(sqlite_database: Database, now: datetime, code: str) -> None:
    with sqlite_database.session() as session:
        lan, _, _ = turned_on(session, now)
        assert not passes(session, lan, code, VAULT, now)


def test_spaces_within_a_code_are_forgiven(sqlite_database: Database, now: datetime) -> None:
    with sqlite_database.session() as session:
        lan, totp, _ = turned_on(session, now)
        code = totp.at(now + SOON)
        assert passes(session, lan, f"{code[:3]} {code[3:]}", VAULT, now + SOON)


def test_without_it_no_code_opens(sqlite_database: Database, now: datetime) -> None:
    with sqlite_database.session() as session:
        lan = lan_in(session, now)
        assert not passes(session, lan, "000000", VAULT, now)
        totp = pyotp.TOTP(begin(session, lan, VAULT))
        assert not passes(session, lan, totp.at(now), VAULT, now)  # begun, but never confirmed


def test_beginning_anew_makes_the_first_secret_useless(sqlite_database: Database, now: datetime) -> None:
    with sqlite_database.session() as session:
        lan = lan_in(session, now)
        first, second = pyotp.TOTP(begin(session, lan, VAULT)), pyotp.TOTP(begin(session, lan, VAULT))
        assert confirm(session, lan, first.at(now), VAULT, now) == ()
        assert confirm(session, lan, second.at(now), VAULT, now)
        with pytest.raises(BadAccountError, match="already"):
            begin(session, lan, VAULT)


def test_with_another_secret_of_the_server_no_code_is_right(sqlite_database: Database, now: datetime) -> None:
    with sqlite_database.session() as session:
        lan, totp, codes = turned_on(session, now)
        other = Vault("another server")
        assert not passes(session, lan, totp.at(now + SOON), other, now + SOON)
        assert passes(session, lan, codes[0], other, now + SOON)


def test_a_reset_ends_sessions_and_is_told_with_its_reason(database: Database, now: datetime) -> None:
    with database.session() as session:
        lan, totp, codes = turned_on(session, now)
        token = open_session(session, lan, now)
        turn_off(session, "lan", Act(MINH, now), "mất điện thoại")
        assert who_is(session, token, now) is None
        assert not is_on(session, lan.id)
        assert not passes(session, lan, totp.at(now + SOON), VAULT, now + SOON)
        assert not passes(session, lan, codes[0], VAULT, now + SOON)
        note = notes(session, "staff-lan")[0]
        assert (note.deed, note.who, note.after) == (Deed.FACTOR_RESET, "minh", "mất điện thoại")


def test_who_turns_his_own_off_stays_logged_in(sqlite_database: Database, now: datetime) -> None:
    with sqlite_database.session() as session:
        lan, _, _ = turned_on(session, now)
        token = open_session(session, lan, now)
        turn_off(session, "lan", Act(LAN, now))
        assert who_is(session, token, now) is not None
        assert notes(session, "staff-lan")[0].deed is Deed.FACTOR_OFF


@pytest.mark.parametrize("login", ["lan", "ai-do"])
def test_what_is_not_on_cannot_be_turned_off(sqlite_database: Database, now: datetime, login: str) -> None:
    with sqlite_database.session() as session:
        lan_in(session, now)
        with pytest.raises(BadAccountError):
            turn_off(session, login, Act(HOA, now))


def test_the_app_reads_account_and_office_from_the_code() -> None:
    read = pyotp.parse_uri(address_of(pyotp.random_base32(), "lan"))
    assert (read.name, read.issuer) == ("lan", "Một cửa")
