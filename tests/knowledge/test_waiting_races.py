"""Two officers at once, and a question that joins while somebody answers: everybody hears one reply, nobody none."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

import pytest
import sqlalchemy as sa

from knowledge import waiting, waiting_work
from knowledge.database import Database, open_database
from knowledge.questions import MaskedExchange, record
from knowledge.staff.accounts import Act
from knowledge.waiting import Status
from knowledge.waiting_work import NotWaitingError
from staff_people import LAN, MINH, PARKING
from waiting_office import Office, meaning

PATIENCE = 60  # seconds until a test says that somebody waits for ever


def test_of_two_who_answer_at_the_same_moment_one_does(database: Database, now: datetime) -> None:
    office, both = Office(database, now), Barrier(2, timeout=PATIENCE)
    office.asks("gửi xe máy ở đâu", "a")
    office.asks("gửi xe máy ở đâu vậy", "b")

    def answers(act: Act) -> str:
        both.wait()
        try:
            with database.session(writing=True) as session:
                told = waiting_work.answer(session, 1, PARKING, {}, act, faq=None, is_sent=True)
        except (NotWaitingError, sa.exc.OperationalError) as error:  # PostgreSQL's word for who comes second
            return type(error).__name__
        return f"told {told}"

    with ThreadPoolExecutor(2) as officers:
        said = list(officers.map(answers, [Act(LAN, now), Act(MINH, now)]))
    assert sorted(each.startswith("told 2") for each in said) == [False, True]
    assert sorted(chat for _, chat, _ in office.told()) == ["a", "b"]


def test_who_joins_while_somebody_answers_is_not_left_untold(migrated_postgres_url: str, now: datetime) -> None:
    """PostgreSQL: grouping began before the answer and writes after it. SQLite lets one write after the other."""
    database = open_database(migrated_postgres_url)
    office = Office(database, now)
    office.asks("gửi xe máy ở đâu", "a")
    late = MaskedExchange(
        asked_at=office.now, channel="telegram", chat="hash-b", question="gửi xe máy ở đâu", ending="unknown"
    )
    with database.session(writing=True) as session:
        record(session, late, "b")
    with database.session(writing=True) as grouping:
        assert waiting.behind(grouping) == 1  # from here on it sees the group waiting
        office.answers()
        with pytest.raises(sa.exc.OperationalError):
            waiting.collect(grouping, meaning)
        grouping.rollback()
    with database.session(writing=True) as session:
        waiting.collect(session, meaning)
    assert office.waits() == {2: "gửi xe máy ở đâu"}
    assert office.waits(Status.ANSWERED) == {1: "gửi xe máy ở đâu"}
    assert office.answers(2) == 1
    assert [chat for _, chat, _ in office.told()] == ["a", "b"]
    database.close()


def test_who_answers_while_somebody_joins_looks_again(migrated_postgres_url: str, now: datetime) -> None:
    database = open_database(migrated_postgres_url)
    office = Office(database, now)
    office.asks("gửi xe máy ở đâu", "a")
    with database.session(writing=True) as answering:
        answering.connection().execute(sa.select(waiting.GROUPS)).all()
        office.asks("gửi xe máy ở đâu", "b")
        with pytest.raises(sa.exc.OperationalError):
            waiting_work.answer(answering, 1, PARKING, {}, Act(LAN, now), faq=None, is_sent=True)
        answering.rollback()
    assert office.told() == []
    assert office.answers() == 2
    database.close()
