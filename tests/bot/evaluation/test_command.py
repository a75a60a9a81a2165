"""`motcua evaluate`: what an operator reads, what a script reads, and how it ends."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.evaluation.measures import MEASURES, Figures, Rate
from bot.settings import Settings

BIRTH = "1.001193"
QUESTIONS = (
    {"id": "q1", "text": "làm giấy khai sinh cho con cần giấy tờ gì", "aspect": "documents", "gold": [BIRTH]},
    {"id": "q2", "text": "cảm ơn [/b] ad", "kind": "chitchat", "style": "[bold]"},
    {"id": "q3", "text": "đăng ký tạm trú", "gold": ["9.999999"]},
)


class Ended:
    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def words(self) -> str:
        """What was printed, however the terminal broke its lines."""
        return " ".join(self.out.split())


Evaluate = Callable[..., Ended]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("evaluate")


@pytest.fixture
def evaluate(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Evaluate:
    """Evaluate questions (lines of a file) in this process, over the starter catalogue."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"MOTCUA_{name.upper()}", raising=False)
    monkeypatch.setenv("MOTCUA_DATA_DIR", str(data))
    monkeypatch.setenv("COLUMNS", "200")

    def evaluate(*options: str, questions: tuple[dict[str, Any], ...] | str = QUESTIONS) -> Ended:
        path = tmp_path / "questions.jsonl"
        lines = questions if isinstance(questions, str) else "\n".join(map(json.dumps, questions))
        path.write_text(lines, "utf-8")
        result = CliRunner().invoke(app, ["evaluate", str(path), *options], catch_exceptions=False)
        return Ended(result.exit_code, result.stdout, result.stderr)

    return evaluate


def figures(first: Rate, wrong: Rate) -> bytes:
    rates = {"first": first, "answered and wrong": wrong}
    return msgspec.json.encode(Figures(100, rates, {}, 1.0, 2.0))


def test_every_measure_is_printed_with_its_figure_and_its_target(evaluate: Evaluate) -> None:
    ended = evaluate()
    assert ended.code == 0
    assert "3 questions" in ended.out
    for one in MEASURES:
        (line,) = [
            line for line in ended.out.splitlines() if f" {one.name} " in line and "%" in line and "target" not in line
        ][:1]
        assert f"{'≤' if one.is_cost else '≥'} {100 * one.target:g} %" in line


def test_slices_are_printed_as_they_are_called(evaluate: Evaluate) -> None:
    assert "style=[bold]" in evaluate().out


def test_what_is_confused_is_told(evaluate: Evaluate) -> None:
    assert "1 times 1.004194 before 9.999999" in evaluate().words


def test_figures_as_json_are_all_that_is_printed(evaluate: Evaluate) -> None:
    ended = evaluate("--json")
    printed = msgspec.json.decode(ended.out, type=Figures)
    assert printed.questions == 3
    assert printed.rates["first"] == Rate(1, 2)
    assert "kind=chitchat" in printed.sliced


def test_misses_are_listed_with_what_was_wanted_and_what_came(evaluate: Evaluate) -> None:
    ended = evaluate("--misses")
    assert "q3 'đăng ký tạm trú': wanted 9.999999; got answer" in ended.words
    assert "q1 " not in ended.words


def test_a_question_with_brackets_is_listed_as_written(evaluate: Evaluate) -> None:
    question = {"id": "q9", "text": "[red]đăng ký tạm trú[/x]", "gold": ["9.999999"]}
    assert "'[red]đăng ký tạm trú[/x]'" in evaluate("--misses", questions=(question,)).words


def test_leaving_one_out_counts_the_questions_about_a_procedure(evaluate: Evaluate) -> None:
    nobodys = {"id": "q4", "text": "đăng ký nuôi rồng", "kind": "procedure", "gold": []}
    ended = evaluate("--leave-one-out", questions=(*QUESTIONS, nobodys))
    assert "of 2 would be answered with another procedure" in ended.words


@pytest.mark.parametrize(
    ("first", "wrong", "code"),
    [
        pytest.param(Rate(1, 2), Rate(1, 3), 0, id="as before"),
        pytest.param(Rate(0, 2), Rate(3, 3), 0, id="better than before"),
        pytest.param(Rate(2, 2), Rate(1, 3), 1, id="a floor fallen"),
        pytest.param(Rate(1, 2), Rate(0, 3), 1, id="a cost risen"),
    ],
)
def test_a_fall_below_earlier_figures_fails(
    evaluate: Evaluate, tmp_path: Path, first: Rate, wrong: Rate, code: int
) -> None:
    before = tmp_path / "before.json"
    before.write_bytes(figures(first, wrong))
    ended = evaluate("--json", "--baseline", str(before))
    assert ended.code == code
    assert ("fallen  all: " in ended.err) is bool(code)
    assert msgspec.json.decode(ended.out, type=Figures).questions == 3


def test_the_figures_of_a_run_are_a_baseline_that_the_same_run_meets(evaluate: Evaluate, tmp_path: Path) -> None:
    before = tmp_path / "before.json"
    before.write_text(evaluate("--json").out, "utf-8")
    ended = evaluate("--baseline", str(before))
    assert (ended.code, "fallen" in ended.err) == (0, False)


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
    from knowledge.database import DatabaseUnavailableError

    (tmp_path / "data").write_text("a file in its place")
    monkeypatch.setenv("MOTCUA_DATA_DIR", str(tmp_path / "data"))
    with pytest.raises(DatabaseUnavailableError, match="Check that"):  # `main` makes one sentence of it
        evaluate()
