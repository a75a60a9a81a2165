"""Phrases are found as whole words wherever they stand, as by comparing each with every place."""

from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.phrases import Phrases

WORDS = st.lists(st.sampled_from(["khai", "sinh", "tu", "lai"]), max_size=8)
PHRASES = st.lists(WORDS.filter(bool).map(" ".join), max_size=6)


def found(phrases: list[str], words: list[str]) -> list[tuple[int, str, int]]:
    return list(Phrases({phrase: len(phrase) for phrase in phrases}).found_in(words))


@given(PHRASES, WORDS)
def test_every_phrase_is_found_wherever_it_stands_and_nothing_else(phrases: list[str], words: list[str]) -> None:
    expected = {
        (at, phrase, len(phrase))
        for phrase in phrases
        for at in range(len(words))
        if words[at : at + phrase.count(" ") + 1] == phrase.split()
    }
    assert set(found(phrases, words)) == expected
    assert len(found(phrases, words)) == len(expected)


def test_they_come_in_order_and_of_those_that_begin_together_the_longer_first() -> None:
    assert [phrase for _, phrase, _ in found(["sinh", "khai", "khai sinh"], ["khai", "sinh"])] == [
        "khai sinh",
        "khai",
        "sinh",
    ]


def test_a_part_of_a_word_is_no_phrase() -> None:
    assert found(["khai"], ["khaix", "xkhai"]) == []
