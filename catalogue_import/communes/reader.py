"""Reading the communes' workbook: every mistake is told at its cell, and one mistake refuses all of it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple
from unicodedata import normalize

from openpyxl import Workbook

from catalogue_import.clean import clean_line
from catalogue_import.communes.layout import COUNTERS, HEADING_ROW, HINTS, LAST_DAY_HINT, PLACES, Key, Sheet
from catalogue_import.files import InputError
from catalogue_import.workbooks import open_workbook
from knowledge.commune_layer import CommuneLayer, Counter, Hint
from knowledge.communes import Contact, commune_of
from knowledge.procedure import CODE

MOST_ROWS = 20_000  # 114 communes with their counters and hints are some 5,000
LONGEST = 300  # letters of a cell: a hint is a sentence or two
TOLD = {Key.CENTRE, Key.ADDRESS, Key.HOTLINES, Key.HOURS}

_PHONE = re.compile(r"\+?\d[\d .]{6,16}\d")
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


@dataclass(frozen=True)
class Row:
    """Texts of one row by column; `place` as in "Trung tâm, dòng 3"."""

    place: str
    texts: Mapping[Key, str]

    def __getitem__(self, key: Key) -> str:
        return self.texts.get(key, "")


class Problem(NamedTuple):
    place: str
    message: str


class ReadCommunes(NamedTuple):
    layers: tuple[CommuneLayer, ...]
    problems: tuple[Problem, ...]


def read_communes(path: Path, today: date) -> ReadCommunes:
    """Communes of which the workbook says something. Raises InputError when it is none of ours."""
    workbook = open_workbook(path)
    sheets = {sheet: list(_rows(path, workbook, sheet)) for sheet in (PLACES, COUNTERS, HINTS)}
    problems = [problem for sheet in sheets for row in sheets[sheet] for problem in _problems(sheet, row, today)]
    if problems:
        return ReadCommunes((), tuple(problems))
    told = {row[Key.CODE]: row for row in sheets[PLACES] if row[Key.TOLD_BY]}
    named = {row[Key.CODE]: row for sheet in (COUNTERS, HINTS) for row in sheets[sheet]}
    missing = [
        Problem(row.place, f"xã {code} chưa có người và ngày cập nhật ở sheet “{PLACES.name}”")
        for code, row in named.items()
        if code not in told
    ]
    if missing:
        return ReadCommunes((), tuple(missing))
    return ReadCommunes(tuple(_layer(row, sheets[COUNTERS], sheets[HINTS]) for row in told.values()), ())


def _rows(path: Path, workbook: Workbook, layout: Sheet) -> Iterator[Row]:
    if layout.name not in workbook.sheetnames:
        raise InputError(f"{path.name} lacks the sheet “{layout.name}”. Begin with: motcua communes template FILE.xlsx")
    sheet = workbook[layout.name]
    if sheet.max_row > MOST_ROWS:
        raise InputError(f"{path.name}, sheet “{layout.name}” has more than {MOST_ROWS:,} rows")
    cells = sheet.iter_rows(values_only=True)
    headings = [_text(value) for value in next(cells, ())]
    keys = {column.heading: column.key for column in layout.columns}
    needed = [column.heading for column in layout.columns if not column.is_optional]
    if absent := [heading for heading in needed if heading not in headings]:
        raise InputError(f"{path.name}, sheet “{layout.name}” lacks the column “{absent[0]}” in row {HEADING_ROW}")
    for number, values in enumerate(cells, start=HEADING_ROW + 1):
        texts = {
            keys[heading]: _text(value) for heading, value in zip(headings, values, strict=False) if heading in keys
        }
        if any(text for key, text in texts.items() if key not in {Key.CODE, Key.NAME}):
            yield Row(f"{layout.name}, dòng {number}", texts)


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return clean_line(normalize("NFC", str(value))).strip() if value is not None else ""


def _problems(sheet: Sheet, row: Row, today: date) -> Iterator[Problem]:
    for message in (*_of_any(row), *(_of_place(row, today) if sheet is PLACES else _of_entry(sheet, row))):
        yield Problem(row.place, message)


def _of_any(row: Row) -> Iterator[str]:
    if commune_of(row[Key.CODE]) is None:
        yield f"“{row[Key.CODE]}” không phải mã của xã, phường, đặc khu nào ở Hải Phòng"
    yield from (f"ô dài quá {LONGEST} chữ: “{text[:40]}…”" for text in row.texts.values() if len(text) > LONGEST)


def _of_place(row: Row, today: date) -> Iterator[str]:
    if not row[Key.TOLD_BY]:
        yield "thiếu người cập nhật"
    day = _day(row[Key.TOLD_ON])
    if day is None:
        yield f"ngày cập nhật “{row[Key.TOLD_ON]}” không đúng: ghi {LAST_DAY_HINT}"
    elif day > today:
        yield f"ngày cập nhật {day:%d/%m/%Y} còn chưa tới"
    for phone in _phones(row):
        if not _PHONE.fullmatch(phone):
            yield f"“{phone}” không phải số điện thoại; nhiều số cách nhau bằng dấu chấm phẩy"


def _of_entry(sheet: Sheet, row: Row) -> Iterator[str]:
    code = row[Key.PROCEDURE]
    if code and not CODE.fullmatch(code):
        yield f"“{code}” không phải mã thủ tục; mã có dạng 1.001193"
    if not row[Key.COUNTER if sheet is COUNTERS else Key.TEXT]:
        yield f"thiếu {'tên quầy' if sheet is COUNTERS else 'lời nhắc'}"
    if sheet is COUNTERS and bool(code) == bool(row[Key.FIELD]):
        yield "ghi mã thủ tục hoặc lĩnh vực, một trong hai"


def _layer(row: Row, counters: list[Row], hints: list[Row]) -> CommuneLayer:
    code, told_on = row[Key.CODE], _day(row[Key.TOLD_ON]) or date.min
    contact = Contact(
        centre=row[Key.CENTRE],
        address=row[Key.ADDRESS] or None,
        hotlines=tuple(_phones(row)),
        hours=row[Key.HOURS] or None,
        source=f"{row[Key.TOLD_BY]}, {told_on:%d/%m/%Y}",
        second_hand=False,
    )
    return CommuneLayer(
        code=code,
        told_by=row[Key.TOLD_BY],
        told_on=told_on,
        out_of_hours=row[Key.OUT_OF_HOURS],
        contact=contact if any(row[key] for key in TOLD) else None,
        counters=tuple(
            Counter(counter=each[Key.COUNTER], code=each[Key.PROCEDURE], field=each[Key.FIELD])
            for each in counters
            if each[Key.CODE] == code
        ),
        hints=tuple(
            Hint(text=each[Key.TEXT], code=each[Key.PROCEDURE], field=each[Key.FIELD])
            for each in hints
            if each[Key.CODE] == code
        ),
    )


def _phones(row: Row) -> list[str]:
    return [phone for part in re.split(r"[;,\n]", row[Key.HOTLINES]) if (phone := part.strip())]


def _day(text: str) -> date | None:
    found = _DAY.fullmatch(text)
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None
