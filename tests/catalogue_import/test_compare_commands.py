"""`motcua catalogue diff`, `digest` and `stale` as people run them."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from catalogue_import.commands import catalogue
from portal_records import detail, own, write_lines

LIST = "DANH SÁCH BÃI BỎ\nQuyết định: 9009/QĐ-UBND\nHiệu lực: 08/09/2026\n1.000001 Việc thử\n"


@pytest.fixture
def run(tmp_path: Path) -> object:
    """Runs a command on a database with two editions: a small catalogue, then a repeal."""

    def command(*words: str) -> tuple[int, str]:
        result = CliRunner().invoke(catalogue, [*words, "--data-dir", str(tmp_path)])
        return result.exit_code, result.output

    records = write_lines(tmp_path / "details.jsonl", [detail("1.000001"), own()])
    repeals = tmp_path / "bai-bo.txt"
    repeals.write_text(LIST, "utf-8")
    assert command("publish", str(records))[0] == 0
    assert command("publish", str(repeals))[0] == 0
    return command


def test_the_difference_is_told_in_words_and_as_json(run: object) -> None:
    code, text = run("diff", "1", "2")  # type: ignore[operator]
    assert code == 0
    assert "Thủ tục hết hiệu lực (1)" in text
    found = json.loads(run("diff", "1", "2", "--json")[1])  # type: ignore[operator]
    assert [(each["code"], each["kind"]) for each in found["procedures"]] == [("1.000001", "ended")]


def test_before_its_day_the_difference_is_only_announced(run: object) -> None:
    _, text = run("diff", "1", "2", "--day", "2026-09-07")  # type: ignore[operator]
    assert "Thay đổi sắp tới" in text


def test_the_group_gets_a_few_lines(run: object) -> None:
    _, text = run("digest", "2", "--group")  # type: ignore[operator]
    assert text.startswith("Thủ tục hành chính có thay đổi\nKhông làm nữa:\n• ")


@pytest.mark.parametrize("words", [("diff", "1", "9"), ("digest", "3")])
def test_an_edition_that_is_not_there_is_refused(run: object, words: tuple[str, ...]) -> None:
    code, text = run(*words)  # type: ignore[operator]
    assert (code, "the current one is 2" in text) == (1, True)


def test_what_is_stale_is_listed_with_the_reason(run: object) -> None:
    code, text = run("stale")  # type: ignore[operator]
    assert code == 0
    assert "Áp phích cần in lại" in text
    assert json.loads(run("stale", "--json")[1])[0]["kind"] == "poster"  # type: ignore[operator]
