"""Rates, intervals, slices and falls, against numbers reckoned elsewhere."""

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.messages import Family
from bot.evaluation.measures import MEASURES, Figures, FiguresError, Rate, confused, fallen, measure, read_figures
from bot.evaluation.outcome import Outcome

from .conftest import OTHER, RIGHT, THIRD, MakeOutcome, make_outcome

COSTS = {one.name for one in MEASURES if one.is_cost}


def rates(*outcomes: Outcome) -> dict[str, tuple[int, int]]:
    return {name: (rate.hits, rate.total) for name, rate in measure(outcomes).rates.items()}


# Rates


@pytest.mark.parametrize(
    ("hits", "total", "low", "high"),
    [
        # Reckoned with the closed formula of Wilson (1927) in exact decimals, z = 1.96.
        pytest.param(5, 10, 0.2366, 0.7634, id="half of ten"),
        pytest.param(0, 10, 0.0, 0.2775, id="none of ten"),
        pytest.param(10, 10, 0.7225, 1.0, id="all of ten"),
        pytest.param(1, 1, 0.2065, 1.0, id="the only one"),
        pytest.param(940, 1000, 0.9235, 0.9531, id="nearly all of a thousand"),
        pytest.param(0, 0, 0.0, 1.0, id="nothing counted, nothing known"),
    ],
)
def test_the_interval_is_that_of_wilson(hits: int, total: int, low: float, high: float) -> None:
    assert Rate(hits, total).interval == pytest.approx((low, high), abs=5e-5)


@given(st.integers(0, 5000).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))))
def test_an_interval_lies_within_nothing_and_all_and_holds_its_share(counts: tuple[int, int]) -> None:
    rate = Rate(*counts)
    low, high = rate.interval
    assert -1e-9 <= low <= rate.share + 1e-9
    assert rate.share - 1e-9 <= high <= 1 + 1e-9


@given(st.integers(1, 500), st.integers(2, 50))
def test_more_cases_of_the_same_share_make_a_narrower_interval(half: int, times: int) -> None:
    few, many = Rate(half, 2 * half).interval, Rate(half * times, 2 * half * times).interval
    assert many[1] - many[0] < few[1] - few[0]


def test_a_rate_says_itself_with_its_interval_and_its_counts() -> None:
    assert str(Rate(5, 10)) == " 50.0 %  (23.7-76.3, 5 of 10)"


# What each measure counts


@pytest.mark.parametrize(
    ("outcome", "counted"),
    [
        pytest.param(
            make_outcome(RIGHT),
            {"first": (1, 1), "in first three": (1, 1), "answered and wrong": (0, 1), "answered at once": (1, 1)},
            id="answered with the right one",
        ),
        pytest.param(
            make_outcome(OTHER, RIGHT),
            {"first": (0, 1), "in first three": (1, 1), "answered and wrong": (1, 1), "answered at once": (0, 1)},
            id="answered with another one",
        ),
        pytest.param(
            make_outcome(OTHER, RIGHT, acceptable=(OTHER,)),
            {"first": (0, 1), "answered and wrong": (0, 1), "answered at once": (1, 1)},
            id="answered with an acceptable one",
        ),
        pytest.param(
            make_outcome(OTHER, THIRD, "1.000004", RIGHT),
            {"in first three": (0, 1)},
            id="the right one in the fourth place",
        ),
        pytest.param(
            make_outcome(OTHER, RIGHT, family=Family.CHOOSE),
            {"answered and wrong": (0, 1), "answered at once": (0, 1), "wrongly declined": (0, 1)},
            id="a choice offered",
        ),
        pytest.param(
            make_outcome(family=Family.DECLINE),
            {"first": (0, 1), "wrongly declined": (1, 1), "answered and wrong": (0, 1)},
            id="declined without a candidate",
        ),
        pytest.param(
            make_outcome(RIGHT, kind="chitchat", gold=()),
            {"first": (0, 0), "answered and wrong": (1, 1), "not ours, not answered": (0, 1)},
            id="small talk answered",
        ),
        pytest.param(
            make_outcome(family=Family.DECLINE, kind="out_of_scope", gold=()),
            {"not ours, not answered": (1, 1), "wrongly declined": (0, 0), "answered and wrong": (0, 1)},
            id="something else declined",
        ),
        pytest.param(
            make_outcome(family=Family.DOSSIER, kind="status", gold=()),
            {"status recognised": (1, 1), "not ours, not answered": (0, 0)},
            id="a dossier recognised",
        ),
        pytest.param(
            make_outcome(RIGHT, kind="followup", context="trước đó"),
            {"follow-up right": (1, 1), "first": (0, 0), "aspect": (0, 0)},
            id="a follow-up answered",
        ),
        pytest.param(make_outcome(RIGHT, aspect="fee", asks="fee"), {"aspect": (1, 1)}, id="the aspect heard"),
        pytest.param(make_outcome(RIGHT, aspect="fee", asks="time"), {"aspect": (0, 1)}, id="the aspect misheard"),
        pytest.param(
            make_outcome(RIGHT, gold=()), {"first": (0, 0), "answered and wrong": (1, 1)}, id="nobody's procedure"
        ),
    ],
)
def test_each_measure_counts_what_it_says(outcome: Outcome, counted: dict[str, tuple[int, int]]) -> None:
    found = rates(outcome)
    assert {name: found[name] for name in counted} == counted


