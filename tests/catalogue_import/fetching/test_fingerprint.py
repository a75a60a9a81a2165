"""What is a change, and what is only the portal's shuffling."""

import json
import random
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue_import.fetching.fingerprint import fingerprint_of
from portal_records import detail, fee, method, shuffled

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=4),
    max_leaves=12,
)


@given(VALUES, st.integers())
def test_order_alone_is_no_change(value: Any, seed: int) -> None:
    assert fingerprint_of(shuffled(value, random.Random(seed))) == fingerprint_of(value)


@pytest.mark.parametrize(
    "changes",
    [
        {"executingAgencies": "UBND cấp xã, Công an"},
        {"updatedAt": 1, "createdAt": 2},
        {"name": " Thủ tục\u00a0thử nghiệm 1.000001 "},
        {"name": normalize("NFD", "Thủ tục thử nghiệm 1.000001")},
    ],
    ids=["joined names", "the portal's bookkeeping", "spaces", "letters and marks apart"],
)
def test_what_says_the_same_is_no_change(changes: dict[str, Any]) -> None:
    assert fingerprint_of(detail(**changes)) == fingerprint_of(detail())


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "Thủ tục thử nghiệm 1.00000"},
        {"isWard": False},
        {"executionMethods": [method(fees=[fee(8_001)]), method("ONLINE", fees=[fee(0)])]},
        {"executionMethods": [method(fees=[fee(None)]), method("ONLINE", fees=[fee(0)])]},
        {"newField": 1},
    ],
    ids=["a name", "a flag", "an amount", "no amount", "a new field"],
)
def test_what_says_something_else_is_a_change(changes: dict[str, Any]) -> None:
    assert fingerprint_of(detail(**changes)) != fingerprint_of(detail())


def test_swapped_values_of_two_rows_are_a_change() -> None:
    one = [method("DIRECT", fees=[fee(1_000)]), method("ONLINE", fees=[fee(2_000)])]
    other = [method("DIRECT", fees=[fee(2_000)]), method("ONLINE", fees=[fee(1_000)])]
    assert fingerprint_of(one) != fingerprint_of(other)


def test_real_records_keep_their_fingerprint_however_they_are_shuffled(shared: Path) -> None:
    for path in (shared / "catalogue" / "portal_api" / "envelopes").glob("*.json"):
        record = json.loads(path.read_text("utf-8"))["data"]
        assert fingerprint_of(shuffled(record, random.Random(1))) == fingerprint_of(record), path.name
