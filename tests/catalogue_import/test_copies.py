"""Copies poorer than the record: what is won back from them, how certain it is, and that they are never published."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from typer.testing import CliRunner

from catalogue_import.commands import catalogue
from catalogue_import.comparing import Difference, differences
from catalogue_import.copy_reading import copies_text
from catalogue_import.files import InputError
from catalogue_import.formats import detect, publishable
from catalogue_import.formats.format import CheckFormat
from catalogue_import.recovered import FilingRow, Recovered, RecoveredFile
from decision_makers import Grid, has_font, make_pdf
from knowledge.procedure import Channel, FeeState, LegalBasis, Level, Paper
from sample_procedures import make_procedure

COPIES = Path(__file__).parents[1] / "files" / "copies"
LIST = ("Mã số", "Tên", "Cơ quan ban hành", "Cơ quan thực hiện", "Lĩnh vực")
WRONG_PAGES = {
    "1.014023": "1.002544 1.014208 2.001709 3.000224 3.000272 3.000274 3.000284 3.000285 3.000286 3.000332".split(),
    "3.000579": "2.001428 3.000226 3.000243 3.000244 3.000246 3.000283 3.000331".split(),
}

Saver = Callable[..., Path]


def read(path: Path) -> RecoveredFile:
    format_ = detect(path)
    assert isinstance(format_, CheckFormat)
    return format_.read(path, lambda _done, _total: None)


@pytest.fixture
def save_list(tmp_path: Path) -> Saver:
    def save(*rows: tuple[Any, ...], above: int = 1) -> Path:
        workbook = Workbook()
        sheet = workbook.worksheets[0]
        for _ in range(above):
            sheet.append(["DANH SÁCH THỦ TỤC HÀNH CHÍNH"])
        for row in rows:
            sheet.append(list(row))
        path = tmp_path / "danh-sach.xlsx"
        workbook.save(path)
        return path

    return save


def test_a_saved_page_is_about_the_procedure_in_its_header_not_the_first_link() -> None:
    (only,) = read(COPIES / "page.html").records
    assert (only.code, only.name, only.field) == ("1.990001", "Thủ tục thử", "Thử nghiệm")
    assert only.levels == (Level.PROVINCE, Level.COMMUNE)
    assert only.subjects == ("Công dân Việt Nam", "Tổ chức (không bao gồm doanh nghiệp, HTX)")
    assert (only.results, only.conditions) == (("Giấy thử",), "")
    assert only.steps == "Bước 1: Nộp.\nBước 2: Nhận."
    assert [(law.number, law.name) for law in only.legal_bases] == [("1/2024/QH15", "Luật thử")]
    (paper,) = only.papers
    assert (paper.originals, paper.copies, paper.forms) == (1, 2, ("to-khai.docx",))


def test_the_three_states_of_a_fee_stay_apart_on_a_saved_page() -> None:
    (only,) = read(COPIES / "page.html").records
    assert [(row.channel, row.fee_state) for row in only.filing] == [
        (Channel.ONLINE, FeeState.DECLARED_ZERO),
        (Channel.DIRECT, FeeState.DECLARED_AMOUNT),
        (Channel.POSTAL, FeeState.NOT_DECLARED),
    ]
    assert only.filing[1].fee == "50 USD(một lần)"


def test_another_web_page_is_refused_with_what_to_do(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<html><body><p>Request Rejected</p></body></html>", encoding="utf-8")
    with pytest.raises(InputError, match="không thấy “Mã thủ tục”"):
        read(page)


def test_glued_text_is_cut_at_channels_that_a_time_or_fee_follows() -> None:
    (only,) = read(COPIES / "1.990001.json").records
    assert [(row.channel, row.time, row.fee) for row in only.filing] == [
        (Channel.ONLINE, "1", "Miễn phí"),
        (Channel.DIRECT, "3 Ngày làm việc", "8,000 Việt Nam Đồng"),
        (Channel.POSTAL, "", ""),
    ]
    assert only.filing[1].note == "(một bản)Nộp Trực tiếp tại trung tâm"
    assert [(paper.name, paper.originals, paper.copies) for paper in only.papers][1] == ("Giấy thử", 1, 2)
    assert [law.number for law in only.legal_bases] == ["1/2024/QH15", "2/2025/NĐ-CP", "3/2026/TT-BTP"]
    assert only.formality_id == "00000000-0000-7000-8000-000000000001"


def test_every_field_of_glued_text_carries_how_certain_it_is() -> None:
    shown = CliRunner().invoke(catalogue, ["read", "--json", str(COPIES / "1.990001.json")])
    fields = json.loads(shown.output)["records"][0]["fields"]
    assert all(field["certainty"] for field in fields.values())
    assert fields["name"]["certainty"] > fields["papers"]["certainty"]["names"]
    assert fields["filing"]["certainty"] == {"channels": 0.976, "times": 0.951, "fees": 0.863}


def test_glued_text_of_another_procedure_is_refused(tmp_path: Path) -> None:
    page = tmp_path / "1.990002.json"
    page.write_bytes((COPIES / "1.990001.json").read_bytes())
    file = read(page)
    assert file.records == ()
    assert [issue.code for issue in file.issues] == ["wrong-page"]
    shown = CliRunner().invoke(catalogue, ["read", str(page)])
    assert shown.exit_code == 1
    assert "trang của thủ tục khác" in shown.output


def test_a_list_is_found_by_its_headings_wherever_they_stand(save_list: Saver) -> None:
    path = save_list(
        (*LIST, "Cột lạ"),
        (1.01279, " Thủ tục thử ", "Bộ A", "Sở B\nSở C\nSở B", "Thử nghiệm"),
        ("không mã", "Thủ tục khác", "Bộ A", "", "Thử nghiệm"),
        above=4,
    )
    file = read(path)
    (only,) = file.records
    assert (only.code, only.name, only.issuer) == ("1.012790", "Thủ tục thử", "Bộ A")
    assert only.agencies == ("Sở B", "Sở C")
    assert [issue.code for issue in file.issues] == ["unknown-column", "unread-row"]


@pytest.mark.skipif(not has_font(), reason="no font with Vietnamese letters on this machine")
def test_the_portals_pdf_gives_no_times_or_fees(tmp_path: Path) -> None:
    header = Grid([["Tên thủ tục", "Thủ tục thử"], ["Mã thủ tục", "1.990001"], ["Cấp thực hiện", "Xã, Tỉnh"]])
    papers = Grid([["Tên giấy tờ", "Mẫu đơn, tờ khai", "Số lượng"], ["Tờ khai", "to-khai.docx", "1 bản chính"]])
    fees = Grid(
        [["Hình thức nộp", "Thời hạn giải quyết", "Phí, lệ phí", "Mô tả"], ["Trực tiếp", "1 ngày", "Miễn phí", ""]]
    )
    title, *sections = "CHI TIẾT THỦ TỤC HÀNH CHÍNH", "THÀNH PHẦN HỒ SƠ", "CÁCH THỨC THỰC HIỆN"
    path = make_pdf(tmp_path / "thu-tuc.pdf", [title, header, sections[0], papers, sections[1], fees])
    (only,) = read(path).records
    assert (only.code, only.levels) == ("1.990001", (Level.COMMUNE, Level.PROVINCE))
    assert [(paper.name, paper.originals) for paper in only.papers] == [("Tờ khai", 1)]
    assert only.filing == ()
    assert "filing" not in only.certainty


def test_copies_are_never_published() -> None:
    with pytest.raises(InputError, match=r"never published.*catalogue read"):
        publishable(COPIES / "page.html")


def test_differences_from_the_record_are_told_by_field() -> None:
    (copy,) = read(COPIES / "page.html").records
    record = make_procedure("1.990001", name="Thủ tục  THỬ", field="Khác", levels=(Level.PROVINCE, Level.COMMUNE))
    told = {difference.field: (difference.copy, difference.record) for difference in differences(copy, record)}
    assert "name" not in told  # white space and case make no difference
    assert "levels" not in told
    assert told["field"] == ("Thử nghiệm", "Khác")


@pytest.mark.parametrize(
    ("of_copy", "of_record", "only_copy", "only_record"),
    [
        pytest.param(["60/2014/QH13"], ["Luật số 60/2014/QH13"], None, None, id="a law called otherwise"),
        pytest.param(["8/2025/TT-BTP"], ["08/2025/TT-BTP"], None, None, id="a zero before"),
        pytest.param(["1/2025/NĐ-CP", "2/2025/NĐ-CP"], ["2/2025/NĐ-CP"], "1/2025/NĐ-CP", "", id="one more"),
        pytest.param(["2/2025/NĐ-CP"], ["2/2025/NĐ-CP", "Luật 1"], "", "Luật 1", id="one less"),
        pytest.param([], ["2/2025/NĐ-CP"], None, None, id="a copy that shows none"),
    ],
)
def test_laws_are_compared_by_their_numbers(
    of_copy: list[str], of_record: list[str], only_copy: str | None, only_record: str | None
) -> None:
    laws = tuple(LegalBasis(number=number) for number in of_copy)
    copy = Recovered(code="1.000001", where="a.html", certainty={}, legal_bases=laws)
    record = make_procedure("1.000001", legal_bases=tuple(LegalBasis(number=number) for number in of_record))
    found = [(each.copy, each.record) for each in differences(copy, record)]
    assert found == ([] if only_copy is None else [(only_copy, only_record)])


def test_a_clerk_reads_a_copy_and_its_differences_without_words_of_the_program() -> None:
    rows = (
        FilingRow(channel=Channel.ONLINE, time="1", fee="Miễn phí"),
        FilingRow(channel=Channel.DIRECT, time="5 ngày làm việc", fee="8.000 đồng"),
    )
    copy = Recovered(
        code="1.000001",
        where="a.html",
        certainty={},
        name="Một",
        issuer="Bộ Tư pháp",
        agencies=("Bộ Tư pháp", "UBND cấp xã"),
        filing=rows,
        papers=(Paper(name="Tờ khai"),),
        levels=(Level.COMMUNE,),
    )
    found = [Difference("1.000001", "levels", "Cấp xã", "Cấp tỉnh"), Difference("1.000001", "papers", "", "3")]
    assert copies_text(RecoveredFile(records=(copy,)), "saved page", found).splitlines() == [
        "saved page: 1 thủ tục; bản sao chỉ để đối chiếu, không dùng để công bố",
        "1.000001   Một  [a.html]",
        "    cấp: Cấp xã",
        "    cơ quan: Bộ Tư pháp; UBND cấp xã",
        "    cách nộp: trực tuyến, “1” (không rõ đơn vị), Miễn phí; trực tiếp, 5 ngày làm việc, 8.000 đồng",
        "    giấy tờ: 1",
        "Khác với bản ghi đang dùng:",
        "  1.000001 Cấp thực hiện: chỉ bản sao có “Cấp xã”; chỉ bản ghi có “Cấp tỉnh”",
        "  1.000001 Số giấy tờ: chỉ bản ghi có “3”",
    ]


def test_all_seventeen_files_with_another_page_are_refused(shared: Path) -> None:
    file = read(shared / "catalogue" / "crawled_text")
    refused = {issue.where.annex.removesuffix(".json") for issue in file.issues}
    assert refused == {code for codes in WRONG_PAGES.values() for code in codes}
    assert len(file.records) == 63


@pytest.mark.parametrize(
    ("name", "rows"),
    [("BoCongAn", 339), ("BoTaiChinh", 706), ("BoTuPhap", 271), ("BoXayDung", 525), ("NongNghiepvaMoiTruong", 537)],
)
def test_every_row_of_a_real_list_export_is_read(name: str, rows: int, shared: Path) -> None:
    file = read(shared / "catalogue" / "xlsx" / f"danh-sach-tthc-{name}.xlsx")
    assert (len(file.records), file.issues) == (rows, ())


@pytest.mark.parametrize("name", ["khai-sinh", "thuong-tru", "gpxd-cap-moi-III-IV-nha-o-rieng-le"])
def test_a_real_saved_page_is_read_whole(name: str, shared: Path) -> None:
    (only,) = read(shared / "catalogue" / "html" / f"detail-{name}.html").records
    assert all((only.name, only.field, only.decision, only.filing, only.papers, only.legal_bases, only.steps))


@pytest.mark.parametrize("code", ["1.001193", "2.000815", "1.115753"])
def test_a_real_pdf_of_the_portal_is_told_from_a_decision(code: str, shared: Path) -> None:
    (only,) = read(shared / "catalogue" / "pdf" / f"{code}.pdf").records
    assert only.code == code
    assert only.papers