def test_times_are_given_as_median_and_as_the_worst_of_a_hundred(outcome: MakeOutcome) -> None:
    figures = measure([outcome(RIGHT, milliseconds=float(at)) for at in range(101)])
    assert (figures.questions, figures.median_milliseconds, figures.p99_milliseconds) == (101, 50.0, 99.0)


# Slices


def test_figures_are_sliced_by_style_kind_and_aspect(outcome: MakeOutcome) -> None:
    figures = measure(
        [
            outcome(RIGHT, style="clean"),
            outcome(OTHER, style="teencode"),
            outcome(RIGHT, style="teencode", asks="fee"),
            outcome(family=Family.DECLINE, kind="chitchat", gold=(), style="clean"),
        ]
    )
    assert list(figures.sliced) == [
        "style=clean",
        "style=teencode",
        "kind=chitchat",
        "kind=procedure",
        "aspect=fee",
        "aspect=general",
    ]
    assert figures.sliced["style=clean"]["first"] == Rate(1, 1)
    assert figures.sliced["style=teencode"]["first"] == Rate(1, 2)
    assert figures.sliced["aspect=fee"]["first"] == Rate(1, 1)


def test_a_slice_is_silent_about_what_it_has_no_case_of(outcome: MakeOutcome) -> None:
    figures = measure([outcome(family=Family.DECLINE, kind="chitchat", gold=())])
    assert set(figures.sliced["kind=chitchat"]) == {"answered and wrong", "not ours, not answered"}


def test_every_slice_dimension_holds_every_question(outcome: MakeOutcome) -> None:
    figures = measure([outcome(RIGHT, style=style) for style in ("a", "b", "b", "c")])
    wrong = "answered and wrong"
    assert sum(rate[wrong].total for place, rate in figures.sliced.items() if place.startswith("style=")) == 4


# What is confused


def test_pairs_confused_most_often_come_first(outcome: MakeOutcome) -> None:
    pairs = confused(
        [outcome(OTHER), outcome(THIRD), outcome(THIRD), outcome(RIGHT), outcome(), outcome(OTHER, acceptable=(OTHER,))]
    )
    assert pairs == [(RIGHT, THIRD, 2), (RIGHT, OTHER, 1)]


# What has fallen


def figures(sliced: dict[str, dict[str, Rate]] | None = None, **named: Rate) -> Figures:
    named = {name.replace("_", " "): rate for name, rate in named.items()}
    return Figures(100, named, sliced or {}, 1.0, 2.0)


