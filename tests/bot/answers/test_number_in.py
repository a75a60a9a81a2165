"""Numbers in which people choose, in whatever script a phone can type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.choices import number_in


@pytest.mark.parametrize(
    ("words", "at"),
    [("2", 1), ("so 2 nhe", 1), ("hai", 1), ("cuoi", -1), ("٢", 1), ("²", None), ("①", None), ("½", None), ("x", None)],
    ids=["a digit", "with words", "a word", "the last", "arabic", "superscript", "circled", "a half", "a letter"],
)
def test_a_number_is_read_in_any_script_and_what_only_looks_like_one_is_none(words: str, at: int | None) -> None:
    assert number_in(words.split()) == at


@given(st.lists(st.text(min_size=1, max_size=5), max_size=12))
def test_any_words_are_a_number_or_none(words: list[str]) -> None:
    assert number_in(words) is None or isinstance(number_in(words), int)
