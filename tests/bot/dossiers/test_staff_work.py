"""What staff have to see to: what is due, what is about to be late, and the apology that a late dossier is owed."""

import io
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from typer.testing import CliRunner, Result

from bot.__main__ import app
from bot.dossiers.apology import Apology, NotLateError, apology_for
from bot.dossiers.apology_letter import drafted
from bot.dossiers.watch import last_watched, watched
from knowledge.calendar_seed import seeded_calendar
from knowledge.database import Database, open_database, sqlite_url
from knowledge.dossiers.dossier import Dossier, Entry, Status
from knowledge.dossiers.due_list import open_due_between
from knowledge.dossiers.ledger import Update, save

NOW = "2026-11-20T10:00"  # a Friday; Tuesday 24/11 is a day off


def dossier(
    number: int = 1, due: str | None = "2026-11-19T09:00", status: int = Status.IN_WORK, **more: Any
) -> Dossier:
    return Dossier(
        code=f"H24.999-261101-{number:04}",
        due=due,
        status=status,
        procedure="Đăng ký việc thử",
        agency="UBND xã Ví Dụ",
        received="2026-11-02T08:00",
        **more,
    )


def text_of(apology: Apology) -> str:
    document = Document(io.BytesIO(drafted(apology)))
    cells = (cell for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join((*(cell.text for cell in cells), *(paragraph.text for paragraph in document.paragraphs)))


def test_days_of_work_are_counted_for_what_is_soon() -> None:
    assert last_watched(date(2026, 11, 20), 2, seeded_calendar()) == date(2026, 11, 25)


def test_lists_hold_what_is_due_today_and_soon_in_order() -> None:
    given = [
        dossier(1, "2026-11-25T16:00"),
        dossier(2, "2026-11-20T16:00"),
        dossier(3, "2026-11-20T09:00"),
        dossier(4, "2026-11-26T09:00"),
        dossier(5, "2026-11-20", status=Status.TO_ADD),
        dossier(6, "2026-11-20", status=Status.DONE, finished="2026-11-20"),
        dossier(7, None),
        dossier(8, "2026-11-19"),
        dossier(9, "2026-11-23"),
    ]
    found = watched(given, NOW, date(2026, 11, 25))
    assert [each.code[-1] for each in found.today] == ["3", "2"]
    assert [each.code[-1] for each in found.soon] == ["9", "1"]


def test_the_slip_has_the_form_of_an_office_and_leaves_the_name_to_be_filled_in() -> None:
    said = text_of(apology_for(dossier(), NOW, reason="Thiếu người", new_day=date(2026, 12, 4), parent="UBND thử"))
    for part in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "UBND THỬ",
        "UBND XÃ VÍ DỤ",
        "PHIẾU XIN LỖI",
        "Kính gửi: Ông/Bà …",
        "H24.999-261101-0001",
        "lúc 9 giờ 00 phút, ngày 19 tháng 11 năm 2026",
        "Thiếu người",
        "ngày 04 tháng 12 năm 2026",
        "Nơi nhận:",
    ):
        assert part in said


def test_the_page_is_a4_in_the_font_of_documents() -> None:
    document = Document(io.BytesIO(drafted(apology_for(dossier(), NOW))))
    section = document.sections[0]
    assert (round(section.page_width.cm), round(section.page_height.cm)) == (21, 30)
    assert section.left_margin.cm == pytest.approx(3, abs=0.05)
    assert document.styles["Normal"].font.name == "Times New Roman"
    assert document.core_properties.author == ""


@pytest.mark.parametrize(
    ("late", "said"),
    [
        (dossier(status=Status.DONE, finished="2026-11-20T08:00"), "đã có kết quả"),
        (dossier(status=Status.HANDED_OVER, finished="2026-11-20", returned="2026-11-20"), "Kết quả đã trả ngày 20"),
        (dossier(status=Status.STOPPED, finished="2026-11-20"), "dừng giải quyết"),
        (dossier(status=Status.TO_ADD, supplements=2), "hẹn lại ngày trả kết quả: ngày ……"),
    ],
    ids=["done late", "handed over late", "stopped late", "asked twice"],
)
def test_each_way_of_being_late_has_its_true_ending(late: Dossier, said: str) -> None:
    assert said in text_of(apology_for(late, NOW))


