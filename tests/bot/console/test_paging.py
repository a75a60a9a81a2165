"""Which page of a long list an address asks for: always one that there is, whatever was typed."""

from urllib.parse import parse_qsl, urlencode

import pytest
from fastapi import Request
from hypothesis import given
from hypothesis import strategies as st

from bot.console.paging import PAGE, Pages, pages_of


def asked(query: str) -> Request:
    return Request({"type": "http", "method": "GET", "path": "/", "query_string": query.encode(), "headers": []})


@pytest.mark.parametrize(
    ("query", "total", "number", "last"),
    [
        ("", 0, 1, 1),
        ("", 50, 1, 1),
        ("", 51, 1, 2),
        ("trang=2", 51, 2, 2),
        ("trang=3", 51, 2, 2),
        ("trang=0", 51, 1, 2),
        ("trang=-1", 51, 1, 2),
        ("trang=", 51, 1, 2),
        ("trang=hai", 51, 1, 2),
        ("trang=%C2%B2", 51, 1, 2),
        ("trang=99999", 51, 1, 2),
        ("trang=1&trang=2", 51, 2, 2),
    ],
    ids=[
        "nothing",
        "just full",
        "one too many",
        "the last",
        "behind it",
        "none",
        "before the first",
        "empty",
        "a word",
        "a raised two",
        "far too long",
        "two of them",
    ],
)
def test_the_nearest_page_that_there_is_is_shown(query: str, total: int, number: int, last: int) -> None:
    found = pages_of(asked(query), total, 50)
    assert (found.number, found.last) == (number, last)


def test_what_was_just_done_is_not_told_on_the_next_page() -> None:
    assert pages_of(asked("q=a&xong=luu&trang=2&loc=live"), 500, 50).address(3) == "?q=a&loc=live&trang=3"


@given(st.text(max_size=8), st.integers(0, 100_000), st.integers(1, 500))
def test_every_row_stands_on_exactly_one_page(typed: str, total: int, size: int) -> None:
    found = pages_of(asked(urlencode({PAGE: typed}, errors="replace")), total, size)
    assert 1 <= found.number <= found.last
    assert (found.last - 1) * size < max(total, 1) <= found.last * size
    assert Pages(found.last, found.last, size).skip <= total


@given(st.dictionaries(st.sampled_from(["q", "loc", "ai", "ve"]), st.text(max_size=20), max_size=4))
def test_an_address_asks_for_what_was_asked_before(others: dict[str, str]) -> None:
    query = urlencode(others, errors="replace")
    address = pages_of(asked(query), 100, 10).address(7)
    again = parse_qsl(address.removeprefix("?"), keep_blank_values=True)
    assert again == [*parse_qsl(query, keep_blank_values=True), (PAGE, "7")]
    assert "\n" not in address
    assert "<" not in address
