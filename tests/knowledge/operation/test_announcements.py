"""Announcements hold from one moment to another and only administrators make them; channels are off for a reason."""

from datetime import datetime, timedelta

import msgspec
import pytest

from knowledge.database import Database
from knowledge.operation.announcements import (
    Announcement,
    UnknownAnnouncementError,
    announce,
    announcements,
    end_announcement,
)
from knowledge.operation.switches import switch_off, switch_on, switched_off
from knowledge.procedure import InvalidValueError
from knowledge.staff.accounts import Act, NotAllowedError, Role, Who
from knowledge.staff.audit import Deed, notes
from staff_people import HOA, LAN, MINH, OTHER_WARD, WARD

HOUR = timedelta(hours=1)
WARD_ADMIN = Who(login="van", name="Vân", role=Role.ADMIN, commune=WARD)


def tonight(now: datetime, **more: tuple[str, ...]) -> Announcement:
    return Announcement(text="Hệ thống bảo trì.", begins_at=now + HOUR, ends_at=now + 3 * HOUR, **more)


def test_an_announcement_is_kept_as_it_was_given_and_audited(database: Database, now: datetime) -> None:
    given = tonight(now, channels=("web", "telegram"), communes=(WARD,), procedures=("1.001193", "1.014064"))
    with database.session(writing=True) as session:
        number = announce(session, given, Act(MINH, now))
        (kept,) = announcements(session, since=now)
        (note,) = notes(session, f"announcement-{number}")
    assert {name: getattr(kept, name) for name in Announcement.__struct_fields__} == {
        name: getattr(given, name) for name in Announcement.__struct_fields__
    }
    assert (kept.id, kept.author) == (number, "minh")
    assert (note.deed, note.who) == (Deed.ANNOUNCED, "minh")
    assert "Hệ thống bảo trì." in note.after


@pytest.mark.parametrize(
    ("minutes", "holds"), [(59, False), (60, True), (179, True), (180, False)], ids=["before", "begun", "late", "over"]
)
def test_it_begins_and_ends_by_itself(now: datetime, minutes: int, *, holds: bool) -> None:
    assert tonight(now).holds(now + timedelta(minutes=minutes)) is holds


@pytest.mark.parametrize(
    ("limits", "channel", "commune", "concerns"),
    [
        ({}, "web", "", True),
        ({"channels": ("web",)}, "web", WARD, True),
        ({"channels": ("web",)}, "telegram", WARD, False),
        ({"communes": (WARD,)}, "web", WARD, True),
        ({"communes": (WARD,)}, "web", OTHER_WARD, False),
        ({"communes": (WARD,)}, "web", "", False),
    ],
    ids=["everybody", "its channel", "another channel", "its commune", "another commune", "commune not known"],
)
def test_it_concerns_whom_it_names(
    now: datetime, limits: dict[str, tuple[str, ...]], channel: str, commune: str, *, concerns: bool
) -> None:
    assert tonight(now, **limits).concerns(channel, commune) is concerns


def test_one_about_a_procedure_belongs_only_to_answers_that_tell_it(now: datetime) -> None:
    limited = tonight(now, procedures=("1.001193",))
    assert limited.is_about({"1.001193", "1.000002"})
    assert not limited.is_about({"1.000002"})
    assert not limited.is_about(())
    assert tonight(now).is_about(())


def test_a_form_sent_twice_announces_once(database: Database, now: datetime) -> None:
    act = Act(MINH, now)
    again = msgspec.structs.replace(tonight(now, channels=("web",)), begins_at=now + timedelta(seconds=2))
    with database.session(writing=True) as session:
        first = announce(session, tonight(now, channels=("web",)), act)
        assert announce(session, again, act) == first
        assert announce(session, tonight(now), act) != first
        end_announcement(session, first, act)
        assert announce(session, again, Act(MINH, now + timedelta(seconds=1))) != first


