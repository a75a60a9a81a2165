"""What staff do with waiting questions: those who asked are told once, in their chat, about their own question."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import msgspec
import pytest
import sqlalchemy as sa

from knowledge import waiting, waiting_work
from knowledge.askers import askers_of, forget_asker
from knowledge.database import Database
from knowledge.faq.desk import draft
from knowledge.faq.entry import FaqText
from knowledge.outbox import OUTBOX
from knowledge.questions import MaskedExchange, forget_exchanges, record
from knowledge.staff.accounts import Act, add_account
from knowledge.staff.audit import notes
from knowledge.staff_words import StaffWord, WordKind
from knowledge.waiting import Status, UnknownGroupError
from knowledge.waiting_work import NotWaitingError
from staff_people import LAN, NGA, OTHER_WARD, PARKING, WARD

PASSWORD = "một câu dài dễ nhớ"


def meaning(text: str) -> Mapping[str, float]:
    words = set(text.split())
    return {word: len(words) ** -0.5 for word in words}


class Office:
    """Citizens who ask and staff who answer, a minute later each time."""

    def __init__(self, database: Database, now: datetime) -> None:
        self.database, self.now = database, now

    def asks(
        self, text: str, chat: str = "a", *, channel: str = "telegram", commune: str = "", address: str = ""
    ) -> None:
        self.now += timedelta(minutes=1)
        exchange = MaskedExchange(
            asked_at=self.now, channel=channel, chat=f"hash-{chat}", question=text, ending="unknown", commune=commune
        )
        with self.database.session(writing=True) as session:
            record(session, exchange, address or chat)
            waiting.collect(session, meaning)

    def answers(self, number: int = 1, text: FaqText = PARKING, *, faq: bool = False, is_sent: bool = True) -> int:
        act = Act(LAN, self.now)
        with self.database.session(writing=True) as session:
            entry = draft(session, text, act) if faq else None
            return waiting_work.answer(session, number, text, {}, act, faq=entry, is_sent=is_sent)

    def told(self) -> list[tuple[str, str, StaffWord]]:
        with self.database.session() as session:
            rows = session.connection().execute(sa.select(OUTBOX).order_by(OUTBOX.c.id)).mappings()
            return [(row["channel"], row["chat"], msgspec.json.decode(row["body"], type=StaffWord)) for row in rows]

    def waits(self, status: Status = Status.WAITING) -> dict[int, str]:
        with self.database.session() as session:
            return {group.id: group.question for group in waiting.groups(session, status)}


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
        found = waiting.group(session, 1)
    assert (found.status, found.promised_by, found.assignee) == (Status.WAITING, by, "lan")
    assert [(word.kind, word.by) for _, _, word in office.told()] == [(WordKind.PROMISED, by)]
    assert office.answers() == 1  # who was promised an answer still gets it


def test_a_task_is_given_to_an_account_that_is_there(office: Office) -> None:
    office.asks("gửi xe máy ở đâu")
    with office.database.session(writing=True) as session:
        add_account(session, LAN, PASSWORD, office.now)
        for login, assignee in (("lan", "lan"), ("nobody", "lan"), ("", "")):
            waiting_work.assign(session, 1, login, Act(LAN, office.now))
            assert waiting.group(session, 1).assignee == assignee


def test_merged_questions_wait_and_are_answered_together(office: Office) -> None:
    office.asks("gửi xe máy ở đâu", "a")
    office.asks("để ô tô chỗ nào", "b")
    with office.database.session(writing=True) as session:
        waiting_work.merge(session, 1, [2], Act(LAN, office.now))
        found = waiting.group(session, 1)
    assert (found.people, found.question) == (2, "gửi xe máy ở đâu")
    assert office.answers() == 2


@pytest.mark.parametrize("other", [1, 2], ids=["itself", "one that was answered"])
def test_what_does_not_wait_cannot_be_merged(small_office: Office, other: int) -> None:
    small_office.asks("gửi xe máy ở đâu", "a")
    small_office.asks("để ô tô chỗ nào", "b")
    small_office.answers(2)
    with small_office.database.session(writing=True) as session, pytest.raises(NotWaitingError):
        waiting_work.merge(session, 1, [other], Act(LAN, small_office.now))


def test_one_question_leaves_for_a_group_of_its_own(office: Office) -> None:
    office.asks("gửi xe máy ở đâu", "a")
    office.asks("gửi xe máy mất tiền", "b")
    with office.database.session(writing=True) as session:
        first = waiting.asked_in(session, 1)[-1].exchange
        assert waiting_work.split(session, 1, first, Act(LAN, office.now)) == 2
        assert waiting_work.split(session, 1, first + 1, Act(LAN, office.now)) == 1  # the last one stays
    assert office.waits() == {1: "gửi xe máy mất tiền", 2: "gửi xe máy ở đâu"}


def test_similar_questions_are_offered_for_merging(small_office: Office) -> None:
    for at, text in enumerate(("gửi xe máy ở đâu", "gửi ô tô đâu", "mấy giờ mở cửa")):
        small_office.asks(text, str(at))
    with small_office.database.session() as session:
        found = waiting_work.similar(session, waiting.group(session, 1), meaning)
    assert [group.question for group in found] == ["gửi ô tô đâu"]


def test_a_long_wait_outweighs_one_person_more(small_office: Office) -> None:
    small_office.asks("gửi xe máy ở đâu", "a")
    small_office.asks("mấy giờ mở cửa", "b")
    small_office.asks("mấy giờ mở cửa", "c")
    start = small_office.now - timedelta(minutes=2)
    with small_office.database.session() as session:
        fresh = waiting.groups(session, worked=lambda _since: timedelta())
        old = waiting.groups(session, worked=lambda since: timedelta(hours=24 if since <= start else 0))
    assert [group.id for group in fresh] == [2, 1]
    assert [group.id for group in old] == [1, 2]


def test_a_dismissed_question_is_taken_up_again(small_office: Office) -> None:
    small_office.asks("thi hoa hậu")
    with small_office.database.session(writing=True) as session:
        waiting_work.dismiss(session, 1, "không phải việc của mình", Act(LAN, small_office.now))
        waiting_work.reopen(session, 1, Act(LAN, small_office.now))
        assert [note.deed for note in notes(session)] == ["reopened", "dismissed"]
    assert small_office.answers() == 1


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
        with pytest.raises(UnknownGroupError, match="no exchange 2"):
            waiting_work.split(session, 1, 2, Act(NGA, now))
        assert waiting_work.split(session, 1, 3, Act(NGA, now)) == 2  # whose commune nobody knows
        assert waiting_work.split(session, 1, 2, Act(LAN, now)) == 3
