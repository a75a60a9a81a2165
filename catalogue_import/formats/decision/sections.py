"""Headings between the rows that set status, level, field or effective day of what follows."""

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from catalogue_import.decision_file import Status
from catalogue_import.formats.decision.days import effective_in
from catalogue_import.formats.decision.text import letters, one_line, sentence_case
from catalogue_import.formats.decision.values import levels_in
from knowledge.procedure import Level


class Kind(StrEnum):
    STATUS = "status"
    LEVEL = "level"
    FIELD = "field"
    INTERNAL = "internal"
    OTHER = "other"


class Section(NamedTuple):
    """What one heading says; None and empty for what it does not say. `number` is its numbering: "A", "II", "1"."""

    text: str
    number: str = ""
    status: Status | None = None
    levels: tuple[Level, ...] = ()
    field: str = ""
    effective: date | None = None
    is_internal: bool = False
    is_unclear: bool = False  # names several statuses
    is_unknown: bool = False  # names a list, but nothing that is known of lists

    @property
    def says_nothing_known(self) -> bool:
        return not self.kinds and self.effective is None

    @property
    def kinds(self) -> frozenset[Kind]:
        says = {
            Kind.STATUS: self.status is not None or self.is_unclear or self.is_unknown,
            Kind.LEVEL: bool(self.levels),
            Kind.FIELD: bool(self.field),
            Kind.INTERNAL: self.is_internal,
        }
        return frozenset(kind for kind, is_said in says.items() if is_said)

    def without(self, kinds: frozenset[Kind]) -> "Section":
        """Silent about levels and fields of these kinds."""
        levels = () if Kind.LEVEL in kinds else self.levels
        return self._replace(levels=levels, field="" if Kind.FIELD in kinds else self.field)


STATUSES = (
    (Status.REPLACED, re.compile(r"(duoc|bi)thaythe|thaythe$|thaythe(?!the)")),
    (Status.REPEALED, re.compile(r"baibo|huybo|bihuy|hethieuluc")),
    (Status.AMENDED, re.compile(r"suadoi|bosung|sđbs|sdbs|chuanhoa|dieuchinh")),
    (
        Status.NEW,
        re.compile(
            r"banhanhmoi|moibanhanh|(?<!doi)moi(?:,|;|$|thuoc|cap|linhvuc)|congbomoi|tthcmoi|thutuchanhchinhmoi"
        ),
    ),
)
NUMBER = re.compile(
    r"^(?:(?:phần|mục|chương|nhóm)\s+)?(?P<number>[IVXL]{1,6}(?=[\s.):/-]|$)|[A-HĐ](?=\s*[.):/-]|$)|\d{1,2}(?:\.\d{1,2})*(?=\s*[.):/-]|$))"
    r"\s*[.):/-]*\s*",
    re.IGNORECASE,
)
FIELD = re.compile(r"(?:thuộc\s+)?(?:các\s+)?lĩnh\s+vực\s*[:：]?\s*(?P<field>.+)", re.IGNORECASE | re.DOTALL)
AFTER_FIELD = re.compile(
    r"\s*[–—-]\s*(?:cấp|dùng chung).*$|\s*\((?:[^()]*(?:hiệu lực|cấp (?:bộ|tỉnh|xã|thành phố)|tthc|thủ tục)[^()]*)\)\s*"
    r"|\s*[;:,]?\s*(?:thuộc (?:phạm vi|thẩm quyền|chức năng|sở|bộ|ngành|ủy ban|ubnd)\b).*$"
    r"|\s+cấp (?:bộ|tỉnh|xã|thành phố)\b.*$"
    r"|\s*[:(]?\s*\(?\d+\s*(?:tthc|thủ tục)\)?\s*$",
    re.IGNORECASE | re.DOTALL,
)
LISTS = re.compile(r"thutuc|tthc|danhmuc")
BOILERPLATE = re.compile(
    r"cuthe|tung|(thuoc|do|cua|tai|trongpham|tren|ap?dung).*$|danhmuc|cac|va|noidung|thutuchanhchinh|thutuc|tthc|duoc|congbo|chitiet|kemtheo"
    r"|dungchung|cap(trunguong|bo|tinh|thanhpho|xa|phuong)|,|linhvuc.*$|phan\w?$|lienthong|\d+"
)
LONGEST_FIELD = 90  # characters; the longest field of the catalogue has 87
INTERNAL = re.compile(r"quytrinhnoibo|thutuchanhchinhnoibo|tthcnoibo|quytrinhdientu|quytrinhgiaiquyet")
NUMBERED_LEVEL = re.compile(r"^(?:[A-H]|[IVX]+|\d{1,2})\s*[.):]\s*Cấp (?:tỉnh|xã|bộ|thành phố)")
HEAD_OF_SECTION = re.compile(
    r"^(?:(?:PHẦN|Phần|MỤC|Mục|CHƯƠNG)\s+)?(?:[A-HĐIVXL\d.]{1,7}\s*[.):/-]*\s*)?"
    r"(?:LĨNH VỰC|Lĩnh vực|DANH MỤC|Danh mục|NỘI DUNG THỦ TỤC|THỦ TỤC HÀNH CHÍNH"
    r"|Thủ tục hành chính (?=mới|được|bị|cấp|thuộc|dùng|ban)"
    r"|TTHC|CẤP (?:TỈNH|XÃ|BỘ)|QUY TRÌNH NỘI BỘ|Quy trình nội bộ giải)"
)