def test_ending_one_early_is_audited_and_what_is_over_stays_as_it_was(database: Database, now: datetime) -> None:
    with database.session(writing=True) as session:
        number = announce(session, tonight(now), Act(MINH, now))
        end_announcement(session, number, Act(MINH, now + 2 * HOUR))
        end_announcement(session, number, Act(MINH, now + 4 * HOUR))
        assert announcements(session, since=now + 2 * HOUR) == []
        (kept,) = announcements(session, since=now)
        assert kept.ends_at == now + 2 * HOUR
        assert [note.deed for note in notes(session)] == [Deed.ANNOUNCEMENT_ENDED, Deed.ANNOUNCED]


def test_one_taken_back_before_it_begins_never_holds(database: Database, now: datetime) -> None:
    with database.session(writing=True) as session:
        end_announcement(session, announce(session, tonight(now), Act(MINH, now)), Act(MINH, now))
        (kept,) = announcements(session, since=now - HOUR)
    assert not any(kept.holds(now + HOUR * hours) for hours in range(5))


def test_one_that_is_not_there_cannot_be_ended(sqlite_database: Database, now: datetime) -> None:
    with sqlite_database.session(writing=True) as session, pytest.raises(UnknownAnnouncementError):
        end_announcement(session, 7, Act(MINH, now))


@pytest.mark.parametrize("who", [LAN, HOA, WARD_ADMIN], ids=["officer", "approver", "a ward's admin for the city"])
def test_who_may_not_announce_is_refused(sqlite_database: Database, now: datetime, who: Who) -> None:
    with sqlite_database.session(writing=True) as session, pytest.raises(NotAllowedError):
        announce(session, tonight(now), Act(who, now))


def test_a_ward_s_admin_speaks_to_his_own(sqlite_database: Database, now: datetime) -> None:
    act = Act(WARD_ADMIN, now)
    with sqlite_database.session(writing=True) as session:
        number = announce(session, tonight(now, communes=(WARD,)), act)
        end_announcement(session, number, act)
        city = announce(session, tonight(now), Act(MINH, now))
        with pytest.raises(NotAllowedError):
            end_announcement(session, city, act)


@pytest.mark.parametrize(
    "wrong",
    [{"text": ""}, {"text": "x" * 301}, {"ends_at": datetime.fromisoformat("2020-01-01T00:00+00:00")}],
    ids=["no text", "a long text", "an end before the beginning"],
)
def test_what_is_no_announcement_is_not_made(now: datetime, wrong: dict[str, object]) -> None:
    given: dict[str, object] = {"text": "Bảo trì.", "begins_at": now, "ends_at": now + HOUR}
    with pytest.raises(InvalidValueError):
        Announcement(**(given | wrong))  # type: ignore[arg-type]  that is the point


def test_a_channel_is_off_for_its_first_reason_until_it_is_switched_on(database: Database, now: datetime) -> None:
    with database.session(writing=True) as session:
        switch_off(session, "telegram", "trả lời sai", Act(MINH, now))
        switch_off(session, "telegram", "lý do khác", Act(MINH, now + HOUR))
        (off,) = switched_off(session).values()
        assert (off.channel, off.reason, off.who, off.at) == ("telegram", "trả lời sai", "minh", now)
        switch_on(session, "telegram", "đã sửa", Act(MINH, now + HOUR))
        switch_on(session, "telegram", "lần nữa", Act(MINH, now + HOUR))
        assert switched_off(session) == {}
        found = [(note.deed, note.after) for note in notes(session, "channel-telegram")]
    assert found == [(Deed.CHANNEL_ON, "đã sửa"), (Deed.CHANNEL_OFF, "trả lời sai")]


@pytest.mark.parametrize("who", [LAN, HOA, WARD_ADMIN], ids=["officer", "approver", "a ward's admin"])
def test_only_the_city_s_admin_switches_channels(sqlite_database: Database, now: datetime, who: Who) -> None:
    with sqlite_database.session(writing=True) as session:
        for switch in (switch_off, switch_on):
            with pytest.raises(NotAllowedError):
                switch(session, "web", "lý do", Act(who, now))
        assert switched_off(session) == {}
