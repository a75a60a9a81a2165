"""A group that got another id keeps the name it had, on both kinds of databases."""

import pytest

from knowledge.database import Database
from knowledge.moved_groups import move, name_in, names


def moved(database: Database, before: str, chat: str, channel: str = "telegram") -> str:
    with database.session() as session:
        return move(session, channel, before, chat)


def known(database: Database, channel: str = "telegram") -> dict[str, str]:
    with database.session() as session:
        return {**names(session, channel)}


def test_a_group_that_never_moved_is_its_own_name(database: Database) -> None:
    assert known(database) == {}
    with database.session() as session:
        assert name_in(session, "telegram", "-1:0/7") == "-1:0/7"


def test_its_first_id_names_it(database: Database) -> None:
    assert moved(database, "-1", "-1001") == "-1"
    assert known(database) == {"-1001": "-1"}


def test_told_twice_it_moved_once(database: Database) -> None:
    for _ in range(2):
        moved(database, "-1", "-1001")
    assert known(database) == {"-1001": "-1"}


def test_moving_on_it_keeps_its_first_name_and_leaves_no_trace_between(database: Database) -> None:
    moved(database, "-1", "-1001")
    assert moved(database, "-1001", "-1002") == "-1"
    assert known(database) == {"-1002": "-1"}


def test_back_where_it_was_it_has_not_moved(database: Database) -> None:
    moved(database, "-1", "-1001")
    moved(database, "-1001", "-1")
    assert known(database) == {}


def test_channels_have_groups_of_their_own(database: Database) -> None:
    moved(database, "-1", "-1001")
    moved(database, "-1", "-9", "another")
    assert (known(database), known(database, "another")) == ({"-1001": "-1"}, {"-9": "-1"})


@pytest.mark.parametrize(
    ("address", "name"),
    [("-1001", "-1"), ("-1001:0", "-1:0"), ("-1001:42/7", "-1:42/7"), ("-10012:0", "-10012:0"), ("7", "7"), ("", "")],
    ids=["the group", "its main talk", "somebody in a topic", "another group", "a private chat", "nothing"],
)
def test_an_address_is_named_by_its_group(database: Database, address: str, name: str) -> None:
    moved(database, "-1", "-1001")
    with database.session() as session:
        assert name_in(session, "telegram", address) == name


def test_a_move_that_fails_leaves_what_was(database: Database) -> None:
    moved(database, "-1", "-1001")
    with database.session() as session:
        move(session, "telegram", "-1001", "-1002")
        session.rollback()
    assert known(database) == {"-1001": "-1"}
