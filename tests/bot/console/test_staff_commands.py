"""`motcua staff`: accounts from the command line."""

from pathlib import Path

import pyotp
import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from knowledge.clock import now
from knowledge.database import open_database, sqlite_url
from knowledge.staff.accounts import OPERATOR, Act, account_of
from knowledge.staff.second_factor import Vault, begin, confirm
from knowledge.waiting_sorting import assign
from waiting_questions import waiting_question

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
    assert "lan  officer  10507  active  password only" in run.invoke(app, ["staff", "list"]).output
    changed = run.invoke(app, ["staff", "password", "lan", "--password-stdin"], input="một câu khác, cũng dài\n")
    assert changed.exit_code == 0
    assert run.invoke(app, ["staff", "disable", "lan"]).exit_code == 0
    assert "disabled" in run.invoke(app, ["staff", "list"]).output


def test_a_role_is_changed_and_the_last_admin_kept(run: CliRunner) -> None:
    for login, role in (("lan", "officer"), ("minh", "admin")):
        run.invoke(app, ["staff", "add", login, "--role", role, "--password-stdin"], input=f"{PASSWORD}\n")
    for refused in (
        run.invoke(app, ["staff", "disable", "minh"]),
        run.invoke(app, ["staff", "role", "minh", "officer"]),
    ):
        assert refused.exit_code == 1
        assert "motcua staff role LOGIN admin" in refused.output
    assert "lan is admin now" in run.invoke(app, ["staff", "role", "lan", "admin"]).output
    assert "lan  admin" in run.invoke(app, ["staff", "list"]).output
    closed = run.invoke(app, ["staff", "disable", "minh", "--reason", "moved"])
    assert closed.exit_code == 0
    assert "Everybody's again" not in closed.output


def test_who_leaves_gives_his_tasks_back(run: CliRunner, tmp_path: Path) -> None:
    run.invoke(app, ["staff", "add", "lan", "--password-stdin"], input=f"{PASSWORD}\n")
    database = open_database(sqlite_url(tmp_path / "motcua.sqlite3"))
    with database.session(writing=True) as session:
        assign(session, waiting_question(session, "gửi xe ở đâu", now()), "lan", Act(OPERATOR, now()))
    database.close()
    assert (
        "Everybody's again: 1 waiting questions, 0 private chats" in run.invoke(app, ["staff", "disable", "lan"]).output
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["add", "Lan Anh", "--password-stdin"], "is no login"),
        (["add", "lan", "--commune", "00000", "--password-stdin"], "no commune"),
        (["disable", "lan"], "there is no account"),
        (["role", "lan", "admin"], "there is no account"),
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


def test_the_second_step_is_listed_and_reset(run: CliRunner, tmp_path: Path) -> None:
    run.invoke(app, ["staff", "add", "lan", "--password-stdin"], input=f"{PASSWORD}\n")
    refused = run.invoke(app, ["staff", "reset-second-step", "lan"])
    assert refused.exit_code == 1
    assert "no second step" in refused.output
    database, vault = open_database(sqlite_url(tmp_path / "motcua.sqlite3")), Vault("x")
    with database.session() as session:
        lan = account_of(session, "lan")
        assert lan
        confirm(session, lan, pyotp.TOTP(begin(session, lan, vault)).at(now()), vault, now())
    database.close()
    assert "two steps" in run.invoke(app, ["staff", "list"]).output
    assert run.invoke(app, ["staff", "reset-second-step", "lan"]).exit_code == 0
    assert "password only" in run.invoke(app, ["staff", "list"]).output


def test_a_user_of_a_channel_is_linked_and_unlinked(run: CliRunner) -> None:
    run.invoke(app, ["staff", "add", "lan", "--password-stdin"], input=f"{PASSWORD}\n")
    assert "telegram:7 is lan" in run.invoke(app, ["staff", "link", "lan", "telegram:7"]).output
    assert "nobody's any more" in run.invoke(app, ["staff", "unlink", "telegram:7"]).output
    assert "was not linked" in run.invoke(app, ["staff", "unlink", "telegram:7"]).output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["lan", "telegram:7"], "no open account"),
        (["lan", "7"], "no channel:id"),
        (["lan", "fax:7"], "no channel:id"),
        (["lan", "telegram: "], "no channel:id"),
    ],
)
def test_nobody_is_linked_wrongly(run: CliRunner, arguments: list[str], said: str) -> None:
    refused = run.invoke(app, ["staff", "link", *arguments])
    assert refused.exit_code == 1
    assert said in refused.output
