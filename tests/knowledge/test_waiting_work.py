"""What staff do with waiting questions: those who asked are told once, in their chat, about their own question."""

from datetime import datetime, timedelta

import pytest

from knowledge import waiting, waiting_groups, waiting_sorting, waiting_work
from knowledge.askers import askers_of, forget_asker
from knowledge.database import Database
from knowledge.questions import MaskedExchange, forget_exchanges, record
from knowledge.staff.accounts import Act
from knowledge.staff.audit import notes
from knowledge.staff_words import WordKind
from knowledge.waiting import Status
from knowledge.waiting_groups import UnknownGroupError
from knowledge.waiting_work import NotInGroupError, NotSettledError, NotWaitingError, PromisedError
from staff_people import LAN, NGA, OTHER_WARD, PARKING, WARD
from waiting_office import Office, meaning


@pytest.fixture
def office(database: Database, now: datetime) -> Office:
    return Office(database, now)


@pytest.fixture
def small_office(sqlite_database: Database, now: datetime) -> Office:
    return Office(sqlite_database, now)


def test_each_who_asked_is_told_once_with_his_own_words(office: Office) -> None:
    office.asks("gửi xe máy ở đâu", "a")
    office.asks("gửi xe máy đâu", "b", channel="web")
    office.asks("gửi xe máy ở đâu vậy", "a")
    assert office.answers() == 2
    assert [(channel, chat, word.question) for channel, chat, word in office.told()] == [
        ("telegram", "a", "gửi xe máy ở đâu vậy"),
        ("web", "b", "gửi xe máy đâu"),
    ]
    assert {word.text for _, _, word in office.told()} == {PARKING.answer}
    assert office.waits() == {}
    with office.database.session() as session:
        assert askers_of(session, 1) == []  # nobody's address is kept longer than it is needed


def test_who_answers_second_is_told_so_and_nobody_hears_twice(office: Office) -> None:
    office.asks("gửi xe máy ở đâu")
    office.answers()
    with pytest.raises(NotWaitingError):
        office.answers(faq=True)
    assert len(office.told()) == 1
    with office.database.session() as session:
        assert [note.deed for note in notes(session)] == ["answered"]  # the second's draft was not kept either


def test_people_of_one_group_are_told_there_once(small_office: Office) -> None:
    small_office.asks("gửi xe máy ở đâu", "x", address="-100:0")
    small_office.asks("gửi xe máy ở đâu", "y", address="-100:0")
    assert small_office.answers() == 1


def test_who_cannot_be_reached_is_answered_by_the_draft_alone(small_office: Office) -> None:
    exchange = MaskedExchange(
        asked_at=small_office.now, channel="api", chat="h", question="gửi xe máy ở đâu", ending="unknown"
    )
    with small_office.database.session(writing=True) as session:
        record(session, exchange)
        waiting.collect(session, meaning)
    assert small_office.answers(faq=True) == 0
    assert small_office.waits(Status.DRAFTED) == {1: "gửi xe máy ở đâu"}


def test_an_answer_that_is_to_be_approved_first_is_told_then(office: Office) -> None:
    office.asks("gửi xe máy ở đâu", "a")
    assert office.answers(faq=True, is_sent=False) == 0
    office.asks("gửi xe máy ở đâu", "late")
    assert office.told() == []
    with office.database.session(writing=True) as session:
        assert waiting_work.tell_late(session, 1, PARKING, {}, Act(LAN, office.now)) == 2
        assert waiting_work.tell_late(session, 1, PARKING, {}, Act(LAN, office.now)) == 0
    assert [chat for _, chat, _ in office.told()] == ["a", "late"]


def test_a_draft_that_is_given_up_lets_its_question_wait_again(office: Office) -> None:
    office.asks("gửi xe máy ở đâu", "a")
    office.answers(faq=True, is_sent=False)
    with office.database.session(writing=True) as session:
        waiting_work.give_up_entry(session, 1)
    assert office.waits() == {1: "gửi xe máy ở đâu"}
    assert office.answers() == 1


def test_a_question_that_was_answered_waits_anew_only_when_it_is_asked_anew(small_office: Office) -> None:
    small_office.asks("gửi xe máy ở đâu", "a")
    small_office.answers(faq=True)
    with small_office.database.session(writing=True) as session:
        waiting_work.give_up_entry(session, 1)
    assert small_office.waits() == {}
    small_office.asks("gửi xe máy ở đâu", "b")
    assert list(small_office.waits()) == [2]


def test_what_was_answered_to_one_alone_waits_anew_when_another_asks(small_office: Office) -> None:
    small_office.asks("hồ sơ của tôi nộp nhầm nơi", "a")
    small_office.answers()
    small_office.asks("hồ sơ của tôi nộp nhầm nơi", "b")
    assert list(small_office.waits()) == [2]
    assert list(small_office.waits(Status.ANSWERED)) == [1]


def test_a_commune_answers_its_own_and_leaves_the_rest_waiting(office: Office) -> None:
    office.asks("chợ quê họp ngày nào", "a", commune=WARD)
    office.asks("chợ quê họp ngày nào vậy", "b", commune=OTHER_WARD)
    office.asks("chợ quê họp ngày nào", "c")
    with office.database.session(writing=True) as session:
        told = waiting_work.answer(session, 1, PARKING, {}, Act(NGA, office.now), faq=None, is_sent=True)
    assert told == 2
    assert {chat for _, chat, _ in office.told()} == {"a", "c"}
    assert office.waits() == {2: "chợ quê họp ngày nào vậy"}


