"""An index from which records are away finds as if they had never been published."""

import pytest

from knowledge.language.normalise import normalise
from knowledge.search.finder import find
from knowledge.search.index import Index
from knowledge.search.leaving_out import without

BIRTH, FOREIGN, AGAIN, SPLIT = "1.000001", "1.000002", "1.000003", "1.000009"


def codes(text: str, index: Index) -> tuple[str, ...]:
    return find(normalise(text), index).codes


def test_a_record_that_is_away_is_not_held(index: Index) -> None:
    assert not without(index, [BIRTH]).holds(BIRTH)
    assert len(without(index, [BIRTH, SPLIT]).held) == len(index.held) - 2


def test_what_our_wordings_know_is_found_as_absent(index: Index) -> None:
    smaller = without(index, [BIRTH])
    assert codes("khai sinh cho con", smaller)[0] == BIRTH
    assert smaller.entries[smaller.position[BIRTH]].is_absent


@pytest.mark.parametrize("code", [BIRTH, SPLIT], ids=["worded", "known by its name only"])
def test_with_the_wordings_away_nothing_finds_it(index: Index, code: str) -> None:
    smaller = without(index, [code], and_wordings=True)
    asked = "khai sinh tách thửa đất cho con mới sinh"
    assert code in codes(asked, index)
    assert code not in codes(asked, smaller)
    assert code not in smaller.position
    assert smaller.own_words(code) == frozenset()


def test_a_record_without_wordings_is_away_altogether(index: Index) -> None:
    assert SPLIT not in codes("tách thửa đất", without(index, [SPLIT]))


def test_a_family_loses_the_option_and_with_too_few_options_itself(index: Index) -> None:
    (family,) = without(index, [FOREIGN]).families[BIRTH]
    assert family.codes == (BIRTH, AGAIN)
    assert FOREIGN not in without(index, [FOREIGN]).families
    assert without(index, [FOREIGN, AGAIN]).families == {}


def test_unknown_codes_change_nothing(index: Index) -> None:
    same = without(index, ["9.999999"], and_wordings=True)
    assert (same.entries, same.families, same.position) == (index.entries, index.families, index.position)
    assert codes("khai sinh", same) == codes("khai sinh", index)


def test_leaving_out_twice_leaves_both_out(index: Index) -> None:
    smaller = without(without(index, [SPLIT], and_wordings=True), [FOREIGN], and_wordings=True)
    assert {SPLIT, FOREIGN}.isdisjoint(smaller.position)
    assert SPLIT in index.position


def test_an_index_may_be_left_without_anything(index: Index) -> None:
    empty = without(index, list(index.position), and_wordings=True)
    assert codes("khai sinh cho con", empty) == ()
