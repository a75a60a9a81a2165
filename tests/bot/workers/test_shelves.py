"""Every shelf keeps, changes and forgets alike; what others could look into is sealed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from bot.workers.sealing import SealedShelf, Sealing
from bot.workers.shelf import LocalShelf, Shelf, put
from bot.workers.table import TableShelf
from bot.workers.valkey import ValkeyShelf
from knowledge.shelf import Left

NOW = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def one_more(before: bytes | None) -> tuple[bytes, int]:
    count = int(before or 0) + 1
    return str(count).encode(), count


def test_what_was_put_lies_there_until_it_is_dropped(shelf: Shelf) -> None:
    assert shelf.get("a", NOW) is None
    put(shelf, "a", "một".encode(), NOW, HOUR)
    put(shelf, "b", b"hai", NOW, HOUR)
    assert (shelf.get("a", NOW), shelf.get("b", NOW)) == ("một".encode(), b"hai")
    shelf.drop("a")
    shelf.drop("never there")
    assert (shelf.get("a", NOW), shelf.get("b", NOW)) == (None, b"hai")


def test_a_change_sees_what_lay_there_and_says_something_beside_it(shelf: Shelf) -> None:
    assert [shelf.change("n", one_more, NOW, HOUR) for _ in range(3)] == [1, 2, 3]
    assert shelf.get("n", NOW) == b"3"


def test_a_change_to_nothing_leaves_nothing(shelf: Shelf) -> None:
    put(shelf, "a", b"1", NOW, HOUR)
    assert shelf.change("a", lambda before: (None, before), NOW, HOUR) == b"1"
    assert shelf.change("a", lambda before: (None, before), NOW, HOUR) is None
    assert shelf.get("a", NOW) is None


def test_what_is_left_as_it_is_lies_no_longer_for_it(shelf: Shelf) -> None:
    put(shelf, "a", b"1", NOW, HOUR)
    assert shelf.change("a", lambda _: (Left.AS_IT_IS, "seen"), NOW + HOUR / 2, HOUR) == "seen"
    assert shelf.get("a", NOW) == b"1"
    if not isinstance(shelf, ValkeyShelf):  # which has a clock of its own
        assert shelf.get("a", NOW + HOUR) is None


def test_an_empty_value_is_a_value(shelf: Shelf) -> None:
    put(shelf, "a", b"", NOW, HOUR)
    assert shelf.get("a", NOW) == b""


def test_many_hands_at_once_lose_no_change(shelf: Shelf) -> None:
    with ThreadPoolExecutor(8) as hands:
        counts = list(hands.map(lambda _: shelf.change("n", one_more, NOW, HOUR), range(40)))
    assert sorted(counts) == list(range(1, 41))


@pytest.mark.parametrize("kind", ["local", "sqlite_table", "postgresql_table"])
def test_what_is_past_its_time_is_as_if_it_were_not_there(kind: str, request: pytest.FixtureRequest) -> None:
    shelf: Shelf = LocalShelf(9) if kind == "local" else request.getfixturevalue(kind)
    put(shelf, "a", b"1", NOW, HOUR)
    put(shelf, "b", b"2", NOW, 3 * HOUR)
    assert shelf.get("a", NOW + HOUR) is None
    assert shelf.change("n", one_more, NOW + HOUR, HOUR) == 1
    shelf.sweep(NOW + 2 * HOUR)
    assert (shelf.get("a", NOW), shelf.get("b", NOW)) == (None, b"2")


def test_valkey_throws_out_by_itself(valkey: ValkeyShelf) -> None:
    put(valkey, "a", b"1", NOW, timedelta(milliseconds=1))
    while valkey.get("a", NOW):
        pass
    valkey.sweep(NOW)


def test_a_shelf_of_our_own_is_bounded_and_the_longest_unchanged_goes_first() -> None:
    shelf = LocalShelf(2)
    for key in ("a", "b", "a", "c"):
        put(shelf, key, key.encode(), NOW, HOUR)
    assert [shelf.get(key, NOW) for key in "abc"] == [b"a", None, b"c"]
    shelf.close()
    assert len(shelf) == 0


@pytest.mark.parametrize("kind", ["sqlite_table", "valkey"])
def test_neither_words_nor_names_can_be_read_from_outside(kind: str, request: pytest.FixtureRequest) -> None:
    inner: Shelf = request.getfixturevalue(kind)
    sealing = Sealing("a secret")
    shelf = SealedShelf(inner, sealing)
    put(shelf, "telegram:77", "số căn cước của tôi".encode(), NOW, HOUR)
    lying = inner.get(sealing.name("telegram:77"), NOW)
    assert lying is not None
    assert "căn cước".encode() not in lying
    assert inner.get("telegram:77", NOW) is None
    assert shelf.get("telegram:77", NOW) == "số căn cước của tôi".encode()


def test_what_another_secret_sealed_is_as_if_it_were_not_there() -> None:
    inner = LocalShelf(9)
    put(inner, Sealing("new").name("a"), Sealing("old").seal(b"1"), NOW, HOUR)
    put(inner, Sealing("new").name("b"), b"no seal at all", NOW, HOUR)
    shelf = SealedShelf(inner, Sealing("new"))
    assert (shelf.get("a", NOW), shelf.get("b", NOW)) == (None, None)
    assert shelf.change("a", one_more, NOW, HOUR) == 1


def test_without_an_answer_from_valkey_the_service_goes_on() -> None:
    shelf = ValkeyShelf("redis://127.0.0.1:1/0")  # nobody listens there
    put(shelf, "a", b"1", NOW, HOUR)
    assert shelf.get("a", NOW) is None
    assert shelf.change("n", one_more, NOW, HOUR) == 1
    shelf.drop("a")
    shelf.close()


def test_the_tables_of_two_processes_are_one_shelf(sqlite_table: TableShelf) -> None:
    other = TableShelf(sqlite_table._database)
    put(sqlite_table, "a", b"1", NOW, HOUR)
    assert other.change("a", one_more, NOW, HOUR) == 2
    other.close()
