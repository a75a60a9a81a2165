"""Which waiting questions there are for whom, and which come first."""

from datetime import datetime, timedelta

import pytest

from knowledge import waiting_groups, waiting_sorting, waiting_work
from knowledge.database import Database
from knowledge.staff.accounts import Act, add_account
from knowledge.waiting import Status
from knowledge.waiting_groups import Wanted, groups_of, own_places, places_asking, ranked, texts_of
from staff_people import LAN, NGA, OTHER_WARD, WARD
from waiting_office import Office

PASSWORD = "một câu dài dễ nhớ"


def no_work(_since: datetime) -> timedelta:
    return timedelta()


@pytest.fixture
def office(database: Database, now: datetime) -> Office:
    """Three questions: 1 of a ward and Lan's by tomorrow, 2 of another and promised, 3 of nobody knows where."""
    made = Office(database, now)
    made.asks("chợ quê họp ngày nào", "a", commune=WARD)
    made.asks("gửi xe máy ở đâu", "b", commune=OTHER_WARD)
    made.asks("gửi xe máy đâu", "c", commune=OTHER_WARD)
    made.asks("máy rút tiền", "d")
    with database.session(writing=True) as session:
        add_account(session, LAN, PASSWORD, now)
        waiting_sorting.assign(session, 1, "lan", Act(LAN, now))
        waiting_work.promise(session, 1, now + timedelta(days=1), Act(LAN, now))
        waiting_work.promise(session, 2, now + timedelta(hours=1), Act(LAN, now))
        waiting_sorting.assign(session, 2, "", Act(LAN, now))
    return made


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        (Wanted(), [2, 1, 3]),
        (Wanted(status=Status.DISMISSED), []),
        (Wanted(places=own_places(WARD)), [1, 3]),
        (Wanted(places=(OTHER_WARD,)), [2]),
        (Wanted(places=("00000",)), []),
        (Wanted(assignee="lan"), [1]),
        (Wanted(assignee=""), [2, 3]),
        (Wanted(assignee="lan", places=(OTHER_WARD,)), []),
        (Wanted(is_promised=True), [2, 1]),
        (Wanted(is_promised=True, assignee="lan"), [1]),
    ],
    ids=[
        "all that wait",
        "none was dismissed",
        "a ward's own and nobody knows whose",
        "another ward's alone",
        "a place where nobody asked",
        "somebody's tasks",
        "nobody's tasks",
        "tasks elsewhere",
        "with a promise",
        "somebody's with a promise",
    ],
)
def test_groups_are_found_by_what_is_wanted(office: Office, wanted: Wanted, numbers: list[int]) -> None:
    with office.database.session() as session:
        assert ranked(session, wanted, no_work) == numbers


@pytest.mark.parametrize(("hours", "late"), [(0, []), (2, [2]), (48, [2, 1])])
def test_a_promise_is_late_once_its_moment_is_over(office: Office, now: datetime, hours: int, late: list[int]) -> None:
    with office.database.session() as session:
        assert ranked(session, Wanted(late_at=now + timedelta(hours=hours)), no_work) == late


def test_a_long_wait_outweighs_one_person_more(office: Office) -> None:
    with office.database.session() as session:
        first = groups_of(session, [1])[0].first_at
        old = ranked(session, Wanted(), lambda since: timedelta(hours=24 if since <= first else 0))
    assert old == [1, 2, 3]


def test_groups_come_in_the_order_that_is_asked_for(office: Office) -> None:
    with office.database.session() as session:
        found = groups_of(session, [3, 1, 9, 2])
    assert [(group.id, group.people) for group in found] == [(3, 1), (1, 1), (2, 2)]


def test_what_was_asked_elsewhere_is_not_counted_for_a_place(office: Office) -> None:
    office.asks("chợ quê họp ngày nào", "z", commune=OTHER_WARD)
    with office.database.session() as session:
        assert [group.people for group in groups_of(session, [1])] == [2]
        assert [group.people for group in groups_of(session, [1], own_places(WARD))] == [1]
        assert groups_of(session, [2], own_places(WARD)) == []


def test_thousands_of_numbers_are_read_in_parts(office: Office) -> None:
    with office.database.session() as session:
        assert [group.id for group in groups_of(session, range(2_500, 0, -1))] == [3, 2, 1]


def test_every_way_of_asking_is_kept_beside_its_group(office: Office) -> None:
    office.asks("gửi xe máy ở đâu", "e")
    with office.database.session() as session:
        found = texts_of(session, Status.WAITING)
        assert {number: set(texts) for number, texts in found.items()} == {
            1: {"chợ quê họp ngày nào"},
            2: {"gửi xe máy ở đâu", "gửi xe máy đâu"},
            3: {"máy rút tiền"},
        }
        assert texts_of(session, Status.DISMISSED) == {}


def test_places_are_those_where_something_waits(office: Office, now: datetime) -> None:
    with office.database.session(writing=True) as session:
        assert places_asking(session) == [WARD, OTHER_WARD]
        waiting_work.dismiss(session, 1, "không phải việc của mình", Act(NGA, now))
        assert places_asking(session) == [OTHER_WARD]


def test_staff_of_a_commune_see_what_came_from_there_or_nobody_knows_where() -> None:
    assert own_places(WARD) == ("", WARD)
    assert own_places("") == ()


def test_one_group_is_that_of_its_number(office: Office) -> None:
    with office.database.session() as session:
        assert waiting_groups.group(session, 2).question == "gửi xe máy ở đâu"
        for number, commune in ((2, WARD), (9, ""), (-1, "")):
            with pytest.raises(waiting_groups.UnknownGroupError):
                waiting_groups.group(session, number, commune)
