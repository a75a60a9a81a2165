"""Where terms stand, against the same in plain Python."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.search.postings import Postings, pairs_of, places_in, postings
from knowledge.search.rows import rows_of

TERMS = 6
Texts = list[list[list[int]]]  # by procedure: its texts, each of terms

TEXT = st.lists(st.integers(0, TERMS - 1), min_size=1, max_size=5)
TEXTS = st.lists(st.lists(TEXT, min_size=1, max_size=4), min_size=1, max_size=5)
ASKED = st.lists(st.integers(0, TERMS - 1), unique=True, max_size=TERMS)


def indexed(procedures: Texts) -> Postings:
    owners = np.array([at for at, texts in enumerate(procedures) for _ in texts], dtype=np.int32)
    rows = rows_of([text for texts in procedures for text in texts])
    return postings(pairs_of(places_in(rows), owners), np.arange(1.0, TERMS + 1), len(procedures))


def holding(procedures: Texts, term: int) -> list[int]:
    return [at for at, texts in enumerate(procedures) if any(term in text for text in texts)]


@given(TEXTS)
def test_each_term_has_the_procedures_that_hold_it_in_order(procedures: Texts) -> None:
    index = indexed(procedures)
    assert [index.rows_of(term).tolist() for term in range(TERMS)] == [holding(procedures, at) for at in range(TERMS)]


@given(TEXTS, ASKED, st.data())
def test_what_some_procedures_hold_of_some_terms_is_found_text_by_text(
    procedures: Texts, asked: list[int], data: st.DataObject
) -> None:
    chosen = data.draw(st.lists(st.sampled_from(range(len(procedures))), unique=True))
    hits = indexed(procedures).met(asked).among(np.array(chosen, dtype=np.int32), len(procedures))
    numbered = [text for texts in procedures for text in texts]
    first = np.cumsum([0, *map(len, procedures)]).tolist()
    expected = Counter(
        (place, column, text)
        for place, term in enumerate(asked)
        for column, procedure in enumerate(chosen)
        for text in range(first[procedure], first[procedure + 1])
        for _ in range(numbered[text].count(term))
    )
    terms, columns = (np.repeat(each, hits.lengths).tolist() for each in (hits.terms, hits.columns))
    assert Counter(zip(terms, columns, hits.texts.tolist(), strict=True)) == expected


@given(TEXTS, ASKED)
def test_a_table_tells_which_term_stands_where_and_its_last_line_is_empty(procedures: Texts, asked: list[int]) -> None:
    every = range(len(procedures))
    table = indexed(procedures).met(asked).among(np.array(every, dtype=np.int32), len(procedures))
    expected = [[at in holding(procedures, term) for at in every] for term in asked]
    assert table.table(len(asked), len(procedures)).tolist() == [*expected, [False for _ in every]]


@given(TEXTS, ASKED)
def test_a_sum_is_that_of_the_terms_a_procedure_holds_each_with_its_weight(procedures: Texts, asked: list[int]) -> None:
    index = indexed(procedures)
    weights = {
        (term, procedure): weight
        for term in range(TERMS)
        for procedure, weight in zip(
            index.rows_of(term).tolist(), index.weights[index.starts[term] : index.starts[term + 1]], strict=True
        )
    }
    sums = index.met(asked).sums([2.0] * len(asked), len(procedures)).tolist()
    expected = [sum(2.0 * weights.get((term, at), 0.0) for term in asked) for at in range(len(procedures))]
    assert sums == pytest.approx(expected)


def test_a_term_that_stands_in_more_texts_weighs_more_but_not_so_much_more() -> None:
    once, thrice = indexed([[[0], [1], [1]], [[0], [0], [0]]]).weights[:2].tolist()
    assert once < thrice < 3 * once


def test_the_order_of_places_is_that_of_terms_then_texts() -> None:
    places = places_in(rows_of([[2, 0], [0, 0], [1]]))
    assert [*zip(places.terms.tolist(), places.texts.tolist(), strict=True)] == [(0, 0), (0, 1), (0, 1), (1, 2), (2, 0)]


def test_nothing_is_nowhere() -> None:
    index = postings(pairs_of(places_in(rows_of([])), np.zeros(0, dtype=np.int32)), np.zeros(0), 0)
    assert index.rows.tolist() == index.texts.tolist() == []
