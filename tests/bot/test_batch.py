"""`ask --batch`: a stable contract for people's own scripts (DESIGN §6)."""

import io
import json
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest

from bot.app import App, build_app
from bot.batch import BatchReport, code_of, count_lines, run_batch
from bot.conversation.messages import Family
from bot.settings import Settings
from knowledge.catalogue import publish
from knowledge.changeset import ChangeSet
from knowledge.communes import communes
from knowledge.database import open_database
from sample_procedures import CATALOGUE, make_checklist, make_procedure, new

KEYS = ["id", "ending", "family", "procedures", "faq", "aspect", "confidence", "text", "milliseconds"]
BUFFALO, COCONUT = "đăng ký nuôi trâu cần giấy tờ gì", "xin phép trồng dừa cần giấy tờ gì"
WARD = communes()[0]

Asked = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def app(tmp_path: Path, migrated_file: Path, now: datetime, monkeypatch: pytest.MonkeyPatch) -> Iterator[App]:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"MOTCUA_{name.upper()}", raising=False)
    settings = Settings(data_dir=tmp_path / "data")
    settings.data_dir.mkdir()
    copyfile(migrated_file, settings.data_dir / "motcua.sqlite3")
    database = open_database(settings.database, migrating=False)
    procedures = (
        make_procedure(name="Đăng ký nuôi trâu", executing=("Ủy ban nhân dân cấp xã",)),
        make_procedure("1.000002", name="Xin phép trồng dừa"),
    )
    checklists = make_checklist(name="Đăng ký nuôi trâu"), make_checklist("1.000002", name="Xin phép trồng dừa")
    with database.session() as session:
        publish(session, ChangeSet(changes=new(*procedures).changes, checklists=checklists), CATALOGUE, now=now)
    database.close()
    app = build_app(settings, clock=lambda: now)
    yield app
    app.close()


@pytest.fixture
def run(app: App, tmp_path: Path) -> Callable[[str | bytes], tuple[list[dict[str, Any]], BatchReport]]:
    """Answer the lines of a file with this content."""

    def run(content: str | bytes) -> tuple[list[dict[str, Any]], BatchReport]:
        source, out = tmp_path / "in.jsonl", io.StringIO()
        source.write_bytes(content if isinstance(content, bytes) else content.encode())
        report = run_batch(source, out, app)
        return [json.loads(line) for line in out.getvalue().splitlines()], report

    return run


Run = Callable[[str | bytes], tuple[list[dict[str, Any]], BatchReport]]


def line(**fields: Any) -> str:
    return json.dumps(fields, ensure_ascii=False) + "\n"


def test_every_line_gives_one_line_with_exactly_these_keys(run: Run) -> None:
    rows, report = run(line(id="a", text=BUFFALO) + line(id=2, text="cảm ơn"))
    assert [row["id"] for row in rows] == ["a", 2]
    assert all(list(row) == KEYS for row in rows)
    assert str(report) == "2 answered"


def test_an_answer_names_its_procedures_best_first(run: Run) -> None:
    (row,), _ = run(line(id=1, text=BUFFALO))
    assert row["family"] == Family.ANSWER
    assert row["procedures"][0] == "1.000001"
    assert len(row["procedures"]) <= 5
    assert row["faq"] is None
    assert 0 <= row["confidence"] <= 1
    assert row["text"].startswith("Đăng ký nuôi trâu")
    assert row["milliseconds"] > 0


@pytest.mark.parametrize(
    ("text", "ending", "family"),
    [
        ("xin chào", "greeting", "decline"),
        ("cháy nhà rồi cứu với", "emergency", "decline"),
        ("1.999999", "no_data", "decline"),
        ("", "unreadable", "decline"),
        ("hồ sơ của tôi đến đâu rồi", "dossier", "dossier"),
    ],
)
def test_endings_are_counted_under_families(run: Run, text: str, ending: str, family: str) -> None:
    (row,), _ = run(line(id=1, text=text))
    assert (row["ending"], row["family"]) == (ending, family)


