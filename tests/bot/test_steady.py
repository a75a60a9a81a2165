"""What the process does to stay quick: while something large is built only then, and in a server for good."""

import gc
import sys
import weakref
from collections.abc import Iterator

import pytest

from bot.steady import TURN, beside_answers, settle

USUAL = 0.005  # seconds: Python's own


class Circle:
    """Refers to itself: only the collector frees it."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    turn = sys.getswitchinterval()
    sys.setswitchinterval(USUAL)  # whatever was tested before
    yield
    gc.enable()
    gc.unfreeze()
    sys.setswitchinterval(turn)


def test_threads_take_short_turns_while_something_is_built_and_the_usual_ones_afterwards() -> None:
    usual = sys.getswitchinterval()
    with beside_answers():
        assert sys.getswitchinterval() == pytest.approx(TURN)
    assert sys.getswitchinterval() == usual > TURN


def test_two_that_build_at_once_leave_all_as_it_was_before_the_first() -> None:
    usual = sys.getswitchinterval()
    first, second = beside_answers(), beside_answers()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert (gc.isenabled(), sys.getswitchinterval()) == (False, pytest.approx(TURN))
    second.__exit__(None, None, None)
    assert (gc.isenabled(), sys.getswitchinterval()) == (True, usual)


def test_the_collector_rests_meanwhile_and_works_again_afterwards() -> None:
    with beside_answers():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_all_is_as_before_when_building_fails() -> None:
    usual = sys.getswitchinterval()
    with pytest.raises(ZeroDivisionError), beside_answers():
        _ = 1 / 0
    assert (gc.isenabled(), sys.getswitchinterval()) == (True, usual)


def test_a_collector_that_somebody_turned_off_stays_off() -> None:
    gc.disable()
    with beside_answers():
        pass
    assert not gc.isenabled()


@pytest.mark.parametrize("by", ["settling", "building"])
def test_what_was_built_is_out_of_the_collectors_sight(by: str) -> None:
    before = gc.get_freeze_count()
    if by == "settling":
        settle()
    else:
        with beside_answers():
            pass
    assert gc.get_freeze_count() > before + 1_000


def test_what_was_built_is_freed_when_nobody_refers_to_it_any_more() -> None:
    with beside_answers():
        built = [set(range(10))]
        seen = weakref.ref(built[0])
    del built
    assert seen() is None


def test_circles_made_later_are_collected_as_ever() -> None:
    settle()
    circle = Circle()
    seen = weakref.ref(circle)
    del circle
    gc.collect()
    assert seen() is None


def test_a_server_takes_short_turns_from_then_on() -> None:
    settle()
    assert sys.getswitchinterval() == pytest.approx(TURN)
    with beside_answers():
        assert sys.getswitchinterval() == pytest.approx(TURN)
    assert sys.getswitchinterval() == pytest.approx(TURN)


def test_settling_first_frees_what_is_of_no_use() -> None:
    circle = Circle()
    seen = weakref.ref(circle)
    del circle
    settle()
    assert seen() is None
