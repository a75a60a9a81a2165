from datetime import datetime, timedelta

import pytest

from knowledge.database import Database
from knowledge.dossiers.attempts import MOST_WRONG_OF_ALL, Attempt, is_locked, is_walked, note_wrong, wait_for


def attempt(code: str = "code", *askers: str, sequence: str = "day") -> Attempt:
    return Attempt(askers=askers or ("me",), code=code, sequence=sequence)


class Tries:
    """Attempts in transactions of their own, as the desk makes them."""

    def __init__(self, database: Database, now: datetime) -> None:
        self.database, self.now = database, now

    def wait(self, tried: Attempt, *, proves: bool = False) -> timedelta:
        with self.database.session() as session:
            return wait_for(session, tried, self.now, proves=proves)

    def wrong(self, tried: Attempt) -> None:
        with self.database.session() as session:
            note_wrong(session, tried, self.now)

    def locked(self, tried: Attempt) -> bool:
        with self.database.session() as session:
            return is_locked(session, tried, self.now)

    def walked(self, tried: Attempt) -> bool:
        with self.database.session() as session:
            return is_walked(session, tried, self.now)


@pytest.fixture
def tries(database: Database, now: datetime) -> Tries:
    return Tries(database, now)


def test_five_codes_are_free_and_the_sixth_waits_until_the_first_is_a_quarter_of_an_hour_old(tries: Tries) -> None:
    for number in range(5):
        assert not tries.wait(attempt(f"code-{number}"))
        tries.now += timedelta(minutes=1)
    assert tries.wait(attempt("one more")) == timedelta(minutes=10)


def test_an_attempt_that_has_to_wait_is_not_counted_again(tries: Tries) -> None:
    waits = {tries.wait(attempt(f"code-{number}")) for number in range(20)}
    assert waits == {timedelta(), timedelta(minutes=15)}


def test_the_same_code_again_is_free_unless_it_brings_a_factor(tries: Tries) -> None:
    for number in range(5):
        tries.wait(attempt(f"code-{number}"))
    assert not tries.wait(attempt("code-0"))
    tries.wrong(attempt("code-0"))
    assert tries.wait(attempt("code-0"), proves=True)


def test_whoever_is_known_behind_a_chat_waits_in_every_chat(tries: Tries) -> None:
    for number in range(5):
        tries.wait(attempt(f"code-{number}", f"chat-{number}", "the same user"))
    assert tries.wait(attempt("code-9", "a new chat", "the same user"))
    assert not tries.wait(attempt("code-9", "a new chat", "another user"))


def test_three_wrong_factors_lock_a_code_for_one_asker_and_ten_for_all(tries: Tries) -> None:
    for _ in range(3):
        assert not tries.locked(attempt())
        tries.wrong(attempt())
    assert tries.locked(attempt())
    assert not tries.locked(attempt("code", "somebody else"))
    for number in range(MOST_WRONG_OF_ALL - 3):
        tries.wrong(attempt("code", f"asker-{number}"))
    assert tries.locked(attempt("code", "somebody else"))
    tries.now += timedelta(days=1, seconds=1)
    assert not tries.locked(attempt("code", "somebody else"))


def test_codes_of_one_day_asked_about_by_many_are_a_walk_and_of_several_days_are_none(tries: Tries) -> None:
    for number in range(40):
        tries.wait(attempt(f"code-{number}", f"asker-{number}"))
        tries.wait(attempt(f"far-{number}", f"asker-{number}", sequence=f"day-{number}"))
    assert tries.walked(attempt())
    assert not tries.walked(attempt(sequence="day-1"))


def test_nothing_is_kept_longer_than_a_day(tries: Tries) -> None:
    for number in range(6):
        tries.wait(attempt(f"code-{number}"))
    tries.now += timedelta(days=1, seconds=1)
    assert not tries.wait(attempt("another day"))
