"""Accounts, passwords and who is logged in."""

from datetime import datetime, timedelta

import pytest

from knowledge.database import Database
from knowledge.staff import accounts as staff
from knowledge.staff.accounts import BadAccountError, Role, Who
from knowledge.staff.audit import Deed, notes
from knowledge.staff.sessions import IDLE, LONGEST, close_session, open_session, who_is
from staff_people import HOA, LAN, NGA, WARD

PASSWORD = "một câu dài dễ nhớ"


def test_a_password_is_kept_as_argon2_and_opens_its_account(database: Database, now: datetime) -> None:
    with database.session() as session:
        staff.add_account(session, LAN, PASSWORD, now)
        found = staff.check_password(session, "lan", PASSWORD)
        assert found is not None
        assert (found.login, found.role, found.commune) == ("lan", Role.OFFICER, "")
        kept = session.connection().exec_driver_sql("SELECT password FROM staff_account").scalar_one()
        assert kept.startswith("$argon2id$")
        assert [note.deed for note in notes(session, "staff-lan")] == [Deed.STAFF_ADDED]


@pytest.mark.parametrize(
    ("login", "password"), [("lan", "sai"), ("lan", ""), ("ai-do", PASSWORD), ("", ""), ("lan", "x" * 100_000)]
)
def test_anything_wrong_opens_nothing(sqlite_database: Database, now: datetime, login: str, password: str) -> None:
    with sqlite_database.session() as session:
        staff.add_account(session, LAN, PASSWORD, now)
        assert staff.check_password(session, login, password) is None


@pytest.mark.parametrize(
    ("who", "password"),
    [
        (Who(login="Lan Anh", name="", role=Role.OFFICER), PASSWORD),
        (Who(login="../x", name="", role=Role.OFFICER), PASSWORD),
        (Who(login="lan", name="", role=Role.OFFICER, commune="00000"), PASSWORD),
        (LAN, "ngắn"),
        (LAN, "x" * 201),
    ],
    ids=["login with a space", "login as a path", "no commune", "short password", "endless password"],
)
def test_what_cannot_be_an_account_is_refused(
    sqlite_database: Database, now: datetime, who: Who, password: str
) -> None:
    with sqlite_database.session() as session, pytest.raises(BadAccountError):
        staff.add_account(session, who, password, now)


def test_a_login_is_given_once(sqlite_database: Database, now: datetime) -> None:
    with sqlite_database.session() as session:
        staff.add_account(session, LAN, PASSWORD, now)
        with pytest.raises(BadAccountError, match="there already"):
            staff.add_account(session, LAN, PASSWORD, now)
        assert [account.login for account in staff.accounts(session)] == ["lan"]


def test_a_session_lasts_a_working_day_and_not_over_a_long_break(database: Database, now: datetime) -> None:
    with database.session() as session:
        staff.add_account(session, LAN, PASSWORD, now)
        account = staff.account_of(session, "lan")
        assert account is not None
        token, at = open_session(session, account, now), now
        while at + timedelta(hours=1) < now + LONGEST:
            at += timedelta(hours=1)
            found = who_is(session, token, at)
            assert found is not None
            assert found.login == "lan"
        assert who_is(session, token, now + LONGEST) is None
        rested = open_session(session, account, now)
        assert who_is(session, rested, now + IDLE) is None


def test_the_token_itself_is_not_kept(sqlite_database: Database, now: datetime) -> None:
    with sqlite_database.session() as session:
        staff.add_account(session, LAN, PASSWORD, now)
        account = staff.account_of(session, "lan")
        assert account is not None
        token = open_session(session, account, now)
        kept = session.connection().exec_driver_sql("SELECT token FROM staff_session").scalar_one()
        assert kept != token
        assert who_is(session, kept, now) is None
        close_session(session, token)
        assert who_is(session, token, now) is None


@pytest.mark.parametrize("token", ["", "x", "\ud800", "' OR 1=1 --"])
def test_a_forged_token_is_nobody(sqlite_database: Database, now: datetime, token: str) -> None:
    with sqlite_database.session() as session:
        assert who_is(session, token, now) is None


@pytest.mark.parametrize("change", ["disabled", "password changed"])
def test_a_change_of_the_account_ends_its_sessions(sqlite_database: Database, now: datetime, change: str) -> None:
    with sqlite_database.session() as session:
        staff.add_account(session, LAN, PASSWORD, now)
        account = staff.account_of(session, "lan")
        assert account is not None
        token = open_session(session, account, now)
        if change == "disabled":
            staff.disable_account(session, "lan", now)
            assert staff.check_password(session, "lan", PASSWORD) is None
        else:
            staff.set_password(session, "lan", "một câu khác, cũng dài", now)
            assert staff.check_password(session, "lan", "một câu khác, cũng dài") is not None
        assert who_is(session, token, now) is None


def test_an_unknown_account_is_said_to_be_unknown(sqlite_database: Database, now: datetime) -> None:
    with sqlite_database.session() as session, pytest.raises(BadAccountError, match="no account"):
        staff.disable_account(session, "khong-co", now)


def test_one_is_alone_while_all_others_are_disabled(sqlite_database: Database, now: datetime) -> None:
    with sqlite_database.session() as session:
        staff.add_account(session, LAN, PASSWORD, now)
        staff.add_account(session, HOA, PASSWORD, now)
        assert not staff.is_alone(session, LAN)
        staff.disable_account(session, "lan", now)
        assert staff.is_alone(session, HOA)


def test_one_may_be_alone_in_a_commune_though_the_city_has_others(sqlite_database: Database, now: datetime) -> None:
    with sqlite_database.session() as session:
        for who in (LAN, HOA, NGA):
            staff.add_account(session, who, PASSWORD, now)
        assert staff.is_alone(session, NGA)
        assert not staff.is_alone(session, HOA)


def test_the_city_serves_all_and_a_commune_its_own() -> None:
    nga = Who(login="nga", name="Nga", role=Role.OFFICER, commune=WARD)
    assert [LAN.serves(""), LAN.serves(WARD), nga.serves(WARD), nga.serves(""), nga.serves("11824")] == [
        True,
        True,
        True,
        False,
        False,
    ]
