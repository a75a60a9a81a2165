"""The `motcua` command: what people type, what they read, how it ends."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from bot.__main__ import app
from bot.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
QUESTION = "lam giay khai sinh cho con can giay to gi"


class Ended:
    """How a command ended."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


Run = Callable[..., Ended]


@pytest.fixture
def environment(tmp_path: Path, starter_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As after the first start."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"MOTCUA_{name.upper()}", raising=False)
    monkeypatch.setenv("MOTCUA_DATA_DIR", str(tmp_path / "data"))
    (tmp_path / "data").mkdir()
    copyfile(starter_file, tmp_path / "data" / "motcua.sqlite3")


@pytest.fixture
def run(environment: None) -> Run:
    """Run a command in this process."""

    def run(*words: str, typed: str = "") -> Ended:
        result = CliRunner().invoke(app, words, input=typed, catch_exceptions=False)
        return Ended(result.exit_code, result.stdout, result.stderr)

    return run


@pytest.fixture
def program(environment: None) -> Run:
    """Run a command as a program of its own, as people do."""

    def program(*words: str, typed: str = "", **variables: str) -> Ended:
        done = subprocess.run(
            [sys.executable, "-m", "bot", *words],
            cwd=ROOT,
            env={**os.environ, **variables},
            input=typed,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        return Ended(done.returncode, done.stdout, done.stderr)

    return program


# Help


def every_command(command: Any, path: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], Any]]:
    """By what they have, not by class: typer may bring a click of its own."""
    children = getattr(command, "commands", {}).items()
    return [(path, command), *(leaf for name, child in children for leaf in every_command(child, (*path, name)))]


@pytest.mark.parametrize(
    "path",
    [path for path, _ in every_command(typer.main.get_command(app))],
    ids=lambda path: " ".join(path) or "motcua",
)
def test_every_command_explains_itself(run: Run, path: tuple[str, ...]) -> None:
    ended = run(*path, "--help")
    assert ended.code == 0
    assert "Usage:" in ended.out


def test_every_option_has_a_help_text() -> None:
    for path, command in every_command(typer.main.get_command(app)):
        for parameter in command.params:
            if parameter.param_type_name == "option" and parameter.name != "help":
                assert parameter.help, f"{' '.join(path)} {parameter.name}"


def test_the_commands_of_the_design_are_there() -> None:
    names = {path[0] for path, _ in every_command(typer.main.get_command(app)) if path}
    assert {"serve", "chat", "ask", "evaluate", "doctor", "catalogue"} <= names


def test_without_a_command_the_help_is_shown(run: Run) -> None:
    assert "Usage:" in run().out + run().err


def test_the_version_is_told(run: Run) -> None:
    ended = run("--version")
    assert ended.code == 0
    assert ended.out.startswith("motcua ")


# ask


def test_a_question_is_answered_in_words(run: Run) -> None:
    ended = run("ask", QUESTION)
    assert ended.code == 0
    assert "Giấy chứng sinh" in ended.out
    assert "Theo Quyết định" in ended.out
    assert "[1] " in ended.out


def test_a_question_may_be_typed_without_quotes(run: Run) -> None:
    assert "Giấy chứng sinh" in run("ask", *QUESTION.split()).out


def test_json_has_the_keys_of_the_contract_and_the_choices(run: Run) -> None:
    row = json.loads(run("ask", QUESTION, "--json").out)
    assert list(row)[:7] == ["ending", "family", "procedures", "faq", "aspect", "confidence", "text"]
    assert row["procedures"][0] == "1.001193"
    assert {"label", "action", "url"} == set(row["choices"][0])


def test_json_stays_json_beside_an_explanation(run: Run) -> None:
    ended = run("ask", QUESTION, "--json", "--explain")
    assert json.loads(ended.out)["family"] == "answer"
    assert "confidence" in ended.err


def test_an_explanation_follows_the_answer_and_names_the_candidates(run: Run) -> None:
    out = run("ask", QUESTION, "--explain").out
    told = " ".join(out.split())
    assert out.index("Giấy chứng sinh") < out.index("candidates")
    assert "1 1.001193 " in told
    assert "ending procedure (family answer)" in told
    assert "by_confidence procedure" in told


