"""`motcua evaluate`: what an operator reads, what a script reads, and how it ends."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.evaluation.baseline import Baseline, read_baseline, write_baseline
from bot.evaluation.measures import MEASURES
from bot.settings import Settings
from knowledge.database import DatabaseUnavailableError

BIRTH = "1.001193"
QUESTIONS = (
    {"id": "q1", "text": "làm giấy khai sinh cho con cần giấy tờ gì", "aspect": "documents", "gold": [BIRTH]},
    {"id": "q2", "text": "cảm ơn [/b] ad", "kind": "chitchat", "style": "[bold]"},
    {"id": "q3", "text": "[red]đăng ký tạm trú[/x]", "gold": ["9.999999"]},
    {"id": "q4", "text": "đăng ký nuôi rồng", "kind": "procedure", "gold": []},
)


BAD = [{"id": f"n{at}", "text": "đăng ký khai sinh cho con", "kind": "chitchat", "style": "typos"} for at in (1, 2)]
WITH_BAD = "\n".join(map(json.dumps, (*QUESTIONS, *BAD)))
FALLING = Baseline(6, {"all": {"first": (0, 2)}, "style=typos": {"not ours, not answered": (2, 2)}})
FALLEN = ["fallen  style=typos: not ours"]


class Ended:
    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def words(self) -> str:
        """What was printed, however the terminal broke its lines."""
        return " ".join(self.out.split())


Evaluate = Callable[..., Ended]


@pytest.fixture(scope="module")
def evaluate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Evaluate]:
    """Evaluate questions (lines of a file) in this process, over the starter catalogue."""
    folder = tmp_path_factory.mktemp("evaluate")
    path = folder / "questions.jsonl"

    def evaluate(*options: str, questions: str = "\n".join(map(json.dumps, QUESTIONS))) -> Ended:
        path.write_text(questions, "utf-8")
        result = CliRunner().invoke(app, ["evaluate", str(path), *options], catch_exceptions=False)
        return Ended(result.exit_code, result.stdout, result.stderr)

    with pytest.MonkeyPatch.context() as patch:
        for name in Settings.model_fields:
            patch.delenv(f"MOTCUA_{name.upper()}", raising=False)
        patch.setenv("MOTCUA_DATA_DIR", str(folder / "data"))
        patch.setenv("COLUMNS", "200")
        yield evaluate


@pytest.fixture(scope="module")
def told(evaluate: Evaluate) -> Ended:
    """A run with everything that is told to people."""
    return evaluate("--misses", "--leave-one-out")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the run for scripts leaves its baseline."""
    return tmp_path_factory.mktemp("written") / "best.json"


@pytest.fixture(scope="module")
def printed(evaluate: Evaluate, written: Path) -> Ended:
    """A run for scripts."""
    return evaluate("--json", "--baseline", str(written), "--write-baseline")


def test_every_measure_is_printed_with_its_figure_and_its_target(told: Ended) -> None:
    assert told.code == 0
    assert "4 questions" in told.out
    for one in (one for one in MEASURES if one.target is not None):
        target = f"{'≤' if one.is_cost else '≥'} {100 * (one.target or 0):g} %"
        rows = [line for line in told.out.splitlines() if f" {one.name} " in line]
        assert any(target in row for row in rows), one.name


def test_slices_are_printed_as_they_are_called(told: Ended) -> None:
    assert "style=[bold]" in told.out
    assert "level=commune" in told.out


def test_what_is_confused_is_told_with_names(told: Ended) -> None:
    assert "1.004194 before 9.999999 1x" in told.words
    assert "9.999999 not in the catalogue" in told.words


def test_misses_are_listed_as_written_with_what_was_wanted_and_what_came(told: Ended) -> None:
    assert "q3 '[red]đăng ký tạm trú[/x]': first, " in told.words
    assert "wanted 9.999999 (general); got " in told.words


def test_leaving_one_out_counts_the_questions_about_a_procedure_that_is_there(told: Ended, printed: Ended) -> None:
    (row,) = (line for line in told.out.splitlines() if "twin, record away" in line)
    assert "/ 1 " in row
    assert "twin, record away" not in printed.out


def test_figures_as_json_are_all_that_is_printed(printed: Ended) -> None:
    told = json.loads(printed.out)
    assert told["questions"] == 4
    assert (told["measures"]["first"]["hits"], told["measures"]["first"]["total"]) == (1, 2)
    assert "kind=chitchat" in told["slices"]
    assert {"q3", "q1"} & {miss["id"] for miss in told["misses"]} == {"q3"}


# A baseline


@pytest.fixture
def best(tmp_path: Path) -> Path:
    return tmp_path / "best.json"


def test_the_first_baseline_is_written_and_the_same_run_meets_it(
    evaluate: Evaluate, printed: Ended, written: Path
) -> None:
    assert (printed.code, read_baseline(written).questions) == (0, 4)
    held = evaluate("--baseline", str(written))
    assert (held.code, "fallen" in held.err, "risen" in held.err) == (0, False, False)


def test_a_fall_fails_by_name_and_the_figures_are_printed_all_the_same(evaluate: Evaluate, best: Path) -> None:
    write_baseline(best, FALLING)
    ended = evaluate("--json", "--baseline", str(best), questions=WITH_BAD)
    assert ended.code == 1
    assert [line.split(",")[0] for line in ended.err.splitlines() if line.startswith("fallen")] == FALLEN
    assert json.loads(ended.out)["questions"] == 6


def test_writing_needs_a_file(evaluate: Evaluate) -> None:
    ended = evaluate("--write-baseline")
    assert (ended.code, ended.out) == (2, "")
    assert "--baseline FILE" in ended.err


@pytest.mark.parametrize("content", [None, "{", '{"questions": "many"}'], ids=["missing", "cut off", "of another kind"])
def test_a_baseline_that_cannot_be_used_is_said_before_anything_is_asked(
    evaluate: Evaluate, tmp_path: Path, content: str | None
) -> None:
    before = tmp_path / "[before].json"
    if content is not None:
        before.write_text(content, "utf-8")
    ended = evaluate("--baseline", str(before))
    assert (ended.code, ended.out) == (2, "")
    assert "[before].json" in ended.err.replace("\n", "")


@pytest.mark.parametrize(
    ("content", "says"),
    [("", "no questions"), ('{"id": "a", "text": "t"}\n{"id": "b"}', "line 2"), ("khong phai json", "line 1")],
    ids=["an empty file", "a line without a text", "no JSON"],
)
def test_a_bad_file_is_named_with_its_line(evaluate: Evaluate, content: str, says: str) -> None:
    ended = evaluate(questions=content)
    assert (ended.code, ended.out) == (2, "")
    assert "questions.jsonl" in ended.err.replace("\n", "")
    assert says in ended.err.replace("\n", " ")


def test_a_folder_that_cannot_be_used_is_no_trace_for_the_operator(
    evaluate: Evaluate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").write_text("a file in its place")
    monkeypatch.setenv("MOTCUA_DATA_DIR", str(tmp_path / "data"))
    with pytest.raises(DatabaseUnavailableError, match="Check that"):  # `main` makes one sentence of it
        evaluate()
