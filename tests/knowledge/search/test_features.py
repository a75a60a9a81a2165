"""What is measured about candidates, checked by hand on the small index and against a slow second reckoning."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.language.circumstances import mask_of
from knowledge.language.normalise import normalise
from knowledge.search.asked import understand
from knowledge.search.building import build_index
from knowledge.search.features import FEATURES, HEAVIEST, SPECIAL, Table
from knowledge.search.finder import find, shortlist
from knowledge.search.index import Index

from .conftest import ENTRIES, wordings

SMALL = build_index(ENTRIES, wordings(), edition=7)
MESSAGES = st.lists(
    st.sampled_from(
        "khai sinh cho con nước ngoài tạm trú mất căn cước tách thửa đất thuế quetzal lại người sổ gốc".split()
    ),
    max_size=10,
).map(lambda words: " ".join(("khai", *words)))  # at least one word that the index knows


def measured(message: str, index: Index) -> dict[str, dict[str, float]]:
    """code -> feature -> value."""
    candidates = find(normalise(message), index).candidates
    return {each.code: dict(zip(FEATURES, each.features, strict=True)) for each in candidates}


def in_columns(message: str, index: Index) -> tuple[list[int], list[int], Table]:
    procedures, closest, table = shortlist(understand(normalise(message), index), index)
    return procedures.tolist(), closest.tolist(), table


def test_a_line_has_a_number_for_every_feature(index: Index) -> None:
    procedures, closest, table = in_columns("khai sinh cho con", index)
    assert table.shape == (len(procedures), len(FEATURES)) == (len(closest), len(set(FEATURES)))
    assert bool(np.isfinite(table).all())


def test_the_closest_wording_belongs_to_its_procedure(index: Index) -> None:
    procedures, closest, _ = in_columns("khai sinh cho con", index)
    for procedure, wording in zip(procedures, closest, strict=True):
        assert index.first_wording[procedure] <= wording < index.first_wording[procedure + 1]


def test_a_wording_said_word_for_word_covers_all_and_is_alike(index: Index) -> None:
    birth = measured("làm giấy khai sinh cho con mới sinh", index)["1.000001"]
    for name in ("closest", "message_covered", "alike", "covered"):
        assert birth[name] == pytest.approx(1, abs=1e-5), name
    assert birth["missing"] == 0


@pytest.mark.parametrize(
    ("message", "code", "expected"),
    [
        pytest.param(
            "khai sinh", "1.000001", {"commune": 1, "asked_often": 1, "worded": 1, "usual": 1}, id="the usual one"
        ),
        pytest.param("tách thửa đất", "1.000009", {"city": 1, "commune": 0, "worded": 0}, id="the city's own"),
        pytest.param("nhập khẩu hóa chất", "1.000011", {"other_level": 1, "commune": 0}, id="a ministry's"),
        pytest.param(
            "khai sinh", "1.000002", {"usual": 0, "unusual": 1, "sign": 0, "no_sign": 1}, id="an unusual one unnamed"
        ),
        pytest.param(
            "khai sinh chồng người nước ngoài",
            "1.000002",
            {"unusual": 1, "sign": 1, "no_sign": 0},
            id="one named by its sign",
        ),
        pytest.param(
            "tạm trú", "1.000004", {"usual": 0, "unusual": 0, "sign": 0, "no_sign": 0}, id="one without a family"
        ),
        pytest.param("khai sinh", "1.000002", {"special": 1}, id="a special case that nobody named"),
        pytest.param(
            "khai sinh người nước ngoài", "1.000002", {"special": 0, "named_here": 1}, id="a special case named"
        ),
        pytest.param("mất căn cước", "1.000008", {"named_here": 1, "named_only_there": 0}, id="lost, in both"),
        pytest.param(
            "mất tạm trú", "1.000004", {"named_here": 0, "named_only_asked": 1}, id="lost, in the message alone"
        ),
    ],
)
def test_what_is_known_about_a_candidate_is_measured(
    index: Index, message: str, code: str, expected: dict[str, float]
) -> None:
    found = measured(message, index)[code]
    assert {name: found[name] for name in expected} == expected


def test_a_word_that_no_wording_holds_is_missing_by_its_rarity(index: Index) -> None:
    found = measured("đăng ký tạm trú quetzal", index)["1.000004"]
    assert found["missing"] == pytest.approx(6.0 / HEAVIEST)
    assert 0 < found["covered"] < 1


def test_another_procedures_rare_word_is_missing_here(index: Index) -> None:
    found = measured("tạm trú ngao", index)
    assert found["1.000004"]["missing"] == pytest.approx(float(index.rarity[index.terms["ngao"]]) / HEAVIEST)


def test_a_word_said_twice_counts_once(index: Index) -> None:
    once, twice = measured("tạm trú quetzal", index), measured("tạm trú quetzal quetzal", index)
    assert twice["1.000004"]["covered"] == pytest.approx(once["1.000004"]["covered"])


def test_special_cases_are_those_nobody_leaves_unsaid() -> None:
    assert mask_of({"foreign"}) & SPECIAL
    assert not mask_of({"child", "again"}) & SPECIAL


def test_features_of_a_candidate_do_not_depend_on_who_else_is_on_the_list(index: Index) -> None:
    """Apart from those two that compare with the best."""
    text = normalise("khai sinh cho con")
    whole = {each.code: each.features[2:] for each in find(text, index).candidates}
    fewer = {each.code: each.features[2:] for each in find(text, index, without=["1.000001"]).candidates}
    assert "1.000001" not in fewer
    for code, features in fewer.items():
        assert features == pytest.approx(whole[code], abs=1e-6)  # products of vectors round by their company


@settings(max_examples=60)
@given(MESSAGES)
def test_coverage_in_columns_is_what_counting_word_by_word_gives(message: str) -> None:
    asked = understand(normalise(message), SMALL)
    procedures, _, table = shortlist(asked, SMALL)
    whole = sum(mass for _, mass in asked.content)
    for procedure, line in zip(procedures.tolist(), table, strict=True):
        start, end = SMALL.first_wording[procedure], SMALL.first_wording[procedure + 1]
        own = {word for wording in SMALL.wordings[start:end] for word in wording.split()}
        held = sum(mass for slot, mass in asked.content if slot in {SMALL.terms.get(word) for word in own})
        lacked = max(
            (mass for slot, mass in asked.content if slot not in {SMALL.terms.get(word) for word in own}), default=0
        )
        assert line[FEATURES.index("covered")] == pytest.approx(held / whole)
        assert line[FEATURES.index("missing")] == pytest.approx(lacked / HEAVIEST)


@settings(max_examples=60)
@given(MESSAGES)
def test_shares_lie_between_nothing_and_one_and_the_best_candidate_is_the_measure(message: str) -> None:
    _, _, table = in_columns(message, SMALL)
    for name in ("closest", "together", "wording_covered", "message_covered", "alike", "covered"):
        column = table[:, FEATURES.index(name)]
        assert bool(((column >= 0) & (column <= 1 + 1e-6)).all()), name
    assert table[:, FEATURES.index("together")].max() == pytest.approx(1)
