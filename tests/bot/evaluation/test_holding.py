"""Holding a run against a baseline: what is told, what is written, and when nothing is."""

from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from bot.evaluation.baseline import Baseline, BaselineError, read_baseline, write_baseline
from bot.evaluation.holding import hold_against
from bot.evaluation.measures import Figures
from bot.evaluation.rates import Percentile, Rate

TIME = Percentile(1.0, 1.0, 1.0)
LOWER, SAME, HIGHER = ({"all": {"first": (hits, 200)}} for hits in (180, 190, 198))
NOW = Figures(200, {"first": Rate(190, 200)}, {}, TIME, TIME)


class Held:
    """A run held against what stands in the file."""

    def __init__(self, path: Path, before: Baseline | None, now: Figures = NOW, *, is_writing: bool = False) -> None:
        if before:
            write_baseline(path, before)
        told = StringIO()
        self.is_held = hold_against(path, before, now, Console(file=told, width=200), is_writing=is_writing)
        self.told, self.path = told.getvalue(), path

    @property
    def kept(self) -> dict[str, dict[str, tuple[int, int]]]:
        return read_baseline(self.path).figures


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "best.json"


def test_the_first_baseline_is_what_was_reached(path: Path) -> None:
    held = Held(path, None, is_writing=True)
    assert (held.is_held, held.kept) == (True, SAME)
    assert held.told == f"{path}: written\n"


@pytest.mark.parametrize("is_writing", [False, True], ids=["comparing", "writing"])
def test_after_a_fall_the_file_is_left_as_it_is(path: Path, is_writing: bool) -> None:
    held = Held(path, Baseline(200, HIGHER), is_writing=is_writing)
    assert (held.is_held, held.kept) == (False, HIGHER)
    assert "fallen  all: first: 95.0 % (190 of 200), was 99.0 % (198 of 200)" in held.told
    assert "remove the baseline file, write it anew" in held.told


def test_what_has_risen_is_only_noted_while_comparing(path: Path) -> None:
    held = Held(path, Baseline(200, LOWER))
    assert (held.is_held, held.kept) == (True, LOWER)
    assert held.told == "1 figures have risen: add --write-baseline to hold them\n"


def test_what_has_risen_is_told_and_raised_when_writing(path: Path) -> None:
    held = Held(path, Baseline(200, LOWER), is_writing=True)
    assert (held.is_held, held.kept) == (True, SAME)
    assert "risen   all: first: 95.0 % (190 of 200), was 90.0 % (180 of 200)" in held.told


def test_nothing_is_told_where_nothing_has_changed(path: Path) -> None:
    assert Held(path, Baseline(200, SAME)).told == ""


def test_a_small_loss_does_not_lower_the_file(path: Path) -> None:
    slightly = {"all": {"first": (191, 200)}}
    held = Held(path, Baseline(200, slightly), is_writing=True)
    assert (held.is_held, held.kept) == (True, slightly)


def test_other_questions_are_noted(path: Path) -> None:
    assert "was written over 448 questions, these are 200" in Held(path, Baseline(448, SAME)).told


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(BaselineError, match="cannot be written"):
        Held(tmp_path / "nowhere" / "best.json", None, is_writing=True)
