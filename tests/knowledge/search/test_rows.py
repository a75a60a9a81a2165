"""Lists of numbers in one array, against the same in plain Python."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.search.rows import Rows, in_spans, joined, rows_of

Lists = list[list[int]]

NUMBERS = st.integers(0, 9)
LISTS = st.lists(st.lists(NUMBERS, max_size=6), max_size=8)
FULL = st.lists(st.lists(NUMBERS, min_size=1, max_size=6), max_size=8)


def plain(rows: Rows) -> Lists:
    starts = rows.starts.tolist()
    return [rows.terms[first:end].tolist() for first, end in pairwise(starts)]


@given(LISTS)
def test_lists_come_back_as_they_were(texts: Lists) -> None:
    assert plain(rows_of(texts)) == texts
    assert rows_of(texts).lengths.tolist() == [len(text) for text in texts]


@given(LISTS, st.data())
def test_some_are_taken_in_any_order_and_more_than_once(texts: Lists, data: st.DataObject) -> None:
    places = data.draw(st.lists(st.sampled_from(range(len(texts))), max_size=10)) if texts else []
    assert plain(rows_of(texts).at(np.array(places, dtype=np.int32))) == [texts[place] for place in places]


@given(LISTS, LISTS)
def test_joined_lists_stand_behind_each_other(one: Lists, other: Lists) -> None:
    assert plain(joined(rows_of(one), rows_of(other))) == one + other


@given(FULL)
def test_the_sum_of_a_text_is_that_of_its_terms(texts: Lists) -> None:
    values = np.arange(10, dtype=np.float32) ** 2
    assert rows_of(texts).all_sums(values).tolist() == [sum(values[number] for number in text) for text in texts]


@given(LISTS)
def test_vectors_are_summed_text_by_text_and_an_empty_one_has_zeros(texts: Lists) -> None:
    vectors = np.array([[number, -number, 1] for number in range(10)], dtype=np.float32)
    expected = [vectors[text].sum(axis=0).tolist() for text in texts]
    assert rows_of(texts).vector_sums(vectors).tolist() == expected


@pytest.mark.parametrize(
    ("firsts", "lengths", "numbers"),
    [
        pytest.param([], [], [], id="no span"),
        pytest.param([5], [3], [5, 6, 7], id="one"),
        pytest.param([5, 0, 9], [2, 0, 1], [5, 6, 9], id="an empty one between"),
        pytest.param([3, 2], [2, 2], [3, 4, 2, 3], id="overlapping, not in order"),
    ],
)
def test_spans_are_counted_one_after_another(firsts: list[int], lengths: list[int], numbers: list[int]) -> None:
    assert in_spans(np.array(firsts, dtype=np.int32), np.array(lengths, dtype=np.int32)).tolist() == numbers
