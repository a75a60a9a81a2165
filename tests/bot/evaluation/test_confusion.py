"""What is taken for what: pairs, groups of them, and the family question that would split a group."""

import pytest

from bot.evaluation.confusion import Pair, confusions, pairs_confused
from knowledge.search.building import build_index
from knowledge.search.index import Entry, Index
from knowledge.wordings import Family, FamilyOption, Wordings

from .conftest import OTHER, RIGHT, THIRD, MakeOutcome

FOURTH, FIFTH, UNKNOWN = "1.000004", "1.000005", "9.999999"
QUESTION = "Nuôi trâu, hay nuôi bò?"


@pytest.fixture(scope="module")
def index() -> Index:
    names = {RIGHT: "Nuôi trâu", OTHER: "Nuôi bò", THIRD: "Nuôi dê", FOURTH: "Trồng dừa", FIFTH: "Trồng cau"}
    family = Family("nuôi", QUESTION, (FamilyOption(RIGHT, "trâu"), FamilyOption(OTHER, "bò")))
    return build_index([Entry(code, name) for code, name in names.items()], Wordings({}, (family,)))


def test_pairs_confused_most_often_come_first(outcome: MakeOutcome) -> None:
    found = pairs_confused(
        [outcome(OTHER), outcome(THIRD), outcome(THIRD), outcome(RIGHT), outcome(), outcome(OTHER, acceptable=(OTHER,))]
    )
    assert found == [Pair(RIGHT, THIRD, 2), Pair(RIGHT, OTHER, 1)]


def test_what_has_no_right_procedure_is_confused_with_nothing(outcome: MakeOutcome) -> None:
    assert pairs_confused([outcome(OTHER, kind="chitchat", gold=())]) == []


def test_a_pair_in_both_directions_is_one_group(outcome: MakeOutcome, index: Index) -> None:
    (group,) = confusions([outcome(OTHER), outcome(RIGHT, gold=(OTHER,))], index)
    assert (group.codes, group.names, group.count) == ((RIGHT, OTHER), ("Nuôi trâu", "Nuôi bò"), 2)


def test_pairs_that_share_a_procedure_are_one_group_and_others_are_not(outcome: MakeOutcome, index: Index) -> None:
    outcomes = [
        outcome(FOURTH, gold=(FIFTH,)),
        outcome(OTHER),
        outcome(THIRD, gold=(FOURTH,)),
        outcome(FIFTH, gold=(THIRD,)),
    ]
    groups = confusions(outcomes, index)
    assert [(group.codes, group.count) for group in groups] == [((THIRD, FOURTH, FIFTH), 3), ((RIGHT, OTHER), 1)]
    assert sum(pair.count for group in groups for pair in group.pairs) == 4


def test_a_family_that_holds_the_whole_group_is_named_by_its_question(outcome: MakeOutcome, index: Index) -> None:
    inside, across = outcome(OTHER), outcome(THIRD)
    assert confusions([inside], index)[0].split_by == QUESTION
    assert confusions([inside, across], index)[0].split_by == ""


def test_a_group_says_itself_with_counts_names_and_remedy(outcome: MakeOutcome, index: Index) -> None:
    told = str(confusions([outcome(OTHER), outcome(OTHER)], index)[0])
    assert told.splitlines() == [
        f"2x  {OTHER} before {RIGHT} 2x  (the family asks: {QUESTION})",
        f"    {RIGHT}  Nuôi trâu",
        f"    {OTHER}  Nuôi bò",
    ]
    assert "no family" in str(confusions([outcome(THIRD)], index)[0])


def test_a_code_that_the_catalogue_does_not_hold_is_said_to_be_missing(outcome: MakeOutcome, index: Index) -> None:
    (group,) = confusions([outcome(OTHER, gold=(UNKNOWN,))], index)
    assert group.names == ("Nuôi bò", "not in the catalogue")
    assert group.split_by == ""


def test_where_nothing_is_confused_there_is_nothing_to_tell(outcome: MakeOutcome, index: Index) -> None:
    assert confusions([outcome(RIGHT)], index) == []
