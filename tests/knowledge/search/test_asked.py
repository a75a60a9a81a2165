"""A message as it is searched for: which words weigh how much, what is known of it, what is mended."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.language.circumstances import mask_of
from knowledge.language.normalise import normalise
from knowledge.procedure import Aspect
from knowledge.search.asked import (
    ASKING_WEIGHT,
    BACKGROUND_WEIGHT,
    FILLER_WEIGHT,
    SOUND_WEIGHT,
    STORY_WORDS,
    UNKNOWN,
    UNKNOWN_RARITY,
    Asked,
    understand,
)
from knowledge.search.building import build_index
from knowledge.search.index import Index

from .conftest import ENTRIES, wordings

SMALL = build_index(ENTRIES, wordings(), edition=7)
STORY = (
    "Ngày xưa bà thuê nhà ở phố cùng các cháu, sau thì về quê sống đông vui lắm, mọi thứ đều yên ổn cả. "
    "Nay tôi muốn đăng ký tạm trú, nhà ở gần đất nuôi cá."
)


def asked(message: str, index: Index) -> Asked:
    return understand(normalise(message), index)


def weight_of(message: str, term: str, index: Index) -> float:
    found = asked(message, index)
    return dict(zip(found.terms, found.weights, strict=True)).get(index.terms[term], 0.0)


@pytest.mark.parametrize(
    ("message", "term", "weight"),
    [
        pytest.param("khai sinh", "khai", 1.0, id="a word of the subject"),
        pytest.param("khai sinh", "khai sinh", 1.0, id="a pair of the subject"),
        pytest.param("khai sinh cần giấy tờ gì", "giay", ASKING_WEIGHT, id="a word that only asks"),
        pytest.param("cho em hỏi khai sinh", "cho", FILLER_WEIGHT, id="a filler"),
        pytest.param("khai sinh cho con", "sinh cho", 1.0, id="a pair weighs what its heavier word does"),
        pytest.param("hộ khẩu", "^khẩu", 1.0, id="a marked word"),
        pytest.param("ho khau", "^khẩu", 0.0, id="no marked word where nobody typed marks"),
        pytest.param("tạm trú", "khai", 0.0, id="a word that was not said"),
    ],
)
def test_words_weigh_by_what_they_do(index: Index, message: str, term: str, weight: float) -> None:
    assert weight_of(message, term, index) == weight


def test_a_word_said_as_filler_and_as_subject_weighs_as_the_heavier(index: Index) -> None:
    assert weight_of("con ơi, khai sinh cho con lai", "lai", index) == FILLER_WEIGHT
    assert weight_of("khai sinh khai sinh", "khai", index) == 1.0


def test_a_sound_alike_is_only_a_guess(index: Index) -> None:
    assert weight_of("tạm chu", "tru", index) == pytest.approx(SOUND_WEIGHT * FILLER_WEIGHT)  # "chu" is also a filler
    assert weight_of("tạm chu", "cho", index) == 0.0


def test_in_a_story_what_neither_asks_nor_wishes_is_background(index: Index) -> None:
    assert len(normalise(STORY).words) >= STORY_WORDS
    assert weight_of(STORY, "thue", index) == BACKGROUND_WEIGHT
    assert weight_of(STORY, "tru", index) == 1.0


def test_the_last_clause_of_a_story_weighs_fully_whatever_it_says(index: Index) -> None:
    assert weight_of(STORY, "nuoi", index) == 1.0


def test_a_message_mended_out_of_step_is_weighed_without_its_clauses(index: Index) -> None:
    mended = STORY.replace("tạm trú", "tamtru")
    assert "tam" in asked(mended, index).words
    assert weight_of(mended, "thue", index) == 1.0


def test_mended_words_are_searched_for(index: Index) -> None:
    found = asked("khaisinh cho con", index)
    assert found.words[:2] == ("khai", "sinh")
    assert found.line == "khai sinh cho con"


def test_a_word_the_index_never_met_counts_in_the_mass_but_is_no_term(index: Index) -> None:
    known, unknown = asked("tạm trú", index), asked("tạm trú quetzal", index)
    assert len(unknown.terms) == len(known.terms)
    assert unknown.word_mass == pytest.approx(known.word_mass + UNKNOWN_RARITY)
    assert unknown.term_mass == pytest.approx(known.term_mass + UNKNOWN_RARITY)
    assert (UNKNOWN, UNKNOWN_RARITY) in unknown.content


@pytest.mark.parametrize(
    ("message", "share"),
    [
        pytest.param("tạm trú", 1.0, id="all known"),
        pytest.param("quetzal", 0.0, id="nothing known"),
        pytest.param("", 0.0, id="nothing said"),
    ],
)
def test_the_known_share_is_that_of_the_words_the_index_met(index: Index, message: str, share: float) -> None:
    assert asked(message, index).known_share == pytest.approx(share)


def test_what_is_asked_and_what_is_special_stand_beside_the_words(index: Index) -> None:
    found = asked("khai sinh người nước ngoài hết bao nhiêu tiền", index)
    assert found.aspect.aspect is Aspect.FEE
    assert found.circumstances & mask_of({"foreign"})


@settings(max_examples=100)
@given(st.text(max_size=200))
def test_any_text_is_understood_with_sensible_numbers(text: str) -> None:
    found = understand(normalise(text), SMALL)
    assert len(found.terms) == len(found.weights) == len(set(found.terms))
    assert all(0 < weight <= 1 for weight in found.weights)
    assert 0 <= found.known_share <= 1
    assert found.line == " ".join(found.words)


@settings(max_examples=60)
@given(st.lists(st.sampled_from("khai sinh cho con tam tru dat thue quetzal lam giay".split()), max_size=12))
def test_every_different_word_is_content_once(words: list[str]) -> None:
    found = understand(normalise(" ".join(words)), SMALL)
    assert len(found.content) == len(set(found.words))
    known = [slot for slot, _ in found.content if slot != UNKNOWN]
    assert len(known) == len(set(known))
