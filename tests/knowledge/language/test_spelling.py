"""One spelling for each word: total, settled, and careful where marks are missing."""

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.normalise import normalise
from knowledge.language.spelling import load_pairs, standard_spelling

ALWAYS, IN_MARKED_TEXT = load_pairs()
TOKENS = st.lists(st.sampled_from([*IN_MARKED_TEXT, "khai", "sinh", "đăng", "day", "12"]), max_size=12)


@pytest.mark.parametrize(
    ("typed", "standard"),
    [
        pytest.param("đăng kí", "đăng ký", id="i for y"),
        pytest.param("quí", "quý", id="i for y after qu"),
        pytest.param("khai sanh", "khai sinh", id="a southern form"),
        pytest.param("giấy chứng nhận", "giấy chứng nhận", id="nothing to change"),
        pytest.param("làm dậy đúng không", "làm vậy đúng không", id="a regional word in a marked text"),
        pytest.param("qui dinh", "quy dinh", id="a variant without marks"),
    ],
)
def test_a_variant_becomes_the_standard(typed: str, standard: str) -> None:
    assert standard_spelling(typed.split()) == standard.split()


def test_both_spellings_of_a_question_are_one_text() -> None:
    assert normalise("đăng kí kết hôn").words == normalise("đăng ký kết hôn").words


def test_variants_that_mark_another_word_are_marked_themselves() -> None:
    """Else a text without marks would never reach them, or would be changed by them."""
    only_in_marked_text = set(IN_MARKED_TEXT) - set(ALWAYS)
    assert only_in_marked_text
    assert [variant for variant in only_in_marked_text if variant.isascii()] == []


def test_no_standard_is_itself_a_variant() -> None:
    assert set(IN_MARKED_TEXT.values()) & set(IN_MARKED_TEXT) == set()


def test_a_variant_has_one_standard_only() -> None:
    data = tomllib.loads(files("knowledge.language.data").joinpath("spelling.toml").read_text("utf-8"))
    variants = [variant for part in data.values() for several in part.values() for variant in several]
    assert sorted(variants) == sorted(set(variants))


@given(TOKENS)
def test_spelling_settles_at_once_and_keeps_the_number_of_words(tokens: list[str]) -> None:
    once = standard_spelling(tokens)
    assert standard_spelling(once) == once
    assert len(once) == len(tokens)


@given(st.lists(st.text(min_size=1, max_size=6), max_size=8))
def test_words_that_are_no_variants_are_left_alone(tokens: list[str]) -> None:
    for before, after in zip(tokens, standard_spelling(tokens), strict=True):
        assert after == before or before in IN_MARKED_TEXT