def test_a_context_is_answered_first_in_the_same_chat(run: Run) -> None:
    rows, _ = run(line(id=1, text="mất bao nhiêu tiền", context=BUFFALO) + line(id=2, text="mất bao nhiêu tiền"))
    assert rows[0]["procedures"][0] == "1.000001"
    assert rows[0]["aspect"] == "fee"
    assert rows[0]["text"].startswith("Lệ phí: 8.000 đồng")
    assert "Lệ phí: 8.000 đồng" not in rows[1]["text"]


def test_lines_of_one_id_do_not_hear_each_other(run: Run) -> None:
    rows, _ = run(line(id="same", text=BUFFALO) + line(id="same", text="mất bao nhiêu tiền"))
    assert not rows[1]["text"].startswith("Lệ phí: 8.000 đồng")


@pytest.mark.parametrize("commune", [WARD.code, WARD.full_name])
def test_the_commune_of_a_line_is_heard(run: Run, commune: str) -> None:
    (row,), _ = run(line(id=1, text=BUFFALO, commune=commune))
    assert WARD.full_name in row["text"]


@pytest.mark.parametrize("group", [True, 1, "nhóm 12"])
def test_a_line_from_a_group_gets_the_short_form(run: Run, group: object) -> None:
    (row,), _ = run(line(id=1, text=BUFFALO, group=group))
    assert "Chi tiết: https://" in row["text"]


@pytest.mark.parametrize("group", [False, None, 0])
def test_a_line_that_is_from_none_does_not(run: Run, group: object) -> None:
    (row,), _ = run(line(id=1, text=BUFFALO, group=group))
    assert "Chi tiết: " not in row["text"]


def test_labels_of_a_question_set_are_left_alone(run: Run) -> None:
    rows, report = run(line(id=1, text=BUFFALO, gold=["1.000001"], style="clean"))
    assert len(rows) == 1
    assert report.problems == ()


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (b"{khong phai json", "malformed"),
        (b'["mot", "danh sach"]', "Expected `object`"),
        (b'{"id": 1}', "missing required field `text`"),
        (b'{"text": "a"}', "missing required field `id`"),
        (b'{"id": 1, "text": 5}', "Expected `str`"),
        (b'{"id": 1, "text": "\xff\xfe"}', "utf-8"),
    ],
    ids=["no JSON", "a list", "no text", "no id", "text is a number", "no UTF-8"],
)
def test_a_bad_line_is_reported_at_its_number_and_the_rest_is_answered(run: Run, bad: bytes, reason: str) -> None:
    rows, report = run(line(id=1, text=BUFFALO).encode() + bad + b"\n" + line(id=3, text=COCONUT).encode())
    assert [row["id"] for row in rows] == [1, 3]
    (problem,) = report.problems
    assert problem.line == 2
    assert reason in str(problem)
    assert str(report) == "2 answered, 1 lines could not be read"


def test_empty_lines_and_a_byte_order_mark_are_no_problem(run: Run) -> None:
    rows, report = run(
        b"\xef\xbb\xbf" + line(id=1, text=BUFFALO).encode() + b"\n   \n" + line(id=2, text=BUFFALO).encode()
    )
    assert [row["id"] for row in rows] == [1, 2]
    assert report.problems == ()


def test_an_empty_file_gives_an_empty_file(run: Run) -> None:
    assert run("") == ([], BatchReport(0))


def test_progress_counts_the_bad_lines_too(app: App, tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text(line(id=1, text=BUFFALO) + "bad\n\n" + line(id=2, text="cảm ơn"), "utf-8")
    steps: list[None] = []
    run_batch(source, io.StringIO(), app, lambda: steps.append(None))
    assert len(steps) == count_lines(source) == 3


def test_a_file_that_is_not_there_is_the_callers_to_explain(app: App, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        run_batch(tmp_path / "nowhere.jsonl", io.StringIO(), app)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (WARD.code, WARD.code),
        (WARD.full_name, WARD.code),
        ("xã Không Có Thật", ""),
        ("Thị trấn Lai Cách", ""),
        ("", ""),
    ],
    ids=["code", "name", "unknown", "several", "nothing"],
)
def test_a_commune_is_understood_by_code_or_by_a_name_that_is_its_own(given: str, code: str) -> None:
    assert code_of(given) == code
