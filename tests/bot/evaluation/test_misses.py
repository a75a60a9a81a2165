"""The list of failures: every question that missed a measure, and what it missed."""

import pytest

from bot.conversation.messages import Family
from bot.evaluation.left_out import LeftOut
from bot.evaluation.misses import SHOWN, misses
from bot.evaluation.outcome import Outcome

from .conftest import OTHER, RIGHT, THIRD, MakeOutcome, make_outcome


@pytest.mark.parametrize(
    ("outcome", "missed"),
    [
        pytest.param(
            make_outcome(OTHER, RIGHT), ("first", "answered and wrong", "answered at once"), id="another one answered"
        ),
        pytest.param(make_outcome(RIGHT, family=Family.CHOOSE), ("answered at once",), id="asked back"),
        pytest.param(make_outcome(RIGHT, aspect="fee", asks="time"), ("aspect",), id="the aspect misheard"),
        pytest.param(
            make_outcome(RIGHT, family=Family.DECLINE), ("wrongly declined", "answered at once"), id="declined"
        ),
        pytest.param(
            make_outcome(RIGHT, kind="chitchat", gold=()),
            ("answered and wrong", "not ours, not answered"),
            id="small talk answered",
        ),
        pytest.param(
            make_outcome(OTHER, kind="followup"), ("answered and wrong", "follow-up right"), id="a lost subject"
        ),
        pytest.param(
            make_outcome(family=Family.DECLINE, kind="status", gold=()), ("status recognised",), id="a dossier missed"
        ),
        pytest.param(
            make_outcome(RIGHT, left_out=LeftOut(OTHER, OTHER)),
            ("twin, record away", "twin, wordings away too"),
            id="a twin",
        ),
    ],
)
def test_a_miss_names_the_measures_missed(outcome: Outcome, missed: tuple[str, ...]) -> None:
    (miss,) = misses([outcome])
    assert miss.missed == missed


def test_what_went_well_is_not_listed(outcome: MakeOutcome) -> None:
    good = [outcome(RIGHT), outcome(family=Family.DECLINE, kind="chitchat", gold=()), outcome(RIGHT, kind="followup")]
    assert misses(good) == []


def test_misses_keep_the_order_in_which_they_were_asked(outcome: MakeOutcome) -> None:
    assert [miss.id for miss in misses([outcome(OTHER, id=name) for name in "bac"])] == ["b", "a", "c"]


def test_a_miss_says_itself_with_what_was_wanted_and_what_came(outcome: MakeOutcome) -> None:
    (miss,) = misses([outcome(OTHER, THIRD, asks="fee", aspect="time", confidence=0.812)])
    assert str(miss).splitlines() == [
        "q 'đăng ký nuôi trâu': first, in first three, answered and wrong, answered at once, aspect",
        f"    wanted {RIGHT} (fee); got procedure 0.81 {OTHER}, {THIRD} (time)",
    ]


def test_a_twin_is_named_once(outcome: MakeOutcome) -> None:
    (miss,) = misses([outcome(RIGHT, left_out=LeftOut(OTHER, OTHER))])
    assert str(miss).endswith(f"; twins when left out: {OTHER}")


def test_nothing_wanted_and_nothing_found_are_said(outcome: MakeOutcome) -> None:
    (miss,) = misses([outcome(family=Family.ANSWER, kind="chitchat", gold=())])
    assert "wanted no procedure" in str(miss)
    assert "0.90 no procedure" in str(miss)


def test_a_long_story_is_cut_and_its_line_stays_one_line(outcome: MakeOutcome) -> None:
    (miss,) = misses([outcome(OTHER, text="chuyện dài\n" * 300)])
    assert len(str(miss).splitlines()) == 2
    assert len(str(miss)) < SHOWN + 300
    assert len(miss.text) > SHOWN
