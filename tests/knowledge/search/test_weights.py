"""Probabilities, confidence and certainty: their arithmetic, their limits, and the stored numbers."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.search.features import FEATURES
from knowledge.search.weights import Weights, load_weights

CHANCES = st.floats(0, 1)
TABLES = st.integers(1, 12).flatmap(
    lambda lines: st.lists(
        st.lists(st.floats(0, 5), min_size=len(FEATURES), max_size=len(FEATURES)), min_size=lines, max_size=lines
    )
)


def weights(**features: float) -> Weights:
    return Weights(
        features=features,
        confidence={"bias": -1.0, "lead": 2.0},
        certainty={"confidence": 1.0, "procedure": 1.0, "bias": 0.0},
        context={"subject": 1.0},
        context_confidence={"bias": 0.0},
    )


def line(**features: float) -> list[float]:
    return [features.get(name, 0.0) for name in FEATURES]


def test_a_candidate_is_likelier_by_what_its_feature_weighs() -> None:
    table = np.array([line(closest=1), line(closest=0)])
    assert weights(closest=math.log(3)).probabilities(table) == pytest.approx([0.75, 0.25])


def test_a_feature_without_a_weight_counts_nothing() -> None:
    table = np.array([line(city=1), line()])
    assert weights(closest=1.0).probabilities(table) == pytest.approx([0.5, 0.5])


def test_a_single_candidate_is_certain_among_itself() -> None:
    assert weights().probabilities(np.array([line(closest=1)])) == pytest.approx([1.0])


def test_confidence_adds_up_its_signs() -> None:
    assert weights().confidence_of({"lead": 0.5}) == pytest.approx(0.5)
    assert weights().confidence_of({}) == pytest.approx(1 / (1 + math.e))


def test_a_sign_that_no_weight_was_fitted_for_is_an_error() -> None:
    with pytest.raises(KeyError, match="unheard"):
        weights().confidence_of({"unheard": 1.0})


def test_certainty_of_even_chances_is_even() -> None:
    assert weights().certainty_of(0.5, 0.5) == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("confidence", "about"),
    [(0.0, 0.0), (1.0, 1.0), (0.0, 1.0), (1.0, 0.0)],
    ids=["both impossible", "both certain", "only about a procedure", "only found"],
)
def test_chances_of_nothing_and_of_all_have_a_certainty(confidence: float, about: float) -> None:
    assert 0 < load_weights().certainty_of(confidence, about) < 1


def test_scores_beyond_all_measure_do_not_overflow() -> None:
    assert weights().confidence_of({"lead": 1e9}) == pytest.approx(1)
    assert weights().confidence_of({"lead": -1e9}) == pytest.approx(0, abs=1e-12)
    assert weights(closest=1e6).probabilities(np.array([line(closest=1), line()])).tolist() == [1.0, 0.0]


def test_the_stored_weights_name_every_feature_and_no_other() -> None:
    assert set(load_weights().features) == set(FEATURES)


@pytest.mark.parametrize("name", ["closest", "together", "alike", "covered", "sign"])
def test_what_speaks_for_a_candidate_is_weighed_in_its_favour(name: str) -> None:
    assert load_weights().features[name] > 0


@pytest.mark.parametrize("name", ["other_level", "special", "named_only_there"])
def test_what_speaks_against_a_candidate_is_weighed_against_it(name: str) -> None:
    assert load_weights().features[name] < 0


@settings(max_examples=30)
@given(TABLES)
def test_probabilities_add_up_to_one_and_keep_the_order_of_the_scores(rows: list[list[float]]) -> None:
    table = np.array(rows)
    loaded = load_weights()
    probabilities = loaded.probabilities(table)
    scores = table @ np.array([loaded.features[name] for name in FEATURES])
    assert probabilities.sum() == pytest.approx(1)
    assert probabilities[int(scores.argmax())] == probabilities.max()


@given(CHANCES, CHANCES, CHANCES)
def test_more_confidence_never_makes_less_certain(one: float, other: float, about: float) -> None:
    less, more = sorted((one, other))
    loaded = load_weights()
    assert loaded.certainty_of(less, about) <= loaded.certainty_of(more, about)
    assert loaded.certainty_of(about, less) <= loaded.certainty_of(about, more)
