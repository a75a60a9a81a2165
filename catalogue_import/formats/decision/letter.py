"""The decision itself: number, day, issuer, title, and from which day it holds, for all rows or for some."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from catalogue_import.decision_file import Announcement, Status
from catalogue_import.formats.decision.codes import quoted_codes
from catalogue_import.formats.decision.days import EFFECTIVE, GOES_ON, ImpossibleDayError, day_in, effective_of
from catalogue_import.formats.decision.sections import statuses_in
from catalogue_import.formats.decision.text import folded, letters, one_line, squeezed

NUMBER = re.compile(r"(?:số|so)\s*[:：]?\s*(\d{1,5}[a-z]?)\s*/\s*((?:20\d\d\s*/\s*)?QĐ\s*-\s*[\w\d&-]+)", re.IGNORECASE)
ANNEXED = re.compile(
    r"quyết\s*định\s*số\s*[:：]?\s*(\d{1,5})\s*/\s*(QĐ\s*-\s*[\w&-]+)(?:\s*ngày\s*(.{4,24}?\d{4}))?(?:\s*của\s+([^)]+))?",
    re.IGNORECASE,
)
SIGNED = re.compile(r"ngay\d{1,2}(?:thang|/)\d{1,2}(?:nam|/)\d{4}")
PLACE_AND_DAY = re.compile(r"^\s*(?P<place>[^,\d:]{3,30}),\s*ngày", re.IGNORECASE | re.MULTILINE)
TITLE = re.compile(r"^\s*(?:v/v|về việc)\b", re.IGNORECASE)
GROUNDS = re.compile(r"^(?:căn cứ|theo đề nghị|xét đề nghị|quyết định\s*:|điều \d)", re.IGNORECASE)
ARTICLE = re.compile(r"^\s*điều\s+\d+", re.IGNORECASE)
SIGNER = re.compile(r"^(?:kt\.\s*)?(?:phó\s+)?(chủ tịch|bộ trưởng|giám đốc|thủ tướng)\b(?!.*\bcăn cứ)", re.IGNORECASE)
ORGAN = re.compile(r"^(ủy ban nhân dân|uỷ ban nhân dân|bộ |sở )", re.IGNORECASE)
ANNEXES = re.compile(r"\bphu luc(?: so)?(?: ([ivx]+|\d+))?\b")
FIELDS = re.compile(
    r"lĩnh\s+vực\s*[:：]?\s*(.+?)(?=\s+(?:tại|có hiệu lực|được|thuộc|quy định|của|nêu|ban hành)\b|$)", re.IGNORECASE
)
BETWEEN_FIELDS = re.compile(r";|, (?=[Ll]ĩnh vực)|\bvà lĩnh vực\b")
PARTS = re.compile(r"\b(?:phan|muc|diem|khoan) ([a-h]|[ivx]+|\d+)\b")
ROWS = re.compile(
    r"\b(?:stt|so thu tu|so tt|thu tuc(?: hanh chinh)?(?: so| thu)):? (?:tu )?"
    r"(\d+(?![.\d])(?:(?:, ?| va | den |-)\d+(?![.\d]))*)"
)
OF_STATUS = re.compile(
    r"(?:thủ tục(?: hành chính)?|tthc)\s+"
    r"((?:được\s+|bị\s+)?(?:mới|ban hành mới|sửa đổi|bổ sung|bãi bỏ|thay thế)\b.{0,40}?)"
    r"\s+(?:có hiệu lực|tại|thuộc|được áp dụng|áp dụng|thực hiện)",
    re.IGNORECASE,
)
RANGE = re.compile(r"(\d+)(?: den |-)(\d+)")
SENTENCES = re.compile(r"(?<=[.;:])\s+(?=[A-ZĐ\d-]|[a-zđ]\))|\b(?:trừ|riêng|ngoại trừ)\b", re.IGNORECASE)
GENERAL = re.compile(r"(?:quyetdinh(?:nay)?|conlai|^dieu\d+|^)(?:co)?$")
MOST_HEAD = 60  # pieces of text before the first article: letterhead, title and grounds


class Exemption(NamedTuple):
    """A day of its own for some rows: those with one of the codes, else of the fields, else in the place named.

    `parts` are numbers of sections ("b", "iii", "1"), `annex` that of an annex ("i"), all in small letters.
    """

    text: str
    effective: date
    codes: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    annex: str | None = None
    parts: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()  # of the column STT, without leading zeros
    statuses: tuple[Status, ...] = ()

    @property
    def says_where(self) -> bool:
        says_place = self.annex is not None or self.parts or self.rows
        return bool(self.codes or self.fields or says_place or self.statuses)


class Letter(NamedTuple):
    announcement: Announcement
    exemptions: tuple[Exemption, ...] = ()
    unclear: tuple[str, ...] = ()  # clauses with a day of their own that do not say for which rows
    impossible: tuple[str, ...] = ()  # days that are none, as written


def read_letter(texts: Sequence[str]) -> Letter:
    """From all paragraphs and single cells before the first list, and the lines below the titles of annexes."""
    impossible: list[str] = []
    number, signed = _number_and_day(texts, impossible)
    default, found = _effective(texts, signed, impossible)
    exemptions = tuple(exemption for exemption in found if exemption.says_where)
    unclear = tuple(exemption.text for exemption in found if not exemption.says_where)
    announcement = Announcement(
        number=number, day=signed, issuer=_issuer(texts), title=_title(texts), effective=default
    )
    return Letter(announcement, exemptions, unclear, tuple(impossible))


def _number_and_day(texts: Sequence[str], impossible: list[str]) -> tuple[str, date | None]:
    head = texts[: next((at for at, text in enumerate(texts) if ARTICLE.match(text)), MOST_HEAD)]
    before_grounds = head[: next((at for at, text in enumerate(head) if GROUNDS.match(text)), len(head))]
    found = next(filter(None, map(NUMBER.search, before_grounds)), None)
    annexed = next(filter(None, map(_annexed, texts)), None)
    number = _joined(found[1], found[2]) if found else _joined(annexed[1], annexed[2]) if annexed else ""
    dated = [text for text in before_grounds if SIGNED.search(squeezed(text)) and not TITLE.match(text)]
    texts_with_day = [*dated, *([annexed[3]] if annexed and annexed[3] else [])]
    return number, next(filter(None, (_day(text, impossible) for text in texts_with_day)), None)


def _annexed(text: str) -> re.Match[str] | None:
    return ANNEXED.search(text) if "kèm theo" in text.lower() and text.lstrip().startswith("(") else None


def _joined(number: str, sign: str) -> str:
    return "".join(f"{number}/{sign}".split())


def _day(text: str, impossible: list[str]) -> date | None:
    try:
        return day_in(text)
    except ImpossibleDayError as error:
        impossible.append(str(error))
        return None


def _title(texts: Sequence[str]) -> str:
    """From "Về việc" to the line of the issuer or the grounds."""
    start = next((at for at, text in enumerate(texts[:MOST_HEAD]) if TITLE.match(text)), None)
    if start is None:
        return ""
    lines = [texts[start]]
    for text in texts[start + 1 : start + 6]:
        if GROUNDS.match(text) or text.isupper() or not text.strip("-_* "):
            break
        lines.append(text)
    return one_line(" ".join(lines)).strip(" -_")


def _issuer(texts: Sequence[str]) -> str:
    """As the annexes name it, else the heading above the grounds, else the signer with the letterhead's organ."""
    annexed = next((found[4] for found in map(_annexed, texts) if found and found[4]), "")
    if annexed:
        return one_line(annexed).strip(" .")
    titled = [one_line(text) for text in texts if text.isupper()]
    heading = next((text for text in titled if SIGNER.match(text) and ORGAN.search(SIGNER.sub("", text).strip())), "")
    organ = next((text for text in titled[:6] if ORGAN.match(text)), "")
    signer = next((found[1] for found in map(SIGNER.match, titled) if found), "")
    issuer = heading or f"{signer} {organ}".strip()
    return _with_names(issuer.capitalize().replace(" ủy ban", " Ủy ban").replace(" uỷ ban", " Ủy ban"), texts)


