"""Vectors of meaning: whole and named, unit or zero, and near where texts say the same in other words."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.normalise import normalise
from knowledge.search.asked import understand
from knowledge.search.index import Index
from knowledge.search.meaning import UNKNOWN, Lexicon, load_lexicon, place, vectors_of
from knowledge.search.rows import rows_of

TERMS = {"khai": 0, "sinh": 1, "khai sinh": 2, "xyzzy": 3}


@pytest.fixture
def lexicon() -> Lexicon:
    vectors = np.array([[127, 0], [0, 127], [127, 127]], dtype=np.int8)
    return Lexicon({"khai": 0, "sinh": 1, "khai sinh": 2}, vectors, np.array([1.0, 1.0, 0.5], dtype=np.float32) / 127)


def lengths(vectors: np.ndarray) -> np.ndarray:
    return np.linalg.norm(vectors.astype(np.float64), axis=-1)


def test_the_shipped_lexicon_gives_every_term_a_row_of_its_own_and_a_scale() -> None:
    lexicon = load_lexicon()
    assert sorted(lexicon.rows.values()) == list(range(len(lexicon.vectors)))
    assert len(lexicon.scales) == len(lexicon.vectors) > 10_000
    assert (lexicon.scales > 0).all()
    assert {"khai", "sinh", "khai sinh"} <= set(lexicon.rows)


def placed_texts(lexicon: Lexicon, *texts: list[str]) -> np.ndarray:
    return vectors_of(rows_of([lexicon.rows_of(terms).tolist() for terms in texts]), lexicon)


def test_a_text_has_the_unit_vector_of_its_words_and_one_without_known_words_none(lexicon: Lexicon) -> None:
    placed = placed_texts(lexicon, ["khai"], ["xyzzy"], ["sinh", "khai"], [], ["xyzzy", "sinh"])
    half = 0.5**0.5
    assert placed.tolist() == pytest.approx(np.array([[1, 0], [0, 0], [half, half], [0, 0], [0, 1]]))


def test_a_procedure_stands_in_the_middle_of_its_texts(lexicon: Lexicon) -> None:
    texts = placed_texts(lexicon, ["khai"], ["sinh"], ["xyzzy"], ["sinh"])
    placed = place(lexicon.rows_of(TERMS), np.array([0, 2, 3, 4]), texts, lexicon)
    assert placed.wordings.tolist() == texts.tolist()
    assert placed.procedures.tolist() == pytest.approx(np.array([[0.7071, 0.7071], [0, 0], [0, 1]]), abs=1e-3)


def test_a_message_leans_to_its_heavier_words(lexicon: Lexicon) -> None:
    placed = place(lexicon.rows_of(TERMS), np.array([0, 1, 2]), placed_texts(lexicon, ["khai"], ["sinh"]), lexicon)
    assert placed.row_of_term.tolist() == [0, 1, 2, UNKNOWN]
    more_khai = placed.procedures @ placed.of([0, 1, 3], [1.0, 0.5, 9.0])
    assert more_khai[0] > more_khai[1] > 0


@pytest.mark.parametrize("terms", [pytest.param([], id="no words"), pytest.param([3], id="no word with a meaning")])
def test_a_message_without_meaning_is_near_nothing(terms: list[int], lexicon: Lexicon) -> None:
    placed = place(lexicon.rows_of(TERMS), np.array([0, 1]), placed_texts(lexicon, ["khai"]), lexicon)
    assert placed.of(terms, [1.0] * len(terms)).tolist() == [0, 0]


@given(st.text(max_size=80))
def test_any_message_has_a_unit_vector_or_none(index: Index, message: str) -> None:
    asked = understand(normalise(message), index)
    assert float(lengths(index.meanings.of(asked.terms, asked.weights))) == pytest.approx(1, abs=1e-3) or not (
        index.meanings.of(asked.terms, asked.weights).any()
    )


def test_what_says_the_same_in_other_words_is_nearer_than_what_shares_a_word(index: Index) -> None:
    asked = understand(normalise("nhà em vừa sinh bé"), index)
    near = index.meanings.procedures @ index.meanings.of(asked.terms, asked.weights)
    assert near[index.position["1.000001"]] > near[index.position["1.000004"]]