def section_of(text: str, number: str = "") -> Section:
    """`number` is that of a cell beside it, where the row has one. Raises ImpossibleDayError."""
    text = one_line(text)
    found = NUMBER.match(text)
    title = text[found.end() :] if found and found.end() < len(text) else text
    number = number.strip(" .)(:") or (found["number"] if found and title != text else "")
    key = letters(title)
    is_internal, statuses, field = bool(INTERNAL.search(key)), _statuses(key), _field(title)
    is_list, levels = bool(LISTS.search(key)), _levels(title, number)
    if not (is_list or field or is_internal or levels):
        return Section(text, number, field=_bare_field(title, number), effective=effective_in(title, None))
    return Section(
        text=text,
        number=number,
        status=statuses[0] if len(statuses) == 1 and not is_internal and is_list else None,
        levels=levels,
        field=field,
        effective=effective_in(title, None),
        is_internal=is_internal,
        is_unclear=len(statuses) > 1 and is_list and not is_internal,
        is_unknown=is_list
        and not (statuses or is_internal or field or levels_in(title))
        and bool(BOILERPLATE.sub("", key)),
    )


def looks_like_section(text: str) -> bool:
    """Of a row that has text in the name column only, where a name may go on as well."""
    return HEAD_OF_SECTION.match(text) is not None or NUMBERED_LEVEL.match(text) is not None


def looks_like_title(text: str) -> bool:
    """Of a paragraph between tables, where a short numbered line in capitals is a heading too."""
    found = NUMBER.match(text)
    is_short = found is not None and text.isupper() and len(text) <= LONGEST_FIELD
    return looks_like_section(text) or is_short


def statuses_in(text: str) -> tuple[Status, ...]:
    return _statuses(letters(text))


def _statuses(key: str) -> tuple[Status, ...]:
    """The statuses a heading names. "Thay thế" beside another one only explains it."""
    key = re.sub(r"(noidung)?(quydinhviec|vanbanquydinh).*$", "", key)
    found = [status for status, pattern in STATUSES if pattern.search(key)]
    return tuple(status for status in found if status is not Status.REPLACED) or tuple(found)


def _levels(title: str, number: str) -> tuple[Level, ...]:
    """The title of an annex names everybody who is competent, which says nothing about a single row."""
    levels = levels_in(title)
    is_title = not number and len(levels) > 1 and "thamquyen" in letters(title)
    return () if is_title else levels


def _field(title: str) -> str:
    found = FIELD.search(title)
    if not found:
        return ""
    field = AFTER_FIELD.sub("", found["field"]).strip(" .:;-–")
    return sentence_case(field)


def _bare_field(title: str, number: str) -> str:
    """A numbered heading that says nothing else names a field: "I. ĐẤT ĐAI"."""
    is_name = bool(number) and title.isupper() and len(title) <= LONGEST_FIELD and not any(map(str.isdigit, title))
    return sentence_case(title.strip(" .:;")) if is_name else ""


def styles(number: str) -> str:
    """The kind of numbering: letters, roman, arabic by depth, or none."""
    if not number:
        return ""
    if number.replace(".", "").isdigit():
        return f"1{'.1' * number.strip('.').count('.')}"
    return "I" if number.upper().strip("IVXL") == "" and number.upper() not in {"C", "D", "L"} else "A"


def first_of_its_kind(number: str) -> bool:
    return number.rstrip(".").rpartition(".")[2].upper() in {"1", "I", "A"}


def deeper(stack: Iterable[Section], section: Section) -> tuple[Section, ...]:
    """The outline after a heading: it ends the sections of its own kind, or else of its own numbering, and all
    below them; one that fits neither is a part of the section before. Of the title of a list that names a field
    too, a heading for another field leaves the status."""
    above, style = list(stack), styles(section.number)
    for index, other in enumerate(above):
        if other.kinds & section.kinds:
            is_above = not style or styles(other.number) != style
            rest = other.without(section.kinds) if is_above and Kind.STATUS not in section.kinds else None
            return (*above[:index], rest, section) if rest and rest.kinds else (*above[:index], section)
    if style and not first_of_its_kind(section.number):
        for index in range(len(above) - 1, -1, -1):
            if styles(above[index].number) == style:
                return (*above[:index], section)
    return (*above, section)
