"""The signs that models weigh, spelled out for small messages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.signs import LONGEST_STEP, TAIL, marked_signs, phrase_signs, word_signs

WORDS = st.lists(st.text(alphabet="abcdegh", min_size=1, max_size=4), max_size=40)


def test_a_short_message_has_its_words_and_pairs_anywhere_and_at_its_end() -> None:
    assert list(word_signs(["khai", "sinh"])) == [
        "w:khai",
        "w:sinh",
        "w:khai sinh",
        "t:khai",
        "t:sinh",
        "t:khai sinh",
        "length:0",
    ]


def test_a_message_without_words_has_only_its_length() -> None:
    assert list(word_signs([])) == ["length:0"]


def test_only_the_last_words_are_its_end() -> None:
    words = [f"w{at}" for at in range(TAIL + 3)]
    tail = {sign for sign in word_signs(words) if sign.startswith("t:")}
    assert "t:w2" not in tail
    assert {"t:w3", f"t:w{TAIL + 2}"} <= tail
    assert "t:w2 w3" not in tail


@pytest.mark.parametrize(
    ("words", "step"),
    [(0, 0), (4, 0), (5, 1), (29, 5), (30, LONGEST_STEP), (500, LONGEST_STEP)],
    ids=["none", "below the first step", "the first step", "below the last", "the last", "a long story"],
)
def test_length_is_told_in_steps(words: int, step: int) -> None:
    assert [*word_signs(["a"] * words)][-1] == f"length:{step}"


def test_nothing_asked_is_a_sign_too() -> None:
    assert list(phrase_signs([], 7)) == ["nothing asked"]


def test_what_asks_is_told_with_its_aspect_its_words_and_its_third_of_the_message() -> None:
    signs = list(phrase_signs([(0, "fee", "bao nhieu tien"), (8, "time", "bao lau")], 9))
    assert signs == [
        "asks:fee",
        "asks by:bao nhieu tien",
        "asks:fee in third 0",
        "asks:time",
        "asks by:bao lau",
        "asks:time in third 2",
        "asks first:fee",
        "asks last:time",
    ]


def test_marked_words_have_signs_of_their_own() -> None:
    assert list(marked_signs(["thuế", "đất"])) == ["m:thuế", "m:đất"]


@given(WORDS)
def test_there_are_as_many_signs_as_words_and_pairs(words: list[str]) -> None:
    tail = min(TAIL, len(words))
    expected = len(words) + max(0, len(words) - 1) + tail + max(0, tail - 1) + 1
    assert len(list(word_signs(words))) == expected


@given(st.integers(1, 60), st.data())
def test_a_place_in_the_message_lies_in_one_of_three_thirds(length: int, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, length - 1))
    (third,) = [sign for sign in phrase_signs([(at, "fee", "x")], length) if " in third " in sign]
    assert third.rpartition(" ")[2] in {"0", "1", "2"}
