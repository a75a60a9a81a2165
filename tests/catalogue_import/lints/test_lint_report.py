"""The report: figures, a workbook that computes nothing, a page that fetches nothing."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from catalogue_import.lints import LINTS, lint_all
from catalogue_import.lints.page import MOST_SHOWN, page_of, write_page
from catalogue_import.lints.report import LintReport, only, report_of
from catalogue_import.lints.workbook import DETAILS, LONGEST_CELL, write_workbook
from html_pages import parse
from knowledge.procedure import Procedure, Step
from sample_procedures import make_procedure

DAY = date(2026, 11, 22)


def wrong(code: str = "1.000001", text: str = "Nộp tại Công an huyện.", **changes: object) -> Procedure:
    return make_procedure(code, executing=("Công an xã",), steps=(Step(text=text),), **changes)


def report(*procedures: Procedure) -> LintReport:
    return report_of(lint_all(procedures, {}), "Tệp mẫu.jsonl", DAY, len(procedures))


def cells(path: Path, sheet: str) -> list[list[object]]:
    book = openpyxl.load_workbook(path)
    return [[cell.value for cell in row] for row in book[sheet].iter_rows()]


def test_figures_count_places_and_procedures() -> None:
    twice = wrong("1.000002", "Nộp tại Công an huyện.", conditions="Do Công an cấp huyện xác nhận.")
    made = report(wrong(), twice, make_procedure("1.000003", executing=("Sở",)))
    (figure,) = made.figures
    assert (figure.kind, figure.findings, figure.procedures) == ("old-district", 3, 2)
    assert (made.wrong_procedures, made.procedures) == (2, 3)


def test_the_report_says_itself() -> None:
    lines = str(report(wrong())).splitlines()
    assert lines[0] == "Tệp mẫu.jsonl: 1 findings in 1 of 1 procedures"
    assert lines[1].split() == ["1", "in", "1", "old-district", *"Còn nhắc cấp huyện".split()]


def test_findings_can_be_narrowed_to_one_publisher_and_one_kind() -> None:
    findings = lint_all([wrong(), wrong("1.000002", issuer="Bộ Công an", levels=())], {})
    assert {finding.code for finding in only(findings, (), "bộ công an")} == {"1.000002"}
    assert {finding.kind for finding in only(findings, ("level-none",), "")} == {"level-none"}
    assert only(findings, ("level-none",), "Tư pháp") == ()


def test_the_workbook_has_the_figures_and_every_finding(tmp_path: Path) -> None:
    made = report(wrong(), wrong("1.000002", name="Việc khác"))
    write_workbook(made, tmp_path / "l.xlsx")
    assert cells(tmp_path / "l.xlsx", "Tóm tắt")[1][:5] == ["old-district", "Còn nhắc cấp huyện", "Sai", 2, 2]
    head, *rows = cells(tmp_path / "l.xlsx", "Chi tiết")
    assert head == [label for label, _ in DETAILS]
    assert [(row[0], row[1], row[6], row[7]) for row in rows] == [
        (1, "1.000001", "Trình tự thực hiện, mục 1", "Nộp tại Công an huyện."),
        (2, "1.000002", "Trình tự thực hiện, mục 1", "Nộp tại Công an huyện."),
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["l.xlsx"], "nothing half-written stays"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"], ids=["equals", "plus", "minus", "at", "tab"])
def test_no_cell_computes_what_was_published(tmp_path: Path, start: str) -> None:
    name = f'{start}HYPERLINK("http://x","y")'
    write_workbook(report(wrong(name=name)), tmp_path / "l.xlsx")
    cell = openpyxl.load_workbook(tmp_path / "l.xlsx")["Chi tiết"]["C2"]
    assert (cell.data_type, cell.value) == ("s", name)
    assert cell.quotePrefix


def test_a_cell_takes_any_text(tmp_path: Path) -> None:
    write_workbook(report(wrong(name="Tên\x07 có \x0b ký tự điều khiển " + "dài " * 2_000)), tmp_path / "l.xlsx")
    value = cells(tmp_path / "l.xlsx", "Chi tiết")[1][2]
    assert isinstance(value, str)
    assert value.startswith("Tên có  ký tự")
    assert len(value) == LONGEST_CELL


def test_the_page_shows_what_stands_why_it_is_wrong_and_what_would_be_right() -> None:
    page = parse(page_of(report(wrong())))
    lint = next(lint for lint in LINTS if lint.code == "old-district")
    for said in ("1.000001", "Trình tự thực hiện, mục 1", "Nộp tại Công an huyện.", lint.why, lint.right, "22/11/2026"):
        assert said in page.text


def test_published_text_stays_text_on_the_page() -> None:
    html = page_of(report(wrong(name="<script>alert(1)</script>", text='<img src="//x"> Công an huyện')))
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;script&gt;" in html


def test_the_page_fetches_nothing() -> None:
    html = page_of(report(wrong()))
    assert "src=" not in html
    assert "@import" not in html
    assert "default-src 'none'" in html


def test_a_long_list_is_cut_on_the_page_and_says_so() -> None:
    many = [wrong(f"1.{number:06}", name=f"Việc {number}") for number in range(MOST_SHOWN + 7)]
    html = page_of(report(*many))
    assert html.count("<tr><td data-label") == MOST_SHOWN
    assert "Còn 7 chỗ nữa trong bảng tính" in html


def test_a_catalogue_without_mistakes_is_told_so(tmp_path: Path) -> None:
    empty = report(make_procedure(executing=("Sở",)))
    write_page(empty, tmp_path / "l.html")
    write_workbook(empty, tmp_path / "l.xlsx")
    assert "Không thấy chỗ nào cần sửa" in (tmp_path / "l.html").read_text("utf-8")
    assert cells(tmp_path / "l.xlsx", "Chi tiết")[1:] == []
