"""`motcua doctor`: each thing that is missing is named with its remedy, and nothing is changed by looking."""

import sqlite3
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy import text

from bot.doctor import Finding, State, examine, is_broken, port_problem
from bot.settings import Settings
from knowledge.calendar import Confidence
from knowledge.calendar_edits import edit
from knowledge.calendar_seed import seeded_calendar
from knowledge.catalogue import publish
from knowledge.channel_ledger import Trouble, stop
from knowledge.communes import communes
from knowledge.database import open_database, sqlite_url
from knowledge.operation.announcements import Announcement, announce
from knowledge.operation.switches import switch_off
from knowledge.staff.accounts import Act
from knowledge.starter import publish_starter
from sample_procedures import CATALOGUE, DATA_DAY, make_procedure, new
from staff_people import MINH


@pytest.fixture(autouse=True)
def own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, free_port: int) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"MOTCUA_{name.upper()}", raising=False)
    monkeypatch.setenv("MOTCUA_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("MOTCUA_PORT", str(free_port))


def found(now: datetime) -> dict[str, Finding]:
    return {finding.what: finding for finding in examine(Settings(), now)}


def published(now: datetime, count: int = 1) -> None:
    procedures = [make_procedure(f"1.{number:06}") for number in range(count)]
    database = open_database(Settings().database)
    with database.session() as session:
        publish(session, new(*procedures), CATALOGUE, now=now)
    database.close()


def test_a_fresh_machine_is_fit_and_told_what_comes_next(now: datetime) -> None:
    findings = examine(Settings(), now)
    assert not is_broken(findings)
    said = {finding.what: finding for finding in findings}
    assert "the first start makes it" in said["database"].found
    assert "motcua catalogue publish" in said["catalogue"].remedy


def test_looking_makes_nothing(now: datetime, tmp_path: Path) -> None:
    examine(Settings(), now)
    assert not (tmp_path / "data").exists()


def test_every_finding_that_is_not_good_has_a_remedy(now: datetime) -> None:
    published(now)
    for finding in examine(Settings(), now + timedelta(days=400)):
        assert finding.found
        assert finding.state is State.GOOD or finding.remedy, finding


def test_a_database_is_named_with_its_revision(now: datetime) -> None:
    published(now)
    assert found(now)["database"].state is State.GOOD
    assert "revision " in found(now)["database"].found


def test_an_older_database_is_not_migrated_by_looking(now: datetime, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    path = tmp_path / "data" / "motcua.sqlite3"
    sqlite3.connect(path).execute("CREATE TABLE something (number INTEGER)").connection.close()
    finding = found(now)["database"]
    assert finding.state is State.HINT
    assert "the next start migrates it" in finding.remedy
    with sqlite3.connect(path) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    assert tables == {"something"}


def test_a_database_of_a_newer_program_is_told(now: datetime) -> None:
    published(now)
    database = open_database(Settings().database)
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()
    assert "9999" in found(now)["database"].found


def test_a_file_that_is_no_database_is_broken(now: datetime, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "motcua.sqlite3").write_bytes(b"this is no database" * 100)
    finding = found(now)["database"]
    assert finding.state is State.BROKEN
    assert finding.remedy
    assert is_broken(examine(Settings(), now))


@pytest.mark.parametrize("url", ["mysql://user@host/motcua", "nonsense", "://"])
def test_an_unusable_url_is_broken_and_explained(now: datetime, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("MOTCUA_DATABASE_URL", url)
    finding = found(now)["database"]
    assert finding.state is State.BROKEN
    assert "MOTCUA_DATABASE_URL" in finding.found


def test_a_server_that_does_not_answer_is_broken(
    now: datetime, monkeypatch: pytest.MonkeyPatch, free_port: int
) -> None:
    monkeypatch.setenv("MOTCUA_DATABASE_URL", f"postgresql://nobody@127.0.0.1:{free_port}/motcua")
    finding = found(now)["database"]
    assert finding.state is State.BROKEN
    assert finding.remedy


def test_a_folder_that_cannot_be_made_is_broken(now: datetime, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("MOTCUA_DATA_DIR", str(tmp_path / "file" / "data"))
    findings = found(now)
    assert findings["data folder"].state is State.BROKEN
    assert findings["database"].state is State.BROKEN
    assert "MOTCUA_DATA_DIR" in findings["data folder"].remedy


def test_the_starter_catalogue_alone_is_a_hint(now: datetime) -> None:
    database = open_database(Settings().database)
    with database.session() as session:
        publish_starter(session, now)
    database.close()
    finding = found(now)["catalogue"]
    assert finding.state is State.HINT
    assert "starter catalogue only" in finding.found
    assert "motcua catalogue publish" in finding.remedy


def test_a_part_of_the_catalogue_is_a_hint(now: datetime) -> None:
    published(now, count=3)
    finding = found(now)["catalogue"]
    assert finding.state is State.HINT
    assert finding.found == "edition 1, 3 procedures"


@pytest.mark.parametrize(("days", "state"), [(0, State.GOOD), (60, State.GOOD), (61, State.HINT)])
def test_old_data_are_a_hint(now: datetime, days: int, state: State) -> None:
    published(now)
    then = datetime.combine(DATA_DAY, now.timetz()) + timedelta(days=days)
    finding = found(then)["age of the data"]
    assert finding.state is state
    assert finding.found == f"copy of 18/07/2026, {days} days old"


def test_days_off_of_a_year_that_is_not_decided_are_a_hint(now: datetime) -> None:
    """November 2026: the plan of Tết 2027 is not in the table."""
    assert found(now)["working days"].state is State.HINT
    assert "2027" in found(now)["working days"].found
    assert found(now - timedelta(days=90))["working days"].state is State.GOOD


def test_days_off_that_staff_decided_are_no_hint(now: datetime) -> None:
    database = open_database(Settings().database)
    open_days = seeded_calendar().undecided(date(2027, 1, 1), date(2027, 12, 31))
    with database.session() as session:
        edit(session, [replace(day, confidence=Confidence.HIGH) for day in open_days], now)
    database.close()
    assert found(now)["working days"].state is State.GOOD


def test_a_channel_that_is_off_is_a_hint_with_its_reason(now: datetime) -> None:
    database = open_database(Settings().database)
    assert found(now)["channels"].state is State.GOOD
    with database.session(writing=True) as session:
        switch_off(session, "telegram", "trả lời sai", Act(MINH, now))
        told = Announcement(text="Bảo trì.", begins_at=now, ends_at=now + timedelta(hours=1))
        announce(session, told, Act(MINH, now))
    database.close()
    said = found(now)
    assert said["channels"].state is State.HINT
    assert "telegram switched off by minh since 2026-11-22 05:00 UTC: trả lời sai" in said["channels"].found
    assert said["announcement"].found == "until 2026-11-22 06:00 UTC: Bảo trì."


def test_a_taken_port_is_told(now: datetime, monkeypatch: pytest.MonkeyPatch, taken_port: int) -> None:
    monkeypatch.setenv("MOTCUA_PORT", str(taken_port))
    finding = found(now)["port"]
    assert finding.state is State.HINT
    assert f"127.0.0.1:{taken_port}" in finding.found


def test_a_free_port_is_no_problem(free_port: int) -> None:
    assert port_problem("127.0.0.1", free_port) == ""


def test_an_address_that_is_not_ours_is_a_problem(free_port: int) -> None:
    assert f"cannot listen on 192.0.2.1:{free_port}" in port_problem("192.0.2.1", free_port)


@pytest.mark.parametrize(
    ("code", "state"), [("", State.GOOD), (communes()[0].code, State.GOOD), ("00000", State.BROKEN)]
)
def test_the_commune_served_must_be_one(
    now: datetime, monkeypatch: pytest.MonkeyPatch, code: str, state: State
) -> None:
    monkeypatch.setenv("MOTCUA_COMMUNE", code)
    assert found(now)["communes"].state is state


def test_a_public_address_is_worth_setting(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    assert found(now)["public address"].state is State.HINT
    monkeypatch.setenv("MOTCUA_PUBLIC_URL", "https://motcua.vn")
    assert found(now)["public address"] == Finding("public address", State.GOOD, "https://motcua.vn")


def test_a_database_in_another_place_is_looked_at_there(
    now: datetime, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("MOTCUA_DATABASE_URL", sqlite_url(tmp_path / "elsewhere.sqlite3"))
    published(now)
    assert "elsewhere.sqlite3" in found(now)["database"].found


def test_postgresql_is_looked_at_too(now: datetime, monkeypatch: pytest.MonkeyPatch, postgres_url: str) -> None:
    monkeypatch.setenv("MOTCUA_DATABASE_URL", postgres_url)
    published(now)
    assert found(now)["database"].state is State.GOOD
    assert "***" in found(now)["database"].found or "@" in found(now)["database"].found


def test_a_stopped_channel_is_broken_with_its_remedy(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTCUA_ZALO_BOT_TOKEN", "1:x")
    published(now)
    assert found(now)["Zalo bot"].state is State.GOOD
    database = open_database(Settings().database)
    with database.session() as session:
        stop(session, Trouble("zalo_bot", "quota", "429", now))
    database.close()
    assert found(now)["Zalo bot"].state is State.BROKEN
    assert "429" in found(now)["Zalo bot"].found


def test_what_several_processes_share_is_looked_at(
    now: datetime, monkeypatch: pytest.MonkeyPatch, valkey_url: str
) -> None:
    assert not {"Valkey", "processes"} & set(found(now))
    monkeypatch.setenv("MOTCUA_WORKERS", "4")
    assert "PostgreSQL" in found(now)["processes"].remedy
    monkeypatch.setenv("MOTCUA_VALKEY_URL", valkey_url)
    assert found(now)["Valkey"].state is State.GOOD
    monkeypatch.setenv("MOTCUA_VALKEY_URL", "redis://127.0.0.1:1")
    assert found(now)["Valkey"].state is State.BROKEN
