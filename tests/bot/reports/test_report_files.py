"""A report as workbook, document and JSON, and the command that writes them."""

import io
import json
from pathlib import Path

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from openpyxl import Workbook, load_workbook
from typer.testing import CliRunner

from bot.__main__ import app
from bot.reports.output import FORMATS, MEDIA, OutputError, file_name, write_report
from bot.reports.report import Report
from bot.reports.table import Table, row
from bot.reports.tables import tables_of
from bot.reports.workbook import _write, workbook_of
from knowledge.database import open_database, sqlite_url
from knowledge.waiting import collect
from report_rows import NOW, put_turns, turn

URL = "https://motcua.example/"


def texts_of(path: Path) -> list[str]:
    document = Document(str(path))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return [*(paragraph.text for paragraph in document.paragraphs), *cells]


def test_the_workbook_has_a_sheet_for_each_table_with_its_numbers_as_numbers(november: Report) -> None:
    workbook = load_workbook(io.BytesIO(workbook_of(november, URL)))
    tables = tables_of(november)
    assert len(workbook.sheetnames) == 1 + len(tables)
    for sheet, table in zip(workbook.worksheets[1:], tables, strict=True):
        assert sheet["A1"].value == table.title
        held = [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, int)]
        assert held == [cell.value for cells in table.rows for cell in cells if cell.is_number]


def test_every_number_of_the_workbook_links_to_its_rows_in_the_console(november: Report) -> None:
    workbook = load_workbook(io.BytesIO(workbook_of(november, URL)))
    links = [cell.hyperlink.target for sheet in workbook for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert len(links) > 150
    assert all(link.startswith("https://motcua.example/can-bo/") for link in links)
    plain = load_workbook(io.BytesIO(workbook_of(november)))
    assert not [cell for sheet in plain for row in sheet.iter_rows() for cell in row if cell.hyperlink]


def test_what_a_citizen_wrote_is_never_a_formula(november: Report, tmp_path: Path) -> None:
    hostile = ('=HYPERLINK("http://x","y")', "+1", "@SUM(A1)", "-2", "\x07chuông", "x" * 40_000)
    table = Table(key="k", title="=1+1", headings=("=A1",), rows=tuple(row(each) for each in hostile))
    workbook = Workbook()
    _write(workbook.worksheets[0], table, november, "")
    workbook.save(tmp_path / "x.xlsx")
    sheet = load_workbook(tmp_path / "x.xlsx").worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert sheet["A5"].value == hostile[0]


def test_the_form_keeps_its_merged_headings_and_lies_across_the_page(november: Report) -> None:
    workbook = load_workbook(io.BytesIO(workbook_of(november)))
    sheet = next(sheet for sheet in workbook if str(sheet["A1"].value).startswith("Tình hình giải quyết"))
    assert {"C4:F4", "G4:J4", "K4:M4"} <= {str(each) for each in sheet.merged_cells.ranges}
    assert sheet.page_setup.orientation == "landscape"
    assert "06/VPCP/KSTT" in {str(cell.value).removeprefix("Biểu số ") for cell in sheet[1]}


def test_the_document_has_head_foot_summary_and_every_table(november: Report, tmp_path: Path) -> None:
    write_report(november, tmp_path / "bao-cao.docx")
    told = texts_of(tmp_path / "bao-cao.docx")
    for expected in ("BÁO CÁO", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Tháng 11/2026, Toàn thành phố"):
        assert any(expected in text for text in told), expected
    for number, table in enumerate(tables_of(november), start=1):
        assert f"{number}. {table.title}" in told
    orientations = [section.orientation for section in Document(str(tmp_path / "bao-cao.docx")).sections]
    assert WD_ORIENT.LANDSCAPE in orientations
    assert orientations[-1] == WD_ORIENT.PORTRAIT


def test_json_holds_every_table_and_what_was_checked(november: Report) -> None:
    told = json.loads(FORMATS[".json"](november, ""))
    assert (told["period"], told["first"], told["last"], told["commune"]) == ("2026-11", "2026-11-01", "2026-11-30", "")
    assert set(told["tables"]) == {table.key for table in tables_of(november)}
    assert all(check["holds"] for check in told["checks"])
    assert told["tables"]["ket-qua"]["rows"][0][1] == november.questions.questions


def test_every_format_has_its_media_type_and_a_name(november: Report) -> None:
    assert set(FORMATS) == set(MEDIA)
    assert file_name(november, ".xlsx") == "bao-cao-2026-11-thanh-pho.xlsx"


@pytest.mark.parametrize(
    ("path", "said"),
    [("x.pdf", r"ends in .xlsx, .docx, .json"), ("nowhere/x.xlsx", "there is no folder")],
    ids=["another kind of file", "no folder"],
)
def test_a_file_that_cannot_be_written_is_refused(november: Report, tmp_path: Path, path: str, said: str) -> None:
    with pytest.raises(OutputError, match=said):
        write_report(november, tmp_path / path)
    assert list(tmp_path.iterdir()) == []


# The command


@pytest.fixture
def database_url(tmp_path: Path, migrated_file: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A database with a question that staff have already looked at, named to the command."""
    url = sqlite_url(tmp_path / "motcua.sqlite3")
    (tmp_path / "motcua.sqlite3").write_bytes(migrated_file.read_bytes())
    database = open_database(url)
    put_turns(database, [turn(NOW, "unknown", question="gửi xe ở đâu")])
    with database.session() as session:
        collect(session, lambda text: dict.fromkeys(text.split(), 1.0))
    database.close()
    monkeypatch.setenv("MOTCUA_DATABASE_URL", url)
    return url


@pytest.mark.usefixtures("database_url")
def test_the_command_writes_the_file_and_says_what_it_is(tmp_path: Path) -> None:
    out = tmp_path / "thang.json"
    done = CliRunner().invoke(app, ["report", "--period", "2026-11", "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert "Tháng 11/2026, Toàn thành phố" in done.output
    assert json.loads(out.read_text())["tables"]["thieu-nhieu"]["rows"] == [[1, "gửi xe ở đâu", "đang chờ", 1, 1]]


@pytest.mark.usefixtures("database_url")
def test_without_a_file_the_report_is_shown() -> None:
    done = CliRunner().invoke(app, ["report", "--period", "2026", "--commune", "vinh bao"])
    assert done.exit_code == 0, done.output
    assert "Năm 2026, Xã Vĩnh Bảo" in done.output
    assert "Kết quả trả lời" in done.output


@pytest.mark.usefixtures("database_url")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--period", "tháng này"], "2026-Q4"),
        (["--period", "2026-11", "--commune", "99999"], "five-digit code"),
        (["--period", "2026-11", "--commune", "an"], "five-digit code"),
        (["--period", "2026-11", "--out", "x.pdf"], "ends in"),
    ],
    ids=["no period", "no commune", "several communes", "no format"],
)
def test_what_the_command_cannot_do_is_said_in_one_line(arguments: list[str], said: str) -> None:
    done = CliRunner().invoke(app, ["report", *arguments])
    assert done.exit_code == 2
    assert said in done.output
    assert "Traceback" not in done.output
