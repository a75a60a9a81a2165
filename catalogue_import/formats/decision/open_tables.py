"""Tables of a PDF that have no lines: columns by the white between them, rows by the wider gaps or by their codes.

Only what is clear is read; the rest stays text, in which every code is reported as not read.
"""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from catalogue_import.decision_file import Place
from catalogue_import.formats.decision.blocks import Cell, Row, Table
from catalogue_import.formats.decision.page_bands import Band, bands_of, text_of
from catalogue_import.formats.decision.page_columns import Column, columns_of, overlapped, place_of, stretches
from catalogue_import.formats.decision.sections import looks_like_section
from catalogue_import.formats.decision.text import letters, tidy

CODE = re.compile(r"(?<![\d.])\d\.\s?\d{6}(?!\d)")
ORDINAL = re.compile(r"(?:[IVXLC]{1,5}|[A-ZĐ]|\d{1,3}(?:\.\d{1,3})*)[.)]?")
FEWEST_CODES, FEWEST_COLUMNS = 2, 3
LONGEST_HEADING = 400  # letters; what is longer is text
NEAR = 2.5  # steps from line to line: what stands further below the last code is no part of its row

Word = dict[str, Any]
CellText = Callable[[Sequence[Word], tuple[float, float, float, float]], str]


class Found(NamedTuple):
    """Tables of a page with their tops, and the words that belong to none."""

    tables: list[tuple[float, Table]]
    left: list[Word]


class OpenTables:
    """Goes from page to page: a table goes on with the columns of the one before."""

    def __init__(self, cell_text: CellText) -> None:
        self._cell_text = cell_text
        self._columns: list[Column] = []
        self._named = ""  # the heading from which the columns are

    def take(self, words: Sequence[Word], where: Place) -> Found:
        found = Found([], [])
        for bands in _segments(bands_of(words)):
            self._meet(bands)
            count = _length(bands, self._columns)
            rows = self._rows(bands[:count], where)
            if rows:
                found.tables.append((bands[0].top, Table(rows)))
            found.left.extend(word for band in bands[count if rows else 0 :] for word in band.words)
        return found

    def _meet(self, bands: Sequence[Band]) -> None:
        """A heading that comes again, on the next page or in the middle of one, has the same columns: also one right
        below which another text stands."""
        named = _name(bands[0]) if _is_heading(bands[0]) else self._named
        if named == self._named and self._columns:
            return
        columns = _columns(bands)
        if columns or not (self._named and named.startswith(self._named)):
            self._named, self._columns = named, columns

    def _rows(self, bands: Sequence[Band], where: Place) -> list[Row]:
        """None of a segment in which it is not clear where a row begins."""
        rows: list[list[Cell]] = []
        for band in bands:
            if _is_heading(band):
                rows += self._heading(band, len(rows))
            elif not _has_code(band) and _is_wide(band, self._columns):
                rows.append(self._wide(band, len(rows)))
            elif parts := _parts(band, self._columns):
                rows += [self._cells(part, len(rows) + at) for at, part in enumerate(parts)]
            else:
                return []
        return [Row(cells, at, where) for at, cells in enumerate(rows)]

    def _cells(self, row: Band, at: int) -> list[Cell]:
        texts = []
        for place, column in enumerate(self._columns):
            mine = [word for word in row.words if place_of(word, self._columns) == place]
            texts.append(tidy(self._cell_text(mine, (column.left, row.top, column.right, float("inf")))))
        return [Cell(text, at, place) for place, text in enumerate(texts)]

    def _wide(self, band: Band, at: int) -> list[Cell]:
        """A heading between rows: over all columns, its number apart where that stands in the first one."""
        first, width = band.lines[0][0], len(self._columns)
        words = band.words
        if place_of(first, self._columns) == 0 and ORDINAL.fullmatch(first["text"]):
            title = Cell(tidy(text_of(words[1:])), at, 1, 1, width - 1)
            return [Cell(first["text"], at, 0), *[title] * (width - 1)]
        return [Cell(tidy(text_of(words)), at, 0, 1, width)] * width

    def _heading(self, band: Band, at: int) -> list[list[Cell]]:
        """Two rows: what stands over several columns, and what over each."""
        above: dict[range, list[Word]] = {}
        own: dict[int, list[Word]] = {}
        for line in band.lines:
            for stretch, words in stretches(line):
                covered = overlapped(stretch, self._columns)
                if len(covered) > 1:
                    above.setdefault(covered, []).extend(words)
                else:
                    place = covered[0] if covered else place_of(words[0], self._columns)
                    own.setdefault(place, []).extend(words)
        over = {place: covered for covered in above for place in covered}
        wide = {
            covered: Cell(tidy(text_of(words)), at, covered[0], 1, len(covered)) for covered, words in above.items()
        }
        lower = [
            Cell(tidy(text_of(own.get(place, []))), at + (place in over), place, 1 if place in over else 2)
            for place in range(len(self._columns))
        ]
        upper = [wide[over[place]] if place in over else lower[place] for place in range(len(self._columns))]
        return [upper, lower]


