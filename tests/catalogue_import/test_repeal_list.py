"""Plain lists of repealed codes, published like any other file."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from catalogue_import.decision_file import Status
from catalogue_import.files import InputError
from catalogue_import.formats import detect
from catalogue_import.formats.repeal_list import REPEAL_LIST
from catalogue_import.report import ImportReport
from knowledge.catalogue import procedure_on
from knowledge.database import Database
from knowledge.import_runs import RunState
from portal_records import detail, own

Importer = Callable[..., ImportReport]
Saver = Callable[..., Path]
HEAD = "DANH SÁCH BÃI BỎ\nQuyết định: 3582/QĐ-UBND\nNgày ký: 08/09/2026\nHiệu lực: 08/09/2026\n"


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "bai-bo.txt"
    path.write_text(f"{HEAD}# ghi chú\n1.001193\n\n2.001023.000.00.00.H24 -> 3.000722 Liên thông\n", "utf-8")
    return path


def read(path: Path) -> object:
    return REPEAL_LIST.read(path, lambda _done, _total: None)


def test_codes_names_and_successors_are_read(listed: Path) -> None:
    assert detect(listed) is REPEAL_LIST
    file = REPEAL_LIST.read(listed, lambda _done, _total: None)
    assert (file.decision.number, file.decision.day) == ("3582/QĐ-UBND", date(2026, 9, 8))
    assert [(row.status, row.code, row.successor, row.name, row.where.row) for row in file.records] == [
        (Status.REPEALED, "1.001193", None, "", 6),
        (Status.REPLACED, "2.001023", "3.000722", "Liên thông", 8),
    ]


@pytest.mark.parametrize("row", ["10.005090", "1.00119", "khai sinh", "1.001193 ->"])
def test_a_line_that_is_no_code_goes_to_review(tmp_path: Path, row: str) -> None:
    path = tmp_path / "x.txt"
    path.write_text(f"{HEAD}{row}\n", "utf-8")
    file = REPEAL_LIST.read(path, lambda _done, _total: None)
    assert [each.code_printed for each in file.needs_review] == [row]
    assert file.records == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("DANH SÁCH BÃI BỎ\n1.001193\n", "begins like this", id="no decision"),
        pytest.param(HEAD.replace("Hiệu lực: 08/09", "Hiệu lực: 31/02"), "is no day", id="an impossible day"),
    ],
)
def test_a_list_that_does_not_say_its_decision_and_day_is_refused(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "x.txt"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError, match=said):
        read(path)


def test_a_list_in_another_encoding_is_refused_with_the_remedy(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes("DANH SÁCH BÃI BỎ\n".encode() + b"\xff\xe9\n")
    with pytest.raises(InputError, match="save it as UTF-8"):
        read(path)


def test_publishing_a_list_repeals_from_its_day_on_and_twice_changes_nothing(
    save: Saver, publish: Importer, sqlite_database: Database, tmp_path: Path
) -> None:
    publish(save([detail(), own()]))
    path = tmp_path / "bai-bo.txt"
    path.write_text(f"{HEAD}1.000001\n", "utf-8")
    first, again = publish(path), publish(path)
    assert (first.state, first.edition, first.changes.repealed) == (RunState.PUBLISHED, 2, 1)
    assert (again.state, again.edition) == (RunState.UNCHANGED, 2)
    with sqlite_database.session() as session:
        before = procedure_on(session, "1.000001", date(2026, 9, 7))
        after = procedure_on(session, "1.000001", date(2026, 9, 8))
    assert before is not None
    assert before.city.ended is None
    assert after is not None
    assert after.city.ended is not None


def test_a_list_with_a_row_that_is_no_code_is_refused_unless_its_sound_rows_are_chosen(
    save: Saver, publish: Importer, tmp_path: Path
) -> None:
    publish(save([detail(), own()]))
    path = tmp_path / "bai-bo.txt"
    path.write_text(f"{HEAD}1.000001\n10.005090\n", "utf-8")
    refused = publish(path)
    assert refused.state is RunState.REFUSED
    assert [(found.code, found.places) for found in refused.findings] == [("needs-review", ("dòng 6",))]
    chosen = publish(path, only_sound=True)
    assert (chosen.state, chosen.edition, chosen.changes.repealed) == (RunState.PUBLISHED, 2, 1)
