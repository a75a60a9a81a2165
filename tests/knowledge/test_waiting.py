"""What nobody could answer waits, grouped by meaning, the most asked first."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest

from bot.conversation.messages import Ending
from knowledge import waiting, waiting_groups, waiting_work
from knowledge.database import Database
from knowledge.questions import MaskedExchange, forget_exchanges, record
from knowledge.staff.accounts import Act
from knowledge.waiting import ENDINGS, Status, Why, says_wrong
from knowledge.waiting_groups import UnknownGroupError
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
            found = waiting_groups.groups(session, status, commune)
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
        assert [each.why for each in waiting_groups.asked_in(session, 1)] == [why]


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


def test_what_is_not_looked_at_yet_is_counted_and_taken_in_turns(asking: Asking) -> None:
    for number in range(5):
        asking(f"chuyện{number}")
    with asking.database.session(writing=True) as session:
        assert waiting.behind(session) == 5
        assert [waiting.collect(session, meaning, 2) for _ in range(4)] == [2, 2, 1, 0]
        assert waiting.behind(session) == 0
    assert len(asking.waiting()) == 5


def test_turns_find_what_one_go_finds(asking: Asking) -> None:
    for text, ending in (("máy rút tiền", "unknown"), ("xin chào", "greeting"), ("khai sinh", "procedure")) * 3:
        asking(text, ending=ending, chat=f"{text}{asking.now.minute}")
    with asking.database.session(writing=True) as session:
        while waiting.behind(session):
            waiting.collect(session, meaning, 1)
    assert asking.waiting() == [("máy rút tiền", 3, 3)]


def test_a_choice_that_is_taken_in_a_later_turn_takes_its_question_back(asking: Asking) -> None:
    asking("giấy tờ xe", ending="unsure")
    asking("giấy tờ nhà", ending="unsure", chat="b")
    assert asking.collected() == 2
    asking("Sang tên xe", ending="procedure", action="pick:1.013076")
    asking("Sang tên nhà", ending="procedure", action="pick:1.013077", chat="b")
    asking.collected()
    assert asking.waiting() == []
    asking("giấy tờ xe", ending="unsure", chat="c")
    asking.collected()
    assert asking.waiting() == [("giấy tờ xe", 1, 1)]


def test_one_who_takes_a_choice_leaves_the_others_waiting(asking: Asking) -> None:
    asking("giấy tờ xe máy", ending="unsure")
    asking("giấy tờ xe", ending="unsure", chat="b")
    asking.collected()
    asking("Sang tên xe", ending="procedure", action="pick:1.013076")
    asking.collected()
    assert asking.waiting() == [("giấy tờ xe", 1, 1)]


def test_what_staff_answered_is_not_taken_back(asking: Asking, now: datetime) -> None:
    asking("giấy tờ xe", ending="unsure")
    asking.collected()
    with asking.database.session(writing=True) as session:
        waiting_work.dismiss(session, 1, "đã gọi điện", Act(LAN, now))
    asking("Sang tên xe", ending="procedure", action="pick:1.013076")
    asking.collected()
    assert asking.waiting(Status.DISMISSED) == [("giấy tờ xe", 1, 1)]


def test_a_choice_of_something_else_takes_nothing_back(asking: Asking) -> None:
    asking("máy rút tiền")
    asking.collected()
    asking("Sang tên xe", ending="procedure", action="pick:1.013076")
    asking.collected()
    assert asking.waiting() == [("máy rút tiền", 1, 1)]