def test_another_commune_s_question_is_not_there_for_its_staff(small_office: Office) -> None:
    small_office.asks("chợ quê họp ngày nào", commune=OTHER_WARD)
    with small_office.database.session(writing=True) as session, pytest.raises(UnknownGroupError):
        waiting_work.dismiss(session, 1, "x", Act(NGA, small_office.now))


def test_a_promise_is_told_and_makes_it_somebody_s_task(office: Office) -> None:
    office.asks("gửi xe máy ở đâu")
    by = office.now + timedelta(hours=8)
    with office.database.session(writing=True) as session:
        assert waiting_work.promise(session, 1, by, Act(LAN, office.now)) == 1
        found = waiting_groups.group(session, 1)
    assert (found.status, found.promised_by, found.assignee) == (Status.WAITING, by, "lan")
    assert [(word.kind, word.by) for _, _, word in office.told()] == [(WordKind.PROMISED, by)]
    assert office.answers() == 1  # who was promised an answer still gets it


def test_a_dismissed_question_is_taken_up_again(small_office: Office) -> None:
    small_office.asks("thi hoa hậu")
    with small_office.database.session(writing=True) as session:
        waiting_work.dismiss(session, 1, "không phải việc của mình", Act(LAN, small_office.now))
        waiting_work.reopen(session, 1, Act(LAN, small_office.now))
        with pytest.raises(NotSettledError):  # pressed twice
            waiting_work.reopen(session, 1, Act(LAN, small_office.now))
        assert [note.deed for note in notes(session)] == ["reopened", "dismissed"]
    assert small_office.answers() == 1


def test_what_an_entry_was_begun_for_is_not_taken_up_beside_it(small_office: Office) -> None:
    small_office.asks("gửi xe máy ở đâu")
    small_office.answers(faq=True, is_sent=False)
    with small_office.database.session(writing=True) as session, pytest.raises(NotSettledError):
        waiting_work.reopen(session, 1, Act(LAN, small_office.now))


def test_a_promise_that_somebody_gave_meanwhile_is_not_given_again(small_office: Office) -> None:
    """Two officers, or one who pressed twice: the citizen hears one."""
    small_office.asks("gửi xe máy ở đâu")
    first, second = (small_office.now + timedelta(hours=hours) for hours in (4, 8))
    act = Act(LAN, small_office.now)
    with small_office.database.session(writing=True) as session:
        waiting_work.promise(session, 1, first, act)
        for by in (first, second):
            with pytest.raises(PromisedError):
                waiting_work.promise(session, 1, by, act)
        assert waiting_work.promise(session, 1, second, act, instead_of=first.replace(microsecond=5)) == 1
    assert [word.by for _, _, word in small_office.told()] == [first, second]


def test_a_new_promise_after_it_was_taken_up_again_needs_no_old_one(small_office: Office) -> None:
    small_office.asks("gửi xe máy ở đâu")
    act = Act(LAN, small_office.now)
    with small_office.database.session(writing=True) as session:
        waiting_work.promise(session, 1, small_office.now, act)
        waiting_work.dismiss(session, 1, "x", act)
        waiting_work.reopen(session, 1, act)
        assert waiting_groups.group(session, 1).promised_by is None
        assert waiting_work.promise(session, 1, small_office.now + timedelta(hours=4), act) == 1


def test_who_asks_under_a_number_that_was_used_before_is_told_too(small_office: Office) -> None:
    """SQLite gives the number of a deleted exchange to the next one."""
    small_office.asks("gửi xe máy ở đâu", "a")
    assert small_office.answers() == 1
    with small_office.database.session(writing=True) as session:
        forget_exchanges(session, "hash-a")
    small_office.asks("mấy giờ mở cửa", "b")
    assert small_office.answers(2) == 1
    assert [chat for _, chat, _ in small_office.told()] == ["a", "b"]


def test_who_wants_to_be_forgotten_is_told_nothing(small_office: Office) -> None:
    for chat in "abc":
        small_office.asks("gửi xe máy ở đâu", chat)
    with small_office.database.session(writing=True) as session:
        forget_asker(session, "telegram", "a")
        forget_exchanges(session, "hash-b")
    assert small_office.answers() == 1


def test_a_commune_parts_no_question_of_another_from_a_group(sqlite_database: Database, now: datetime) -> None:
    office = Office(sqlite_database, now)
    office.asks("gửi xe ở đâu", "a", commune=WARD)
    office.asks("gửi xe ở đâu", "b", commune=OTHER_WARD)
    office.asks("gửi xe ở đâu", "c")
    with sqlite_database.session(writing=True) as session:
        with pytest.raises(NotInGroupError, match="no exchange 2"):
            waiting_sorting.split(session, 1, 2, Act(NGA, now))
        assert waiting_sorting.split(session, 1, 3, Act(NGA, now)) == 2  # whose commune nobody knows
        assert waiting_sorting.split(session, 1, 2, Act(LAN, now)) == 3
