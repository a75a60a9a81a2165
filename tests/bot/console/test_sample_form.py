"""What a form of the accuracy sample carries: numbers and verdicts of ours, nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.console.sample import FIELD, LONGEST_NUMBER, _verdicts
from knowledge.accuracy import Verdict


@pytest.mark.parametrize(
    ("form", "found"),
    [
        ({}, {}),
        ({"cau-1": "right", "cau-2": "wrong", "cau-3": "unsure"}, {1: "right", 2: "wrong", 3: "unsure"}),
        ({"cau-1": ""}, {}),
        ({"cau-1": "maybe"}, {}),
        ({"cau-": "right", "cau-x": "right", "cau--1": "right", "cau-²": "right"}, {}),
        ({"1": "right", "dau": "right"}, {}),
        ({f"cau-{'9' * (LONGEST_NUMBER + 1)}": "right"}, {}),
        ({"cau-007": "right"}, {7: "right"}),
    ],
)
def test_verdicts_are_read_and_the_rest_is_left_out(form: dict[str, str], found: dict[int, str]) -> None:
    assert _verdicts(form) == {number: Verdict(verdict) for number, verdict in found.items()}


@given(st.dictionaries(st.text(max_size=12).map(FIELD.__add__) | st.text(max_size=12), st.text(max_size=8)))
def test_no_form_breaks_the_page(form: dict[str, str]) -> None:
    found = _verdicts(form)
    assert all(isinstance(verdict, Verdict) and 0 <= number < 10**LONGEST_NUMBER for number, verdict in found.items())
