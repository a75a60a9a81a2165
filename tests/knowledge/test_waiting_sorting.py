"""Whose task a waiting question is, and what belongs together: only among those who may see it."""

from datetime import datetime

import pytest

from knowledge import waiting_groups, waiting_sorting
from knowledge.database import Database
from knowledge.staff.accounts import OPERATOR, Act, Role, Who, add_account
from knowledge.staff.audit import Deed, notes
from knowledge.staff.leaving import disable_account
from knowledge.waiting import Status
from knowledge.waiting_groups import UnknownGroupError
from knowledge.waiting_past import last_answer, merged_into
from knowledge.waiting_work import BadColleagueError, NotInGroupError, NotWaitingError
from staff_people import HOA, LAN, NGA, OTHER_WARD, PARKING, WARD
from waiting_office import Office, meaning

PASSWORD = "một câu dài dễ nhớ"
BINH = Who(login="binh", name="Bình", role=Role.OFFICER, commune=OTHER_WARD)


@pytest.fixture
def office(database: Database, now: datetime) -> Office:
    return Office(database, now)


@pytest.fixture
def small_office(sqlite_database: Database, now: datetime) -> Office:
    return Office(sqlite_database, now)


@pytest.fixture
def staffed(small_office: Office) -> Office:
    with small_office.database.session(writing=True) as session:
        for who in (LAN, HOA, NGA, BINH):
            add_account(session, who, PASSWORD, small_office.now)
        disable_account(session, "hoa", Act(OPERATOR, small_office.now))
    return small_office


@pytest.mark.parametrize(
    ("asked_in", "by", "login", "is_taken"),
    [
        ("", LAN, "lan", True),
        ("", LAN, "nobody", False),
        ("", LAN, "hoa", False),
        ("", LAN, "binh", False),
        (OTHER_WARD, LAN, "binh", True),
        (OTHER_WARD, LAN, "nga", False),
        (WARD, NGA, "nga", True),
        (WARD, NGA, "lan", True),
        (WARD, NGA, "binh", False),
        ("", NGA, "binh", False),
        ("", NGA, "LAN", False),
        ("", NGA, "' or 1=1 --", False),
    ],
    ids=[
        "the city gives its own a task",
        "a login that is not there",
        "a login that is disabled",
        "staff of a commune where nobody asked",
        "staff of the commune where somebody asked",
        "staff of another commune",
        "a commune gives its own a task",
        "a commune asks the city",
        "another commune's staff",
        "another commune's staff about nobody knows where",
        "a login in other letters",
        "no login at all",
    ],
)
def test_a_task_is_given_to_who_may_see_it(staffed: Office, asked_in: str, by: Who, login: str, is_taken: bool) -> None:
    staffed.asks("gửi xe máy ở đâu", commune=asked_in)
    with staffed.database.session(writing=True) as session:
        if is_taken:
            waiting_sorting.assign(session, 1, login, Act(by, staffed.now))
        else:
            with pytest.raises(BadColleagueError):
                waiting_sorting.assign(session, 1, login, Act(by, staffed.now))
        assert waiting_groups.group(session, 1).assignee == (login if is_taken else "")
        assert len(notes(session, "waiting-1")) == is_taken


def test_a_task_is_taken_from_somebody_again(staffed: Office) -> None:
    staffed.asks("gửi xe máy ở đâu")
    with staffed.database.session(writing=True) as session:
        for login in ("lan", ""):
            waiting_sorting.assign(session, 1, login, Act(LAN, staffed.now))
            assert waiting_groups.group(session, 1).assignee == login


def test_what_was_answered_is_nobody_s_task_any_more(staffed: Office) -> None:
    staffed.asks("gửi xe máy ở đâu")
    staffed.answers()
    with staffed.database.session(writing=True) as session, pytest.raises(NotWaitingError):
        waiting_sorting.assign(session, 1, "lan", Act(LAN, staffed.now))


def test_a_task_of_one_commune_leaves_the_questions_of_others_to_them(staffed: Office) -> None:
    staffed.asks("chợ quê họp ngày nào", "a", commune=WARD)
    staffed.asks("chợ quê họp ngày nào vậy", "b", commune=OTHER_WARD)
    with staffed.database.session(writing=True) as session:
        waiting_sorting.assign(session, 1, "nga", Act(NGA, staffed.now))
        assert waiting_groups.group(session, 1).people == 1
        assert waiting_groups.group(session, 2, OTHER_WARD).assignee == ""


def test_merged_questions_wait_and_are_answered_together(office: Office) -> None:
    office.asks("gửi xe máy ở đâu", "a")
    office.asks("để ô tô chỗ nào", "b")
    with office.database.session(writing=True) as session:
        waiting_sorting.merge(session, 1, [2, 2], Act(LAN, office.now))
        found = waiting_groups.group(session, 1)
        assert merged_into(session, 2) == 1
        assert merged_into(session, 1) is None
    assert (found.people, found.question) == (2, "gửi xe máy ở đâu")
    assert office.answers() == 2


def test_what_joined_another_is_found_where_that_one_went(small_office: Office) -> None:
    for at, text in enumerate(("gửi xe máy ở đâu", "để ô tô chỗ nào", "mấy giờ mở cửa")):
        small_office.asks(text, str(at))
    with small_office.database.session(writing=True) as session:
        waiting_sorting.merge(session, 2, [3], Act(LAN, small_office.now))
        waiting_sorting.merge(session, 1, [2], Act(LAN, small_office.now))
        assert [merged_into(session, number) for number in (3, 2, 1)] == [1, 1, None]


