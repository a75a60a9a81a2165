"""The public registers and what must be read from them, where they stand beside the checkout."""

import csv
from datetime import datetime
from pathlib import Path

import msgspec
import pytest
from register_files import Imports

from knowledge.database import Database

VERDICTS = {
    "Đang xử lý trong hạn": "in_time",
    "Đang xử lý quá hạn": "overdue",
    "Tạm dừng tính thời hạn": "paused",
    "Quá hạn": "late",
    "Trước hạn": "early",
    "Đúng hạn": "on_time",
    "Cần đối chiếu": "needs_check",
    "": "none",
}


@pytest.mark.parametrize("name", ["so_theo_doi_ho_so_BAN", "so_hai_he_thong"])
def test_a_dirty_register_gives_exactly_what_is_expected(name: str, shared: Path, imports: Imports) -> None:
    samples = shared / "dossiers" / "samples"
    expected = msgspec.json.decode((samples / f"{name}.expected.json").read_bytes())
    assert imports(samples / f"{name}.csv") == expected


def test_the_same_file_again_changes_nothing_and_says_the_same(
    shared: Path, database: Database, eight: datetime
) -> None:
    imports, path = Imports(database, eight), shared / "dossiers" / "samples" / "so_hai_he_thong.csv"
    first = imports(path)
    assert imports.report.new == 12
    assert imports(path) == first
    assert (imports.report.new, imports.report.changed, imports.report.unchanged) == (0, 0, 12)


def test_every_verdict_of_the_clean_register_is_found_again(shared: Path, imports: Imports) -> None:
    path = shared / "dossiers" / "samples" / "so_theo_doi_ho_so.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        stated = {row["Mã hồ sơ"]: VERDICTS[row["Đánh giá thời hạn"]] for row in csv.DictReader(file)}
    assert {code: dossier["verdict"] for code, dossier in imports.dossiers(path).items()} == stated
