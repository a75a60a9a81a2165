"""Counts, troubles, acts and leases hold for all processes, on both kinds of databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from knowledge.channel_ledger import (
    Trouble,
    acted,
    count,
    counts,
    forget_act,
    forget_chat,
    forget_chats,
    go_on,
    is_muted,
    last_act,
    month_of,
    mute,
    note,
    stop,
    trouble_of,
    troubles,
)
from knowledge.channel_tokens import Kept, keep, kept, lease, let_go
from knowledge.database import Database, open_database

HOUR = timedelta(hours=1)


def test_a_month_is_that_of_viet_nam() -> None:
    assert month_of(datetime(2026, 11, 30, 17, 30, tzinfo=UTC)) == "2026-12"


def test_counts_add_up_by_kind_and_begin_anew_each_month(database: Database, now: datetime) -> None:
    with database.session() as session:
        assert [count(session, "zalo_bot", "sent", now) for _ in range(3)] == [1, 2, 3]
        count(session, "zalo_bot", "refused", now, 5)
        count(session, "zalo_oa", "sent", now)
        assert counts(session, "zalo_bot", now) == {"refused": 5, "sent": 3}
        assert counts(session, "zalo_bot", now + timedelta(days=30)) == {}


def test_of_many_at_once_every_one_counts(database: Database, migrated_url: str, now: datetime) -> None:
    others = [database, open_database(migrated_url), open_database(migrated_url)]

    def add(each: Database) -> None:
        with each.queueing() as session:
            count(session, "zalo_bot", "sent", now)

    with ThreadPoolExecutor(3) as workers:
        list(workers.map(add, others * 4))
    with database.session() as session:
        assert counts(session, "zalo_bot", now) == {"sent": 12}
    for other in others[1:]:
        other.close()


def test_a_trouble_lasts_until_it_is_mended_or_over(database: Database, now: datetime) -> None:
    token = Trouble("zalo_oa", "token", "consent again", now)
    quota = Trouble("zalo_bot", "quota", "wait", now + timedelta(seconds=1), until=now + HOUR)
    with database.session() as session:
        stop(session, quota)
        stop(session, token)
        assert troubles(session, now) == [token, quota]
        assert trouble_of(session, "zalo_bot", now) == quota
        assert troubles(session, now + HOUR) == [token]
        assert go_on(session, "zalo_oa")
        assert not go_on(session, "zalo_oa")
        assert troubles(session, now + HOUR) == []


def test_a_later_trouble_takes_the_place_of_an_earlier_one(database: Database, now: datetime) -> None:
    with database.session() as session:
        stop(session, Trouble("zalo_bot", "quota", "wait", now, until=now + HOUR))
        stop(session, Trouble("zalo_bot", "token", "a new one", now))
        assert [trouble.reason for trouble in troubles(session, now + HOUR)] == ["token"]


def test_the_last_act_is_the_latest_in_whatever_order_they_come(database: Database, now: datetime) -> None:
    with database.session() as session:
        assert last_act(session, "a") is None
        for at in (now, now - HOUR, now + HOUR, now):
            acted(session, "a", at)
        assert last_act(session, "a") == now + HOUR


def test_a_chat_is_muted_for_a_while_and_keeps_its_last_act(database: Database, now: datetime) -> None:
    with database.session() as session:
        assert not is_muted(session, "a", now)
        mute(session, "a", now + HOUR)
        acted(session, "a", now)
        assert is_muted(session, "a", now)
        assert not is_muted(session, "a", now + HOUR)
        assert last_act(session, "a") == now


def test_chats_are_forgotten_after_long_silence_or_on_request(database: Database, now: datetime) -> None:
    with database.session() as session:
        acted(session, "old", now - 3 * HOUR)
        acted(session, "new", now)
        mute(session, "muted", now + HOUR)
        forget_chats(session, now - HOUR)
        found = (last_act(session, "old"), last_act(session, "new"), is_muted(session, "muted", now))
        assert found == (None, now, True)
        forget_chat(session, "new")
        assert last_act(session, "new") is None


def test_tokens_are_kept_as_they_were_sealed(database: Database, now: datetime) -> None:
    first, second = Kept("sealed 1", now, now + HOUR), Kept("sealed 2", now + HOUR, now + 2 * HOUR)
    with database.session() as session:
        assert kept(session, "oa") is None
        keep(session, "oa", first)
        assert kept(session, "oa") == first
        keep(session, "oa", second)
        assert kept(session, "oa") == second


def test_one_at_a_time_holds_the_lease(database: Database, now: datetime) -> None:
    with database.session() as session:
        assert not lease(session, "oa", now, 30)  # nothing to renew
        keep(session, "oa", Kept("sealed", now, now + HOUR))
        assert lease(session, "oa", now, 30)
        assert not lease(session, "oa", now + timedelta(seconds=29), 30)
        assert lease(session, "oa", now + timedelta(seconds=30), 30)
        let_go(session, "oa")
        assert lease(session, "oa", now, 30)


@pytest.mark.parametrize("ends_by", ["keeping", "time"])
def test_a_lease_ends(database: Database, now: datetime, ends_by: str) -> None:
    later = now + timedelta(minutes=2)
    with database.session() as session:
        keep(session, "oa", Kept("sealed", now, now + HOUR))
        assert lease(session, "oa", now, 30)
        if ends_by == "keeping":
            keep(session, "oa", Kept("renewed", now, now + HOUR))
        assert lease(session, "oa", now if ends_by == "keeping" else later, 30)


def test_an_act_is_forgotten_and_the_officer_is_not(database: Database, now: datetime) -> None:
    with database.session() as session:
        acted(session, "a", now)
        mute(session, "a", now + HOUR)
        forget_act(session, "a")
        assert (last_act(session, "a"), is_muted(session, "a", now)) == (None, True)


def test_what_the_platform_counts_is_set_and_not_added(database: Database, now: datetime) -> None:
    with database.session() as session:
        note(session, "zalo_oa", "left", now, 500)
        note(session, "zalo_oa", "left", now, 499)
        assert counts(session, "zalo_oa", now) == {"left": 499}
