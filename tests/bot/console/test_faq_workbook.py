"""A workbook of entries goes out and comes back; what is wrong in it is told at its cell."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from bot.__main__ import app
from bot.console.faq_workbook import COLUMNS, SHEET
from knowledge.database import Database, open_database, sqlite_url
from knowledge.faq import desk
from knowledge.faq.entry import FaqText
from knowledge.staff.accounts import Act
from knowledge.starter import publish_starter
from staff_people import LAN, PARKING, publish_faq

NOW = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
FULL = FaqText(
    wordings=("=1+1 có phải là công thức", "+84 gọi số nào", "@ai trả lời"),
    answer="=HYPERLINK(…) là chữ.\n\n- **một**\n- [hai](https://example.org)",
    procedures=("1.001193",),
    commune="10507",
    instead_of=1,
    valid_from=date(2026, 1, 1),
    valid_to=date(2026, 12, 31),
    review_on=date(2026, 6, 1),
)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["faq", *arguments])


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    monkeypatch.setenv("MOTCUA_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("MOTCUA_DATABASE_URL", raising=False)
    opened = open_database(sqlite_url(tmp_path / "motcua.sqlite3"))
    with opened.session() as session:
        publish_starter(session, NOW)
    publish_faq(opened, PARKING, NOW)
    with opened.session(writing=True) as session:
        desk.draft(session, FULL, Act(LAN, NOW))
    yield opened
    opened.close()


def texts(database: Database) -> dict[int, FaqText]:
    with database.session() as session:
        return {card.id: card.text for card in desk.cards(session)}


def fill(file: Path, row: int, **cells: object) -> None:
    workbook = load_workbook(file)
    for heading, value in cells.items():
        workbook[SHEET].cell(row, COLUMNS.index(heading.replace("_", " ")) + 1).value = value
    workbook.save(file)


def test_a_round_trip_changes_nothing(database: Database, tmp_path: Path) -> None:
    file, before = tmp_path / "a.xlsx", texts(database)
    assert run("export", str(file)).exit_code == 0
    back = run("import", str(file), "--json")
    assert msgspec.json.decode(back.stdout) == {"new": 0, "changed": 0, "unchanged": 2, "problems": []}
    assert texts(database) == before


def test_nothing_in_an_export_is_a_formula(database: Database, tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    run("export", str(file))
    cells = [cell for row in load_workbook(file)[SHEET].iter_rows() for cell in row if cell.value]
    assert any(str(cell.value).startswith("=") for cell in cells)
    assert {cell.data_type for cell in cells} == {"s"}


def test_changed_and_new_rows_become_drafts(database: Database, tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    run("export", str(file))
    fill(file, 2, Câu_trả_lời="Ở cổng trước.")
    fill(
        file,
        4,
        Cách_hỏi="máy rút tiền ở đâu\nrút tiền chỗ nào",
        Câu_trả_lời="Ở sảnh.",
        Ngày_xem_lại="2/1/2027",
    )
    assert "1 new, 1 changed, 1 unchanged" in run("import", str(file)).output
    found = texts(database)
    assert found[1].answer == "Ở cổng trước."
    assert found[3].wordings == ("máy rút tiền ở đâu", "rút tiền chỗ nào")
    assert found[3].review_on == date(2027, 1, 2)
    with database.session() as session:
        assert [desk.card(session, number).awaits_approval for number in (1, 3)] == [True, True]


def test_new_rows_are_taken_in_once(database: Database, tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    assert run("template", str(file)).exit_code == 0
    fill(file, 2, Cách_hỏi="máy rút tiền ở đâu", Câu_trả_lời="Ở sảnh.")
    assert "1 new" in run("import", str(file)).output
    assert "0 new, 0 changed, 1 unchanged" in run("import", str(file)).output
    assert len(texts(database)) == 3


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"Câu_trả_lời": None}, "ô E2: Ghi câu trả lời"),
        ({"Câu_trả_lời": "=1+1"}, "ô E2: ô chứa công thức"),
        ({"Mã_thủ_tục": "khai sinh"}, "ô F2: “khai” không phải mã thủ tục"),
        ({"Phạm_vi": "Hà Nội xa"}, "ô G2: “Hà Nội xa” không phải"),
        ({"Dùng_từ_ngày": "mai"}, "ô I2: “mai” không phải một ngày"),
        ({"Số": "một"}, "ô A2: “một” không phải một số"),
        ({"Số": 99}, "ô A2: không có mục 99"),
        ({"Số": 2, "Bản": 1}, "ô A3: mục 2 đã có ở ô A2"),
        ({"Bản": 7, "Câu_trả_lời": "Khác."}, "ô B2: mục 1 đã có bản mới hơn"),
    ],
)
def test_a_mistake_is_told_at_its_cell_and_nothing_is_taken_in(
    database: Database, tmp_path: Path, cells: dict[str, object], said: str
) -> None:
    file, before = tmp_path / "a.xlsx", texts(database)
    run("export", str(file))
    fill(file, 2, **cells)
    fill(file, 4, Cách_hỏi="máy rút tiền ở đâu", Câu_trả_lời="Ở sảnh.")
    refused = run("import", str(file))
    assert refused.exit_code == 1
    assert said in refused.output
    assert texts(database) == before


def test_a_change_made_meanwhile_is_not_overwritten(database: Database, tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    run("export", str(file))
    fill(file, 2, Câu_trả_lời="Ở cổng trước.")
    newer = msgspec.structs.replace(PARKING, answer="Ở tầng hầm.")
    with database.session(writing=True) as session:
        desk.revise(session, 1, newer, 1, Act(LAN, NOW))
    assert run("import", str(file)).exit_code == 1
    assert texts(database)[1] == newer


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no zip", b"a,b,c\n"], ids=["empty", "damaged", "csv"])
def test_what_is_no_workbook_is_said_to_be_none(database: Database, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(content)
    refused = run("import", str(file))
    assert refused.exit_code == 2
    assert "no readable .xlsx" in refused.output


def test_a_workbook_of_something_else_is_refused(database: Database, tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    run("template", str(file))
    fill(file, 1, Câu_trả_lời="Trả lời")
    assert "lacks the column “Câu trả lời”" in run("import", str(file)).output
    assert run("import", str(tmp_path / "none.xlsx")).exit_code == 2


def test_nothing_is_overwritten_by_an_export(database: Database, tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    file.write_text("mine")
    assert run("export", str(file)).exit_code == 2
    assert file.read_text() == "mine"
    assert run("export", str(tmp_path / "a.ods")).exit_code == 2


def test_entries_are_listed_by_state(database: Database) -> None:
    assert "1  live  city  Trung tâm có chỗ gửi xe không" in run("list").output
    assert "1 entries" in run("list", "--state", "draft").output
    listed = msgspec.json.decode(run("list", "--json").stdout)
    assert [(row["id"], row["state"]) for row in listed] == [(2, "draft"), (1, "live")]
