"""Files of JSON lines through the commands: every row answered or its line named, nothing half-written."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import app


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def test_typed_codes_are_parsed_to_a_file_beside_their_own_fields(tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text('\ufeff{"id": 7, "typed": "h24.18-261123-0012"}\n\n{"typed": "1.001193"}\n', "utf-8")
    ended = run("dossiers", "parse", "--batch", str(source), "--out", str(out), "--today", "2026-11-22")
    first, second = map(json.loads, out.read_text("utf-8").splitlines())
    assert ended.exit_code == 0
    assert (first["id"], first["canonical"], first["received"]) == (7, "H24.18-261123-0012", "2026-11-23")
    assert second["canonical"] is None
    assert "2 answered" in ended.stderr


def test_texts_are_redacted_to_standard_output(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text('{"text": "gọi 0992000001", "note": "mobile"}\n', "utf-8")
    ended = run("redact", "--batch", str(source))
    assert json.loads(ended.stdout) == {"text": "gọi 0992000001", "note": "mobile", "redacted": "gọi [DT]"}


@pytest.mark.parametrize(
    "broken",
    ['{"typed": 0992000001}', "[1]", '{"typo": "0992000001"}', '{"typed": null}', "\udcff", '{"typed": "x'],
    ids=["no JSON", "no object", "field missing", "no text", "no UTF-8", "half a row"],
)
def test_a_row_that_cannot_be_read_is_named_by_its_line_and_the_rest_is_answered(broken: str, tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_bytes((broken + '\n{"typed": "H24-261105-0033"}\n').encode("utf-8", "surrogateescape"))
    ended = run("dossiers", "parse", "--batch", str(source))
    assert ended.exit_code == 1
    assert f"{source} line 1: " in ended.stderr
    assert "0992000001" not in ended.stderr
    assert json.loads(ended.stdout)["canonical"] == "H24-261105-0033"


def test_a_file_that_is_not_there_is_told_in_a_sentence_and_leaves_nothing(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    ended = run("dossiers", "parse", "--batch", str(tmp_path / "none.jsonl"), "--out", str(out))
    assert ended.exit_code == 2
    assert "none.jsonl" in ended.stderr
    assert list(tmp_path.iterdir()) == []
