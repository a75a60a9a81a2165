"""Workbooks out of the console and back in, and words from the command line."""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import httpx
import msgspec
import pytest
from openpyxl import Workbook, load_workbook
from typer.testing import CliRunner

from bot.__main__ import app as command
from bot.app import App
from bot.console.faq_workbook import COLUMNS, SHEET
from bot.console.word_workbook import FORM
from console_officer import Officer, words_of
from knowledge.faq import desk
from knowledge.faq.entry import FaqText
from knowledge.staff.accounts import Act
from knowledge.words.desk import approve_word, propose, word_cards
from knowledge.words.word import WordKind, WordText
from staff_people import HOA, LAN, OTHER_WARD, PARKING, WARD, publish_faq

Enter = Callable[[str], Officer]
FAQ, WORDS = "/can-bo/hoi-dap/bang-tinh", "/can-bo/tu-ngu/bang-tinh"
SWALLOW = WordText(kind=WordKind.WORDING, said="giấy chim én", means="1.000894")
FORMULA = WordText(kind=WordKind.WORDING, said="=1+1 giấy", means="1.001193")
SHORT = WordText(kind=WordKind.SHORT_FORM, said="gce", means="giấy chim én")


def upload(officer: Officer, address: str, content: bytes, name: str = "a.xlsx") -> httpx.Response:
    files = {"tep": (name, content, "application/octet-stream")}
    return officer.client.post(address, data={"dau": officer.csrf}, files=files, follow_redirects=False)


def filled(sheet: str, headings: tuple[str, ...], *rows: tuple[str, ...]) -> bytes:
    workbook, held = Workbook(), BytesIO()
    workbook.active.title = sheet
    for row in (headings, *rows):
        workbook.active.append(row)
    workbook.save(held)
    return held.getvalue()


def words_sheet(*rows: tuple[str, ...]) -> bytes:
    return filled(FORM.sheet, FORM.read, *rows)


def faq_sheet(**cells: str) -> bytes:
    return filled(SHEET, COLUMNS, tuple(cells.get(heading.replace(" ", "_"), "") for heading in COLUMNS))


@pytest.mark.parametrize("address", [FAQ, WORDS])
def test_both_pages_open_and_lead_to_their_files(enter: Enter, address: str) -> None:
    lan = enter("lan")
    assert f"{address}.xlsx?mau=1" in lan.get(address).text
    response = lan.get(f"{address}.xlsx?mau=1")
    assert "attachment" in response.headers["content-disposition"]
    assert len(load_workbook(BytesIO(response.content)).sheetnames) == 3
    assert enter("").get(f"{address}.xlsx", follow_redirects=False).status_code == 303


def test_entries_go_out_and_come_back_unchanged(enter: Enter, app: App) -> None:
    publish_faq(app.database, PARKING, app.clock())
    publish_faq(app.database, FaqText(wordings=("=1+1 là gì", "@ai trả lời"), answer="=2."), app.clock())
    lan = enter("lan")
    content = lan.get(f"{FAQ}.xlsx").content
    cells = [cell for row in load_workbook(BytesIO(content))[SHEET].iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}
    told = upload(lan, FAQ, content)
    assert "0 mới, 0 sửa, 2 giữ nguyên" in words_of(told)


def test_a_new_row_becomes_a_draft(enter: Enter, app: App) -> None:
    told = upload(enter("lan"), FAQ, faq_sheet(Cách_hỏi="Có ghế ngồi không", Câu_trả_lời="Có."))
    assert "1 mới" in words_of(told)
    with app.database.session() as session:
        (card,) = desk.cards(session)
        assert (card.text.title, card.newest.author, card.newest.origin) == ("Có ghế ngồi không", "lan", "a.xlsx")


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"Cách_hỏi": "Có ghế không"}, "ô E2: Ghi câu trả lời"),
        ({"Cách_hỏi": "Có ghế không", "Câu_trả_lời": "Có.", "Mã_thủ_tục": "abc"}, "ô F2: “abc” không phải mã"),
        ({"Cách_hỏi": "Có ghế không", "Câu_trả_lời": "Có.", "Số": "77", "Bản": "1"}, "không có mục 77"),
        ({"Cách_hỏi": "Có ghế", "Câu_trả_lời": "Có.", "Phạm_vi": WARD, "Thay_mục_số": "9"}, "Mục cần thay"),
        ({"Cách_hỏi": "=1+1", "Câu_trả_lời": "Có."}, "ô D2: ô chứa công thức"),
    ],
    ids=["no answer", "no code", "an unknown number", "replaces nothing", "a formula"],
)
def test_mistakes_are_told_at_their_cells_and_nothing_is_taken(
    enter: Enter, app: App, cells: dict[str, str], said: str
) -> None:
    told = upload(enter("lan"), FAQ, faq_sheet(**cells))
    assert told.status_code == 400
    assert said in words_of(told).replace(" :", ":")
    with app.database.session() as session:
        assert desk.cards(session) == []


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "Bạn chọn tệp"), (b"x" * 1000, "không đọc được"), (filled("Khác", ("a",)), "thiếu sheet")],
    ids=["nothing", "no workbook", "another workbook"],
)
@pytest.mark.parametrize("address", [FAQ, WORDS])
def test_what_is_no_such_workbook_is_refused_kindly(enter: Enter, address: str, content: bytes, said: str) -> None:
    told = upload(enter("lan"), address, content)
    assert told.status_code == 400
    assert said in words_of(told)