def _with_names(issuer: str, texts: Sequence[str]) -> str:
    """The place before the day ("Hải Phòng, ngày …") gives back its capitals."""
    found = next(filter(None, map(PLACE_AND_DAY.search, texts)), None)
    place = one_line(found["place"]) if found else ""
    return re.sub(re.escape(place), place, issuer, flags=re.IGNORECASE) if place else issuer


def _effective(texts: Sequence[str], signed: date | None, impossible: list[str]) -> tuple[date | None, list[Exemption]]:
    """The day of the decision, and exemptions from it, those without a place too."""
    default: date | None = None
    exemptions: list[Exemption] = []
    for clause, found in _clauses(texts):
        try:
            day = effective_of(found, signed)
        except ImpossibleDayError as error:
            impossible.append(str(error))
            continue
        exemption = _exemption(clause, day) if day else None
        is_general = GOES_ON.match(squeezed(clause)) if default else GENERAL.search(_subject(clause))
        if exemption and is_general and not exemption.says_where:
            default = day
        elif exemption and "hethieuluc" not in letters(clause):
            exemptions.append(exemption)
    return default, exemptions


def _clauses(texts: Sequence[str]) -> Iterator[tuple[str, re.Match[str]]]:
    """Each piece of an article up to a day from which something holds."""
    for article in _articles(texts):
        start, key = 0, squeezed(article)
        positions = [at for at, letter in enumerate(article) for _ in squeezed(letter)]
        for found in EFFECTIVE.finditer(key):
            end = positions[found.end() - 1] + 1
            yield SENTENCES.split(article[start:end])[-1].strip(), found
            start = end


def _articles(texts: Sequence[str]) -> Iterator[str]:
    """Each article with the paragraphs below it."""
    article: list[str] = []
    for text in texts:
        if ARTICLE.match(text) or letters(text).startswith(("noinhan", "phuluc")):
            if article:
                yield one_line(" ".join(article))
            article = [text] if ARTICLE.match(text) else []
        elif article:
            article.append(text)
    if article:
        yield one_line(" ".join(article))


def _subject(clause: str) -> str:
    """What is said to hold: "quyetdinhnayco"."""
    return re.split("hieuluc|apdung|thuchientu", letters(clause))[-2:][0].removesuffix("thihanh")


def _exemption(clause: str, day: date) -> Exemption:
    key = folded(clause)
    annex = ANNEXES.search(key)
    fields = [field.strip(" ,.;:") for field in FIELDS.findall(clause)]
    return Exemption(
        text=clause.strip(" ,.;:"),
        effective=day,
        codes=tuple(quoted_codes(clause)),
        fields=tuple(letters(part) for field in fields for part in BETWEEN_FIELDS.split(field)),
        annex=(annex[1] or "") if annex else None,
        parts=tuple(PARTS.findall(key)),
        rows=tuple(number for rows in ROWS.findall(key) for number in _numbers(rows)),
        statuses=statuses_in(of_status[1]) if (of_status := OF_STATUS.search(clause)) else (),
    )


def _numbers(rows: str) -> list[str]:
    spelled = RANGE.sub(lambda found: ",".join(map(str, range(int(found[1]), min(int(found[2]), 999) + 1))), rows)
    return [number.lstrip("0") for number in re.findall(r"\d+", spelled)]
