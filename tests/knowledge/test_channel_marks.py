"""A mark is set once, whoever sets it, on both kinds of databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from knowledge.channel_marks import forget, forget_before, is_first, is_set
from knowledge.database import Database, open_database


def test_only_the_first_is_first(database: Database, now: datetime) -> None:
    assert is_first(database, "telegram:1", now)
    assert not is_first(database, "telegram:1", now)
    assert is_first(database, "telegram:2", now)
    assert [is_set(database, key) for key in ("telegram:1", "telegram:3")] == [True, False]


def test_of_many_at_once_one_is_first(database: Database, migrated_url: str, now: datetime) -> None:
    """As workers that get the same update: each with a connection of its own."""
    others = [database, open_database(migrated_url), open_database(migrated_url)]
    with ThreadPoolExecutor(3) as workers:
        first = list(workers.map(lambda each: is_first(each, "telegram:7", now), others * 4))
    for other in others[1:]:
        other.close()
    assert first.count(True) == 1


def test_old_marks_of_one_kind_go_and_others_stay(database: Database, now: datetime) -> None:
    for key, age in (("telegram:1", 3), ("telegram:2", 0), ("met:a", 3)):
        is_first(database, key, now - timedelta(days=age))
    with database.session() as session:
        forget_before(session, "telegram:", now - timedelta(days=2))
    assert [is_first(database, key, now) for key in ("telegram:1", "telegram:2", "met:a")] == [True, False, False]


def test_a_forgotten_mark_is_first_again(database: Database, now: datetime) -> None:
    is_first(database, "met:a", now)
    with database.session() as session:
        forget(session, "met:a")
    assert is_first(database, "met:a", now)
