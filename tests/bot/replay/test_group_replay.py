"""`motcua group-replay`: manners of groups measured on recorded days."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.__main__ import app as command
from bot.app import App, build_app
from bot.replay.figures import Figures, counted
from bot.replay.lines import ReplayError, read_lines
from bot.replay.replaying import replay
from bot.settings import Settings

DAYS = Path(__file__).resolve().parents[2] / "files" / "groups" / "two_days.jsonl"  # invented, labelled by hand
KEYS = ["day", "seq", "spoke", "ending", "reason", "procedures", "text"]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    folder = tmp_path_factory.mktemp("replay")
    app = build_app(Settings(data_dir=folder, database_url="", commune=""), is_recording=False)
    yield app
    app.close()


def figures_of(path: Path, app: App) -> Figures:
    figures = Figures()
    for each in replay(read_lines(path), app):
        figures = counted(figures, each)
    return figures


def test_invented_days_are_answered_and_left_in_peace(app: App) -> None:
    """With the starter catalogue two of the procedures asked for are not there to be found."""
    figures = figures_of(DAYS, app)
    assert figures.messages == 86
    assert figures.answered >= 0.9 * figures.asked
    assert figures.intruded == 0
    assert figures.leaks == 0


@pytest.mark.slow
def test_the_simulated_days_are_answered_and_left_in_peace(shared: Path, whole_catalogue: Path) -> None:
    app = build_app(Settings(data_dir=whole_catalogue, database_url="", commune=""), is_recording=False)
    figures = figures_of(shared / "questions" / "group_stream.jsonl", app)
    app.close()
    assert figures.answered >= 0.9 * figures.asked
    assert figures.intruded <= 0.01 * figures.other
    assert figures.leaks == 0


def written(path: Path, *rows: dict[str, Any] | str) -> Path:
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), "utf-8")
    return path


def row(seq: int, text: str, author: str = "citizen_1", day: int | str = 1, **more: Any) -> dict[str, Any]:
    return {"day": day, "seq": seq, "from": author, "text": text, **more}


def test_decisions_come_in_the_order_of_the_file(app: App, tmp_path: Path) -> None:
    texts = ["em muốn đăng ký kết hôn", "trời mưa quá", "đăng ký khai sinh cho con ở đâu ạ", "vâng", "ok"]
    path = written(tmp_path / "in.jsonl", *(row(at, text, f"citizen_{at}") for at, text in enumerate(texts)))
    replayed = list(replay(read_lines(path), app))
    assert [each.line.seq for each in replayed] == [0, 1, 2, 3, 4]
    assert [each.spoke for each in replayed] == [True, False, True, False, False]


def test_a_wish_that_its_author_finishes_is_answered_once(app: App, tmp_path: Path) -> None:
    path = written(
        tmp_path / "in.jsonl", row(1, "em muốn đăng ký kết hôn"), row(2, "thì cần những giấy tờ gì ạ"), row(3, "dạ")
    )
    assert [(each.spoke, str(each.turn.decision.reason)) for each in replay(read_lines(path), app)] == [
        (False, "overtaken"),
        (True, "question"),
        (False, "talk"),
    ]


def test_days_know_nothing_of_each_other(app: App, tmp_path: Path) -> None:
    path = written(
        tmp_path / "in.jsonl",
        row(1, "@bot im lặng nhé", "bot_admin", day="thứ hai"),
        row(2, "đăng ký khai sinh cho con ở đâu ạ", day="thứ hai"),
        row(1, "đăng ký khai sinh cho con ở đâu ạ", day="thứ ba"),
    )
    assert [each.spoke for each in replay(read_lines(path), app)] == [False, False, True]


def test_every_row_has_the_keys_of_the_contract(app: App, tmp_path: Path) -> None:
    path = written(tmp_path / "in.jsonl", row(1, "đăng ký khai sinh cho con ở đâu ạ", reply_to=None, other="ignored"))
    (replayed,) = replay(read_lines(path), app)
    assert list(replayed.row) == KEYS
    assert replayed.row["procedures"]


@pytest.mark.parametrize("line", ['{"day": 1}', "[]", "no json", '{"day":1,"seq":1,"from":"a","text":7}'])
def test_a_line_that_cannot_be_read_is_named(tmp_path: Path, line: str) -> None:
    path = written(tmp_path / "in.jsonl", row(1, "chào"), line)
    with pytest.raises(ReplayError, match="line 2"):
        list(read_lines(path))


def test_the_command_prints_figures_and_writes_decisions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTCUA_DATA_DIR", str(tmp_path / "data"))
    source = written(
        tmp_path / "in.jsonl",
        row(1, "đăng ký khai sinh cho con ở đâu ạ", should_answer=True, gold=["1.001193"]),
        row(2, "trời mưa quá", should_answer=True),
    )
    run = CliRunner().invoke(command, ["group-replay", str(source), "--out", str(tmp_path / "out.jsonl"), "--misses"])
    assert run.exit_code == 0
    assert "answered what it should: 1 of 2 (50.0 %)" in run.output
    assert "1/2 unfinished: trời mưa quá" in run.output
    assert [json.loads(each)["spoke"] for each in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()] == [
        True,
        False,
    ]


@pytest.mark.parametrize("content", [None, "no json"], ids=["no file", "no messages"])
def test_an_unusable_file_is_one_sentence_and_leaves_no_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str | None
) -> None:
    monkeypatch.setenv("MOTCUA_DATA_DIR", str(tmp_path / "data"))
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    if content:
        source.write_text(content, "utf-8")
    run = CliRunner().invoke(command, ["group-replay", str(source), "--out", str(out)])
    assert run.exit_code == 2
    assert str(source) in run.output
    assert not out.exists()
