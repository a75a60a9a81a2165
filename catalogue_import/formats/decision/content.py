"""Layout (e): a heading "n. <Tên> - <mã>" for each procedure, then its parts from the steps to the legal basis."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from msgspec.structs import replace

from catalogue_import.decision_file import Content, Place
from catalogue_import.formats.decision.blocks import Row, Table
from catalogue_import.formats.decision.codes import quoted_codes
from catalogue_import.formats.decision.sections import Section
from catalogue_import.formats.decision.text import letters, one_line
from catalogue_import.formats.decision.values import items
from knowledge.procedure import Paper

HEADING = re.compile(
    r"^\s*(?:(?:thủ tục|mục)\s+)?(?:(?P<item>\d{1,3}(?:\.\d{1,3})*)\s*[.):]?\s+)?"
    r"(?:tên\s+(?:thủ tục(?:\s+hành chính)?|tthc)\s*:\s*)?(?P<name>\D.+?)\s*"
    r"(?:[-–—:,;(\[]\s*)(?:mã(?:\s+(?:số|tthc|thủ tục))*\s*[:.]?\s*)?(?P<code>\d\s?\.\s?\d{6})[\w.]*\s*[)\].]*\s*$",
    re.IGNORECASE | re.DOTALL,
)
CODE_FIRST = re.compile(
    r"^\s*(?:(?P<item>\d{1,3})\s*[.):]\s+)(?:mã\w*\s*)?(?P<code>\d\.\d{6})[\w.]*\s*[-–—:]\s*(?P<name>\D.{5,})$",
    re.IGNORECASE | re.DOTALL,
)
CODE_ALONE = re.compile(
    r"^\s*\(?\s*mã\s*(?:số|tthc|thủ tục|hồ sơ|\s)*[:.]?\s*(?P<code>\d\s?\.\s?\d{6})[\w.]*\s*\)?\s*$", re.IGNORECASE
)
LABEL = re.compile(
    r"^\s*(?:\(?[\da-zđ]{1,2}(?:\.\d{1,2})*[).]\s*|[-–+*]\s*)?(?P<label>[^:\n]{4,90}?)\s*(?::\s*(?P<text>.*))?$",
    re.DOTALL,
)
NUMBER_ALONE = re.compile(r"\(?[\da-zđ]{1,2}(?:\.\d{1,2})*[).]?")
OUTSIDE_BRACKETS = re.compile(r"[,;]\s+(?![^()]*\))")
PLACE = re.compile(r"(?:địa điểm|nơi|địa chỉ)\s*(?:tiếp nhận|nộp|nhận)[^:]*:\s*(.+)", re.IGNORECASE | re.DOTALL)
COUNT_HEADINGS = {"banchinh": 0, "bangoc": 0, "bansao": 1}
COUNTS = re.compile(r"(?:bản (chính|gốc|sao))\s*:?\s*(\d+)|(\d+)\s*(?:bản|bộ) (chính|gốc|sao)", re.IGNORECASE)


class Part(StrEnum):
    STEPS = "steps"
    CHANNELS = "channels"
    PAPERS = "papers"
    TIME = "time"
    SUBJECTS = "subjects"
    AGENCIES = "agencies"
    RESULTS = "results"
    FEES = "fees"
    FORMS = "forms"
    CONDITIONS = "conditions"
    LEGAL = "legal"


LABELS = (
    (Part.STEPS, re.compile(r"^trinhtu")),
    (Part.CHANNELS, re.compile(r"^cachthuc|^hinhthucnop")),
    (Part.PAPERS, re.compile(r"^(thanhphan|hoso(gom|baogom))")),
    (Part.TIME, re.compile(r"^thoihan(giaiquyet)?$|^thoigiangiaiquyet$")),
    (Part.SUBJECTS, re.compile(r"^doituong")),
    (Part.AGENCIES, re.compile(r"^coquan(giaiquyet|thuchien|cothamquyen)")),
    (Part.RESULTS, re.compile(r"^ketqua")),
    (Part.FEES, re.compile(r"^(muc)?(thu)?(phi|lephi)(,?lephi)?(\(neuco\))?$|^philephi")),
    (Part.FORMS, re.compile(r"^(ten)?(bieu)?mau|^tenmau")),
    (Part.CONDITIONS, re.compile(r"^yeucau|^dieukien")),
    (Part.LEGAL, re.compile(r"^cancuphaply|^cosophaply")),
)


@dataclass
class ContentDraft:
    """One procedure as it goes on over paragraphs and tables."""

    code: str
    name: str
    where: Place
    sections: tuple[Section, ...]
    parts: dict[Part, list[str]] = field(default_factory=dict)
    tables: list[Table] = field(default_factory=list)
    current: Part | None = None

    def add(self, text: str) -> bool:
        """A line of the part that is open, or the label of the next one; False if it is neither."""
        found = LABEL.match(text)
        part = part_of(found["label"]) if found else None
        if found and part is not None and part not in self.parts:
            self.current = part
            self.parts[part] = [found["text"]] if found["text"] else []
        elif self.current is not None:
            self.parts[self.current].append(text)
        return self.current is not None

    def drop(self, text: str) -> None:
        """The last line was the name of the next procedure."""
        lines = self.parts.get(self.current, []) if self.current else []
        if text and lines and lines[-1] == text:
            lines.pop()

    def add_table(self, table: Table) -> None:
        """A table of papers; labels with their text beside them are lines as any other."""
        self.tables.append(Table([row for row in table.rows if not self._add_row(row)]))
        if self.where.table is None and table.rows:
            self.where = replace(self.where, table=table.rows[0].where.table)

    def _add_row(self, row: Row) -> bool:
        texts = [cell.text for cell in row.own if not NUMBER_ALONE.fullmatch(cell.text)]
        found = LABEL.match(texts[0]) if len(texts) == 2 else None  # noqa: PLR2004  label and text
        part = part_of(found["label"]) if found else None
        return part is not None and part not in self.parts and self.add(f"{texts[0].strip(' :')}: {texts[1]}")

    def text(self, part: Part) -> str:
        return "\n".join(self.parts.get(part, ()))

    def lines(self, part: Part) -> tuple[str, ...]:
        return items(self.text(part))

    def place(self) -> tuple[str, ...]:
        """From the line that names where dossiers are received."""
        lines = (*self.parts.get(Part.CHANNELS, ()), *self.parts.get(Part.STEPS, ()))
        found = next(filter(None, map(PLACE.search, lines)), None)
        return items(re.sub(r"\s+hoặc\s+(?=Trung tâm|Ủy ban|UBND|Bộ phận)", "; ", found[1])) if found else ()

    def content(self) -> Content:
        return Content(
            steps=tuple(self.parts.get(Part.STEPS, ())),
            papers=tuple(paper for table in self.tables for paper in _papers(table)),
            subjects=_without_brackets_split(self.text(Part.SUBJECTS)),
            agencies=self.lines(Part.AGENCIES),
            results=self.lines(Part.RESULTS),
            conditions=self.text(Part.CONDITIONS).strip(" ."),
        )


def heading_of(text: str, before: str = "") -> re.Match[str] | None:
    """`item`, `name` and `code` of a procedure's heading; its code may stand in a line below its name."""
    if len(quoted_codes(text)) != 1:
        return None
    if alone := CODE_ALONE.match(text):
        return HEADING.match(f"{before} - {alone['code']}") if before and not quoted_codes(before) else None
    return HEADING.match(text) or CODE_FIRST.match(text)


