"""Words that say nothing about the subject, and phrases that say nothing although their words would."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.fillers import filler_positions, load_fillers
from knowledge.language.normalise import normalise

SAMPLE = st.lists(
    st.sampled_from("cho em hoi khai sinh thu tuc lam con nhu the nao dat dai a vang".split()), max_size=20
)


def content(message: str) -> list[str]:
    words = normalise(message).folded
    fillers = filler_positions(words)
    return [word for at, word in enumerate(words) if at not in fillers]


@pytest.mark.parametrize(
    ("message", "left"),
    [
        pytest.param("cho em hỏi làm khai sinh", ["khai", "sinh"], id="a polite beginning"),
        pytest.param("dạ vâng ạ", [], id="nothing but politeness"),
        pytest.param("thủ tục ly hôn như thế nào", ["ly", "hon"], id="phrases of asking at all"),
        pytest.param("tách thửa đất", ["tach", "thua", "dat"], id="nothing to leave out"),
        pytest.param("", [], id="an empty message"),
    ],
)
def test_what_is_left_is_the_subject(message: str, left: list[str]) -> None:
    assert content(message) == left


def test_a_phrase_is_filler_although_its_words_alone_are_not() -> None:
    assert filler_positions(["thu", "tuc"]) == {0, 1}
    assert filler_positions(["thu"]) == frozenset()


def test_a_phrase_counts_only_as_whole_words() -> None:
    assert 1 not in filler_positions("xthu tucx".split())


def test_positions_count_from_the_message_not_from_the_phrase() -> None:
    assert filler_positions("khai sinh thu tuc".split()) == {2, 3}


def test_the_filler_data_is_folded_as_messages_are() -> None:
    words, _ = load_fillers()
    assert [word for word in words if not word.isascii() or word != word.lower()] == []


@given(SAMPLE)
def test_positions_lie_in_the_message(words: list[str]) -> None:
    assert filler_positions(words) <= set(range(len(words)))


@given(SAMPLE)
def test_every_filler_word_is_found_wherever_it_stands(words: list[str]) -> None:
    fillers, _ = load_fillers()
    assert {at for at, word in enumerate(words) if word in fillers} <= filler_positions(words)


@given(SAMPLE, SAMPLE)
def test_a_fillers_place_does_not_depend_on_what_follows_a_strange_word(before: list[str], after: list[str]) -> None:
    alone = filler_positions([*before, "quetzal"])
    together = filler_positions([*before, "quetzal", *after])
    assert {at for at in together if at <= len(before)} == alone
