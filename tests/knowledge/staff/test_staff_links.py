"""Who of a channel's users is a member of staff."""

from datetime import datetime

import pytest

from knowledge.database import Database
from knowledge.staff.accounts import OPERATOR, Act, BadAccountError, add_account
from knowledge.staff.audit import Deed, notes
from knowledge.staff.leaving import disable_account
from knowledge.staff.links import link, linked, links_of, unlink
from staff_people import HOA, LAN


@pytest.fixture
def staffed(sqlite_database: Database, now: datetime) -> Database:
    with sqlite_database.session() as session:
        for who in (LAN, HOA):
            add_account(session, who, "một câu dài dễ nhớ", now)
    return sqlite_database


def test_a_user_of_a_channel_is_one_account_s(staffed: Database, now: datetime) -> None:
    with staffed.session(writing=True) as session:
        link(session, "telegram", "7", "lan", now)
        link(session, "telegram", "7", "hoa", now)
        link(session, "telegram", "8", "hoa", now)
        assert {user: who.login for user, who in linked(session, "telegram").items()} == {"7": "hoa", "8": "hoa"}
        assert linked(session, "zalo_bot") == {}
        assert links_of(session, "hoa") == ["telegram:7", "telegram:8"]
        assert notes(session)[0].after == "telegram:8"


def test_a_link_ends_by_itself_with_its_account(staffed: Database, now: datetime) -> None:
    with staffed.session(writing=True) as session:
        link(session, "telegram", "7", "lan", now)
        assert unlink(session, "telegram", "9", Act(OPERATOR, now)) is False
        disable_account(session, "lan", Act(OPERATOR, now))
        assert linked(session, "telegram") == {}


def test_who_cut_a_link_stands_in_the_audit(staffed: Database, now: datetime) -> None:
    with staffed.session(writing=True) as session:
        link(session, "telegram", "7", "lan", now)
        assert unlink(session, "telegram", "7", Act(OPERATOR, now)) is True
        assert unlink(session, "telegram", "7", Act(OPERATOR, now)) is False
        assert linked(session, "telegram") == {}
        note = notes(session)[0]
    assert (note.deed, note.who, note.subject, note.before) == (Deed.UNLINKED, "motcua", "staff-lan", "telegram:7")


@pytest.mark.parametrize("login", ["nobody", "lan"], ids=["no account", "a closed one"])
def test_only_open_accounts_are_linked(staffed: Database, now: datetime, login: str) -> None:
    with staffed.session(writing=True) as session:
        disable_account(session, "lan", Act(OPERATOR, now))
        with pytest.raises(BadAccountError):
            link(session, "telegram", "7", login, now)