def part_of(label: str) -> Part | None:
    key = letters(label)
    return next((part for part, pattern in LABELS if pattern.search(key)), None)


def _without_brackets_split(text: str) -> tuple[str, ...]:
    parts = (one_line(part).strip(" .;-") for line in text.split("\n") for part in OUTSIDE_BRACKETS.split(line))
    return tuple(dict.fromkeys(filter(None, parts)))


def _papers(table: Table) -> Iterator[Paper]:
    """Rows of a table with a column of names; counts in columns of their own or in words."""
    if not table.rows:
        return
    headings = [letters(cell.text) for cell in table.rows[0].cells]
    name_at = next(
        (at for at, key in enumerate(headings) if key.startswith(("tengiayto", "tenloai", "giayto", "ten"))), None
    )
    if name_at is None:
        return
    for row in table.rows[1:]:
        if len(row.filled) > 1 and name_at < len(row.cells) and row.cells[name_at].text:
            yield _paper(row, headings, name_at)


def _paper(row: Row, headings: Sequence[str], name_at: int) -> Paper:
    counts = [0, 0]
    for key, cell in zip(headings, row.cells, strict=False):
        column = next((at for word, at in COUNT_HEADINGS.items() if word in key), None)
        if column is not None and cell.text.strip().isdecimal():
            counts[column] = min(int(cell.text), 1_000)
        elif key.startswith("soluong"):
            counts = _counts_in_words(cell.text)
    return Paper(name=one_line(row.cells[name_at].text), originals=counts[0], copies=counts[1])


def _counts_in_words(text: str) -> list[int]:
    """Two kinds of words: "01 bản chính, 01 bản sao" or "Bản chính: 1 Bản sao: 0"."""
    counts = [0, 0]
    for before, number, other, after in COUNTS.findall(text):
        counts[1 if (before or after).lower() == "sao" else 0] = min(int(number or other), 1_000)
    return counts
