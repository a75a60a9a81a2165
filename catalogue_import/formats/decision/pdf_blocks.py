"""Blocks of a PDF with a text layer: ruled tables as grids, the lines outside them as paragraphs.

A table that goes on over pages is one table: the rows keep their page, and a repeated heading is met as one.
"""

import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from catalogue_import.decision_file import Place
from catalogue_import.files import InputError
from catalogue_import.formats.decision.blocks import BULLETS, Block, Cell, Paragraph, Row, Table, is_cut_word
from catalogue_import.formats.decision.open_tables import OpenTables
from catalogue_import.formats.decision.page_heads import PageHeads
from catalogue_import.formats.decision.sections import NUMBER
from catalogue_import.formats.decision.text import tidy
from catalogue_import.office_files import scanned
from catalogue_import.reading_issues import ReadingIssue, Reporter

MOST_PAGES = 1_000  # the longest decisions have some hundred
FEWEST_LETTERS = 20  # of a page with a text layer; a scan has none, at most a stamp
LINE_GAP = 1.6  # times the height of a line: a wider gap ends a paragraph
FULL_LINE = 0.75  # of the text's width: a shorter line ends a paragraph
PADDING = 3.0  # points between a cell's border and its text, at least
SNAP = 2.0  # points within which borders are the same


class Line(NamedTuple):
    text: str
    left: float
    right: float
    top: float
    bottom: float
    first_word: float  # its width


def pdf_blocks(path: Path, reporter: Reporter) -> Iterator[Block]:
    """Raises InputError for scans, protected and damaged files."""
    with _explained(path), pdfplumber.open(path) as pdf:
        yield from _document(path, pdf.pages, reporter)


def first_text(path: Path) -> str:
    """Of the first page; raises InputError."""
    with _explained(path), pdfplumber.open(path) as pdf:
        return pdf.pages[0].extract_text() if pdf.pages else ""


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # warns of every oddity of every font
    try:
        yield
    except PdfminerException as error:
        cause = error.args[0] if error.args else None
        raise _protected(path) if isinstance(cause, PDFPasswordIncorrect) else _damaged(path) from error
    except PDFPasswordIncorrect as error:
        raise _protected(path) from error
    except (
        PDFException,
        MalformedPDFException,
        ValueError,
        TypeError,
        KeyError,
        AssertionError,
        RecursionError,
    ) as error:
        raise _damaged(path) from error  # what pdfminer raises on objects that are not what they should be


def _protected(path: Path) -> InputError:
    return InputError(f"{path.name} được đặt mật khẩu. Xin bản không có mật khẩu rồi đọc lại")


def _damaged(path: Path) -> InputError:
    return InputError(f"{path.name} bị hỏng hoặc thiếu phần cuối. Tải hoặc sao chép lại tệp")


def _document(path: Path, pages: Sequence[Page], reporter: Reporter) -> Iterator[Block]:
    if len(pages) > MOST_PAGES:
        raise InputError(f"{path.name} có hơn {MOST_PAGES:,} trang. Chỉ giữ lại quyết định và phụ lục danh mục")
    repeated = _repeated(path, pages, reporter)
    open_tables, heads = OpenTables(_cell_text), PageHeads()
    for page in pages:
        for block in _page_blocks(page, repeated, open_tables, reporter):
            yield heads.parted(block) if isinstance(block, Table) else block
        page.close()  # forgets what it parsed


