"""`motcua backup` and `motcua restore` as an operator runs them."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import app as command
from bot.settings import Settings
from knowledge.clock import now
from knowledge.database import open_database
from knowledge.staff.accounts import accounts, add_account
from staff_people import LAN

PASSWORD = "một câu dài dễ nhớ"


@pytest.fixture(autouse=True)
def own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"MOTCUA_{name.upper()}", raising=False)
    monkeypatch.setenv("MOTCUA_DATA_DIR", str(tmp_path / "data"))


def run(*words: str | Path):
    return CliRunner().invoke(command, [str(word) for word in words])


def logins() -> list[str]:
    database = open_database(Settings().database)
    with database.session() as session:
        found = [account.login for account in accounts(session)]
    database.close()
    return found


@pytest.fixture
def file(tmp_path: Path) -> Path:
    database = open_database(Settings().database)
    with database.session(writing=True) as session:
        add_account(session, LAN, PASSWORD, now())
    database.close()
    return tmp_path / "b.zip"


def test_what_was_backed_up_is_restored_elsewhere(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = run("backup", file)
    assert made.exit_code == 0, made.output
    assert "holds edition 0 and 2 rows" in made.output
    assert str(tmp_path / "data" / "secret") in made.output.replace("\n", "")
    monkeypatch.setenv("MOTCUA_DATA_DIR", str(tmp_path / "elsewhere"))
    restored = run("restore", file)
    assert restored.exit_code == 0, restored.output
    assert "another secret" in restored.output
    assert logins() == ["lan"]


def test_restoring_over_something_takes_a_word(file: Path) -> None:
    run("backup", file)
    refused = run("restore", file)
    assert refused.exit_code == 1
    assert "--replace" in refused.output
    done = run("restore", file, "--replace")
    assert done.exit_code == 0
    assert "another secret" not in done.output


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("restore", "missing.zip"), 2, "missing.zip: No such file"),
        (("restore", "."), 2, "Is a directory"),
        (("backup", "no-such-folder/b.zip"), 2, "No such file or directory"),
        (("restore", "letter.txt"), 1, "no whole backup of motcua"),
    ],
    ids=["no file", "a folder", "no folder", "a letter"],
)
def test_what_cannot_be_is_said_in_a_sentence(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, str], code: int, said: str
) -> None:
    assert not file.exists()
    monkeypatch.chdir(tmp_path)
    Path("letter.txt").write_text("hello")
    refused = run(*words)
    assert refused.exit_code == code
    assert said in refused.output.replace("\n", " ")
    assert logins() == ["lan"]


def test_where_nothing_is_nothing_is_made(tmp_path: Path) -> None:
    refused = run("backup", tmp_path / "b.zip")
    assert refused.exit_code == 1
    assert "no database of motcua" in refused.output
    assert not (tmp_path / "b.zip").exists()
    assert not (tmp_path / "data" / "motcua.sqlite3").exists()
