"""What nobody could answer waits, grouped by meaning, the most asked first."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest

from bot.conversation.messages import Ending
from knowledge import waiting, waiting_work
from knowledge.database import Database
from knowledge.questions import MaskedExchange, forget_exchanges, record
from knowledge.staff.accounts import Act
from knowledge.waiting import ENDINGS, Status, UnknownGroupError, Why, says_wrong
from staff_people import LAN, PARKING, WARD, publish_faq


def meaning(text: str) -> Mapping[str, float]:
    """Each word the same weight; "gì" means nothing."""
    words = {word for word in text.casefold().split() if word != "gì"}
    return {word: len(words) ** -0.5 for word in words}


class Asking:
    def __init__(self, database: Database, now: datetime) -> None:
        self.database, self.now = database, now

    def __call__(self, text: str, ending: str = "unknown", chat: str = "a", **fields: str) -> None:
        self.now += timedelta(minutes=1)
        exchange = MaskedExchange(
            asked_at=self.now, channel="web", chat=chat, question=text, ending=ending, shown="Chưa rõ.", **fields
        )
        with self.database.session() as session:
            record(session, exchange)

    def collected(self) -> int:
        with self.database.session(writing=True) as session:
            return waiting.collect(session, meaning)

    def waiting(self, status: Status = Status.WAITING, commune: str = "") -> list[tuple[str, int, int]]:
        with self.database.session() as session:
            found = waiting.groups(session, status, commune)
        return [(group.question, group.people, group.times) for group in found]


@pytest.fixture
def asking(database: Database, now: datetime) -> Asking:
    return Asking(database, now)


def test_alike_questions_are_one_and_the_most_asked_comes_first(asking: Asking) -> None:
    asking("máy rút tiền", chat="a")
    asking("chỗ gửi xe máy", chat="b")
    asking("gửi xe máy", chat="c")
    asking("gửi xe máy", chat="c")
    assert asking.collected() == 4
    assert asking.waiting() == [("chỗ gửi xe máy", 2, 3), ("máy rút tiền", 1, 1)]


def test_what_was_answered_does_not_wait(asking: Asking) -> None:
    asking("khai sinh", ending="procedure")
    asking("chào bạn", ending="greeting")
    assert asking.collected() == 0
    assert asking.waiting() == []


def test_nothing_is_looked_at_twice(asking: Asking) -> None:
    asking("máy rút tiền")
    asking("khai sinh", ending="procedure")
    assert [asking.collected(), asking.collected()] == [1, 0]
    asking("máy rút tiền", chat="b")
    assert asking.collected() == 1
    assert asking.waiting() == [("máy rút tiền", 2, 2)]


def test_where_all_was_answered_nothing_that_waits_is_read(asking: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    asking("khai sinh", ending="procedure")
    monkeypatch.setattr(waiting, "_Grouping", None)
    assert asking.collected() == 0


@pytest.mark.parametrize(
    ("text", "ending", "why"),
    [
        ("Hỏi cán bộ", "officer", Why.OFFICER),
        ("sai phí rồi", "feedback", Why.WRONG),
        ("chưa đúng rồi", "unknown", Why.DECLINED),
        ("sai rồi bạn ơi", "thanks", Why.WRONG),
    ],
)
def test_who_is_not_helped_by_an_answer_brings_the_question_before(
    asking: Asking, text: str, ending: str, why: Why
) -> None:
    asking("lệ phí trước bạ xe", ending="procedure")
    asking(text, ending=ending)
    asking.collected()
    assert asking.waiting() == [("lệ phí trước bạ xe", 1, 1)]
    with asking.database.session() as session:
        assert [each.why for each in waiting.asked_in(session, 1)] == [why]


def test_who_has_his_conversation_deleted_leaves_no_words_behind(asking: Asking) -> None:
    asking("gửi xe máy ở đây", chat="a")
    asking("gửi xe máy", chat="b")
    asking("thi hoa hậu", chat="a")
    asking.collected()
    with asking.database.session() as session:
        assert forget_exchanges(session, "a") == 2
    assert asking.waiting() == [("gửi xe máy", 1, 1)]
    asking("máy rút tiền", chat="c")
    asking.collected()
    assert {question for question, _, _ in asking.waiting()} == {"gửi xe máy", "máy rút tiền"}


def test_a_person_asked_for_before_anything_was_asked_is_no_question(asking: Asking) -> None:
    asking("gặp cán bộ", ending="officer")
    assert asking.collected() == 0


def test_a_choice_that_was_taken_does_not_wait(asking: Asking) -> None:
    asking("giấy tờ xe", ending="unsure")
    asking("Sang tên xe", ending="procedure", action="pick:1.013076")
    asking("giấy tờ nhà", ending="unsure", chat="b")
    asking.collected()
    assert asking.waiting() == [("giấy tờ nhà", 1, 1)]


def test_a_message_without_content_makes_no_group(asking: Asking) -> None:
    asking("gì")
    asking.collected()
    assert asking.waiting() == []


def test_what_is_alike_to_a_dismissed_question_stays_away(asking: Asking, now: datetime) -> None:
    asking("thi hoa hậu")
    asking.collected()
    with asking.database.session(writing=True) as session:
        waiting_work.dismiss(session, 1, "không phải việc của mình", Act(LAN, now))
    asking("thi hoa hậu", chat="b")
    asking.collected()
    assert asking.waiting() == []
    assert asking.waiting(Status.DISMISSED) == [("thi hoa hậu", 2, 2)]


def test_a_question_asked_again_after_its_entry_is_live_waits_anew(asking: Asking, now: datetime) -> None:
    asking("gửi xe máy")
    asking.collected()
    number = publish_faq(asking.database, PARKING, now)
    with asking.database.session(writing=True) as session:
        waiting_work.mark_drafted(session, 1, number)
    asking("gửi xe máy", chat="b")
    asking.collected()
    assert asking.waiting() == [("gửi xe máy", 1, 1)]


def test_a_commune_sees_its_own_and_those_of_unknown_place(asking: Asking) -> None:
    asking("chợ quê", commune=WARD)
    asking("chợ phiên lớn", commune="11824", chat="b")
    asking("bến xe", chat="c")
    asking.collected()
    assert {question for question, _, _ in asking.waiting(commune=WARD)} == {"chợ quê", "bến xe"}


def test_an_unknown_group_is_said_to_be_unknown(sqlite_database: Database, now: datetime) -> None:
    with sqlite_database.session() as session, pytest.raises(UnknownGroupError):
        waiting_work.dismiss(session, 9, "x", Act(LAN, now))


def test_the_endings_that_wait_are_endings() -> None:
    assert set(ENDINGS) <= set(Ending)


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [("chưa đúng", True), ("sai roi", True), ("trả lời sai", True), ("khai sai năm sinh", False), ("", False)],
)
def test_saying_that_an_answer_is_wrong_is_told_from_asking(text: str, is_wrong: bool) -> None:
    assert says_wrong(text) is is_wrong
