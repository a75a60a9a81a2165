"""The due dates of a file, and the commands over the table of working days."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import app
from bot.dossiers.dues import answered
from knowledge.calendar_seed import seeded_calendar
from knowledge.deadlines import OfficeHours


def row(**fields: Any) -> dict[str, Any]:
    return {"received": "2026-11-23T09:00", "limit": 1, "unit": "WORKING_DAY"} | fields


def test_all_public_cases_are_counted_as_told(shared: Path) -> None:
    rows = [msgspec.json.decode(line) for line in (shared / "dossiers" / "due_dates.jsonl").open("rb")]
    wrong = [row for row in rows if answered(row, seeded_calendar(), OfficeHours())["due"] != row["due"]]
    assert len(rows) > 70
    assert wrong == []


def test_the_reason_names_what_was_skipped_and_what_is_not_decided() -> None:
    assert "Ngày Văn hóa" in answered(row(), seeded_calendar(), OfficeHours())["why"]
    over_tet = answered(row(received="2027-02-03T09:00", limit=3), seeded_calendar(), OfficeHours())
    assert "NOT DECIDED" in over_tet["why"]


def test_a_time_with_its_zone_is_read_in_vietnam() -> None:
    assert answered(row(received="2026-11-23T02:00Z"), seeded_calendar(), OfficeHours())["due"] == "2026-11-25T09:00"


@pytest.mark.parametrize(
    "broken",
    [
        row(received="hôm nay"),
        row(received=None),
        row(limit="ba"),
        row(limit=True),
        row(limit=-1),
        row(limit=float("inf")),
        row(unit="WEEK"),
        row(unit=None),
        {},
    ],
    ids=str,
)
def test_a_row_that_cannot_be_counted_says_why(broken: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        answered(broken, seeded_calendar(), OfficeHours())


@pytest.fixture
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MOTCUA_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("MOTCUA_DATABASE_URL", raising=False)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["dossiers", *arguments])


def due_of_monday(folder: Path, *options: str) -> str:
    source = folder / "in.jsonl"
    source.write_text(json.dumps(row()), "utf-8")
    ended = run("due", "--batch", str(source), *options)
    assert ended.exit_code == 0, ended.output
    return str(json.loads(ended.stdout)["due"])


def test_looking_at_the_table_makes_no_database(at_home: Path) -> None:
    assert "Ngày Văn hóa Việt Nam" in run("calendar", "list", "--year", "2026").stdout
    assert due_of_monday(at_home) == "2026-11-25T09:00"
    assert not (at_home / "data").exists()


def test_an_edit_changes_due_dates_and_keeps_its_ground(at_home: Path) -> None:
    added = run("calendar", "add", "2026-11-25", "--kind", "off", "--name", "Bão", "--ground", "công điện thử")
    assert added.exit_code == 0
    assert due_of_monday(at_home) == "2026-11-26T09:00"
    assert run("calendar", "remove", "2026-11-25", "--ground", "bão tan").exit_code == 0
    assert due_of_monday(at_home) == "2026-11-25T09:00"
    edits = json.loads(run("calendar", "list", "--edits", "--json").stdout)
    assert [each["basis"] for each in edits] == ["công điện thử", "bão tan"]


def test_the_table_goes_out_and_comes_back(at_home: Path) -> None:
    table = at_home / "days.csv"
    assert run("calendar", "export", str(table), "--year", "2027").exit_code == 0
    decided = table.read_text("utf-8").replace(",low", ",high").replace(",medium", ",high")
    table.write_text(decided, "utf-8")
    assert "5 days changed" in run("calendar", "import", str(table)).stdout
    assert "0 days changed" in run("calendar", "import", str(table)).stdout
    assert "confidence]" not in run("calendar", "list", "--year", "2027").stdout


def test_another_table_can_be_named(at_home: Path) -> None:
    table = at_home / "days.csv"
    table.write_text("date,kind,name_vi,basis,confidence\n2026-12-25,off,x,y,high\n", "utf-8")
    assert due_of_monday(at_home, "--calendar", str(table)) == "2026-11-24T09:00"


@pytest.mark.parametrize(
    "arguments",
    [
        ("calendar", "add", "2026-03-03", "--kind", "off", "--name", "x", "--ground", " "),
        ("calendar", "add", "1900-03-03", "--kind", "off", "--name", "x", "--ground", "y"),
        ("calendar", "import", "none.csv"),
        ("calendar", "import", __file__),
        ("calendar", "add", "2026-02-30", "--kind", "off", "--name", "x", "--ground", "y"),
        ("due", "--batch", "none.jsonl"),
        ("due", "--batch", "none.jsonl", "--calendar", "none.csv"),
    ],
    ids=["no ground", "another century", "no file", "no table", "no day", "no batch", "no calendar"],
)
def test_unusable_input_ends_in_a_sentence_and_changes_nothing(arguments: tuple[str, ...], at_home: Path) -> None:
    ended = run(*arguments)
    assert ended.exit_code == 2
    assert ended.stderr
    assert "Traceback" not in ended.output
    assert not (at_home / "data").exists()
