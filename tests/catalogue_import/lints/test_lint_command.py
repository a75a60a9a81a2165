"""`motcua catalogue lint` as an operator types it."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner

from catalogue_import.commands import catalogue
from knowledge.database import open_database, sqlite_url
from knowledge.starter import publish_starter
from portal_records import detail, fee, method, own, write_lines

RECORDS = [own(), detail("1.000001", executionMethods=[method(fees=[fee(20, description="20.000 đồng")])])]
Command = Callable[..., Any]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    monkeypatch.setenv("MOTCUA_DATA_DIR", str(tmp_path / "data"))
    for name in ("MOTCUA_DATABASE_URL", "MOTCUA_PROVINCE"):
        monkeypatch.delenv(name, raising=False)
    return lambda *words: CliRunner().invoke(catalogue, [str(word) for word in words])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write_lines(tmp_path / "details.jsonl", RECORDS)


def test_a_file_is_read_without_a_database(run: Command, file: Path, tmp_path: Path) -> None:
    done = run("lint", file)
    assert done.exit_code == 0
    assert done.stdout.splitlines()[0] == "Tệp details.jsonl: 1 findings in 1 of 2 procedures"
    assert "fee-thousands" in done.stdout
    assert not (tmp_path / "data").exists()


def test_without_a_file_the_edition_is_read(run: Command, file: Path) -> None:
    run("publish", file)
    done = run("lint", "--json")
    report = json.loads(done.stdout)
    assert report["source"] == "Ấn bản 1 của motcua, dữ liệu đến 17/07/2026"
    assert [(each["kind"], each["code"]) for each in report["findings"]] == [("fee-thousands", "1.000001")]


def test_both_reports_are_written(run: Command, file: Path, tmp_path: Path) -> None:
    done = run("lint", file, "--xlsx", tmp_path / "l.xlsx", "--page", tmp_path / "l.html")
    assert f"Written: {tmp_path / 'l.xlsx'}" in done.stderr
    assert openpyxl.load_workbook(tmp_path / "l.xlsx").sheetnames == ["Tóm tắt", "Chi tiết"]
    assert "fee-thousands" in (tmp_path / "l.html").read_text("utf-8")


def test_repealed_codes_come_from_a_list(run: Command, file: Path, tmp_path: Path) -> None:
    codes = tmp_path / "repealed.txt"
    codes.write_text("# of xã Vĩnh Bảo\n\n1.000001, 9003/QĐ-UBND\n2.000986\n", encoding="utf-8")
    done = run("lint", file, "--repealed", codes, "--kind", "repealed-listed", "--json")
    assert [each["stands"] for each in json.loads(done.stdout)["findings"]] == [
        "Đã bị bãi bỏ theo 9003/QĐ-UBND, vẫn có trong danh mục"
    ]


def test_a_bad_line_of_the_list_is_named_with_its_place(run: Command, file: Path, tmp_path: Path) -> None:
    (tmp_path / "repealed.txt").write_text("1.000001\n1.0000012\n", encoding="utf-8")
    done = run("lint", file, "--repealed", tmp_path / "repealed.txt")
    assert (done.exit_code, "line 2: '1.0000012' is no code" in done.stderr) == (2, True)


@pytest.mark.parametrize("words", [("--kind", "fees"), ("absent.jsonl",)], ids=["unknown kind", "no such file"])
def test_unusable_input_ends_with_the_remedy(run: Command, words: tuple[str, ...]) -> None:
    done = run("lint", *words)
    assert done.exit_code == 2
    assert "fee-thousands" in done.stderr or "Check the name" in done.stderr


def test_a_report_that_cannot_be_written_names_the_place(run: Command, file: Path, tmp_path: Path) -> None:
    done = run("lint", file, "--xlsx", tmp_path / "nowhere" / "l.xlsx")
    assert (done.exit_code, f"cannot write {tmp_path / 'nowhere' / 'l.xlsx'}" in done.stderr) == (2, True)


def test_without_any_published_record_the_remedy_is_said(run: Command) -> None:
    done = run("lint")
    assert (done.exit_code, "motcua catalogue lint FILE" in done.stderr) == (2, True)


def test_our_own_starter_texts_are_not_the_publishers(run: Command, tmp_path: Path, now: Any) -> None:
    (tmp_path / "data").mkdir()
    database = open_database(sqlite_url(tmp_path / "data" / "motcua.sqlite3"))
    with database.session() as session:
        publish_starter(session, now)
    database.close()
    done = run("lint")
    assert (done.exit_code, "no published record" in done.stderr) == (2, True)


@pytest.fixture
def quarter(shared: Path, tmp_path: Path) -> Path:
    """Every fourth record of the real catalogue, and those that are asked for by name: a quarter of the time."""
    lines = gzip.decompress((shared / "catalogue" / "portal_api" / "details.jsonl.gz").read_bytes()).splitlines(True)
    named = [line for line in lines if any(code in line for code in (b'"1.001193"', b'"1.009500"'))]
    path = tmp_path / "quarter.jsonl"
    path.write_bytes(b"".join(dict.fromkeys([*lines[::4], *named])))
    return path


@pytest.mark.slow
def test_known_mistakes_of_the_real_catalogue_are_found(run: Command, quarter: Path) -> None:
    """Each of these stands in FORMATS.md."""
    done = run("lint", quarter, "--json")
    found = {(each["kind"], each["code"]) for each in json.loads(done.stdout)["findings"]}
    assert ("text-shuffled", "1.001193") in found
    assert ("fee-too-great", "1.009500") in found
    assert ("time-nowhere", "1.001193") in found
    assert len({code for kind, code in found if kind == "fee-thousands"}) >= 25
    assert len([1 for kind, _ in found if kind == "agency-none"]) == 8
    assert len([1 for kind, _ in found if kind == "page-unlike"]) <= 3, "contents really of another procedure are rare"


# Copies of pages


def glued(folder: Path, name: str, code: str, shown: str) -> None:
    folder.mkdir(exist_ok=True)
    text = f"Chi tiết thủ tục hành chínhMã thủ tục{shown}Số quyết định163/QĐ-BTPTên thủ tụcViệc khác"
    values = {"ma_thu_tuc": code, "ten_thu_tuc": "Việc khác", "detail_url": "", "raw_text": text}
    (folder / f"{name}.json").write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")


def test_a_copy_that_shows_another_procedures_page_is_told_under_its_code(
    run: Command, file: Path, tmp_path: Path
) -> None:
    glued(tmp_path / "copies", "1.000001", "1.000001", "1.014023")
    glued(tmp_path / "copies", "1.000002", "1.000002", "1.000002")
    done = run("lint", file, "--copies", tmp_path / "copies", "--kind", "wrong-page", "--json")
    (finding,) = json.loads(done.stdout)["findings"]
    assert (finding["code"], finding["name"]) == ("1.000001", "Thủ tục thử nghiệm 1.000001")
    assert "1.014023" in finding["stands"]


def test_copies_of_procedures_that_nobody_knows_are_counted_one_by_one(
    run: Command, file: Path, tmp_path: Path
) -> None:
    for code in ("2.000001", "2.000002"):
        glued(tmp_path / "copies", code, code, "1.014023")
    figures = json.loads(run("lint", file, "--copies", tmp_path / "copies", "--json").stdout)["figures"]
    assert (figures[0]["kind"], figures[0]["findings"], figures[0]["procedures"]) == ("wrong-page", 2, 2)


def test_records_are_no_copies(run: Command, file: Path) -> None:
    done = run("lint", file, "--copies", file)
    assert (done.exit_code, "is a national portal, no copy of pages" in done.stderr) == (2, True)


def test_the_seventeen_wrong_pages_are_found(run: Command, file: Path, shared: Path) -> None:
    done = run("lint", file, "--copies", shared / "catalogue" / "crawled_text", "--kind", "wrong-page", "--json")
    assert json.loads(done.stdout)["figures"][0]["findings"] == 17