@pytest.mark.parametrize(
    ("before", "now", "falls"),
    [
        pytest.param(Rate(95, 100), Rate(90, 100), True, id="fewer right"),
        pytest.param(Rate(90, 100), Rate(95, 100), False, id="more right"),
        pytest.param(Rate(95, 100), Rate(94, 100), False, id="exactly a point, which floats overstate"),
        pytest.param(Rate(94, 100), Rate(93, 100), False, id="exactly a point, which floats understate"),
        pytest.param(Rate(950, 1000), Rate(939, 1000), True, id="a little more than a point"),
        pytest.param(Rate(95, 100), Rate(0, 0), False, id="nothing to count any more"),
        pytest.param(Rate(0, 0), Rate(0, 100), False, id="nothing to count before"),
    ],
)
def test_a_floor_falls_downwards(before: Rate, now: Rate, falls: bool) -> None:
    assert bool(fallen(figures(first=now), figures(first=before))) is falls


@pytest.mark.parametrize(
    ("before", "now", "falls"),
    [
        pytest.param(Rate(1, 100), Rate(4, 100), True, id="more wrong"),
        pytest.param(Rate(4, 100), Rate(1, 100), False, id="fewer wrong"),
        pytest.param(Rate(0, 0), Rate(4, 100), False, id="nothing to count before"),
    ],
)
@pytest.mark.parametrize("name", sorted(COSTS))
def test_a_cost_falls_upwards(name: str, before: Rate, now: Rate, falls: bool) -> None:
    found = fallen(
        msgspec.structs.replace(figures(), rates={name: now}), msgspec.structs.replace(figures(), rates={name: before})
    )
    assert bool(found) is falls


def test_what_is_a_cost_is_known() -> None:
    assert {"answered and wrong", "wrongly declined"} == COSTS


def test_a_fall_is_told_with_its_place_and_both_figures() -> None:
    now = figures({"style=story": {"first": Rate(1, 2)}}, first=Rate(80, 100))
    before = figures({"style=story": {"first": Rate(2, 2)}}, first=Rate(90, 100))
    assert fallen(now, before) == ["all: first: 80.0 %, was 90.0 %", "style=story: first: 50.0 %, was 100.0 %"]


def test_a_new_slice_and_a_new_measure_have_nothing_to_fall_from() -> None:
    now = figures({"style=new": {"first": Rate(0, 9)}}, first=Rate(0, 9))
    assert fallen(now, figures()) == []


def test_how_deep_a_fall_counts_can_be_said() -> None:
    now, before = figures(first=Rate(90, 100)), figures(first=Rate(93, 100))
    assert fallen(now, before, points=2.5)
    assert not fallen(now, before, points=3.0)


@given(st.integers(0, 200), st.integers(1, 200), st.sampled_from([one.name for one in MEASURES]))
def test_nothing_falls_from_itself(hits: int, more: int, name: str) -> None:
    same = msgspec.structs.replace(figures(), rates={name: Rate(hits, hits + more)})
    assert fallen(same, same) == []


# Figures kept in a file


def test_figures_survive_being_written_and_read(tmp_path: Path, outcome: MakeOutcome) -> None:
    path, made = tmp_path / "before.json", measure([outcome(RIGHT), outcome(OTHER)])
    path.write_bytes(msgspec.json.encode(made))
    assert read_figures(path) == made


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"{", "truncated"), (b"[]", "Expected `object`"), (b"{}", "missing required field"), (b"\xff\xfe", "malformed")],
    ids=["cut off", "a list", "another file", "not UTF-8"],
)
def test_a_file_that_holds_no_figures_is_refused_by_name(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "before.json"
    path.write_bytes(content)
    with pytest.raises(FiguresError) as refused:
        read_figures(path)
    assert str(path) in str(refused.value)
    assert reason.lower() in str(refused.value).lower()
    assert "evaluate --json" in str(refused.value)


def test_figures_that_are_not_there_are_named(tmp_path: Path) -> None:
    with pytest.raises(FiguresError, match=r"none\.json: cannot be read: No such file"):
        read_figures(tmp_path / "none.json")
