"""The communes' workbook: filled in by staff, published whole or not at all, told of in answers."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from typer.testing import CliRunner, Result

from catalogue_import.communes.commands import communes
from catalogue_import.communes.layout import COUNTERS, HINTS, PLACES
from catalogue_import.communes.reader import read_communes
from catalogue_import.communes.writer import write_communes
from catalogue_import.files import InputError
from knowledge.catalogue import commune_now, history, procedure_on, publish
from knowledge.commune_layer import CommuneLayer, Counter, Hint
from knowledge.communes import Contact, commune_of
from knowledge.database import open_database, sqlite_url
from knowledge.layer_store import commune_layers
from sample_procedures import CATALOGUE, make_procedure, new

TODAY = date(2026, 11, 22)
AN_PHONG = "11593"  # any commune of the directory would do
CONTACT = ("Trung tâm thử", "Số 1 phố Thử", "0225.000.0000; 0900 000 000", "Thứ 2 đến thứ 6")
ROW = (AN_PHONG, "", *CONTACT, "Nguyễn Thử", "20/11/2026")

Rows = Sequence[Sequence[Any]]
Edit = Callable[[Workbook], None]
Run = Callable[..., Result]


@pytest.fixture(scope="module", autouse=True)
def code_is_real() -> None:
    assert commune_of(AN_PHONG) is not None


@pytest.fixture
def filled(tmp_path: Path) -> Callable[..., Path]:
    """A template with rows below the headings, by sheet."""

    def fill(places: Rows = (ROW,), counters: Rows = (), hints: Rows = ()) -> Path:
        path = tmp_path / "xa.xlsx"
        write_communes(path, (), {})
        workbook = load_workbook(path)
        for sheet, rows in ((PLACES, places), (COUNTERS, counters), (HINTS, hints)):
            for at, row in enumerate(rows, start=2):
                for column, value in enumerate(row, start=1):
                    workbook[sheet.name].cell(at, column, value)
        workbook.save(path)
        return path

    return fill


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return lambda *words: CliRunner().invoke(communes, [*words, "--data-dir", str(tmp_path / "data")])


def test_what_is_filled_in_is_read(filled: Callable[..., Path]) -> None:
    counters = [(AN_PHONG, "Quầy 3", "1.001193", ""), (AN_PHONG, "Quầy 1", "", "Hộ tịch")]
    read = read_communes(filled(counters=counters, hints=[(AN_PHONG, "Gửi xe ở sân.")]), TODAY)
    assert read.problems == ()
    assert read.layers == (
        CommuneLayer(
            code=AN_PHONG,
            told_by="Nguyễn Thử",
            told_on=date(2026, 11, 20),
            contact=Contact(
                centre="Trung tâm thử",
                address="Số 1 phố Thử",
                hotlines=("0225.000.0000", "0900 000 000"),
                hours="Thứ 2 đến thứ 6",
                source="Nguyễn Thử, 20/11/2026",
                second_hand=False,
            ),
            counters=(Counter(counter="Quầy 3", code="1.001193"), Counter(counter="Quầy 1", field="Hộ tịch")),
            hints=(Hint(text="Gửi xe ở sân."),),
        ),
    )


def place(**changes: Any) -> list[Any]:
    names = ("code", "name", "centre", "address", "hotlines", "hours", "told_by", "told_on")
    return [tuple((dict(zip(names, ROW, strict=True)) | changes).values())]


@pytest.mark.parametrize(
    ("sheets", "where", "said"),
    [
        ({"places": place(code="99999")}, "Trung tâm, dòng 2", "không phải mã của xã"),
        ({"places": place(told_by="")}, "Trung tâm, dòng 2", "thiếu người cập nhật"),
        ({"places": place(told_on="31/02/2026")}, "Trung tâm, dòng 2", "không đúng"),
        ({"places": place(told_on="01/01/2027")}, "Trung tâm, dòng 2", "còn chưa tới"),
        ({"places": place(hotlines="gọi anh Tư")}, "Trung tâm, dòng 2", "không phải số điện thoại"),
        ({"places": place(hours="x" * 400)}, "Trung tâm, dòng 2", "dài quá"),
        ({"counters": [(AN_PHONG, "", "1.001193", "")]}, "Quầy, dòng 2", "thiếu tên quầy"),
        ({"counters": [(AN_PHONG, "Quầy 1", "1.00119", "")]}, "Quầy, dòng 2", "không phải mã thủ tục"),
        ({"counters": [(AN_PHONG, "Quầy 1", "", "")]}, "Quầy, dòng 2", "một trong hai"),
        ({"hints": [(AN_PHONG, "", "1.001193", "")]}, "Lời nhắc, dòng 2", "thiếu lời nhắc"),
        ({"places": [], "hints": [(AN_PHONG, "Gửi xe ở sân.")]}, "Lời nhắc, dòng 2", "chưa có người và ngày"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_mistake_is_told_at_its_row(
    filled: Callable[..., Path], sheets: dict[str, Any], where: str, said: str
) -> None:
    read = read_communes(filled(**sheets), TODAY)
    assert read.layers == ()
    assert any(problem.place == where and said in problem.message for problem in read.problems)


def test_a_day_that_the_spreadsheet_keeps_as_a_day_is_read_too(filled: Callable[..., Path]) -> None:
    assert read_communes(filled(places=place(told_on=date(2026, 11, 20))), TODAY).problems == ()


def test_a_row_of_which_only_the_name_is_there_tells_nothing(filled: Callable[..., Path]) -> None:
    assert read_communes(filled(places=[(AN_PHONG, "Xã nào đó")]), TODAY) == ((), ())


@pytest.mark.parametrize(
    "edit",
    [lambda book: book.remove(book[PLACES.name]), lambda book: book[PLACES.name].delete_cols(5)],
    ids=["without a sheet", "without a column"],
)
def test_a_workbook_that_is_not_ours_is_refused(filled: Callable[..., Path], edit: Edit) -> None:
    path = filled()
    workbook = load_workbook(path)
    edit(workbook)
    workbook.save(path)
    with pytest.raises(InputError, match="lacks the"):
        read_communes(path, TODAY)


# The commands


def test_an_import_is_published_once_and_the_same_again_changes_nothing(filled: Callable[..., Path], run: Run) -> None:
    path = filled()
    assert "Published edition 1: 1 communes." in run("import", str(path)).output
    assert "Nothing differs." in run("import", str(path)).output


def test_one_mistake_publishes_nothing(filled: Callable[..., Path], run: Run, tmp_path: Path) -> None:
    result = run("import", str(filled(places=[ROW, *place(code="10507", told_by="")])))
    assert (result.exit_code, "Nothing was published" in result.output) == (1, True)
    assert not (tmp_path / "data" / "motcua.sqlite3").exists()


def test_what_is_exported_can_be_imported_again(filled: Callable[..., Path], run: Run, tmp_path: Path) -> None:
    hints = [(AN_PHONG, "=Gửi xe ở sân.", "", "Hộ tịch")]
    run("import", str(filled(counters=[(AN_PHONG, "Quầy 3", "1.001193", "")], hints=hints)))
    out = tmp_path / "ra.xlsx"
    assert run("export", str(out)).exit_code == 0
    assert "Nothing differs." in run("import", str(out)).output


def test_a_template_lists_every_commune_or_the_one_wanted(tmp_path: Path) -> None:
    every, one = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    CliRunner().invoke(communes, ["template", str(every)])
    CliRunner().invoke(communes, ["template", str(one), "--commune", AN_PHONG])
    assert load_workbook(every)[PLACES.name].cell(115, 1).value is not None
    assert [row[0].value for row in load_workbook(one)[PLACES.name].iter_rows(min_row=2, max_row=3)] == [AN_PHONG, None]


@pytest.mark.parametrize("words", [("template", "a.txt"), ("template", "a.xlsx", "--commune", "nowhere")])
def test_what_cannot_be_written_is_refused(tmp_path: Path, words: tuple[str, ...]) -> None:
    name, file, *rest = words
    assert CliRunner().invoke(communes, [name, str(tmp_path / file), *rest]).exit_code > 0


# In answers


def test_a_procedure_carries_what_the_citizens_commune_tells(
    filled: Callable[..., Path], run: Run, tmp_path: Path
) -> None:
    counters = [(AN_PHONG, "Quầy 1", "", "Hộ tịch"), (AN_PHONG, "Quầy 3", "1.001193", "")]
    hints = [(AN_PHONG, "Gửi xe ở sân.", "", ""), (AN_PHONG, "Lấy số trước.", "1.001193", "")]
    run("import", str(filled(counters=counters, hints=hints)))
    database = open_database(sqlite_url(tmp_path / "data" / "motcua.sqlite3"))
    with database.session() as session:
        both = new(make_procedure("1.001193"), make_procedure("1.000656"))
        publish(session, both, CATALOGUE, now=history(session)[0].published_at)
        birth, death, elsewhere = (
            procedure_on(session, code, TODAY, commune)
            for code, commune in (("1.001193", AN_PHONG), ("1.000656", AN_PHONG), ("1.001193", "10507"))
        )
        here = commune_now(session, AN_PHONG)
        assert list(commune_layers(session)) == [AN_PHONG]
    database.close()
    assert birth is not None
    assert birth.commune is not None
    assert (birth.commune.counter, birth.commune.hints) == ("Quầy 3", ("Lấy số trước.", "Gửi xe ở sân."))
    assert death is not None
    assert death.commune is not None
    assert (death.commune.counter, death.commune.hints) == ("Quầy 1", ("Gửi xe ở sân.",))
    assert elsewhere is not None
    assert elsewhere.commune is None
    assert here is not None
    assert here.contact is not None
    assert here.contact.centre == "Trung tâm thử"
