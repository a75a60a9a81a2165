"""What each measure counts and how a run is sliced, on outcomes made by hand."""

import pytest

from bot.conversation.messages import Family
from bot.evaluation.left_out import LeftOut
from bot.evaluation.measures import MEASURES, Measure, measure
from bot.evaluation.outcome import Outcome
from bot.evaluation.rates import Rate

from .conftest import OTHER, RIGHT, THIRD, MakeOutcome, make_outcome


def rates(*outcomes: Outcome) -> dict[str, tuple[int, int]]:
    return {name: (rate.hits, rate.total) for name, rate in measure(outcomes).rates.items()}


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
            make_outcome(OTHER, style="published"),
            {
                "first": (0, 1),
                "first, with diacritics": (0, 1),
                "first, without": (0, 0),
                "first, long stories": (0, 0),
            },
            id="published: with diacritics",
        ),
        pytest.param(
            make_outcome(RIGHT, style="typos"),
            {"first, with diacritics": (0, 0), "first, teencode and typos": (1, 1)},
            id="typos, beside teencode",
        ),
        pytest.param(
            make_outcome(RIGHT, left_out=LeftOut("", OTHER)),
            {"twin, record away": (0, 1), "twin, wordings away too": (1, 1)},
            id="a twin where nobody knows the procedure any more",
        ),
        pytest.param(
            make_outcome(RIGHT),
            {"twin, record away": (0, 0), "twin, wordings away too": (0, 0)},
            id="nothing was left out",
        ),
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
    assert (figures.questions, figures.median.value, figures.p99.value) == (101, 50.0, 99.0)


@pytest.mark.parametrize("one", [one for one in MEASURES if one.target is not None], ids=lambda one: one.name)
def test_a_target_is_met_at_its_own_value_and_missed_beyond(one: Measure) -> None:
    at, step = round(1000 * (one.target or 0)), -1 if not one.is_cost else 1
    assert one.is_met_by(Rate(at, 1000)) is True
    assert one.is_met_by(Rate(at + step, 1000)) is False


def test_nothing_is_met_where_nothing_was_counted_or_wanted() -> None:
    by_name = {one.name: one for one in MEASURES}
    assert by_name["aspect"].is_met_by(Rate(0, 0)) is None
    assert by_name["first"].is_met_by(Rate(1, 2)) is None


def test_the_targets_are_those_that_were_set() -> None:
    assert {one.name: one.target for one in MEASURES if one.name.startswith("first,")} == {
        "first, with diacritics": 0.96,
        "first, without": 0.94,
        "first, teencode and typos": 0.90,
        "first, long stories": 0.85,
    }


def test_what_is_a_cost_is_known() -> None:
    assert {one.name for one in MEASURES if one.is_cost} == {
        "answered and wrong", "wrongly declined", "twin, record away", "twin, wordings away too"
    }  # fmt: skip


@pytest.mark.parametrize("one", MEASURES, ids=lambda one: one.name)
def test_no_outcome_is_counted_that_a_measure_is_not_about(one: Measure) -> None:
    status = make_outcome(RIGHT, kind="status", gold=())
    assert one.is_missed_by(status) is (one.name in {"answered and wrong", "status recognised"})


# Slices


def test_figures_are_sliced_by_style_kind_and_aspect_of_the_question(outcome: MakeOutcome) -> None:
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


def test_figures_are_sliced_by_level_and_field_of_the_right_procedure(outcome: MakeOutcome) -> None:
    figures = measure(
        [
            outcome(RIGHT, field="Hộ tịch", level="commune"),
            outcome(OTHER, field="Hộ tịch", level="province"),
            outcome(kind="chitchat", gold=(), family=Family.DECLINE),
        ]
    )
    places = [place for place in figures.sliced if place.startswith(("field=", "level="))]
    assert places == ["level=commune", "level=province", "field=Hộ tịch"]
    assert figures.sliced["field=Hộ tịch"]["first"] == Rate(1, 2)


def test_a_measure_of_some_styles_is_a_slice_already_and_is_not_sliced(outcome: MakeOutcome) -> None:
    figures = measure([outcome(RIGHT, style="story")])
    assert figures.rates["first, long stories"] == Rate(1, 1)
    assert "first, long stories" not in figures.sliced["kind=procedure"]


def test_the_whole_comes_before_its_slices(outcome: MakeOutcome) -> None:
    figures = measure([outcome(RIGHT)])
    assert [place for place, _ in figures.places()][:2] == ["all", "style=clean"]