def test_the_commune_may_be_named(run: Run) -> None:
    assert "Xã Vĩnh Bảo" in run("ask", QUESTION, "--commune", "Vĩnh Bảo").out


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("a question", "--batch", "in.jsonl", "--out", "out.jsonl"),
        ("--batch", "in.jsonl"),
        ("a", "--out", "out.jsonl"),
    ],
    ids=["nothing", "both", "no out", "out without batch"],
)
def test_half_a_request_is_refused_with_an_example(run: Run, words: tuple[str, ...]) -> None:
    ended = run("ask", *words)
    assert ended.code == 2
    assert "motcua ask --batch IN.jsonl --out OUT.jsonl" in ended.err


def test_a_file_of_questions_gives_a_file_of_answers(run: Run, tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(json.dumps({"id": 1, "text": QUESTION}) + "\n", "utf-8")
    ended = run("ask", "--batch", str(source), "--out", str(out))
    assert ended.code == 0
    assert json.loads(out.read_text("utf-8"))["procedures"][0] == "1.001193"
    assert ended.out == ""
    assert f"1 answered: {out}" in ended.err


def test_bad_lines_are_told_by_number_and_the_rest_is_answered(run: Run, tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text('{"id": 1, "text": "cảm ơn"}\nkhông phải json\n{"id": 3, "text": "alo"}\n', "utf-8")
    ended = run("ask", "--batch", str(source), "--out", str(out))
    assert ended.code == 1
    assert f"{source} line 2: JSON is malformed" in ended.err
    assert [json.loads(line)["id"] for line in out.read_text("utf-8").splitlines()] == [1, 3]


@pytest.mark.parametrize("missing", ["source", "folder"])
def test_a_file_that_cannot_be_opened_is_told(run: Run, tmp_path: Path, missing: str) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    if missing == "folder":
        source.write_text('{"id": 1, "text": "alo"}\n', "utf-8")
        out = tmp_path / "nowhere" / "out.jsonl"
    ended = run("ask", "--batch", str(source), "--out", str(out))
    assert ended.code == 2
    assert "No such file or directory" in ended.err
    assert "Check that" in ended.err


# chat


def test_a_talk_in_the_terminal(run: Run) -> None:
    ended = run("chat", "--commune", "Vĩnh Bảo", typed=f"{QUESTION}\nthoát\n")
    assert ended.code == 0
    assert "Giấy chứng sinh" in ended.out
    assert "Tạm biệt bạn." in ended.out


# doctor


def test_the_doctor_of_a_fit_installation_ends_well(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTCUA_PORT", "0")
    ended = run("doctor")
    assert ended.code == 0
    assert "database" in ended.out
    assert "remedy" in ended.out


def test_the_doctor_of_a_broken_one_does_not(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTCUA_DATABASE_URL", "mysql://user@host/motcua")
    ended = run("doctor")
    assert ended.code == 1
    assert "BROKEN" in ended.out


def test_the_doctor_speaks_json_too(run: Run) -> None:
    findings = json.loads(run("doctor", "--json").out)
    assert {"what", "state", "found", "remedy"} == set(findings[0])


# Known failures are a sentence, not a trace


@pytest.mark.parametrize("words", [("ask", "alo"), ("chat",), ("serve",)], ids=lambda words: words[0])
def test_an_unusable_database_is_told_with_its_remedy(program: Run, words: tuple[str, ...]) -> None:
    ended = program(*words, MOTCUA_DATABASE_URL="mysql://user@host/motcua", MOTCUA_PORT="0")
    assert ended.code == 2
    assert "SQLite or PostgreSQL" in ended.err
    assert "Traceback" not in ended.err


def test_a_read_only_place_is_told(program: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    ended = program("ask", "alo", MOTCUA_DATA_DIR=str(tmp_path / "file" / "data"))
    assert ended.code == 2
    assert "MOTCUA_DATA_DIR" in ended.err
    assert "Traceback" not in ended.err


def test_a_setting_that_cannot_be_is_named(program: Run) -> None:
    ended = program("serve", MOTCUA_PORT="99999999")
    assert ended.code == 2
    assert ended.err.startswith("MOTCUA_PORT: ")


def test_a_taken_port_is_told_with_another(program: Run, taken_port: int) -> None:
    ended = program("serve", "--port", str(taken_port))
    assert ended.code == 2
    assert f"127.0.0.1:{taken_port}" in ended.err
    assert "motcua serve --port" in ended.err
    assert "Traceback" not in ended.err
