"""The commands as an operator types them: what they print, and their exit codes."""

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from catalogue_import.commands import catalogue
from portal_records import Record, detail, fee, listed, method, own, to_line, without, write_lines

ROOT = Path(__file__).parents[2]
LINK = "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/"
RECORDS = [own(), detail("1.000001"), detail("1.000002")]

Command = Callable[..., Any]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs `motcua catalogue …` with an embedded database of its own; gives exit code, output and errors."""
    monkeypatch.setenv("MOTCUA_DATA_DIR", str(tmp_path / "data"))
    for name in ("MOTCUA_DATABASE_URL", "MOTCUA_PROVINCE"):
        monkeypatch.delenv(name, raising=False)
    return lambda *words: CliRunner().invoke(catalogue, [str(word) for word in words])


@pytest.fixture
def save(tmp_path: Path) -> Callable[..., Path]:
    return lambda *records, name="details.jsonl": write_lines(tmp_path / name, records)


def test_publishing_prints_the_report_and_ends_well(run: Command, save: Any) -> None:
    done = run("publish", save(*RECORDS), "--reason", "lần đầu")
    assert done.exit_code == 0
    assert done.stdout.splitlines()[0] == "details.jsonl: national portal, 3 records, data of 17/07/2026"
    assert done.stdout.splitlines()[-1] == "Published edition 1: 3 new, 0 amended, 0 repealed, 0 unchanged."
    assert done.stderr == "", "no progress bar where no terminal is"


def test_publishing_again_ends_well_and_says_so(run: Command, save: Any) -> None:
    run("publish", save(*RECORDS))
    done = run("publish", save(*RECORDS))
    assert (done.exit_code, "already edition 1" in done.stdout) == (0, True)


def test_checking_makes_no_database(run: Command, save: Any, tmp_path: Path) -> None:
    done = run("check", save(*RECORDS))
    assert (done.exit_code, "Can be published as edition 1: 3 new" in done.stdout) == (0, True)
    assert not (tmp_path / "data").exists()


def test_checking_compares_with_the_database_and_leaves_it(run: Command, save: Any, tmp_path: Path) -> None:
    run("publish", save(*RECORDS))
    database = tmp_path / "data" / "motcua.sqlite3"
    before = database.read_bytes()
    assert "1 new, 0 amended, 0 repealed, 3 unchanged" in run("check", save(*RECORDS, detail("1.000009"))).stdout
    assert database.read_bytes() == before


@pytest.mark.parametrize("command", ["check", "publish"])
def test_the_json_report_is_the_only_output(run: Command, save: Any, command: str) -> None:
    done = run(command, save(*RECORDS, without(detail(), "code")), "--json")
    report = json.loads(done.stdout)
    assert done.exit_code == 0
    assert (report["counts"]["left_out"], report["changes"]["new"], report["public"]) == (1, 3, 3)
    assert report["state"] == ("published" if command == "publish" else None)
    assert report["findings"][0]["places"] == ["details.jsonl, line 4 (no code)"]


@pytest.mark.parametrize("command", ["check", "publish"])
@pytest.mark.parametrize(
    ("records", "said"),
    [
        pytest.param([own(departmentPromulgateCode="H15")], "nothing-in-scope", id="of another province"),
        pytest.param([listed()], "details-needed", id="list objects only"),
        pytest.param([own(updatedAt=None)], "--data-day", id="without any day"),
    ],
)
def test_a_refused_file_ends_with_one(run: Command, save: Any, command: str, records: list[Record], said: str) -> None:
    done = run(command, save(*records))
    assert done.exit_code == 1
    assert said in done.stdout
    assert done.stdout.splitlines()[-1] == "Refused: nothing was published, no edition was made."


@pytest.mark.parametrize("command", ["check", "publish"])
@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"", "is empty", id="empty"),
        pytest.param(gzip.compress(to_line(own()).encode())[:-5], "cut off", id="cut off"),
        pytest.param(b"<html>Request Rejected", "web page", id="a web page"),
    ],
)
def test_an_unusable_file_ends_with_two(run: Command, tmp_path: Path, command: str, content: bytes, said: str) -> None:
    file = tmp_path / "details.jsonl.gz"
    file.write_bytes(content)
    done = run(command, file)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("words", [["check", "nothing.json"], ["publish", "nothing.json"]], ids=["check", "publish"])
def test_a_missing_file_ends_with_two(run: Command, words: list[str]) -> None:
    done = run(*words)
    assert (done.exit_code, "No such file" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(["--province", "Hải Phòng"], "no province code", id="a name for the province"),
        pytest.param(["--province", "h24"], "no province code", id="small letters"),
        pytest.param(["--data-day", "18/07/2026"], "18/07/2026", id="a day in another form"),
    ],
)
def test_wrong_options_end_with_two(run: Command, save: Any, words: list[str], said: str) -> None:
    done = run("check", save(*RECORDS), *words)
    assert done.exit_code == 2
    assert said in " ".join(done.stderr.split())


def test_the_province_is_taken_from_the_environment(run: Command, save: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTCUA_PROVINCE", "H15")
    done = run("check", save(own(), own("1.115000", departmentPromulgateCode="H15")))
    assert "1  for the public: 0 national, 1 of H15" in done.stdout


def test_the_data_day_can_be_given(run: Command, save: Any) -> None:
    assert "data of 18/07/2026" in run("check", save(*RECORDS), "--data-day", "2026-07-18").stdout


@pytest.mark.parametrize(
    ("command", "url", "said"),
    [
        pytest.param("check", "nonsense", "MOTCUA_DATABASE_URL", id="checking with no URL"),
        pytest.param("publish", "nonsense", "MOTCUA_DATABASE_URL", id="publishing with no URL"),
        pytest.param("publish", "sqlite:////proc/nowhere/x.sqlite3", "cannot open the database", id="nowhere to write"),
    ],
)
def test_an_unusable_database_ends_with_two(
    run: Command, save: Any, monkeypatch: pytest.MonkeyPatch, command: str, url: str, said: str
) -> None:
    monkeypatch.setenv("MOTCUA_DATABASE_URL", url)
    done = run(command, save(*RECORDS))
    assert done.exit_code == 2
    assert said in done.stderr


def test_looking_at_a_database_that_cannot_be_there_shows_an_empty_one(
    run: Command, save: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOTCUA_DATABASE_URL", "sqlite:////proc/nowhere/x.sqlite3")
    assert "Can be published as edition 1" in run("check", save(*RECORDS)).stdout
    assert "Nothing was published yet" in run("history").stdout


def test_a_repealing_file_needs_to_be_called_complete(run: Command, save: Any) -> None:
    many = [own(f"1.1156{number}") for number in range(10, 40)]
    run("publish", save(*many))
    assert "0 repealed" in run("check", save(*many[1:])).stdout
    assert "1 repealed" in run("publish", save(*many[1:]), "--complete").stdout


class TestHistory:
    def test_an_empty_history_says_how_to_begin(self, run: Command, tmp_path: Path) -> None:
        done = run("history")
        assert (done.exit_code, "motcua catalogue publish FILE" in done.stdout) == (0, True)
        assert not (tmp_path / "data").exists()

    def test_editions_and_runs_are_listed_newest_first(self, run: Command, save: Any) -> None:
        run("publish", save(*RECORDS), "--reason", "lần [đầu]")
        run("publish", save(detail("1.000001", note="mới"), name="more.jsonl"))
        run("publish", save(listed(), name="list.jsonl"))
        shown = run("history").stdout.splitlines()
        assert [line[:4] for line in shown] == [
            *("Edit", "  2.", "    ", "  1.", "    ", "    "),
            *("Impo", "  3.", "    ", "  2.", "  1."),
        ]
        assert shown[1].endswith("catalogue: more.jsonl, data of 17/07/2026")
        assert shown[2] == "      0 new, 1 amended, 0 repealed, 0 unchanged"
        assert shown[5] == "      reason: lần [đầu]"
        assert shown[7].endswith("refused: list.jsonl, edition 2")
        assert "only list objects" in shown[8]

    def test_a_failed_run_shows_why(self, run: Command, tmp_path: Path) -> None:
        (tmp_path / "a.json").write_text("<html>")
        run("publish", tmp_path / "a.json")
        assert "web page" in run("history").stdout
        assert "failed: a.json" in run("history").stdout

    def test_the_history_is_also_json(self, run: Command, save: Any) -> None:
        run("publish", save(*RECORDS), "--reason", "lần đầu")
        run("publish", save(listed(), name="list.jsonl"))
        shown = json.loads(run("history", "--json").stdout)
        [edition] = shown["editions"]
        assert (edition["number"], edition["new"], edition["reason"]) == (1, 3, "lần đầu")
        assert [(each["number"], each["state"]) for each in shown["runs"]] == [(2, "refused"), (1, "published")]
        assert shown["runs"][0]["report"]["is_refused"] is True


class TestShow:
    DIRTY = detail("1.000001", name="Khai\u00a0sinh", note="Ghi chu\u0301", executionMethods=[method(fees=[fee(0)])])

    def test_a_procedure_is_told_in_full(self, run: Command, save: Any) -> None:
        run("publish", save(self.DIRTY))
        done = run("show", "1.000001")
        told = done.stdout.splitlines()
        assert (done.exit_code, told[0]) == (0, f"Edition 1, {LINK}id-1.000001")
        assert {"  name: Khai sinh", "          amount: 0", "checklist: –"} <= set(told)
        assert told[-1] == "originals: 2 texts were published otherwise; see them with --originals"

    def test_its_originals_are_told_when_asked_for(self, run: Command, save: Any) -> None:
        run("publish", save(self.DIRTY))
        told = run("show", "id-1.000001", "--originals").stdout.splitlines()
        assert told[-3:] == [
            "originals:",
            "  name: 'Khai\\xa0sinh'",
            "  note: 'Ghi chu\u0301' (letters and marks apart)",
        ]

    @pytest.mark.parametrize("asked", [True, False], ids=["with originals", "without originals"])
    def test_it_is_also_json(self, run: Command, save: Any, *, asked: bool) -> None:
        run("publish", save(self.DIRTY))
        shown = json.loads(run("show", "1.000001", "--json", *["--originals"] * asked).stdout)
        assert (shown["procedure"]["name"], shown["checklist"], shown["edition"]) == ("Khai sinh", None, 1)
        assert shown.get("originals") == ({"name": "Khai\u00a0sinh", "note": "Ghi chu\u0301"} if asked else None)

    def test_an_unknown_code_ends_with_one_and_makes_no_database(self, run: Command, tmp_path: Path) -> None:
        done = run("show", "1.1")
        assert (done.exit_code, done.stdout) == (1, "")
        assert "No procedure '1.1' is the rule" in done.stderr
        assert not (tmp_path / "data").exists()


class TestGoingBack:
    def test_an_earlier_edition_becomes_the_next_one(self, run: Command, save: Any) -> None:
        run("publish", save(*RECORDS))
        run("publish", save(detail("1.000001", note="mới")))
        done = run("go-back", 1, "--reason", "sai nội dung")
        assert (done.exit_code, done.stdout) == (0, "Published edition 3: it holds what edition 1 held.\n")
        assert "3 unchanged" in run("check", save(*RECORDS)).stdout
        assert "goes back to edition 1" in run("history").stdout
        assert json.loads(run("history", "--json").stdout)["editions"][0]["reason"] == "sai nội dung"

    @pytest.mark.parametrize("edition", [0, 1, 7, 10**30])
    def test_there_must_be_such_an_edition(self, run: Command, save: Any, edition: int) -> None:
        run("publish", save(*RECORDS))
        done = run("go-back", edition, "--reason", "Versehen")
        assert done.exit_code == 1
        assert "cannot go back" in done.stderr

    def test_a_reason_is_needed(self, run: Command) -> None:
        assert run("go-back", 1).exit_code == 2


def test_the_package_runs_by_itself_and_shows_progress_on_a_terminal(tmp_path: Path, save: Any) -> None:
    """In a pseudo-terminal of its own: the bar goes to standard error, the report to standard output."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    environment = {**os.environ, "MOTCUA_DATA_DIR": str(tmp_path / "data"), "TERM": "xterm", "COLUMNS": "100"}
    done = subprocess.run(
        [sys.executable, "-m", "catalogue_import", "publish", str(save(*RECORDS))],
        stdout=subprocess.PIPE,
        stderr=theirs,
        env=environment,
        cwd=ROOT,
        check=True,
    )
    os.close(theirs)
    assert b"Reading" in os.read(ours, 100_000)
    assert done.stdout.decode().splitlines()[-1].startswith("Published edition 1")
    os.close(ours)


@pytest.mark.parametrize("command", ["check", "publish", "show", "history", "go-back"])
def test_every_command_explains_itself(run: Command, command: str) -> None:
    done = run(command, "--help")
    assert done.exit_code == 0
    assert "--data-dir" in done.stdout
