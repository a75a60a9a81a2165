"""A message after another one: the subject is kept, moved to another case, or left."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.normalise import normalise
from knowledge.search.context import READINGS, SIGNS, Earlier, find_after, read, says_nothing_new, signs_of
from knowledge.search.finder import Findings, find
from knowledge.search.index import Index
from knowledge.search.weights import load_weights

BIRTH = Earlier("làm giấy khai sinh cho con", "1.000001")


def after(message: str, index: Index, earlier: Earlier = BIRTH) -> Findings:
    text = normalise(message)
    return find_after(text, earlier, find(text, index), index)


@pytest.mark.parametrize(
    ("message", "code"),
    [
        pytest.param("thế mất bao nhiêu tiền", "1.000001", id="another aspect keeps the subject"),
        pytest.param("nop o dau a", "1.000001", id="without marks too"),
        pytest.param("còn bố là người nước ngoài thì sao", "1.000002", id="a circumstance moves it to another case"),
        pytest.param("nhưng sổ gốc không còn thì sao", "1.000003", id="another circumstance"),
        pytest.param("đăng ký tạm trú cho người thuê nhà cần gì", "1.000004", id="a new question leaves it"),
    ],
)
def test_the_subject_is_kept_moved_or_left(message: str, code: str, index: Index) -> None:
    assert after(message, index).codes[0] == code


def test_every_sign_has_a_fitted_weight_and_the_weights_no_other() -> None:
    assert set(load_weights().context) == set(SIGNS)
    assert set(READINGS) < set(SIGNS)


def test_the_pool_holds_the_subject_first_and_the_other_cases_of_its_family(index: Index) -> None:
    text = normalise("thế thì sao")
    pool = read(text, BIRTH, find(text, index), index).pool
    assert pool[0] == "1.000001"
    assert {"1.000002", "1.000003"} < set(pool)
    assert len(pool) == len(set(pool))


def test_one_line_of_signs_for_each_code_of_the_pool(index: Index) -> None:
    text = normalise("còn chồng tây thì sao")
    readings = read(text, BIRTH, find(text, index), index)
    table = signs_of(readings, BIRTH.subject, index)
    assert table.shape == (len(readings.pool), len(SIGNS))
    named = dict(zip(readings.pool, table[:, SIGNS.index("named_case")], strict=True))
    assert named["1.000002"] == 1
    assert named["1.000001"] == named["1.000003"] == 0


@pytest.mark.parametrize(
    ("message", "nothing"),
    [
        pytest.param("bao nhiêu tiền ạ", True, id="only an aspect"),
        pytest.param("khai sinh cần gì", True, id="the subject's own words"),
        pytest.param("còn tạm trú", False, id="another subject"),
    ],
)
def test_a_message_says_nothing_new_when_it_only_asks(message: str, nothing: bool, index: Index) -> None:
    asked = find(normalise(message), index).asked
    assert says_nothing_new(asked, BIRTH.subject, index) is nothing


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_messages_give_chances_that_add_up_and_a_confidence(index: Index, said: str, message: str) -> None:
    found = after(message, index, Earlier(said, "1.000005"))
    assert sum(candidate.probability for candidate in found.candidates) == pytest.approx(1)
    assert 0 <= found.confidence <= 1
    assert list(found.candidates) == sorted(found.candidates, key=lambda one: -one.probability)
