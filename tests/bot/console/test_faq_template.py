"""The template shows filled-in examples that are not read; what is written and read back is the same."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from functools import cache
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from openpyxl import Workbook, load_workbook

from bot.console import word_workbook
from bot.console.faq_examples import EXAMPLES
from bot.console.faq_intake import RefusedRowError, against, codes_known, take_in
from bot.console.faq_workbook import COLUMNS, EXAMPLE, FORM, HEADINGS, SHEET, Row, packed, read_workbook
from bot.console.sheets import EXAMPLE_SHEET, Problem, WorkbookError, bytes_of, lines_in
from knowledge.catalogue import publish
from knowledge.database import Database
from knowledge.faq.desk import Card, Revision, card, draft
from knowledge.faq.entry import FaqText
from knowledge.faq.publishing import retire
from knowledge.faq.reading import Typed, read, typed_of
from knowledge.staff.accounts import Act
from knowledge.starter import load_starter
from sample_procedures import CATALOGUE, make_procedure, new, repealed
from staff_people import HOA, LAN, NGA, OTHER_WARD, PARKING, WARD

NOW = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)


def written(text: FaqText, number: int = 1, revision: int = 1) -> Card:
    newest = Revision(faq=number, number=revision, author="lan", at=NOW, origin="", text=text)
    return Card(newest=newest, live=None, is_retired=False)


def back(content: bytes, is_known: Callable[[str], bool] = lambda _: True) -> tuple[tuple[Row, ...], list[Problem]]:
    rows, problems = read_workbook(BytesIO(content), is_known, "a.xlsx")
    return rows, list(problems)


def filled(*rows: Iterable[object], sheet: str = SHEET, columns: Iterable[str] = COLUMNS) -> bytes:
    workbook, held = Workbook(), BytesIO()
    made = workbook.create_sheet(sheet, 0)
    for row in (columns, *rows):
        made.append(list(row))
    workbook.save(held)
    return held.getvalue()


@cache
def codes_of_starter() -> frozenset[str]:
    return frozenset(each.code for each in load_starter().procedures)


# The template


def test_the_template_is_empty_for_who_reads_it() -> None:
    assert back(packed([])) == ((), [])


def test_the_examples_stand_in_a_sheet_of_their_own() -> None:
    sheet = load_workbook(BytesIO(packed([])))[EXAMPLE_SHEET]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == list(COLUMNS)
    assert len(rows) == 1 + len(EXAMPLES)
    assert {row[2] for row in rows[1:]} == {EXAMPLE}
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}


def test_the_examples_show_every_column() -> None:
    """Scope, validity, review, replacement and linked procedures, each at least once; several wordings each time."""
    assert all(any(getattr(each, field) for each in EXAMPLES) for field in HEADINGS)
    assert all("\n" in each.wordings for each in EXAMPLES)


@pytest.mark.parametrize("typed", EXAMPLES, ids=[each.wordings.split("\n")[0] for each in EXAMPLES])
def test_an_example_that_is_copied_over_is_an_entry(typed: Typed) -> None:
    found = read(typed, codes_of_starter().__contains__)
    assert found.problems == ()
    rows, problems = back(filled(FORM.examples[EXAMPLES.index(typed)]))
    assert problems == []
    assert [(row.number, row.text) for row in rows] == [(0, found.text)]


def test_the_template_of_words_has_examples_too() -> None:
    content = word_workbook.packed_words([])
    assert load_workbook(BytesIO(content))[EXAMPLE_SHEET].max_row == 1 + len(word_workbook.EXAMPLES)
    assert list(lines_in(BytesIO(content), "a.xlsx", word_workbook.FORM)) == []


# There and back

LETTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co", "Cf"))
WORDS = st.text(LETTERS, min_size=1, max_size=40)
DAYS = st.none() | st.dates(date(2020, 1, 1), date(2035, 12, 31))
TYPED = st.builds(
    Typed,
    wordings=st.lists(WORDS.map("abc {}".format), min_size=1, max_size=4).map("\n".join),
    answer=st.lists(WORDS, min_size=1, max_size=4).map("\n".join).map("Đáp {}".format),
    procedures=st.sampled_from(["", "1.001193", "1.001193, 2.000815"]),
    commune=st.sampled_from(["", WARD]),
    review_on=DAYS.map(lambda day: f"{day:%d/%m/%Y}" if day else ""),
)


@settings(max_examples=6)  # a workbook each, of many rows
@given(st.lists(TYPED, min_size=3, max_size=15))
def test_whatever_was_written_comes_back_as_it_was(many: list[Typed]) -> None:
    texts = [text for text in (read(typed, lambda _: True).text for typed in many) if text]
    rows, problems = back(packed(written(text, number) for number, text in enumerate(texts, start=1)))
    assert problems == []
    assert [row.text for row in rows] == texts
    assert all(read(typed_of(text), lambda _: True).text == text for text in texts)


@pytest.mark.parametrize(
    "answer",
    ["=1+1", "+84 225", "-5", "@ai", "'chữ", "1.001190", "007", "TRUE", "01/02/2027", "_x0041_ & <b>", "#REF!", '"a"'],
)
def test_what_looks_like_something_else_stays_text(answer: str) -> None:
    text = replace(PARKING, answer=answer)
    assert [row.text for row in back(packed([written(text)]))[0]] == [text]


# At the cell


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("Câu trả lời", "=1+1", "ô E2: ô chứa công thức; ghi thẳng nội dung"),
        ("Dùng từ ngày", datetime(2027, 2, 28), ""),  # noqa: DTZ001  as Excel has it: a day without a zone
        ("Ngày xem lại", 44927.5, "ô K2: “44927.5” không phải một ngày; ghi như 31/12/2026."),
        ("Số", 12.0, ""),
        ("Số", -1, "ô A2: “-1” không phải một số"),
        ("Số", 10**12, "ô A2: “1000000000000” không phải một số"),
        ("Bản", "x", "ô B2: “x” không phải một số"),
        ("Thay mục số", "mười", "ô H2: Ghi số của mục cấp thành phố, ví dụ 12, hoặc để trống."),
        ("Phạm vi", "Thành Đông", ""),
        ("Phạm vi", 10507, ""),
        ("Cách hỏi", "a", "ô D2: Câu “a” ngắn quá, không nói lên điều gì."),
        ("Cách hỏi", "hỏi " * 100, "ô D2: Câu “hỏi hỏi hỏi hỏi hỏi hỏi hỏi hỏi hỏi hỏi …” dài quá 200 chữ"),
    ],
)
def test_a_cell_is_read_or_told_by_its_place(column: str, value: object, told: str) -> None:
    row = dict.fromkeys(COLUMNS, "") | {"Cách hỏi": "gửi xe ở đâu", "Câu trả lời": "Ở sân.", column: value}
    rows, problems = back(filled(row.values()))
    found = [f"{each.place}: {each.message}" for each in problems]
    assert (len(rows), len(found)) == (0 if told else 1, 1 if told else 0)
    assert not told or found[0].startswith(told)


def test_a_cell_that_excel_could_not_work_out_is_told() -> None:
    workbook = load_workbook(BytesIO(packed([])))
    cells = workbook[SHEET][2]
    cells[3].value, cells[4].value = "gửi xe ở đâu", "#REF!"
    cells[4].data_type = "e"
    held = BytesIO()
    workbook.save(held)
    assert back(held.getvalue()) == ((), [Problem("ô E2", "ô chứa lỗi của Excel; ghi thẳng nội dung")])


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (filled(sheet="Khác"), "Tệp này thiếu sheet “Hỏi đáp”."),
        (filled(columns=["Số", "Bản"]), "Tệp này thiếu cột “Cách hỏi” ở dòng 1 của sheet “Hỏi đáp”."),
        (b"PK", "Tệp này không đọc được."),
    ],
    ids=["another sheet", "no column", "no workbook"],
)
def test_what_is_no_template_says_what_it_lacks(content: bytes, told: str) -> None:
    with pytest.raises(WorkbookError) as refused:
        back(content)
    assert refused.value.told.startswith(told)


def test_columns_may_stand_in_another_order_and_beside_others() -> None:
    columns = ["Ghi chú", *reversed(COLUMNS)]
    row = dict.fromkeys(columns, "") | {"Cách hỏi": "gửi xe ở đâu", "Câu trả lời": "Ở sân.", "Ghi chú": "của Lan"}
    (found,), problems = back(filled(row.values(), columns=columns))
    assert (found.text.answer, problems, found.at("Số")) == ("Ở sân.", [], "ô L2")


# Against what is there


def row(text: FaqText, number: int = 0, revision: int = 0) -> Row:
    return Row(lambda heading: f"ô {heading}", number, revision, text)


def test_a_row_is_told_at_the_cell_that_speaks_against_it(sqlite_database: Database) -> None:
    other = replace(PARKING, answer="Khác.")
    with sqlite_database.session(writing=True) as session:
        draft(session, PARKING, Act(LAN, NOW))
        draft(session, replace(PARKING, commune=OTHER_WARD), Act(LAN, NOW))
        tried = {
            "unchanged": list(against(session, [row(PARKING, 1, 9)], LAN)),
            "older": list(against(session, [row(other, 1, 9)], LAN)),
            "nowhere": list(against(session, [row(other, 99, 1)], LAN)),
            "another commune's": list(against(session, [row(other, 2, 1)], NGA)),
            "the city's": list(against(session, [row(other, 1, 1)], NGA)),
            "for another": list(against(session, [row(replace(other, commune=OTHER_WARD))], NGA)),
            "own": list(against(session, [row(replace(other, commune=WARD))], NGA)),
        }
    places = {name: [problem.place for problem in problems] for name, problems in tried.items()}
    assert places == {
        "unchanged": [],
        "older": ["ô Bản"],
        "nowhere": ["ô Số"],
        "another commune's": ["ô Số"],
        "the city's": ["ô Phạm vi"],
        "for another": ["ô Phạm vi"],
        "own": [],
    }


def test_an_entry_whose_procedure_is_gone_goes_out_and_comes_back(sqlite_database: Database) -> None:
    birth = make_procedure("1.001193", name="Khai sinh")
    text = replace(PARKING, procedures=("1.001193",))
    with sqlite_database.session(writing=True) as session:
        publish(session, new(birth, make_procedure("1.000894")), CATALOGUE, now=NOW)
        number = draft(session, text, Act(LAN, NOW))
        publish(session, repealed(birth), CATALOGUE, now=NOW)
        content = packed([card(session, number)])
        rows, problems = back(content, codes_known(session).__contains__)
        assert (problems, list(against(session, rows, LAN))) == ([], [])
        assert take_in(session, rows, Act(LAN, NOW), "a.xlsx") == {"unchanged": 1}
        assert "1.009999" not in codes_known(session)


def test_a_replacement_of_what_was_retired_is_told_at_its_cell(sqlite_database: Database) -> None:
    with sqlite_database.session(writing=True) as session:
        number = draft(session, PARKING, Act(LAN, NOW))
        retire(session, number, "thừa", Act(HOA, NOW))
        with pytest.raises(RefusedRowError) as refused:
            take_in(session, [row(replace(PARKING, commune=WARD, instead_of=number))], Act(LAN, NOW), "a.xlsx")
    assert refused.value.problem.place == "ô Thay mục số"


def test_examples_are_written_beside_the_rows() -> None:
    sheets = load_workbook(BytesIO(bytes_of(FORM, []))).sheetnames
    assert sheets == [SHEET, "Hướng dẫn", EXAMPLE_SHEET]
