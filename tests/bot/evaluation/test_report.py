"""The JSON of a run: what scripts and CI rest on."""

import json

import pytest

from bot.conversation.messages import Family
from bot.evaluation.measures import MEASURES, measure
from bot.evaluation.outcome import Outcome
from bot.evaluation.report import report
from knowledge.search.building import build_index
from knowledge.search.index import Index
from knowledge.wordings import Wordings

from .conftest import OTHER, RIGHT, make_outcome

OUTCOMES = [
    make_outcome(RIGHT, field="Hộ tịch", level="commune"),
    make_outcome(OTHER, RIGHT, style="story"),
    make_outcome(family=Family.DECLINE, kind="chitchat", gold=()),
]


@pytest.fixture(scope="module")
def index() -> Index:
    return build_index([], Wordings({}, ()))


def told(index: Index, outcomes: list[Outcome] = OUTCOMES) -> dict[str, object]:
    return report(measure(outcomes), outcomes, index)


def test_it_has_these_parts(index: Index) -> None:
    assert list(told(index)) == ["questions", "measures", "milliseconds", "slices", "confusions", "misses"]


def test_a_measure_has_its_counts_its_interval_and_its_target(index: Index) -> None:
    measures = report(measure(OUTCOMES), OUTCOMES, index)["measures"]
    assert measures["in first three"] == {
        "share": 1.0, "low": 0.3424, "high": 1.0, "hits": 2, "total": 2,
        "target": 0.98, "is_cost": False, "is_met": True,
    }  # fmt: skip
    assert measures["answered and wrong"]["is_met"] is False
    assert measures["first"]["target"] is None


def test_measures_without_a_case_are_left_out(index: Index) -> None:
    measures = report(measure(OUTCOMES), OUTCOMES, index)["measures"]
    assert set(measures) < {one.name for one in MEASURES}
    assert "follow-up right" not in measures


def test_slices_have_counts_and_intervals_too(index: Index) -> None:
    slices = report(measure(OUTCOMES), OUTCOMES, index)["slices"]
    assert slices["field=Hộ tịch"]["first"] == {"share": 1.0, "low": 0.2065, "high": 1.0, "hits": 1, "total": 1}
    assert slices["style=story"]["first"]["hits"] == 0


def test_times_have_their_intervals(index: Index) -> None:
    times = report(measure(OUTCOMES), OUTCOMES, index)["milliseconds"]
    assert times["median"] == {"value": 2.0, "low": 2.0, "high": 2.0}
    assert set(times) == {"median", "p99"}


def test_what_is_confused_and_what_went_wrong_are_listed(index: Index) -> None:
    made = report(measure(OUTCOMES), OUTCOMES, index)
    assert made["confusions"][0]["pairs"] == [{"right": RIGHT, "instead": OTHER, "count": 1}]
    assert [miss["missed"] for miss in made["misses"]] == [["first", "answered and wrong", "answered at once"]]


def test_it_can_be_written_as_json(index: Index) -> None:
    assert json.loads(json.dumps(told(index))) == told(index)
