"""What stands in a Word file and what only seems to: read from the XML as Word shows it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from catalogue_import.formats.decision.blocks import Block, Paragraph, Table
from catalogue_import.formats.decision.word_blocks import word_blocks
from catalogue_import.reading_issues import Reporter

Blocks = Callable[[str], list[Block]]


@pytest.fixture
def reporter() -> Reporter:
    return Reporter()


@pytest.fixture
def blocks(tmp_path: Path, reporter: Reporter) -> Blocks:
    """Of a body of this XML; `w:` is Word's."""

    def read(xml: str) -> list[Block]:
        document = Document()
        body = document.element.body
        wrapped = parse_xml(f"<w:body {nsdecls('w')}>{xml}</w:body>")
        for at, element in enumerate(list(wrapped)):
            body.insert(at, element)
        document.save(str(tmp_path / "file.docx"))
        return list(word_blocks(tmp_path / "file.docx", reporter))

    return read


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def paragraph(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(run(text))}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def texts(found: list[Block]) -> list[str]:
    return [block.text for block in found if isinstance(block, Paragraph)]


def grid(found: list[Block]) -> list[list[str]]:
    (only,) = (block for block in found if isinstance(block, Table))
    return [[each.text for each in line.cells] for line in only.rows]


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        pytest.param([run("Mã "), run("TTHC")], "Mã TTHC", id="runs put together"),
        pytest.param([run("một"), "<w:r><w:br/></w:r>", run("hai")], "một\nhai", id="a line break"),
        pytest.param([run("một"), "<w:r><w:tab/></w:r>", run("hai")], "một hai", id="a tab"),
        pytest.param([run("NĐ"), "<w:r><w:noBreakHyphen/></w:r>", run("CP")], "NĐ-CP", id="a hyphen that holds"),
        pytest.param([f"<w:ins>{run('thêm')}</w:ins>"], "thêm", id="inserted with changes tracked"),
        pytest.param(
            ["<w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del>", run("còn")],
            "còn",
            id="deleted with changes tracked",
        ),
        pytest.param(["<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>", run("hiện")], "hiện", id="hidden text"),
        pytest.param(["<w:r><w:instrText>PAGE</w:instrText></w:r>", run("3")], "3", id="the code of a field"),
        pytest.param(['<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'], "✓", id="a tick of a symbol font"),
        pytest.param([f'<w:hyperlink w:anchor="a">{run("liên kết")}</w:hyperlink>'], "liên kết", id="a link"),
    ],
)
def test_a_paragraph_says_what_word_shows(runs: list[str], text: str, blocks: Blocks) -> None:
    assert texts(blocks(paragraph(*runs))) == [text]


def test_empty_paragraphs_are_none(blocks: Blocks) -> None:
    assert texts(blocks(paragraph() + paragraph(run("  ")) + paragraph(run("x")))) == ["x"]


def test_content_controls_and_insertions_are_read_in_order(blocks: Blocks) -> None:
    inner = f"<w:sdt><w:sdtContent>{paragraph(run('hai'))}</w:sdtContent></w:sdt>"
    assert texts(blocks(paragraph(run("một")) + inner + paragraph(run("ba")))) == ["một", "hai", "ba"]


def test_cells_over_columns_and_rows_stand_at_every_place_they_cover(blocks: Blocks) -> None:
    found = blocks(
        table(
            row(cell("A", '<w:gridSpan w:val="2"/>'), cell("B", '<w:vMerge w:val="restart"/>')),
            row(cell("1"), cell("2"), cell("", "<w:vMerge/>")),
            row(cell("3"), cell("4"), cell("C", '<w:vMerge w:val="restart"/>')),
        )
    )
    assert grid(found) == [["A", "A", "B"], ["1", "2", "B"], ["3", "4", "C"]]


def test_a_row_that_begins_later_leaves_its_first_places_empty(blocks: Blocks) -> None:
    found = blocks(table(row(cell("1"), cell("2")), row(cell("3"), properties='<w:gridBefore w:val="1"/>')))
    assert grid(found) == [["1", "2"], ["", "3"]]


def test_rows_inside_content_controls_are_rows(blocks: Blocks) -> None:
    inner = f"<w:sdt><w:sdtContent>{row(cell('3'), cell('4'))}</w:sdtContent></w:sdt>"
    assert grid(blocks(table(row(cell("1"), cell("2")), inner))) == [["1", "2"], ["3", "4"]]


def test_a_hidden_row_is_reported_and_not_read(blocks: Blocks, reporter: Reporter) -> None:
    found = blocks(table(row(cell("1")), row(cell("giấu"), properties="<w:hidden/>"), row(cell("2"))))
    assert grid(found) == [["1"], ["2"]]
    (issue,) = reporter.issues
    assert (issue.code, issue.where.row) == ("hidden-row", 2)
    assert "giấu" in issue.message


def test_rows_and_tables_are_counted_as_a_person_would(blocks: Blocks) -> None:
    found = blocks(table(row(cell("1"))) + table(row(cell("2")), row(cell("3"))))
    places = [line.where for block in found if isinstance(block, Table) for line in block.rows]
    assert [(where.table, where.row) for where in places] == [(1, 1), (2, 1), (2, 2)]


@pytest.mark.parametrize("span", ["0", "-3", "một", "4000000000"])
def test_an_absurd_span_is_no_attack(span: str, blocks: Blocks) -> None:
    (line,) = grid(blocks(table(row(cell("1", f'<w:gridSpan w:val="{span}"/>')))))
    assert set(line) == {"1"}
    assert len(line) <= 100