def test_staff_of_a_commune_get_and_change_their_own_alone(enter: Enter, app: App) -> None:
    publish_faq(app.database, PARKING, app.clock())
    publish_faq(app.database, msgspec.structs.replace(PARKING, commune=OTHER_WARD), app.clock())
    nga = enter("nga")
    content = nga.get(f"{FAQ}.xlsx").content
    assert load_workbook(BytesIO(content))[SHEET].cell(3, 1).value is None
    assert "1 giữ nguyên" in words_of(upload(nga, FAQ, content))
    for cells in ({"Số": "1", "Bản": "1"}, {"Số": "2", "Bản": "1"}, {}):
        told = upload(nga, FAQ, faq_sheet(Cách_hỏi="Có ghế không", Câu_trả_lời="Có.", **cells))
        assert told.status_code == 400


def live(app: App, *texts: WordText) -> None:
    with app.database.session(writing=True) as session:
        for text in texts:
            approve_word(session, propose(session, text, Act(LAN, app.clock())), Act(HOA, app.clock()))
    app.library.refresh(app.clock())


def test_words_go_out_and_come_back_unchanged(enter: Enter, app: App) -> None:
    live(app, SWALLOW, SHORT, FORMULA)
    lan = enter("lan")
    content = lan.get(f"{WORDS}.xlsx").content
    cells = [cell for row in load_workbook(BytesIO(content))[FORM.sheet].iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}
    assert "0 mới, 0 sửa, 3 giữ nguyên" in words_of(upload(lan, WORDS, content))


def test_new_words_are_proposed(enter: Enter, app: App) -> None:
    content = words_sheet(("Cách gọi", "giấy chim én", "1.000894", ""), ("từ viết tắt", "gce", "giấy chim én", WARD))
    assert "2 mới" in words_of(upload(enter("lan"), WORDS, content))
    with app.database.session() as session:
        assert [card.text.said for card in word_cards(session)] == ["gce", "giấy chim én"]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("khác", "a", "b", "")], "ô A2: ghi “cách gọi” hoặc “từ viết tắt”"),
        ([("cách gọi", "giấy chim én", "9.999999", "")], "ô C2: Danh mục không có"),
        ([("cách gọi", "làm giấy khai sinh cho con", "1.000894", "")], "ô B2: “làm giấy khai sinh cho con” đã là"),
        ([("cách gọi", "sổ rồng", "1.000894", ""), ("cách gọi", "sổ rồng", "1.001193", "")], "ô B3: “sổ rồng” đã được"),
        ([("từ viết tắt", "gce", "=A1", "")], "ô chứa công thức"),
        ([("từ viết tắt", "gce", "giấy", "xã Không Có")], "ô D2: “xã Không Có” không phải"),
    ],
    ids=["no kind", "no procedure", "another's", "two rows against each other", "a formula", "no commune"],
)
def test_words_that_cannot_be_are_told_at_their_cells(
    enter: Enter, app: App, rows: list[tuple[str, ...]], said: str
) -> None:
    told = upload(enter("lan"), WORDS, words_sheet(*rows))
    assert told.status_code == 400
    assert said in words_of(told).replace(" :", ":")
    with app.database.session() as session:
        assert word_cards(session) == []


def test_a_commune_proposes_no_word_for_others(enter: Enter) -> None:
    told = upload(enter("nga"), WORDS, words_sheet(("cách gọi", "giấy chim én", "1.000894", "")))
    assert "chỉ viết cho" in words_of(told)


def test_a_file_of_another_site_s_form_is_not_taken(enter: Enter, app: App) -> None:
    lan = enter("lan")
    files = {"tep": ("a.xlsx", faq_sheet(Cách_hỏi="Có ghế không", Câu_trả_lời="Có."), "application/octet-stream")}
    lan.client.post(FAQ, data={"dau": "0" * 32}, files=files)
    with app.database.session() as session:
        assert desk.cards(session) == []


def test_words_are_kept_from_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTCUA_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("MOTCUA_DATABASE_URL", raising=False)

    def run(*arguments: str) -> tuple[int, str]:
        result = CliRunner().invoke(command, ["words", *arguments])
        return result.exit_code, result.output

    file = tmp_path / "words.xlsx"
    assert run("template", str(file))[0] == 0
    assert run("template", str(file))[0] == 2  # it is there already
    file.write_bytes(words_sheet(("cách gọi", "giấy chim én", "1.000894", "")))
    assert run("import", str(file)) == (0, "1 new, 0 unchanged; proposals await approval.\n")
    assert "giấy chim én" in run("list")[1]
    assert run("export", str(tmp_path / "out.xlsx"))[0] == 0
    assert run("import", str(tmp_path / "out.xlsx"), "--json")[1].startswith('{"new":0,"unchanged":1,"problems":[]}')
    file.write_bytes(words_sheet(("khác", "a", "b", "")))
    code, told = run("import", str(file))
    assert code == 1
    assert re.search(r"ô A2: .*\nNothing was taken in", told)
    assert run("import", str(tmp_path / "absent.xlsx"))[0] == 2


@pytest.mark.parametrize("address", [FAQ, WORDS])
def test_a_workbook_with_whole_columns_merged_is_refused_with_what_to_do(enter: Enter, address: str) -> None:
    """One click in Excel; opened, it would take a gigabyte."""
    workbook, held = Workbook(), BytesIO()
    workbook.active.merged_cells.add("C1:C1048576")
    workbook.save(held)
    assert "bỏ gộp các ô" in words_of(upload(enter("lan"), address, held.getvalue()))


def test_a_stray_cell_far_to_the_right_changes_nothing(enter: Enter) -> None:
    workbook = load_workbook(BytesIO(words_sheet()))
    for row in range(1, 200):
        workbook.active.cell(row, 16_384, " ")
    workbook.save(held := BytesIO())
    assert upload(enter("lan"), WORDS, held.getvalue()).status_code == 200
