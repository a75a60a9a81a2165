"""Blocks of a .docx file, read from its XML: tables may lack their grid, and text stands in insertions, boxes of
content controls and symbols, which the library's own paragraphs leave out."""

from collections.abc import Iterator
from pathlib import Path

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from catalogue_import.decision_file import Place
from catalogue_import.formats.decision.blocks import Block, Cell, Paragraph, Row, Table, distinct
from catalogue_import.formats.decision.text import tidy
from catalogue_import.office_files import DAMAGE, damaged, scanned
from catalogue_import.reading_issues import ReadingIssue, Reporter

P, TBL, TR, TC, T = (qn(f"w:{name}") for name in ("p", "tbl", "tr", "tc", "t"))
BREAKS = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): " ", qn("w:noBreakHyphen"): "-"}
SYMBOL = qn("w:sym")
SKIPPED = {qn("w:del"), qn("w:moveFrom"), qn("w:pict"), qn("w:instrText"), qn("w:pPr"), qn("w:rPr")}
PICTURES = (qn("pic:pic"), qn("w:pict"), qn("w:object"))
VALUE = qn("w:val")
FEWEST_LETTERS = 200  # of a file with pictures; the letter of a decision alone has over 500


def word_blocks(path: Path, reporter: Reporter) -> Iterator[Block]:
    """In the order of the document; tables count from 1, rows within them too."""
    body = _body(path)
    if _is_scan(body):
        raise scanned(path)
    tables = 0
    for element in _flow(body):
        if element.tag == P:
            if text := tidy(_text(element)):
                yield Paragraph(text, Place())
        else:
            tables += 1
            yield _table(element, tables, reporter)


def _body(path: Path) -> Element:
    try:
        body: Element = Document(str(path)).element.body
    except (*DAMAGE, PackageNotFoundError) as error:
        raise damaged(path) from error
    return body


def _is_scan(body: Element) -> bool:
    """Pictures of pages, with a line or two typed between them at most."""
    letters = sum(len(text.text or "") for text in body.iter(T))
    return letters < FEWEST_LETTERS and next(body.iter(*PICTURES), None) is not None


def _flow(parent: Element) -> Iterator[Element]:
    """Paragraphs and tables, those in content controls and insertions too."""
    for child in parent:
        if child.tag in {P, TBL}:
            yield child
        elif child.tag in {qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml"), qn("w:smartTag")}:
            yield from _flow(child)


def _text(element: Element) -> str:
    return "".join(_pieces(element))


def _pieces(element: Element) -> Iterator[str]:
    for child in element:
        if child.tag == T:
            yield child.text or ""
        elif child.tag in BREAKS:
            yield BREAKS[child.tag]
        elif child.tag == SYMBOL:
            yield _symbol(child)
        elif child.tag == qn("w:r") and child.find(f"{qn('w:rPr')}/{qn('w:vanish')}") is not None:
            continue
        elif child.tag not in SKIPPED:
            yield from _pieces(child)


def _symbol(element: Element) -> str:
    """Ticks are often letters of a symbol font: F0FC of Wingdings."""
    code = int(element.get(qn("w:char"), "0"), 16)
    return chr(code) if code >= 0xE000 else chr(0xF000 + code)  # noqa: PLR2004  start of the private use area


def _table(element: Element, number: int, reporter: Reporter) -> Table:
    rows: list[Row] = []
    above: list[Cell] = []
    for index, row in enumerate(_rows(element)):
        where = Place(table=number, row=index + 1)
        cells = _cells(row, len(rows), above)
        if row.find(f"{qn('w:trPr')}/{qn('w:hidden')}") is not None:
            reporter.add(ReadingIssue.HIDDEN_ROW, " | ".join(cell.text for cell in distinct(cells)), where)
            continue
        above = cells
        rows.append(Row(cells, len(rows), where))
    return Table(rows)


def _rows(table: Element) -> Iterator[Element]:
    for child in table:
        if child.tag == TR:
            yield child
        elif child.tag in {qn("w:sdt"), qn("w:sdtContent"), qn("w:ins")}:
            yield from _rows(child)


def _cells(row: Element, index: int, above: list[Cell]) -> list[Cell]:
    """One for each column of the grid; a cell merged with the one above it is the one above it."""
    cells = [Cell("", index, at) for at in range(_number(row, "w:trPr/w:gridBefore"))]
    for element in _cell_elements(row):
        span = max(1, _number(element, "w:tcPr/w:gridSpan"))
        merge = element.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        at = len(cells)
        if merge is not None and merge.get(VALUE, "continue") == "continue" and at < len(above):
            cell = above[at]
            cell.rows += 1
        else:
            text = tidy("\n".join(_text(paragraph) for paragraph in element.iter(P)))
            cell = Cell(text, index, at, columns=span)
        cells += [cell] * span
    return cells


def _cell_elements(row: Element) -> Iterator[Element]:
    for child in row:
        if child.tag == TC:
            yield child
        elif child.tag in {qn("w:sdt"), qn("w:sdtContent"), qn("w:ins")}:
            yield from _cell_elements(child)


def _number(element: Element, path: str) -> int:
    found = element.find("/".join(qn(step) for step in path.split("/")))
    value = found.get(VALUE, "0") if found is not None else "0"
    return min(int(value), 100) if value.isdecimal() else 0  # a grid of more columns is an attack
