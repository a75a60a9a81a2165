"""A chat that staff took over is theirs for a while, one person's at a time."""

from datetime import datetime, timedelta

import pytest

from knowledge import takeovers
from knowledge.database import Database
from knowledge.staff.accounts import Act, add_account
from knowledge.staff.audit import notes
from knowledge.takeovers import UnknownTakeoverError
from staff_people import HOA, LAN, MINH

HALF_AN_HOUR = timedelta(minutes=30)


@pytest.fixture
def staffed(database: Database, now: datetime) -> Database:
    with database.session() as session:
        for who in (LAN, HOA):
            add_account(session, who, "một câu dài dễ nhớ", now)
    return database


def test_it_holds_until_its_time_and_is_prolonged_by_speaking(staffed: Database, now: datetime) -> None:
    with staffed.session(writing=True) as session:
        number = takeovers.take_over(session, "telegram", "7", Act(LAN, now), now + HALF_AN_HOUR)
        assert takeovers.held_chats(session, now) == {("telegram", "7")}
        assert takeovers.held_chats(session, now + HALF_AN_HOUR) == frozenset()
        again = takeovers.take_over(session, "telegram", "7", Act(LAN, now), now + 2 * HALF_AN_HOUR)
        assert (again, len(takeovers.held_chats(session, now + HALF_AN_HOUR))) == (number, 1)


def test_it_is_given_back_early(staffed: Database, now: datetime) -> None:
    with staffed.session(writing=True) as session:
        number = takeovers.take_over(session, "web", "a", Act(LAN, now), now + HALF_AN_HOUR)
        takeovers.give_back(session, number, Act(LAN, now))
        assert takeovers.held_chats(session, now) == frozenset()
        assert takeovers.takeovers_of(session, "lan", now) == []


def test_who_comes_second_has_it_and_the_first_no_longer(staffed: Database, now: datetime) -> None:
    with staffed.session(writing=True) as session:
        number = takeovers.take_over(session, "web", "a", Act(LAN, now), now + HALF_AN_HOUR)
        takeovers.take_over(session, "web", "a", Act(HOA, now), now + HALF_AN_HOUR)
        assert takeovers.takeover(session, number).login == "hoa"
        assert takeovers.takeovers_of(session, "lan", now) == []


def test_it_is_forgotten_when_the_citizen_wants(staffed: Database, now: datetime) -> None:
    with staffed.session(writing=True) as session:
        for chat in ("a", "b"):
            takeovers.take_over(session, "web", chat, Act(LAN, now), now + HALF_AN_HOUR)
        takeovers.forget_takeover(session, "web", "a")
        assert takeovers.held_chats(session, now) == {("web", "b")}
        with pytest.raises(UnknownTakeoverError):
            takeovers.takeover(session, 1)


def test_who_has_no_account_takes_over_nothing(staffed: Database, now: datetime) -> None:
    with staffed.session(writing=True) as session, pytest.raises(UnknownTakeoverError):
        takeovers.take_over(session, "web", "a", Act(MINH, now), now + HALF_AN_HOUR)


def test_every_beginning_stands_in_the_audit_and_no_going_on(staffed: Database, now: datetime) -> None:
    later = now + 2 * HALF_AN_HOUR
    with staffed.session(writing=True) as session:
        for who, at in ((LAN, now), (LAN, now + HALF_AN_HOUR / 2), (HOA, now + HALF_AN_HOUR / 2), (HOA, later)):
            takeovers.take_over(session, "web", "a", Act(who, at), at + HALF_AN_HOUR)
        number = takeovers.takeovers_of(session, "hoa", later)[0].id
        beginnings = [(note.who, note.at) for note in notes(session, f"takeover-{number}")]
    assert beginnings == [("hoa", later), ("hoa", now + HALF_AN_HOUR / 2), ("lan", now)]
