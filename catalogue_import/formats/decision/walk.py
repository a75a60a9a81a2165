"""Walking through the blocks of a decision: which section each row stands in, and which rows are one record."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from catalogue_import.decision_file import Place
from catalogue_import.formats.decision.blocks import Paragraph, Row, Table
from catalogue_import.formats.decision.codes import quoted_codes, read_codes
from catalogue_import.formats.decision.content import ContentDraft, heading_of
from catalogue_import.formats.decision.days import ImpossibleDayError
from catalogue_import.formats.decision.headers import Header, find_header, is_numbering, report_columns
from catalogue_import.formats.decision.meanings import Meaning
from catalogue_import.formats.decision.rows import (
    CODE_COLUMNS,
    Draft,
    code_places,
    go_on,
    has_code,
    has_own_code,
    is_code,
    is_note,
    is_own,
    is_remark,
    shifted_code,
    take_from_above,
    text_at,
)
from catalogue_import.formats.decision.sections import Section, deeper, looks_like_section, looks_like_title, section_of
from catalogue_import.formats.decision.text import one_line
from catalogue_import.reading_issues import ReadingIssue, Reporter

ANNEX = re.compile(
    r"^\s*(phụ\s*lục(?:\s+số)?(?:\s+(?:[ivxl]+|\d+))?)\s*(?:[.:–-]\s*(?P<title>.*))?$", re.IGNORECASE | re.DOTALL
)
ORDINAL = re.compile(r"(?:[IVXL]+|[A-ZĐ]|\d{1,3}(?:\.\d{1,2})*)[.):]?", re.IGNORECASE)
NAME_COLUMNS = (Meaning.NAME, Meaning.OLD_NAME, Meaning.NEW_NAME)
CONTENT_COLUMNS = frozenset(
    {Meaning.TIME, Meaning.TIME_SHORTENED, Meaning.FEE, Meaning.PLACE, Meaning.AGENCY, Meaning.LEGAL}
)


@dataclass
class Walk:
    """Goes through blocks in order; `drafts` is what it found."""

    reporter: Reporter
    drafts: list[Draft | ContentDraft] = field(default_factory=list)
    sections: tuple[Section, ...] = ()
    annex: str = ""
    unread: list[str] = field(default_factory=list)  # codes of rows that were reported instead
    has_lists: bool = False
    header: Header | None = None
    last: Draft | None = None
    content: ContentDraft | None = None
    width: int = 0
    before: str = ""  # the paragraph before: the name above a line with the code

    def paragraph(self, paragraph: Paragraph) -> None:
        """Between tables only headings count, and what follows the heading of a procedure."""
        if annex := ANNEX.match(one_line(paragraph.text)):
            self.annex, self.sections, self.content = one_line(annex[1]), (), None
            if annex["title"]:
                self._heading(annex["title"], "", paragraph.where)
        elif heading := heading_of(paragraph.text, self.before):
            self._begin_content(heading, paragraph.where)
        elif looks_like_title(paragraph.text) and (self.content is None or paragraph.text.isupper()):
            self.content = None
            self._heading(paragraph.text, "", paragraph.where)
        elif self.content is not None and self.content.add(paragraph.text):
            pass  # a line of its part
        elif self.annex and not is_note(paragraph.text) and not self._is_internal(self.header):
            self._outside(paragraph)
        self.before = paragraph.text

    def _outside(self, paragraph: Paragraph) -> None:
        """A code in the text of an annex is a row whose table was not seen, such as one without lines."""
        codes = quoted_codes(paragraph.text)
        if codes and not paragraph.text.startswith("("):
            self.unread += codes
            self.reporter.add(ReadingIssue.OUTSIDE_TABLE, paragraph.text, replace(paragraph.where, annex=self.annex))

    def _begin_content(self, heading: re.Match[str], where: Place) -> None:
        """Only in an annex: the articles of the decision quote codes too."""
        if not self.annex:
            return
        if self.content is not None and heading.string != self.before:
            self.content.drop(self.before if self.before in heading.string else "")
        item = (heading["item"] or "").split(".")[-1]
        place = replace(where, annex=self.annex, item=int(item) if item else None)
        code = "".join(heading["code"].split())
        self.content = ContentDraft(code, one_line(heading["name"]).strip(" -–:("), place, self.sections)
        self.drafts.append(self.content)
        self.has_lists = True

    def table(self, table: Table) -> None:
        rows, index = table.rows, 0
        if self.content is not None and not any(find_header(rows[at:]) for at in range(min(3, len(rows)))):
            self.content.add_table(table)
            return
        self.content = None
        header = self.header if table.width == self.width else None
        is_list = header is not None and any(has_code(row, header) for row in rows)  # goes on after a page break
        while index < len(rows):
            if found := find_header(rows[index:]):
                if not is_list:
                    self._report_unread(rows[:index])
                self.header = header = report_columns(found, rows[index:], self.reporter)
                self.width, is_list, self.has_lists = table.width, True, True
                index += found.rows
                continue
            if header is not None and is_list:
                self._row(rows[index], header)
            index += 1
        if not is_list:
            self._report_unread(rows)

    def _row(self, row: Row, header: Header) -> None:
        if not row.own or is_numbering(row):
            return
        if section := self._section_text(row, header):
            self._heading(*section, self._place(row))
        elif is_remark(row) and not has_own_code(row, header):
            self.reporter.add(ReadingIssue.TOTAL_ROW, row.own[0].text, self._place(row))
        elif self._is_internal(header):
            self.last = None
        elif shifted := shifted_code(row, header):
            self.unread.append(shifted)
            self.reporter.add(ReadingIssue.SHIFTED_ROW, shifted, self._place(row))
        elif any(text_at(row, at) and is_own(row, at) for at in code_places(header)):
            self._record(row, header)
        else:
            self._codeless(row, header)

    def _record(self, row: Row, header: Header) -> None:
        cells = list(row.cells)
        if self.last is not None and self.last.header.columns == header.columns:
            take_from_above(cells, row, self.last)
        self.last = Draft(cells, header, self.sections, self._place(row))
        self.drafts.append(self.last)

    def _codeless(self, row: Row, header: Header) -> None:
        """A row without a code goes on with the one before, or it is one that a person must look at."""
        if self.last is not None and self._goes_on(row, header):
            go_on(self.last, row)
        elif header.has(*CODE_COLUMNS):
            self._record(row, header)
        else:
            self._without_code_column(row, header)

    def _without_code_column(self, row: Row, header: Header) -> None:
        if any(quoted_codes(text_at(row, at)) for meaning in NAME_COLUMNS for at in header.places(meaning)):
            self._record(row, header)
        else:
            self.reporter.add(ReadingIssue.UNREAD_ROW, one_line(" ".join(c.text for c in row.own)), self._place(row))

    def _goes_on(self, row: Row, header: Header) -> bool:
        if self.last is None or any(text_at(row, at) and is_own(row, at) for at in header.places(Meaning.NUMBER)):
            return False
        if row.where.page != self.last.where.page:
            return True
        filled = {header.columns[cell.column].meaning for cell in row.own if cell.column < len(header.columns)}
        return not (Meaning.NAME in filled and len(filled & CONTENT_COLUMNS) > 1)

    def _section_text(self, row: Row, header: Header) -> tuple[str, str] | None:
        """(text, number) of a row that is a heading: merged, a number beside a text, or in the name column only."""
        own = row.own
        number = ""
        if len(own) == 2 and ORDINAL.fullmatch(own[0].text) and own[0].columns == 1:  # noqa: PLR2004  number and text
            number, own = own[0].text, own[1:]
        if len(own) != 1:
            return None
        cell = own[0]
        is_wide = cell.columns > 1 and cell.columns >= min(3, len(row.cells) - 2)
        is_in_number_column = cell.column in header.places(Meaning.NUMBER) and not ORDINAL.fullmatch(cell.text)
        if (is_wide or is_in_number_column or looks_like_section(cell.text)) and not is_note(cell.text):
            return None if len(read_codes(cell.text).clean) else (cell.text, number)
        return None

    def _heading(self, text: str, number: str, where: Place) -> None:
        try:
            section = section_of(text, number)
        except ImpossibleDayError as error:
            self.reporter.add(ReadingIssue.BAD_DAY, str(error), where)
            return
        if section.kinds:
            self.sections = deeper(self.sections, section)
            if section.is_unknown:
                self.reporter.add(ReadingIssue.UNKNOWN_STATUS, section.text, where)
        elif section.says_nothing_known and where.stt is not None:  # a row of a list, not a line above it
            self.reporter.add(ReadingIssue.UNKNOWN_SECTION, section.text, where)
        if section.kinds:
            self.last = None

    def _is_internal(self, header: Header | None) -> bool:
        said = [section for section in self.sections if section.is_internal or section.status or section.is_unclear]
        return bool(said and said[-1].is_internal) or bool(header and header.has(Meaning.INTERNAL))

    def _place(self, row: Row) -> Place:
        numbers = [text_at(row, at) for at in self.header.places(Meaning.NUMBER)] if self.header else []
        stt = numbers[0].strip(" .)(") if numbers else None
        return replace(row.where, annex=row.where.annex or self.annex, stt=stt)

    def _report_unread(self, rows: Sequence[Row]) -> None:
        """A table without a heading is a letterhead or signatures, unless codes stand in it."""
        coded = [row for row in rows if any(is_code(cell.text) for cell in row.own)]
        for row in coded:
            self.unread += [code for cell in row.own for code in quoted_codes(cell.text)]
            text = one_line(" | ".join(cell.text for cell in row.own))
            self.reporter.add(ReadingIssue.NO_HEADER, text, replace(row.where, annex=self.annex))
