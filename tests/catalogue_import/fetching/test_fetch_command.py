"""`motcua catalogue fetch` as an operator types it: stored first, then published by the same path as any file."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from catalogue_import.commands import catalogue
from portal_records import detail
from portal_server import DETAIL, FakePortal, login, serving, status, web_page

Command = Callable[..., Any]


@pytest.fixture
def run(portal: FakePortal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs the command with a data folder of its own; sleeping takes no time."""
    monkeypatch.setattr(time, "sleep", lambda _seconds: None)
    monkeypatch.setenv("MOTCUA_DATA_DIR", str(tmp_path / "data"))
    for name in ("MOTCUA_DATABASE_URL", "MOTCUA_PROVINCE"):
        monkeypatch.delenv(name, raising=False)
    words = ("fetch", "--portal", portal.base)
    return lambda *more: CliRunner().invoke(catalogue, [*words, *map(str, more)])


def history() -> Any:
    return json.loads(CliRunner().invoke(catalogue, ["history", "--json"]).stdout)


def test_what_was_fetched_is_published(run: Command, tmp_path: Path) -> None:
    done = run()
    assert (done.exit_code, done.stderr) == (0, "")
    assert "5  fetched for the first time" in done.stdout
    assert done.stdout.splitlines()[-1] == "Published edition 1: 5 new, 0 amended, 0 repealed, 0 unchanged."
    assert len(list((tmp_path / "data" / "portal" / "details").iterdir())) == 5


def test_fetching_again_changes_nothing(run: Command) -> None:
    run()
    done = run()
    assert (done.exit_code, "already edition 1" in done.stdout) == (0, True)
    assert "5  asked not long ago" in done.stdout


def test_only_a_whole_copy_repeals(run: Command, portal: FakePortal) -> None:
    for number in range(30):
        portal.records[f"id-2.{number:06}"] = detail(f"2.{number:06}")
    run()
    del portal.records["id-2.000000"]
    portal.total = len(portal.records) + 1
    assert "Nothing to publish" in run().stdout
    portal.total = None
    assert "1 repealed" in run().stdout


def test_the_bounds_of_the_import_hold_for_what_was_fetched(run: Command, portal: FakePortal) -> None:
    for number in range(30):
        portal.records[f"id-2.{number:06}"] = detail(f"2.{number:06}")
    run()
    for number in range(20):
        del portal.records[f"id-2.{number:06}"]
    done = run()
    assert done.exit_code == 1
    assert "too-many-repealed" in done.stdout
    assert [edition["number"] for edition in history()["editions"]] == [1]


def test_a_new_field_is_reported_by_the_import(run: Command, portal: FakePortal) -> None:
    portal.records["id-1.000001"] = detail("1.000001", effectiveDate=1)
    done = run()
    assert (done.exit_code, "WARN unknown-field: the publisher added the field effectiveDate" in done.stdout) == (
        0,
        True,
    )


WALLS = [([login], "a login is asked for"), ([web_page] * 2, "guard against robots")]


@pytest.mark.parametrize(("trouble", "said"), WALLS, ids=["login", "guard"])
def test_a_wall_publishes_nothing_and_says_what_is_kept(
    run: Command, portal: FakePortal, tmp_path: Path, trouble: Any, said: str
) -> None:
    portal.trouble("id-1.000004", *trouble)
    done = run("--connections", "1")
    assert (done.exit_code, done.stdout) == (1, "")
    assert said in done.stderr
    assert f"What was fetched is kept in {tmp_path / 'data' / 'portal'}." in done.stderr
    assert not (tmp_path / "data" / "motcua.sqlite3").exists()
    assert run().exit_code == 0, "the next run goes on"
    assert len(portal.asked_for(DETAIL)) <= 7


def test_what_was_answered_is_published_also_when_one_was_not(run: Command, portal: FakePortal) -> None:
    portal.trouble("id-1.000001", *[status(500)] * 5)
    done = run()
    assert (done.exit_code, "id-1.000001: HTTP 500" in done.stdout) == (1, True)
    assert "Published edition 1: 4 new" in done.stdout


def test_storing_without_publishing(run: Command, tmp_path: Path) -> None:
    done = run("--no-publish", "--into", tmp_path / "raw", "--json")
    assert json.loads(done.stdout)["import"] is None
    assert json.loads(done.stdout)["fetch"]["counts"]["new"] == 5
    assert not (tmp_path / "data").exists()
    assert len(list((tmp_path / "raw" / "details").iterdir())) == 5


def test_json_tells_both_reports(run: Command) -> None:
    told = json.loads(run("--json").stdout)
    assert (told["fetch"]["is_whole"], told["import"]["state"]) == (True, "published")


def test_the_stored_folder_can_be_published_by_hand(run: Command, tmp_path: Path) -> None:
    run("--no-publish", "--into", tmp_path / "raw")
    done = CliRunner().invoke(catalogue, ["check", str(tmp_path / "raw" / "details")])
    assert "Can be published as edition 1: 5 new" in done.stdout


def test_the_portal_is_told_who_asks(run: Command, portal: FakePortal) -> None:
    run()
    assert all(headers["User-Agent"].startswith("motcua") for headers in portal.headers)
    assert portal.headers[0]["Accept-Language"] == "vi-VN"


def test_a_folder_that_cannot_be_written_is_named(run: Command, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    done = run("--into", tmp_path / "file")
    assert (done.exit_code, "cannot keep answers in" in done.stderr) == (1, True)


@pytest.mark.parametrize("words", [("--connections", "9"), ("--pause", "0")], ids=["many", "no pause"])
def test_impatience_is_refused(run: Command, words: tuple[str, str]) -> None:
    assert run(*words).exit_code == 2


@pytest.fixture
def real_portal(shared: Path) -> Iterator[FakePortal]:
    folder = shared / "catalogue" / "portal_api" / "envelopes"
    records = [json.loads(path.read_text("utf-8"))["data"] for path in sorted(folder.glob("*.json"))]
    with serving(FakePortal(records)) as server:
        yield server


def test_real_records_are_fetched_and_published(
    real_portal: FakePortal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time, "sleep", lambda _seconds: None)
    monkeypatch.setenv("MOTCUA_DATA_DIR", str(tmp_path / "data"))
    for _ in range(2):
        done = CliRunner().invoke(catalogue, ["fetch", "--portal", real_portal.base, "--refresh-days", "0", "--json"])
    told = json.loads(done.stdout)
    assert told["fetch"]["counts"]["unchanged"] == 12, "the portal shuffled every list"
    assert (told["import"]["state"], told["import"]["counts"]["records"]) == ("unchanged", 12)
