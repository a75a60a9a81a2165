"""What channels bring is taken once, kept until it is settled, and then only known by its key."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from knowledge.database import Database
from knowledge.inbox import come_back, forget_before, go_out, load, settle, settle_unclear, take, waiting

HOUR = timedelta(hours=1)


def open_in(database: Database, channel: str = "telegram") -> list[bytes]:
    with database.session() as session:
        return [update.body for update in load(session, waiting(session, channel))]


def test_an_update_is_taken_once_however_often_it_is_brought(database: Database, now: datetime) -> None:
    with ThreadPoolExecutor(8) as workers:
        taken = list(workers.map(lambda _: take(database, "telegram:1", "telegram", b"hello", now), range(8)))
    assert sorted(taken) == [False] * 7 + [True]
    assert open_in(database) == [b"hello"]


def test_updates_wait_in_the_order_in_which_they_came_each_channel_for_itself(
    database: Database, now: datetime
) -> None:
    for number in range(4):
        take(database, f"k{number}", "telegram" if number % 2 else "zalo_bot", str(number).encode(), now)
    assert (open_in(database), open_in(database, "zalo_bot")) == ([b"1", b"3"], [b"0", b"2"])


def test_what_is_settled_leaves_nothing_but_its_key(database: Database, now: datetime) -> None:
    take(database, "k", "telegram", b"words", now)
    with database.session() as session:
        (number,) = waiting(session, "telegram")
    with database.session() as session:
        settle(session, [number])
    with database.session() as session:
        assert [update.body for update in load(session, [number])] == [b""]
        assert waiting(session, "telegram") == []
    assert take(database, "k", "telegram", b"words", now) is False


def test_what_was_on_its_way_when_a_process_died_is_not_sent_again(database: Database, now: datetime) -> None:
    for key in ("sending", "held back", "waiting"):
        take(database, key, "telegram", key.encode(), now)
    with database.session() as session:
        first, second, _ = waiting(session, "telegram")
        assert go_out(session, first)
        assert go_out(session, second)
        come_back(session, second)
    with database.session() as session:
        assert settle_unclear(session, "zalo_bot") == 0
        assert settle_unclear(session, "telegram") == 1
    assert open_in(database) == [b"held back", b"waiting"]


def test_old_keys_are_forgotten_and_what_still_waits_is_not(database: Database, now: datetime) -> None:
    take(database, "old", "telegram", b"1", now)
    take(database, "old and waiting", "telegram", b"2", now)
    with database.session() as session:
        old, _ = waiting(session, "telegram")
        settle(session, [old])
    with database.session() as session:
        forget_before(session, "telegram", now + HOUR)
    assert take(database, "old", "telegram", b"1", now) is True
    assert take(database, "old and waiting", "telegram", b"2", now) is False


def test_of_two_processes_that_both_believe_to_lead_one_sends(database: Database, now: datetime) -> None:
    take(database, "k", "telegram", b"1", now)
    with database.session() as session:
        (number,) = waiting(session, "telegram")

    def sent(_: int) -> bool:
        with database.queueing() as session:
            return go_out(session, number)

    with ThreadPoolExecutor(4) as processes:
        assert sorted(processes.map(sent, range(4))) == [False, False, False, True]
