"""Accounts, passwords and who is logged in."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from argon2 import Type, extract_parameters

from knowledge.database import Database, open_database, sqlite_url
from knowledge.staff import accounts as staff
from knowledge.staff.accounts import OPERATOR, Act, BadAccountError, Role, Who
from knowledge.staff.audit import Deed, notes
from knowledge.staff.leaving import disable_account
from knowledge.staff.sessions import IDLE, LONGEST, close_session, note_use, open_session, visit_of, who_is
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


def _logged_in(database: Database, now: datetime) -> str:
    with database.session() as session:
        if staff.account_of(session, "lan") is None:
            staff.add_account(session, LAN, PASSWORD, now)
        account = staff.account_of(session, "lan")
        assert account is not None
        return open_session(session, account, now)


def _at_work(database: Database, token: str, at: datetime) -> bool:
    """As a page of the console asks."""
    with database.session() as session:
        visit = visit_of(session, token, at)
    if visit and visit.is_worth_noting:
        note_use(database, token, at)
    return visit is not None and visit.who.login == "lan"


def test_a_session_lasts_a_working_day_and_not_over_a_long_break(database: Database, now: datetime) -> None:
    token, at = _logged_in(database, now), now
    while at + timedelta(hours=1) < now + LONGEST:
        at += timedelta(hours=1)
        assert _at_work(database, token, at)
    assert not _at_work(database, token, now + LONGEST)
    rested = _logged_in(database, now)
    assert not _at_work(database, rested, now + IDLE)


def test_not_every_page_notes_that_a_session_is_used(database: Database, now: datetime) -> None:
    token = _logged_in(database, now)
    for seconds, is_worth_noting in ((0, False), (59, False), (60, True)):
        with database.session() as session:
            visit = visit_of(session, token, now + timedelta(seconds=seconds))
        assert visit is not None
        assert visit.is_worth_noting is is_worth_noting


def test_a_page_that_has_read_notes_its_use_though_others_wrote_since(database: Database, now: datetime) -> None:
    token = _logged_in(database, now)
    later = now + timedelta(hours=1)
    with database.session() as reading:
        assert visit_of(reading, token, later) is not None
        other = _logged_in(database, later)  # somebody else writes while the page is still at it
        note_use(database, token, later)
    assert _at_work(database, token, later + IDLE / 2)
    assert _at_work(database, other, later)


def test_an_earlier_use_does_not_take_a_later_one_back(database: Database, now: datetime) -> None:
    token = _logged_in(database, now)
    note_use(database, token, now + IDLE / 2)
    note_use(database, token, now + timedelta(minutes=1))
    assert _at_work(database, token, now + IDLE)


def test_a_database_that_takes_nothing_refuses_no_page(tmp_path: Path, now: datetime) -> None:
    database = open_database(sqlite_url(tmp_path / "motcua.sqlite3"))
    token = _logged_in(database, now)
    with database.session() as session:
        session.connection().exec_driver_sql("DROP TABLE staff_session")
    note_use(database, token, now + IDLE)
    database.close()


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
            disable_account(session, "lan", Act(OPERATOR, now))
            assert staff.check_password(session, "lan", PASSWORD) is None
        else:
            staff.set_password(session, "lan", "một câu khác, cũng dài", now)
            assert staff.check_password(session, "lan", "một câu khác, cũng dài") is not None
        assert who_is(session, token, now) is None


def test_an_unknown_account_is_said_to_be_unknown(sqlite_database: Database, now: datetime) -> None:
    with sqlite_database.session() as session, pytest.raises(BadAccountError, match="no account"):
        disable_account(session, "khong-co", Act(OPERATOR, now))


def test_one_is_alone_while_all_others_are_disabled(sqlite_database: Database, now: datetime) -> None:
    with sqlite_database.session() as session:
        staff.add_account(session, LAN, PASSWORD, now)
        staff.add_account(session, HOA, PASSWORD, now)
        assert not staff.is_alone(session, LAN)
        disable_account(session, "lan", Act(OPERATOR, now))
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


def test_passwords_cost_a_thief_as_much_as_the_library_advises(real_passwords: Any) -> None:
    """RFC 9106, section 4: the second recommended option, of 64 MiB."""
    kept = extract_parameters(real_passwords.hasher.hash("một câu dài dễ nhớ"))
    assert (kept.type, kept.memory_cost, kept.time_cost, kept.parallelism) == (Type.ID, 64 * 1024, 3, 4)
    assert extract_parameters(real_passwords.nobody) == kept  # or the time taken would tell which logins exist