@pytest.mark.parametrize(
    "fine",
    [
        dossier(due="2026-11-20T16:00"),
        dossier(due=None),
        dossier(status=Status.FILED),
        dossier(status=Status.TO_ADD, supplements=1, requested="2026-11-18"),
        dossier(status=Status.TO_PAY),
        dossier(status=Status.DONE, finished="2026-11-18"),
        dossier(status=Status.DONE, finished="2026-11-19"),
        dossier(status=Status.HANDED_OVER, returned="2026-11-20"),
    ],
    ids=["in time", "no due date", "filed", "paused", "to pay", "early", "on time", "collected late perhaps"],
)
def test_nothing_is_drafted_for_what_is_not_truly_late(fine: Dossier) -> None:
    with pytest.raises(NotLateError, match="not late"):
        apology_for(fine, NOW)


@pytest.mark.parametrize("day", [date(2026, 11, 19), date(2026, 11, 20)], ids=["the old day", "today"])
def test_a_new_day_lies_ahead(day: date) -> None:
    with pytest.raises(NotLateError, match="new day"):
        apology_for(dossier(), NOW, new_day=day)


def test_what_no_document_can_hold_is_left_out() -> None:
    assert "ab" in text_of(apology_for(dossier(), NOW, reason="a\x00\x0bb\ud800"))


def filled(database: Database, *dossiers: Dossier) -> None:
    entries = [
        Entry(code=each.code, due=each.due, status=each.status, procedure=each.procedure, agency=each.agency)
        for each in dossiers
    ]
    with database.session() as session:
        save(session, [Update(entries=(entry,)) for entry in entries], datetime(2026, 11, 20, tzinfo=UTC))


def test_open_dossiers_are_found_by_their_due_day_with_and_without_a_time(database: Database) -> None:
    given = ("2026-11-19T23:59", "2026-11-20", "2026-11-21T23:59", "2026-11-22", "2026-11-22T00:00", None)
    filled(database, *(dossier(number, due) for number, due in enumerate(given, start=1)))
    filled(database, dossier(7, "2026-11-20", status=Status.DONE))
    with database.session() as session:
        found = open_due_between(session, date(2026, 11, 20), date(2026, 11, 21))
    assert [each.code[-1] for each in found] == ["2", "3"]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MOTCUA_DATABASE_URL", url := sqlite_url(tmp_path / "office.sqlite3"))
    database = open_database(url)
    filled(database, dossier(1, "2020-01-02T09:00"), dossier(2, "2098-01-02T09:00"))
    database.close()
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["dossiers", *arguments])


def test_the_command_drafts_a_slip_for_a_code_as_it_is_typed(office: Path) -> None:
    out = office / "slip.docx"
    ended = run("apology", "h24.999 – 261101 – ooo1", "--out", str(out), "--reason", "thử")
    assert ended.exit_code == 0, ended.output
    assert "H24.999-261101-0001" in "\n".join(each.text for each in Document(str(out)).paragraphs)


@pytest.mark.parametrize(
    ("code", "told"),
    [("H24.999-261101-0002", "not late"), ("H24.999-261101-0009", "No dossier"), ("abc", "No dossier")],
    ids=["in time", "unknown", "no code"],
)
def test_the_command_refuses_in_a_sentence_and_writes_nothing(code: str, told: str, office: Path) -> None:
    out = office / "slip.docx"
    ended = run("apology", code, "--out", str(out))
    assert ended.exit_code == 1
    assert told in ended.stderr
    assert not out.exists()


def test_the_lists_are_shown_as_text_and_as_json(office: Path) -> None:
    assert "Due today: 0" in run("due-soon").stdout
    assert json.loads(run("due-soon", "--json").stdout) == {"today": [], "soon": []}