def test_a_number_is_never_given_to_another_question(office: Office) -> None:
    """Who opened a form before the merging would else answer what somebody asked after it."""
    office.asks("gửi xe máy ở đâu", "a")
    office.asks("để ô tô chỗ nào", "b")
    with office.database.session(writing=True) as session:
        waiting_sorting.merge(session, 1, [2], Act(LAN, office.now))
    office.asks("mấy giờ mở cửa", "c")
    assert list(office.waits()) == [1, 3]


@pytest.mark.parametrize("other", [1, 2, 9], ids=["itself", "one that was answered", "one that is not there"])
def test_what_does_not_wait_cannot_be_merged(small_office: Office, other: int) -> None:
    small_office.asks("gửi xe máy ở đâu", "a")
    small_office.asks("để ô tô chỗ nào", "b")
    small_office.answers(2)
    with small_office.database.session(writing=True) as session, pytest.raises(NotInGroupError):
        waiting_sorting.merge(session, 1, [other], Act(LAN, small_office.now))


def test_nothing_joins_what_was_answered(small_office: Office) -> None:
    small_office.asks("gửi xe máy ở đâu", "a")
    small_office.asks("để ô tô chỗ nào", "b")
    small_office.answers(1)
    with small_office.database.session(writing=True) as session, pytest.raises(NotWaitingError):
        waiting_sorting.merge(session, 1, [2], Act(LAN, small_office.now))


def test_a_commune_merges_what_is_its_own_and_no_more(small_office: Office) -> None:
    small_office.asks("gửi xe máy ở đâu", "a", commune=WARD)
    small_office.asks("để ô tô chỗ nào", "b", commune=WARD)
    small_office.asks("để ô tô chỗ nào", "c", commune=OTHER_WARD)
    with small_office.database.session(writing=True) as session:
        waiting_sorting.merge(session, 1, [2], Act(NGA, small_office.now))
        assert waiting_groups.group(session, 1).people == 2
        assert [each.people for each in waiting_groups.groups(session, commune=OTHER_WARD)] == [1]


def test_a_commune_cannot_merge_what_is_another_s_alone(small_office: Office) -> None:
    small_office.asks("gửi xe máy ở đâu", "a", commune=WARD)
    small_office.asks("để ô tô chỗ nào", "b", commune=OTHER_WARD)
    with small_office.database.session(writing=True) as session:
        with pytest.raises(NotInGroupError):
            waiting_sorting.merge(session, 1, [2], Act(NGA, small_office.now))
        with pytest.raises(UnknownGroupError):
            waiting_sorting.merge(session, 2, [1], Act(NGA, small_office.now))


def test_one_question_leaves_for_a_group_of_its_own(office: Office) -> None:
    office.asks("gửi xe máy ở đâu", "a")
    office.asks("gửi xe máy mất tiền", "b")
    with office.database.session(writing=True) as session:
        first = waiting_groups.asked_in(session, 1)[-1].exchange
        assert waiting_sorting.split(session, 1, first, Act(LAN, office.now)) == 2
        assert waiting_sorting.split(session, 1, first + 1, Act(LAN, office.now)) == 1  # the last one stays
        with pytest.raises(NotInGroupError):  # pressed twice
            waiting_sorting.split(session, 1, first, Act(LAN, office.now))
    assert office.waits() == {1: "gửi xe máy mất tiền", 2: "gửi xe máy ở đâu"}


def test_a_commune_cannot_split_off_another_s_question(small_office: Office) -> None:
    small_office.asks("chợ quê họp ngày nào", "a", commune=WARD)
    small_office.asks("chợ quê họp ngày nào vậy", "b", commune=OTHER_WARD)
    with small_office.database.session(writing=True) as session, pytest.raises(NotInGroupError):
        waiting_sorting.split(session, 1, 2, Act(NGA, small_office.now))


def test_what_was_answered_is_not_split(small_office: Office) -> None:
    small_office.asks("gửi xe máy ở đâu", "a")
    small_office.answers()
    with small_office.database.session(writing=True) as session, pytest.raises(NotWaitingError):
        waiting_sorting.split(session, 1, 1, Act(LAN, small_office.now))


def test_similar_questions_are_offered_for_merging(small_office: Office) -> None:
    for at, text in enumerate(("gửi xe máy ở đâu", "gửi ô tô đâu", "mấy giờ mở cửa")):
        small_office.asks(text, str(at))
    with small_office.database.session() as session:
        found = waiting_sorting.similar(session, waiting_groups.group(session, 1), meaning)
    assert [group.question for group in found] == ["gửi ô tô đâu"]


def test_what_was_answered_is_read_again_from_the_audit(small_office: Office) -> None:
    small_office.asks("gửi xe máy ở đâu", "a")
    with small_office.database.session() as session:
        assert last_answer(session, 1) == ""
    small_office.answers()
    with small_office.database.session() as session:
        assert last_answer(session, 1) == PARKING.answer
        assert [note.deed for note in notes(session, "waiting-1")] == [Deed.ANSWERED]
    assert small_office.waits(Status.ANSWERED) == {1: "gửi xe máy ở đâu"}
