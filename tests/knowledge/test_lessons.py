"""What staff answered becomes a draft with its origin: small talk does not, nor what is known already."""

from datetime import datetime

import pytest

from knowledge.database import Database
from knowledge.faq import desk, publishing
from knowledge.faq.published import published
from knowledge.lessons import Lesson, learn, learn_more
from knowledge.staff.accounts import Act
from staff_people import HOA, LAN, NGA, PARKING, WARD, publish_faq

ANSWER = "Có, bác gửi ở bãi xe cổng sau, không mất tiền."
HERE = "Lan trả lời trong nhóm"


def lesson(database: Database, now: datetime, question: str, answer: str = ANSWER) -> int | None:
    with database.session(writing=True) as session:
        return learn(session, Lesson(question, answer, HERE), Act(LAN, now))


def test_a_pair_is_a_draft_that_tells_where_it_was_said(database: Database, now: datetime) -> None:
    number = lesson(database, now, "gửi xe máy ở đâu vậy ạ")
    assert number == 1
    with database.session() as session:
        card = desk.card(session, number)
        assert (card.state, card.newest.author, card.newest.origin) == (desk.State.DRAFT, "lan", HERE)
        assert (card.text.title, card.text.answer) == ("gửi xe máy ở đâu vậy ạ", ANSWER)
        assert published(session) == {}


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        pytest.param("xin chào", ANSWER, id="a greeting"),
        pytest.param("cảm ơn ad", ANSWER, id="thanks"),
        pytest.param("gặp cán bộ", ANSWER, id="a call for a person"),
        pytest.param("", ANSWER, id="nothing"),
        pytest.param("😀", ANSWER, id="a picture"),
        pytest.param("gửi xe ở đâu", "vâng ạ", id="an answer that says nothing"),
        pytest.param("gửi xe ở đâu " * 40, ANSWER, id="a letter"),
        pytest.param("gửi xe ở đâu", "[xem](javascript:alert(1)) ở đây nhé", id="a link that leads nowhere good"),
    ],
)
def test_what_teaches_nothing_is_no_draft(sqlite_database: Database, now: datetime, question: str, answer: str) -> None:
    assert lesson(sqlite_database, now, question, answer) is None


def test_masked_data_stands_in_no_wording(sqlite_database: Database, now: datetime) -> None:
    number = lesson(sqlite_database, now, "hồ sơ [MAHS] của [TEN] nộp nhầm nơi thì sao")
    assert number
    with sqlite_database.session() as session:
        assert desk.card(session, number).text.title == "hồ sơ của nộp nhầm nơi thì sao"


def test_what_an_entry_is_asked_already_is_not_drafted_again(sqlite_database: Database, now: datetime) -> None:
    publish_faq(sqlite_database, PARKING, now)
    assert lesson(sqlite_database, now, "trung tam co cho gui xe khong") is None
    with sqlite_database.session(writing=True) as session:
        publishing.retire(session, 1, "đã đổi", Act(HOA, now))
    assert lesson(sqlite_database, now, "trung tam co cho gui xe khong") == 2


def test_a_commune_s_staff_teach_for_their_commune(sqlite_database: Database, now: datetime) -> None:
    with sqlite_database.session(writing=True) as session:
        number = learn(session, Lesson("gửi xe ở đâu", ANSWER, HERE), Act(NGA, now))
        assert number
        assert desk.card(session, number).text.commune == WARD


def test_what_is_said_besides_is_added_until_somebody_else_touches_it(sqlite_database: Database, now: datetime) -> None:
    number = lesson(sqlite_database, now, "gửi xe ở đâu")
    assert number
    with sqlite_database.session(writing=True) as session:
        assert learn_more(session, number, "Mở đến 17 giờ.", Act(LAN, now))
        card = desk.card(session, number)
        assert (card.text.answer, card.newest.origin) == (f"{ANSWER}\n\nMở đến 17 giờ.", HERE)
        assert not learn_more(session, number, "x" * 3_000, Act(LAN, now))
        desk.revise(session, number, PARKING, 2, Act(HOA, now))
        assert not learn_more(session, number, "Và thứ Bảy.", Act(LAN, now))
