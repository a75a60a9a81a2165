"""What waited for staff, and from when to when it waited."""

from collections.abc import Mapping
from datetime import timedelta

import pytest

from knowledge import waiting, waiting_work
from knowledge.database import Database
from knowledge.faq.desk import draft
from knowledge.faq.publishing import approve
from knowledge.figures.scope import Scope
from knowledge.figures.staff_work import StaffWork, Standing, most_missed, staff_work
from knowledge.periods import period_of
from knowledge.staff.accounts import Act
from report_rows import NOW, put_turns, turn
from staff_people import HOA, LAN, OTHER_WARD, PARKING, WARD

NOVEMBER = Scope(period=period_of("2026-11"))


def meaning(text: str) -> Mapping[str, float]:
    return dict.fromkeys(text.split()[:1], 1.0)


def ask(database: Database, *texts: str, **fields: str) -> None:
    put_turns(
        database,
        [
            turn(NOW + timedelta(minutes=at), "unknown", question=text, chat=f"{at}", **fields)
            for at, text in enumerate(texts)
        ],
    )
    with database.session(writing=True) as session:
        waiting.collect(session, meaning)


def answer(database: Database, number: int, after: timedelta) -> None:
    """An entry for a waiting question, approved a while after."""
    with database.session(writing=True) as session:
        faq = draft(session, PARKING, Act(LAN, NOW))
        waiting_work.mark_drafted(session, number, faq)
    with database.session(writing=True) as session:
        approve(session, faq, 1, Act(HOA, NOW + after))


def work(database: Database, scope: Scope = NOVEMBER) -> StaffWork:
    with database.session() as session:
        return staff_work(session, scope)


def test_nothing_asked_leaves_nothing_to_do(sqlite_database: Database) -> None:
    assert work(sqlite_database) == StaffWork()


def test_what_is_answered_tells_how_long_each_asker_waited(sqlite_database: Database) -> None:
    ask(sqlite_database, "gửi xe", "gửi xe máy", "gửi ở đâu", "rút tiền")
    answer(sqlite_database, 1, timedelta(hours=2))
    found = work(sqlite_database)
    assert (found.came, found.waiting, found.answered, found.dismissed) == (4, 1, 3, 0)
    assert found.median == timedelta(hours=2, minutes=-1)
    assert found.longest == timedelta(hours=2)


def test_a_draft_that_nobody_approved_answers_nobody(sqlite_database: Database) -> None:
    ask(sqlite_database, "gửi xe")
    with sqlite_database.session(writing=True) as session:
        waiting_work.mark_drafted(session, 1, draft(session, PARKING, Act(LAN, NOW)))
    assert (work(sqlite_database).waiting, work(sqlite_database).answered) == (1, 0)


@pytest.mark.parametrize(
    ("is_sent", "longest"), [(True, timedelta(hours=1)), (False, None)], ids=["told", "nobody left"]
)
def test_a_reply_to_those_who_asked_answers_them(
    sqlite_database: Database, is_sent: bool, longest: timedelta | None
) -> None:
    ask(sqlite_database, "gửi xe", "rút tiền")
    act = Act(LAN, NOW + timedelta(hours=1))
    with sqlite_database.session(writing=True) as session:
        waiting_work.answer(session, 1, PARKING, {}, act, faq=None, is_sent=is_sent)
    found = work(sqlite_database)
    assert (found.waiting, found.answered, found.longest) == (1, 1, longest)


def test_what_was_dismissed_is_told_apart(sqlite_database: Database) -> None:
    ask(sqlite_database, "bóng đá", "gửi xe")
    with sqlite_database.session(writing=True) as session:
        waiting_work.dismiss(session, 1, "không thuộc việc", Act(LAN, NOW))
    assert (work(sqlite_database).waiting, work(sqlite_database).dismissed) == (1, 1)


def test_a_commune_and_another_month_have_their_own(sqlite_database: Database) -> None:
    ask(sqlite_database, "gửi xe", commune=WARD)
    assert work(sqlite_database, Scope(period=NOVEMBER.period, commune=WARD)).waiting == 1
    assert work(sqlite_database, Scope(period=NOVEMBER.period, commune=OTHER_WARD)).came == 0
    assert work(sqlite_database, Scope(period=NOVEMBER.period.before)).came == 0


def test_the_most_missed_comes_first_with_what_became_of_it(database: Database) -> None:
    ask(database, "rút tiền", "gửi xe", "gửi ở đâu")
    answer(database, 2, timedelta(days=1))
    with database.session() as session:
        found = most_missed(session, NOVEMBER)
    assert [(each.question, each.times, each.people, each.standing) for each in found] == [
        ("gửi xe", 2, 2, Standing.ANSWERED),
        ("rút tiền", 1, 1, Standing.WAITING),
    ]
