"""The quality of answers does not fall: labelled questions are asked, and held against the baselines of bench/.

A red test names the slice and the measure. Figures that have risen are held by the command in its message.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.app import App, build_app
from bot.evaluation.baseline import fallen, read_baseline
from bot.evaluation.labelled import read_labelled
from bot.evaluation.measures import measure
from bot.evaluation.outcome import ask_all
from bot.settings import Settings

BENCH = Path(__file__).resolve().parents[3] / "bench"
OWN = sorted((BENCH / "questions" / "exam").glob("*.jsonl"))
SEE = "see bench/README.md, Baselines: motcua evaluate … --leave-one-out --misses --baseline bench/baselines/{name}"


@pytest.fixture
def starter_app(tmp_path: Path) -> Iterator[App]:
    yield from app_over(tmp_path)


@pytest.fixture
def whole_app(whole_catalogue: Path) -> Iterator[App]:
    yield from app_over(whole_catalogue)


def app_over(folder: Path) -> Iterator[App]:
    settings = Settings(data_dir=folder, database_url="", secret="for tests", commune="")
    app = build_app(settings, is_recording=False)
    yield app
    app.close()


def what_has_fallen(paths: list[Path], app: App, name: str, *, leaving_out: bool = False) -> str:
    baseline, questions = read_baseline(BENCH / "baselines" / name), read_labelled(paths)
    assert len(questions) == baseline.questions, f"other questions than those of the baseline; {SEE.format(name=name)}"
    worse = fallen(measure(list(ask_all(questions, app, leaving_out=leaving_out))), baseline)
    return "\n".join([*map(str, worse), SEE.format(name=name)]) if worse else ""


def test_the_exam_over_the_starter_catalogue(starter_app: App) -> None:
    assert what_has_fallen(OWN, starter_app, "starter.json") == ""


@pytest.mark.slow
def test_the_public_questions_over_the_whole_catalogue(whole_app: App, shared: Path) -> None:
    paths = [shared / "questions" / name for name in ("dev.jsonl", "real_dev.jsonl")]
    assert what_has_fallen(paths, whole_app, "public.json", leaving_out=True) == ""