def _has_code(band: Band) -> bool:
    return any(CODE.search(text_of(line)) for line in band.lines)


def _is_heading(band: Band) -> bool:
    """Of a list: what names the columns of numbers, codes and names."""
    key = letters(text_of(band.words))
    names = "ten" in key or "thutuc" in key
    return not _has_code(band) and len(key) < LONGEST_HEADING and "tt" in key and "ma" in key and names


def _segments(bands: Sequence[Band]) -> list[list[Band]]:
    """From one heading of a list to the next other one."""
    segments: list[list[Band]] = []
    named = ""
    for band in bands:
        new = _name(band) if _is_heading(band) else named
        if new != named or not segments:
            segments.append([])
        named = new
        segments[-1].append(band)
    return segments


def _name(heading: Band) -> str:
    return letters(text_of(heading.words))


def _columns(bands: Sequence[Band]) -> list[Column]:
    coded = [band for band in bands if _has_code(band)]
    codes = sum(bool(CODE.search(text_of(line))) for band in coded for line in band.lines)
    columns = columns_of([word for band in coded for word in band.words], bands[0].lines)
    return columns if codes >= FEWEST_CODES and len(columns) >= FEWEST_COLUMNS else []


def _length(bands: Sequence[Band], columns: Sequence[Column]) -> int:
    """How many of the bands are rows: up to the last code, what goes on with it closely below, and the headings of
    what follows on the next page."""
    coded = [at for at, band in enumerate(bands) if _has_code(band)]
    if not columns:
        return 0
    end = coded[-1] + 1 if coded else 0
    while 0 < end < len(bands) and bands[end].step < NEAR and not _is_wide(bands[end], columns):
        end += 1
    headings = [at for at in range(end, len(bands)) if _is_heading(bands[at]) or _is_section(bands[at])]
    return max(end, headings[-1] + 1) if headings else end


def _is_section(band: Band) -> bool:
    return looks_like_section(text_of(band.words))


def _is_wide(band: Band, columns: Sequence[Column]) -> bool:
    """Whether words with no more than a space between them stand across the white between two columns."""
    found = (words for line in band.lines for _, words in stretches(line))
    return any(len({place_of(word, columns) for word in words}) > 1 for words in found)


def _parts(band: Band, columns: Sequence[Column]) -> list[Band]:
    """A band with several codes has rows without gaps between: each begins with its code, if the first one does."""
    places = [_code_place(line, columns) for line in band.lines]
    own = min((place for place in places if place is not None), default=None)
    starts = [at for at, place in enumerate(places) if place is not None and place == own]
    if len(starts) <= 1:
        return [band]
    if starts[0] != 0:
        return []
    return [band._replace(lines=band.lines[start:end]) for start, end in pairwise([*starts, len(band.lines)])]


def _code_place(line: Sequence[Word], columns: Sequence[Column]) -> int | None:
    """The first column in which a line begins with a code: one within other words is quoted."""
    texts = (text_of([word for word in line if place_of(word, columns) == place]) for place in range(len(columns)))
    return next((place for place, text in enumerate(texts) if CODE.match(text)), None)