def _repeated(path: Path, pages: Sequence[Page], reporter: Reporter) -> frozenset[str]:
    """First and last lines that most pages share: running titles, which are no text of the decision."""
    edges: Counter[str] = Counter()
    pictures = 0
    for page in pages:
        lines = [line.text for line in _lines(page.extract_words(), page.width)]
        edges.update({*lines[:2], *lines[-1:]})
        if sum(map(len, lines)) < FEWEST_LETTERS and page.images:
            pictures += 1
            reporter.add(ReadingIssue.IMAGE_PAGE, where=Place(page=page.page_number))
        page.close()
    if not pages or pictures * 2 > len(pages) or not edges:
        raise scanned(path)
    return frozenset(text for text, times in edges.items() if times > max(1, len(pages) // 2))


def _page_blocks(page: Page, repeated: frozenset[str], open_tables: OpenTables, reporter: Reporter) -> Iterator[Block]:
    """In the order from top to bottom."""
    words = page.extract_words(keep_blank_chars=False, use_text_flow=False)
    tables = [
        table
        for table in page.find_tables({"explicit_horizontal_lines": _open_ends(page)})
        if len(table.rows) > 1 or len(table.columns) > 1
    ]
    outside = [word for word in words if not any(_is_inside(word, table.bbox) for table in tables)]
    where = Place(page=page.page_number)
    placed: list[tuple[float, Block]] = [(table.bbox[1], _table(table, words, where)) for table in tables]
    unruled, outside = open_tables.take(outside, where)
    if unruled:
        reporter.add(ReadingIssue.OPEN_TABLE, where=where)
    placed += unruled
    lines = [line for line in _lines(outside, page.width) if line.text not in repeated and not line.text.isdecimal()]
    placed += [(top, Paragraph(tidy(text), where)) for top, text in _paragraphs(lines, tables)]
    yield from (block for _, block in sorted(placed, key=lambda item: item[0]))


def _open_ends(page: Page) -> list[float]:
    """Where upright lines end without a level one: some programs leave a row open that a page break cuts."""
    level = [edge["top"] for edge in page.edges if edge["orientation"] == "h"]
    upright = [edge for edge in page.edges if edge["orientation"] == "v"]
    ends = {round(edge[side], 1) for edge in upright for side in ("top", "bottom")} if level else set()
    outside = [end for end in ends if not min(level) - SNAP <= end <= max(level) + SNAP] if level else []
    return sorted({max(outside, default=0.0), min(outside, default=0.0)} - {0.0})


def _is_inside(word: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    left, top, right, bottom = box
    across, down = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    return bool(left <= across <= right and top <= down <= bottom)


def _lines(words: Sequence[dict[str, Any]], width: float) -> list[Line]:
    """Words at one height; columns of a letterhead stand far apart and are lines of their own."""
    lines: list[list[dict[str, Any]]] = []
    for word in sorted(words, key=lambda word: (round(word["top"] / SNAP), word["x0"])):
        last = lines[-1] if lines else None
        is_same = last and abs(last[-1]["top"] - word["top"]) <= SNAP * 2 and word["x0"] - last[-1]["x1"] < width / 20
        if last and is_same:
            last.append(word)
        else:
            lines.append([word])
    return [_line(words) for words in lines]


def _line(words: Sequence[dict[str, Any]]) -> Line:
    first, last = words[0], words[-1]
    text = " ".join(word["text"] for word in words)
    return Line(text, first["x0"], last["x1"], first["top"], first["bottom"], first["x1"] - first["x0"])


def _paragraphs(lines: Sequence[Line], tables: Sequence[Any]) -> Iterator[tuple[float, str]]:
    """Lines that wrapped put together: close below a full line, and not the beginning of something new."""
    if not lines:
        return
    width = max(line.right for line in lines) - min(line.left for line in lines)
    start, text = lines[0].top, lines[0].text
    for above, line in pairwise(lines):
        is_wrapped = (
            line.top - above.top < LINE_GAP * (above.bottom - above.top)
            and above.right - above.left > FULL_LINE * width
            and above.text.isupper() == line.text.isupper()
            and not NUMBER.match(line.text)
            and line.text[0] not in BULLETS + "("
            and not any(above.bottom <= table.bbox[1] <= line.top for table in tables)
        )
        if is_wrapped:
            text = f"{text}{'' if is_cut_word(text) else ' '}{line.text}"
        else:
            yield start, text
            start, text = line.top, line.text
    yield start, text


def _table(table: Any, words: Sequence[dict[str, Any]], where: Place) -> Table:
    """The grid of all borders; each box of the page is a cell over as many of its places as it covers."""
    lefts = _edges(box[0] for box in table.cells)
    tops = _edges(box[1] for box in table.cells)
    grid: dict[tuple[int, int], Cell] = {}
    inside = [word for word in words if _is_inside(word, table.bbox)]
    for box in table.cells:
        column, row = _index(lefts, box[0]), _index(tops, box[1])
        columns, rows = _index(lefts, box[2]) - column, _index(tops, box[3]) - row
        text = _cell_text([word for word in inside if _is_inside(word, box)], box)
        cell = Cell(tidy(text), row, column, max(rows, 1), max(columns, 1))
        for at in range(row, row + cell.rows):
            grid.update({(at, across): cell for across in range(column, column + cell.columns)})
    return Table([_row(grid, index, len(lefts), where) for index in range(len(tops))])


def _row(grid: dict[tuple[int, int], Cell], index: int, width: int, where: Place) -> Row:
    return Row([grid.get((index, column)) or Cell("", index, column) for column in range(width)], index, where)


def _edges(values: Iterator[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > SNAP:
            edges.append(value)
    return edges


def _index(edges: Sequence[float], value: float) -> int:
    return next((at for at, edge in enumerate(edges) if edge >= value - SNAP), len(edges))


def _cell_text(words: Sequence[dict[str, Any]], box: tuple[float, float, float, float]) -> str:
    """Lines of a cell; one that wrapped only because the cell is narrow goes on in its line."""
    lines = _lines(words, float("inf"))
    if not lines:
        return ""
    padding = max(PADDING, min(line.left for line in lines) - box[0])
    text = lines[0].text
    for above, line in pairwise(lines):
        has_room = above.right + line.first_word + PADDING < box[2] - padding
        is_new = (line.text[0] in BULLETS and not line.text[1:2].isalnum()) or (
            has_room and not is_cut_word(above.text)
        )
        text = f"{text}\n{line.text}" if is_new else f"{text}{'' if is_cut_word(text) else ' '}{line.text}"
    return text
