"""A turn is kept as it was, with what explains it, and without what could name a person."""

from datetime import datetime

import pytest
import sqlalchemy as sa
from sqlmodel import select

from knowledge.database import Database
from knowledge.questions import MaskedExchange, record
from knowledge.tables import Exchange


def exchange(now: datetime, question: str = "làm khai sinh cần gì") -> MaskedExchange:
    return MaskedExchange(
        asked_at=now,
        channel="web",
        chat="5f4dcc3b",
        question=question,
        ending="procedure",
        commune="11824",
        procedures=("1.001193", "1.004772"),
        aspect="documents",
        confidence=0.93,
        edition=7,
        shown="Đăng ký khai sinh cho con",
        milliseconds=4.2,
    )


def test_every_field_of_a_turn_is_kept(database: Database, now: datetime) -> None:
    with database.session() as session:
        record(session, exchange(now))
    with database.session() as session:
        stored = session.exec(select(Exchange)).one()
    assert stored.procedures == "1.001193,1.004772"
    expected = exchange(now)
    for field in set(MaskedExchange.__struct_fields__) - {"procedures"}:
        assert getattr(stored, field) == getattr(expected, field), field


def test_the_value_names_exactly_the_columns_of_the_table() -> None:
    columns = {column.name for column in sa.inspect(Exchange).columns} - {"id"}
    assert set(MaskedExchange.__struct_fields__) == columns


def test_any_text_a_citizen_can_write_is_kept(database: Database, now: datetime) -> None:
    texts = [
        "",
        "👶🏽",
        "e\u0301\u200b",
        "'; DROP TABLE exchange; --",
        "dòng một\ndòng hai",
        "\u202e ngược",
        "x" * 2_000,
    ]
    with database.session() as session:
        for text in texts:
            record(session, exchange(now, text))
    with database.session() as session:
        assert list(session.exec(select(Exchange.question).order_by(sa.text("id")))) == texts


@pytest.mark.parametrize("mark", ["\ud83d", "\0"], ids=["half a character", "a NUL"])
def test_what_no_database_can_hold_does_not_lose_the_turn(database: Database, now: datetime, mark: str) -> None:
    with database.session() as session:
        record(session, exchange(now, f"khai sinh {mark} cho con"))
    with database.session() as session:
        assert session.exec(select(Exchange.question)).one() == "khai sinh ? cho con"


def test_a_turn_that_fails_leaves_no_record(database: Database, now: datetime) -> None:
    def fail() -> None:
        with database.session() as session:
            record(session, exchange(now))
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    with database.session() as session:
        assert session.exec(select(Exchange)).all() == []


def test_recording_costs_an_answer_nearly_nothing(sqlite_database: Database, now: datetime) -> None:
    """One insert, however many stand there already; how long it takes is measured in bench/."""
    said: list[str] = []
    with sqlite_database.session() as session:
        for _ in range(50):
            record(session, exchange(now))
        sa.event.listen(sqlite_database.engine, "before_cursor_execute", lambda *given: said.append(given[2]))
        record(session, exchange(now))
    assert [statement.split()[:2] for statement in said] == [["INSERT", "INTO"]]
