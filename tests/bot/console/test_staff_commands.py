"""`motcua staff`: accounts from the command line."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import app

PASSWORD = "một câu dài dễ nhớ"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("MOTCUA_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("MOTCUA_DATABASE_URL", raising=False)
    return CliRunner()


def test_an_account_is_made_listed_changed_and_closed(run: CliRunner) -> None:
    asked = run.invoke(app, ["staff", "add", "lan", "--name", "Lan", "--commune", "10507"], input=f"{PASSWORD}\n" * 2)
    assert asked.exit_code == 0, asked.output
    assert PASSWORD not in asked.output
    assert "lan  officer  10507  active" in run.invoke(app, ["staff", "list"]).output
    changed = run.invoke(app, ["staff", "password", "lan", "--password-stdin"], input="một câu khác, cũng dài\n")
    assert changed.exit_code == 0
    assert run.invoke(app, ["staff", "disable", "lan"]).exit_code == 0
    assert "disabled" in run.invoke(app, ["staff", "list"]).output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["add", "Lan Anh", "--password-stdin"], "is no login"),
        (["add", "lan", "--commune", "00000", "--password-stdin"], "no commune"),
        (["disable", "lan"], "there is no account"),
        (["password", "lan", "--password-stdin"], "there is no account"),
    ],
)
def test_what_cannot_be_done_is_refused_with_the_reason(run: CliRunner, arguments: list[str], said: str) -> None:
    refused = run.invoke(app, ["staff", *arguments], input=f"{PASSWORD}\n")
    assert refused.exit_code == 1
    assert said in refused.output


def test_a_short_password_is_refused(run: CliRunner) -> None:
    refused = run.invoke(app, ["staff", "add", "lan", "--password-stdin"], input="ngắn\n")
    assert refused.exit_code == 1
    assert "10 to 200" in refused.output
