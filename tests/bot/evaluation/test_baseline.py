"""The best figures so far: what counts as a fall, what raises them, and the file they are kept in."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evaluation.baseline import (
    Baseline,
    BaselineError,
    baseline_of,
    changes,
    fallen,
    raised,
    read_baseline,
    risen,
    write_baseline,
)
from bot.evaluation.measures import MEASURES, Figures, measure
from bot.evaluation.rates import Percentile, Rate

from .conftest import OTHER, RIGHT, MakeOutcome

COSTS = sorted(one.name for one in MEASURES if one.is_cost)
NO_TIME = Percentile(1.0, 1.0, 1.0)


def figures(sliced: dict[str, dict[str, Rate]] | None = None, **named: Rate) -> Figures:
    named = {name.replace("_", " "): rate for name, rate in named.items()}
    return Figures(100, named, sliced or {}, NO_TIME, NO_TIME)


def before(name: str, rate: Rate) -> Baseline:
    return Baseline(100, {"all": {name: (rate.hits, rate.total)}})


# What is a fall


@pytest.mark.parametrize(
    ("earlier", "now", "falls"),
    [
        pytest.param(Rate(95, 100), Rate(90, 100), True, id="fewer right"),
        pytest.param(Rate(90, 100), Rate(95, 100), False, id="more right"),
        pytest.param(Rate(95, 100), Rate(94, 100), False, id="exactly a point, which floats overstate"),
        pytest.param(Rate(94, 100), Rate(93, 100), False, id="exactly a point, which floats understate"),
        pytest.param(Rate(950, 1000), Rate(939, 1000), True, id="a little more than a point"),
        pytest.param(Rate(950, 1000), Rate(940, 1000), False, id="ten questions of a thousand are a point"),
        pytest.param(Rate(11, 12), Rate(10, 12), False, id="one question of twelve, which are eight points"),
        pytest.param(Rate(11, 12), Rate(9, 12), True, id="two questions of twelve"),
        pytest.param(Rate(1, 1), Rate(0, 1), False, id="the only question, which may be the price of a good change"),
        pytest.param(Rate(2, 2), Rate(0, 2), True, id="both questions"),
        pytest.param(Rate(98, 99), Rate(97, 99), False, id="one of just under a hundred"),
        pytest.param(Rate(9, 10), Rate(16, 20), True, id="other questions: the share is what counts"),
        pytest.param(Rate(95, 100), Rate(0, 0), False, id="nothing to count any more"),
        pytest.param(Rate(0, 0), Rate(0, 100), False, id="nothing to count before"),
    ],
)
def test_a_floor_falls_downwards(earlier: Rate, now: Rate, falls: bool) -> None:
    assert bool(fallen(figures(first=now), before("first", earlier))) is falls


@pytest.mark.parametrize(
    ("earlier", "now", "falls"),
    [
        pytest.param(Rate(1, 100), Rate(4, 100), True, id="more wrong"),
        pytest.param(Rate(4, 100), Rate(1, 100), False, id="fewer wrong"),
        pytest.param(Rate(0, 20), Rate(1, 20), False, id="one more of twenty"),
        pytest.param(Rate(0, 20), Rate(2, 20), True, id="two more of twenty"),
        pytest.param(Rate(0, 0), Rate(4, 100), False, id="nothing to count before"),
    ],
)
@pytest.mark.parametrize("name", COSTS)
def test_a_cost_falls_upwards(name: str, earlier: Rate, now: Rate, falls: bool) -> None:
    assert bool(fallen(figures(**{name: now}), before(name, earlier))) is falls


def test_a_fall_is_told_with_its_slice_its_measure_and_both_figures() -> None:
    now = figures({"style=story": {"first": Rate(1, 3)}}, first=Rate(80, 100))
    earlier = Baseline(100, {"all": {"first": (90, 100)}, "style=story": {"first": (3, 3)}})
    assert [str(change) for change in fallen(now, earlier)] == [
        "all: first: 80.0 % (80 of 100), was 90.0 % (90 of 100)",
        "style=story: first: 33.3 % (1 of 3), was 100.0 % (3 of 3)",
    ]


def test_a_new_slice_and_a_new_measure_have_nothing_to_fall_from() -> None:
    now = figures({"style=new": {"first": Rate(0, 9)}}, first=Rate(0, 9))
    assert list(changes(now, Baseline(9, {}))) == []


def test_one_question_lost_in_every_slice_shows_in_the_whole() -> None:
    small = {f"field={at}": {"first": Rate(4, 5)} for at in range(20)}
    now = figures(small, first=Rate(80, 100))
    earlier = Baseline(100, {"all": {"first": (100, 100)}, **{place: {"first": (5, 5)} for place in small}})
    assert [change.place for change in fallen(now, earlier)] == ["all"]


@given(st.integers(0, 200), st.integers(1, 200), st.sampled_from([one.name for one in MEASURES]))
def test_nothing_falls_from_itself(hits: int, more: int, name: str) -> None:
    rate = Rate(hits, hits + more)
    assert list(changes(figures(**{name: rate}), before(name, rate))) == []


# Raising


def test_what_has_risen_is_raised_and_the_rest_stays(outcome: MakeOutcome) -> None:
    now = figures({"style=story": {"first": Rate(9, 10)}}, first=Rate(97, 100), aspect=Rate(89, 100))
    earlier = Baseline(100, {"all": {"first": (95, 100), "aspect": (90, 100)}, "style=story": {"first": (8, 10)}})
    assert raised(now, earlier).figures == {
        "all": {"first": (97, 100), "aspect": (90, 100)},
        "style=story": {"first": (9, 10)},
    }
    assert [change.place for change in risen(now, earlier)] == ["all", "style=story"]


def test_small_losses_cannot_pile_up() -> None:
    baseline = Baseline(100, {"all": {"first": (95, 100)}})
    for hits in (94, 94, 94):
        baseline = raised(figures(first=Rate(hits, 100)), baseline)
    assert fallen(figures(first=Rate(93, 100)), baseline)


def test_a_cost_is_raised_by_sinking() -> None:
    earlier = before("wrongly declined", Rate(5, 100))
    name = "wrongly declined"
    assert raised(figures(**{name: Rate(3, 100)}), earlier).figures["all"][name] == (3, 100)
    assert raised(figures(**{name: Rate(6, 100)}), earlier).figures["all"][name] == (5, 100)


def test_other_questions_have_figures_of_their_own() -> None:
    earlier = before("first", Rate(95, 100))
    assert raised(figures(first=Rate(189, 200)), earlier).figures["all"]["first"] == (189, 200)


@given(st.integers(0, 50), st.integers(0, 50), st.sampled_from([one.name for one in MEASURES]))
def test_the_raised_baseline_is_never_the_worse_one(now: int, earlier: int, name: str) -> None:
    better = min if name in COSTS else max
    made = raised(figures(**{name: Rate(now, 50)}), before(name, Rate(earlier, 50)))
    assert made.figures["all"][name] == (better(now, earlier), 50)


# The file


def test_a_baseline_survives_being_written_and_read(tmp_path: Path, outcome: MakeOutcome) -> None:
    path, made = tmp_path / "base.json", baseline_of(measure([outcome(RIGHT), outcome(OTHER, field='"Đất" đai')]))
    write_baseline(path, made)
    assert read_baseline(path) == made
    assert [each.name for each in tmp_path.iterdir()] == ["base.json"]


def test_it_is_json_with_a_line_for_every_place(tmp_path: Path, outcome: MakeOutcome) -> None:
    path = tmp_path / "base.json"
    write_baseline(path, baseline_of(measure([outcome(RIGHT)])))
    text = path.read_text("utf-8")
    assert json.loads(text)["figures"]["style=clean"]["first"] == [1, 1]
    assert len(text.splitlines()) == 2 + len(json.loads(text)["figures"])


def test_times_are_left_out(outcome: MakeOutcome) -> None:
    slow, fast = (measure([outcome(RIGHT, milliseconds=time)]) for time in (900.0, 1.0))
    assert baseline_of(slow) == baseline_of(fast)


def test_what_was_counted_nowhere_is_left_out(outcome: MakeOutcome) -> None:
    assert "follow-up right" not in baseline_of(measure([outcome(RIGHT)])).figures["all"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"{", "truncated"),
        (b"[]", "Expected `object`"),
        (b"{}", "missing required field"),
        (b'{"questions": 1, "figures": {"all": {"first": [1]}}}', "length 2"),
        (b"\xff\xfe", "malformed"),
    ],
    ids=["cut off", "a list", "another file", "half a count", "not UTF-8"],
)
def test_a_file_that_holds_no_baseline_is_refused_by_name(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "base.json"
    path.write_bytes(content)
    with pytest.raises(BaselineError) as refused:
        read_baseline(path)
    assert str(path) in str(refused.value)
    assert reason.lower() in str(refused.value).lower()
    assert "--write-baseline" in str(refused.value)


def test_a_baseline_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BaselineError, match=r"none\.json: cannot be read: No such file.*--write-baseline"):
        read_baseline(tmp_path / "none.json")


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(BaselineError, match=r"base\.json: cannot be written: No such file"):
        write_baseline(tmp_path / "nowhere" / "base.json", Baseline(1, {}))
