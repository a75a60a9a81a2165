"""`motcua catalogue read`: what a clerk sees of a file, and what a script gets of it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from catalogue_import.commands import catalogue
from decision_makers import Grid, decision, make_word, make_workbook
from portal_records import detail, write_lines

Command = Callable[..., Any]

HEADING = [
    *("STT", "Mã TTHC", "Tên TTHC", "Thời hạn theo quy định", "Thời hạn sau cắt giảm"),
    *("Địa điểm", "Lệ phí", "DVC toàn trình", "DVC một phần", "Căn cứ pháp lý"),
]
ROWS = Grid(
    [
        HEADING,
        ["A. DANH MỤC TTHC MỚI BAN HÀNH", *"<" * 9],
        ["I. LĨNH VỰC HỘ TỊCH – CẤP XÃ", *"<" * 9],
        ["1", "1.000001", "Đăng ký A", "10 ngày", "5 ngày", "Trung tâm A\nTrung tâm B", "Không", "x", "", "Luật 1"],
        ["2", "10.000002", "Đăng ký B", "10 ngày", "", "", "", "", "", "thay mã 1.000077"],
    ]
)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    monkeypatch.setenv("MOTCUA_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("MOTCUA_DATABASE_URL", raising=False)
    return lambda *words: CliRunner().invoke(catalogue, [str(word) for word in words])


@pytest.fixture
def word(tmp_path: Path) -> Path:
    return make_word(tmp_path / "quyet-dinh.docx", decision(ROWS))


def test_a_clerk_reads_the_decision_and_every_record_in_vietnamese(run: Command, word: Path) -> None:
    done = run("read", word)
    lines = [line.strip() for line in done.stdout.splitlines()]
    assert done.exit_code == 0
    assert lines[0] == "decision (Word): Quyết định 9100/QĐ-UBND ngày 10/10/2026, hiệu lực 10/10/2026"
    assert "1 mới, 0 sửa đổi, 0 bãi bỏ, 0 thay thế:" in lines
    assert "mới       1.000001  Đăng ký A" in lines
    for told in (
        "lĩnh vực: Hộ tịch",
        "cấp: Cấp xã",
        "thời hạn: 10 ngày → 5 ngày",
        "nơi thực hiện: Trung tâm A; Trung tâm B",
        "phí, lệ phí: Không",
        "căn cứ: Luật 1",
        "hiệu lực: 10/10/2026",
    ):
        assert told in lines


def test_rows_for_a_person_stand_with_their_place_and_a_guess(run: Command, word: Path) -> None:
    shown = run("read", word).stdout
    assert "CẦN NGƯỜI KIỂM TRA  10.000002 (gợi ý: 1.000002)  Đăng ký B" in shown
    assert "Phụ lục I, bảng 1, dòng 5" in shown
    assert "LỖI: Mã “10.000002” không đúng dạng 1.001193" in shown
    assert "Mã chỉ được nhắc đến, không lấy: 1.000077" in shown


def test_reading_writes_nothing(run: Command, word: Path, tmp_path: Path) -> None:
    before = word.read_bytes()
    run("read", word)
    assert word.read_bytes() == before
    assert not (tmp_path / "data").exists()


def test_a_script_gets_every_key_also_where_nothing_is_said(run: Command, word: Path) -> None:
    told = json.loads(run("read", word, "--json").stdout)
    assert list(told) == ["format", "decision", "counts", "records", "needs_review", "ignored", "issues"]
    assert told["decision"] == {
        "number": "9100/QĐ-UBND",
        "date": "2026-10-10",
        "issuer": "Chủ tịch Ủy ban nhân dân thành phố Hải Phòng",
        "title": "Về việc công bố Danh mục thủ tục hành chính",
        "effective_date": "2026-10-10",
    }
    assert told["counts"] == {"new": 1, "amended": 0, "repealed": 0, "replaced": 0}
    assert told["ignored"] == ["1.000077"]
    (record,) = told["records"]
    assert record == {
        "status": "new",
        "code": "1.000001",
        "name": "Đăng ký A",
        "field": "Hộ tịch",
        "level": ["Cấp xã"],
        "time_statutory": "10 ngày",
        "time_shortened": "5 ngày",
        "place": ["Trung tâm A", "Trung tâm B"],
        "fee_text": "Không",
        "online_level": "full",
        "channels": None,
        "legal_basis": ["Luật 1"],
        "successor": None,
        "effective_date": "2026-10-10",
        "where": {"annex": "Phụ lục I", "stt": "1", "table": 1, "row": 4},
    }


def test_a_script_gets_rows_for_review_and_issues_with_their_places(run: Command, word: Path) -> None:
    told = json.loads(run("read", word, "--json").stdout)
    (review,) = told["needs_review"]
    assert (review["code_printed"], review["status"], review["where"]["row"]) == ("10.000002", "new", 5)
    (issue,) = told["issues"]
    assert (issue["code"], issue["severity"], issue["where"]["row"]) == ("bad-code", "stop", 5)


def test_content_is_told_beside_the_record(run: Command, tmp_path: Path) -> None:
    parts = decision(
        *("NỘI DUNG THỦ TỤC HÀNH CHÍNH MỚI BAN HÀNH", "1. Đăng ký A - 1.000001"),
        *("(1) Trình tự thực hiện:", "Bước 1: Nộp.", "Bước 2: Nhận.", "(2) Thành phần hồ sơ:"),
        Grid([["STT", "Tên giấy tờ", "Bản chính", "Bản sao"], ["1", "Tờ khai", "1", "0"]]),
        "(3) Đối tượng thực hiện: Cá nhân",
    )
    told = json.loads(run("read", make_word(tmp_path / "noi-dung.docx", parts), "--json").stdout)
    content = told["records"][0]["content"]
    assert (content["step_paragraphs"], content["first_step"]) == (2, "Bước 1: Nộp.")
    assert content["documents"] == [{"name": "Tờ khai", "originals": 1, "copies": 0}]
    assert content["subjects"] == ["Cá nhân"]


def test_a_workbook_is_told_by_sheet_and_row(run: Command, tmp_path: Path) -> None:
    told = json.loads(run("read", make_workbook(tmp_path / "a.xlsx", decision(ROWS)), "--json").stdout)
    assert told["records"][0]["where"] == {"annex": "Phụ lục I", "stt": "1", "sheet": "Danh mục", "row": 16}


def test_a_copy_of_the_catalogue_is_sent_to_check(run: Command, tmp_path: Path) -> None:
    done = run("read", write_lines(tmp_path / "details.jsonl", [detail("1.000001")]))
    assert done.exit_code == 2
    assert "motcua catalogue check" in done.stderr
    assert "Traceback" not in done.output


def test_a_web_page_of_something_else_ends_with_one_and_what_to_do(run: Command, tmp_path: Path) -> None:
    path = tmp_path / "trang.html"
    path.write_text("<html><body><h1>Request Rejected</h1></body></html>", encoding="utf-8")
    done = run("read", path)
    assert done.exit_code in {1, 2}
    assert done.output.strip()
    assert "Traceback" not in done.output


def test_a_missing_file_is_told_in_a_sentence(run: Command, tmp_path: Path) -> None:
    done = run("read", tmp_path / "khong-co.docx")
    assert done.exit_code == 2
    assert "khong-co.docx" in done.stderr


def test_the_empty_template_is_written_and_read_back_as_empty(run: Command, tmp_path: Path) -> None:
    assert run("template", tmp_path / "mau.xlsx").exit_code == 0
    told = json.loads(run("read", tmp_path / "mau.xlsx", "--json").stdout)
    assert told["format"] == "template"
    assert told["records"] == []
    assert "empty-template" in {issue["code"] for issue in told["issues"]}
