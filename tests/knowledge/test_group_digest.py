"""What a group asked in a day grows until evening, in one message, however many processes count."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import msgspec

from knowledge.database import Database
from knowledge.group_digest import MOST, Digest, DigestKind, is_wanted, note, want, want_no_more
from knowledge.outbox import Limits, claim

WIDE = Limits(per_second=100)


def told(database: Database, at: datetime) -> list[Digest]:
    with database.session(writing=True) as session:
        return [msgspec.json.decode(message.body, type=Digest) for message in claim(session, "telegram", at, WIDE)]


def test_counts_add_up_in_one_message_of_the_evening(database: Database, now: datetime) -> None:
    with ThreadPoolExecutor(4) as processes:
        list(processes.map(lambda name: note(database, "telegram", "-1:0", now, name), ["a", "b", "a", "", "a", ""]))
    assert told(database, now + timedelta(hours=5)) == []
    assert told(database, now + timedelta(hours=6)) == [
        Digest(kind=DigestKind.DIGEST, asked={"a": 3, "b": 1}, unanswered=2)
    ]


def test_groups_and_days_are_counted_apart(database: Database, now: datetime) -> None:
    for group, at in (("-1:0", now), ("-2:0", now), ("-1:0", now + timedelta(hours=7))):
        note(database, "telegram", group, at, "a")
    assert len(told(database, now + timedelta(hours=6))) == 2
    assert len(told(database, now + timedelta(hours=30))) == 2  # the lease of the first two has ended as well


def test_a_day_holds_no_more_than_it_can_tell(sqlite_database: Database, now: datetime) -> None:
    for number in range(MOST + 5):
        note(sqlite_database, "telegram", "-1:0", now, str(number))
    (digest,) = told(sqlite_database, now + timedelta(hours=6))
    assert len(digest.asked) == MOST


def test_wanting_it_twice_is_wanting_it_once(database: Database, now: datetime) -> None:
    with database.session() as session:
        want(session, "telegram", "-1:0", now)
        want(session, "telegram", "-1:0", now)
        assert is_wanted(session, "telegram", "-1:0")
        assert not is_wanted(session, "telegram", "-1:01")
        want_no_more(session, "telegram", "-1:0")
        assert not is_wanted(session, "telegram", "-1:0")
