"""`motcua prune` and `motcua privacy` as an operator runs them, and the nightly job of a server."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import app as command
from bot.conversation.memory import MemoryStore
from bot.conversation.messages import Chat
from bot.conversation.privacy import hashed
from bot.operation.privacy import forget_conversation, person_of
from bot.operation.retention import keeping_of, prune_if_due
from bot.settings import Settings
from bot.workers.making import make_shelf
from bot.workers.sealing import Sealing
from knowledge.clock import now
from knowledge.database import Database, open_database
from knowledge.questions import MaskedExchange, record
from knowledge.retention import Keeping
from knowledge.staff.audit import notes
from web_app import MovingClock

SECRET = "for tests only"
ONE = ("--channel", "telegram", "--chat", "4711")


@pytest.fixture(autouse=True)
def own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"MOTCUA_{name.upper()}", raising=False)
    monkeypatch.setenv("MOTCUA_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("MOTCUA_SECRET", SECRET)


def run(*words: str | Path):
    return CliRunner().invoke(command, [str(word) for word in words])


def asked(database: Database, at: datetime, chat: str = "4711") -> None:
    turn = MaskedExchange(
        asked_at=at, channel="telegram", chat=hashed(f"telegram:{chat}", SECRET), question="gửi xe [CCCD]", ending="faq"
    )
    with database.session() as session:
        record(session, turn)


@pytest.fixture
def database() -> Database:
    opened = open_database(Settings().database)
    asked(opened, now() - timedelta(days=3))
    asked(opened, now() - timedelta(days=900), "4712")
    return opened


def test_pruning_tells_first_and_then_does(database: Database) -> None:
    assert run("prune", "--dry-run").output == "would go: 1 exchanges\n"
    assert run("prune").output == "gone: 1 exchanges\n"
    assert run("prune").output == "gone: nothing\n"


def test_one_person_s_data_come_out_as_json_for_its_owner_alone(database: Database, tmp_path: Path) -> None:
    shown = json.loads(run("privacy", "export", *ONE).output)
    assert (shown["channel"], shown["chat"]) == ("telegram", "4711")
    assert [row["question"] for row in shown["exchanges"]] == ["gửi xe [CCCD]"]
    file = tmp_path / "person.json"
    assert run("privacy", "export", *ONE, "--out", file).output.strip().endswith("holds 1 exchanges")
    assert file.stat().st_mode & 0o777 == 0o600
    assert json.loads(file.read_text("utf-8"))["exchanges"] == shown["exchanges"]
    refused = run("privacy", "export", *ONE, "--out", tmp_path / "no" / "p.json")
    assert refused.exit_code == 2
    assert "No such file or directory" in refused.output


def test_one_person_is_forgotten_and_not_named(database: Database) -> None:
    assert run("privacy", "delete", *ONE).output.startswith("gone: 1 exchanges\n")
    assert json.loads(run("privacy", "export", *ONE).output)["exchanges"] == []
    assert run("privacy", "delete", *ONE).output.startswith("gone: nothing\n")
    with database.session() as session:
        assert not any("4711" in f"{note.subject}{note.before}{note.after}" for note in notes(session))


def test_another_secret_finds_nobody(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTCUA_SECRET", "another")
    assert json.loads(run("privacy", "export", *ONE).output)["exchanges"] == []


def test_a_browser_is_also_told_on_a_page_of_its_own() -> None:
    assert len(person_of(Chat("web", "c1"), SECRET).addresses) == 2
    assert person_of(Chat("telegram", "g/7"), SECRET).addresses == ("g/7",)


def test_a_conversation_in_hand_on_a_common_shelf_is_forgotten(database: Database) -> None:
    settings = Settings(workers=2)
    shelf = make_shelf(settings, database, Sealing(SECRET))
    memories = MemoryStore(timedelta(hours=1), shelf)
    chat = Chat("telegram", "4711")
    memories.remember(chat.key, memories.recall(chat.key, now()).__class__(subject="1.001193"), now())
    forget_conversation(chat, settings, database, SECRET)
    assert memories.recall(chat.key, now()).subject == ""


def test_the_settings_say_how_long() -> None:
    assert keeping_of(Settings(keep_exchanges=10)) == Keeping(
        exchanges=10, addresses=30, dossiers=800, follows=400, outbox=30
    )


def test_a_server_prunes_once_a_night_whoever_asks(database: Database) -> None:
    clock, settings = MovingClock(datetime(2026, 11, 22, 18, 59, tzinfo=UTC)), Settings()  # 01:59 in Việt Nam
    assert not prune_if_due(database, settings, clock)
    clock.move(minutes=2)
    assert prune_if_due(database, settings, clock)
    assert not prune_if_due(database, settings, clock)
    with database.session() as session:
        assert [note.after for note in notes(session)] == ["exchanges 1"]
    clock.move(days=1)
    assert prune_if_due(database, settings, clock)
