"""What a column of a decision's table means, told from the words of its heading, never from its place.

A heading is the path of cells above a column, from the top: ("Thời hạn giải quyết", "Sau cắt giảm"). Words are
compared as `letters`: without marks, spaces, case and punctuation.
"""

import re
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import NamedTuple

from catalogue_import.formats.decision.text import letters, one_line, squeezed


class Meaning(StrEnum):
    NUMBER = "number"
    CODE = "code"
    NAME = "name"
    OLD_CODE = "old code"
    OLD_NAME = "old name"
    NEW_CODE = "new code"
    NEW_NAME = "new name"
    STATUS = "status"
    FIELD = "field"
    LEVEL = "level"
    LEVEL_MINISTRY = "level: ministry"
    LEVEL_PROVINCE = "level: province"
    LEVEL_COMMUNE = "level: commune"
    TIME = "time"
    TIME_SHORTENED = "shortened time"
    PLACE = "place"
    AGENCY = "agency"
    FEE = "fee"
    ONLINE = "online, in words or a mark"
    ONLINE_FULL = "online: full"
    ONLINE_PARTIAL = "online: partial"
    CHANNELS = "channels in words"
    DIRECT = "channel: direct"
    POSTAL = "channel: postal"
    ONLINE_CHANNEL = "channel: online"
    LEGAL = "legal basis"
    ANNOUNCED_BY = "decision that had announced it"
    EFFECTIVE = "effective day"
    NOTE = "note"
    INTERNAL = "internal process"
    IGNORED = "nothing that a citizen asks for"
    UNKNOWN = "unknown"


class Heading(NamedTuple):
    """`top` and `leaf` are the first and the last cell of the path, `whole` all of it; each as `letters`."""

    top: str
    leaf: str
    whole: str
    printed: str


class Column(NamedTuple):
    meaning: Meaning
    heading: Heading
    unit: str = ""  # of numbers without one: "ngày làm việc", "đồng"


Rule = tuple[Meaning, Callable[[Heading], bool]]

UNIT = re.compile(r"ngaylamviec|ngay|gio|thang|nam")
UNITS = {"ngaylamviec": "ngày làm việc", "ngay": "ngày", "gio": "giờ", "thang": "tháng", "nam": "năm"}
COUNTED = re.compile(r"so(ngaylamviec|ngay|gio|thang)")
BRACKETED = re.compile(r"[(/:]\s*(?:đvt|đơn vị tính|tính theo)?:?\s*([^)]*)\)?\s*$", re.IGNORECASE)
MONEY = re.compile(r"(nghin|ngan|1[.,]?000|trieu)?(dong|vnd)\b")
MANY_DONG = {"trieu": "triệu đồng"}
NO_UNIT = re.compile(r"\d|ketu")  # "(10 ngày)", "(kể từ ngày nhận hồ sơ)"
OLD = re.compile(
    r"(duoc|bi)thaythe|thutuc(hanhchinh)?cu|tthccu|(ma|ten)(so)?(tthc)?cu$|dacongbotruoc|^cu$|tthcdacongbo"
)
NEW = re.compile(r"thaythe|thutuc(hanhchinh)?moi|tthcmoi|(ma|ten)(so)?(tthc)?moi$|^moi$|moibanhanh")
CODE_WORDS = re.compile(r"^ma$|maso|matthc|mathutuc|mahoso|makyhieu|sohieutthc|^code|sohosotthc|maquocgia|^mahieu")
NAME_WORDS = re.compile(
    r"^ten$|^ten(goi)?(cua)?(cac)?(thutuc|tthc)|^(danhmuc)?(thutuchanhchinh|thutuc|tthc)$|^tencongviec|noidungtthc|danhmuctthc"
)
TIME_WORDS = re.compile(r"thoihan|thoigian|songay")
SHORTENED = re.compile(
    r"catgiam|rut(ngan|gon)|sau(khi)?(da)?giam|giamcon|thucte|saucat|(duoc|da)giam|dongian|conlai"
    r"|(tai|cua)(thanhpho|diaphuong|haiphong)"
)
LEFT_AFTER = re.compile(r"sau|con|thucte|catgiam\d|tai|cua")  # beside "cắt giảm" alone, which then is the part cut off
LEGAL_WORDS = re.compile(r"cancu|cosophaply|vanban|vbqppl|phaply|quydinhviec(bai|huy)bo|lydobaibo")
FILING_WORDS = re.compile(r"cachthuc|hinhthuc|phuongthuc|kenh")
PLACE_WORDS = re.compile(r"diadiem|noi(nop|tiepnhan|thuchien)|diachi|bophanmotcua|tiepnhanhoso")
ONLINE_WORDS = re.compile(r"tructuyen|dvct|dvcqg|dichvucong|mucdo|congdvc")
ANNOUNCED = re.compile(r"(quyetdinh|qd)(so)?(\w*)congbo|dacongbo|quyetdinhbanhanh|soquyetdinh|qdcongbo")
IGNORED = re.compile(
    r"thanhphanhoso|soluong|nguoi(thuchien|phutrach|kiemsoat)|doituong|sotrang|trinhtu|ketqua|mauđon|maudon|tokhai|yeucau|coquancothamquyenquyetdinh|lienthong"
    r"|phidiagioi|tichhop|coquanphoihop|tailieu|duongdan|link|qr|hosogom"
)


def _has(pattern: str) -> Callable[[Heading], bool]:
    compiled = re.compile(pattern)
    return lambda heading: bool(compiled.search(heading.leaf))


def _anywhere(pattern: re.Pattern[str]) -> Callable[[Heading], bool]:
    return lambda heading: bool(pattern.search(heading.whole))


def _named(words: re.Pattern[str], side: re.Pattern[str]) -> Callable[[Heading], bool]:
    """Of a table of replacements: code or name on the old or new side, which the leaf or its parent says."""
    return lambda heading: bool(words.search(_without(heading.leaf, side)) and side.search(heading.whole))


def _without(text: str, pattern: re.Pattern[str]) -> str:
    """Without the words that name the side; "tthc" in them may be the very name."""
    return pattern.sub("", text) or text


def _is_announcement(heading: Heading) -> bool:
    """Code and name below "TTHC đã công bố" are those of the procedure; number and day are the decision's."""
    is_of_procedure = CODE_WORDS.search(heading.leaf) or NAME_WORDS.search(heading.leaf)
    return bool(ANNOUNCED.search(heading.whole)) and (not is_of_procedure or bool(ANNOUNCED.search(heading.leaf)))


def _is_time(heading: Heading) -> bool:
    return bool(TIME_WORDS.search(heading.whole)) or heading.leaf in {
        "theoquydinh",
        "quydinh",
        "theoluatdinh",
        "luatdinh",
    }


def _is_shortened(heading: Heading) -> bool:
    """The leaf decides where there is one: "Thời hạn (trước / sau cắt giảm)" stands above both."""
    is_time = bool(TIME_WORDS.search(heading.whole)) or "catgiam" in heading.leaf
    is_before = re.search(r"(chua|truoc)(khi)?(cat|giam|rut)", heading.leaf)
    return is_time and bool(SHORTENED.search(heading.leaf)) and not is_before


def holds_channels(heading: Heading) -> bool:
    """Whether one column is for both: "Địa điểm, cách thức thực hiện"."""
    return bool(FILING_WORDS.search(heading.leaf) and PLACE_WORDS.search(heading.leaf))


def is_part_cut_off(columns: Sequence["Column"], column: "Column") -> bool:
    """Beside "Thời gian còn lại", "Thời gian cắt giảm" is how much was cut, no time to count on."""
    shortened = [other for other in columns if other.meaning is Meaning.TIME_SHORTENED]
    rest = [other for other in shortened if LEFT_AFTER.search(other.heading.leaf)]
    return column in shortened and bool(rest) and column not in rest


# In this order: the first rule that fits decides, so that the more special stands above the more general.
RULES: tuple[Rule, ...] = (
    (Meaning.NUMBER, lambda heading: re.fullmatch(r"(so)?(stt|tt|thutu)\d*|so", heading.whole) is not None),
    (Meaning.INTERNAL, _has(r"quytrinhnoibo|^tenquytrinh|quytrinh$")),
    (Meaning.EFFECTIVE, _has(r"hieuluc|ngayapdung")),
    (Meaning.ANNOUNCED_BY, _is_announcement),
    (Meaning.OLD_CODE, _named(CODE_WORDS, OLD)),
    (Meaning.OLD_NAME, _named(NAME_WORDS, OLD)),
    (Meaning.NEW_CODE, _named(CODE_WORDS, NEW)),
    (Meaning.NEW_NAME, _named(NAME_WORDS, NEW)),
    (Meaning.CODE, lambda heading: bool(CODE_WORDS.search(heading.leaf))),
    (Meaning.TIME_SHORTENED, _is_shortened),
    (Meaning.TIME, _is_time),
    (Meaning.ONLINE_FULL, _has(r"toantrinh|toanphan|mucdo4|muc4")),
    (Meaning.ONLINE_PARTIAL, _has(r"motphan|mucdo3|muc3")),
    (Meaning.DIRECT, _has(r"^(nop)?tructiep")),
    (Meaning.DIRECT, lambda heading: heading.leaf == "tt" and bool(FILING_WORDS.search(heading.top))),
    (Meaning.POSTAL, _has(r"buuchinh|bcci|buudien|^bc$")),
    (Meaning.LEVEL_MINISTRY, _has(r"^(cap)?(bo|trunguong)$")),
    (Meaning.LEVEL_PROVINCE, _has(r"^(cap)?(tinh|thanhpho|tinhthanhpho)$")),
    (Meaning.LEVEL_COMMUNE, _has(r"^(cap)?(xa|xaphuong|xaphuongdackhu)$")),
    (Meaning.PLACE, holds_channels),
    (Meaning.CHANNELS, _has(r"cachthuc|hinhthuc(nop|thuchien|tiepnhan)|kenhnop|phuongthuc")),
    (
        Meaning.ONLINE_CHANNEL,
        lambda heading: bool(ONLINE_WORDS.search(heading.leaf) and FILING_WORDS.search(heading.top)),
    ),
    (Meaning.ONLINE, _anywhere(ONLINE_WORDS)),
    (Meaning.NAME, _has(r"^ten(cac)?(tthc|thutuc)")),
    (Meaning.FEE, _has(r"^(muc|bieu|thu|so)?(thu)?(tien)?(phi|lephi)|philephi|lephi|mucthu(?!tuc)|chiphi")),
    (Meaning.LEGAL, lambda heading: bool(LEGAL_WORDS.search(heading.leaf))),
    (Meaning.FIELD, _has(r"linhvuc|^nganh")),
    (Meaning.LEVEL, _has(r"^cap$|cap(thuchien|giaiquyet|hanhchinh|thamquyen)|^capcothamquyen")),
    (Meaning.PLACE, lambda heading: bool(PLACE_WORDS.search(heading.leaf))),
    (
        Meaning.AGENCY,
        _has(r"(coquan|donvi)(\w*)(thuchien|giaiquyet|tiepnhan|chutri)|^coquan$|^donvi$|thamquyen"),
    ),
    (Meaning.STATUS, _has(r"trangthai|loai(congbo|tthc|hinh)|tinhtrang|noidung(congbo|thaydoi|suadoi)|hinhthuccongbo")),
    (Meaning.IGNORED, _has(IGNORED.pattern)),
    (Meaning.NAME, lambda heading: bool(NAME_WORDS.search(heading.leaf))),
    (Meaning.NOTE, _has(r"ghichu|luuy")),
)
MARKING = frozenset(
    {Meaning.CODE, Meaning.NAME, Meaning.OLD_CODE, Meaning.NEW_CODE, Meaning.OLD_NAME, Meaning.INTERNAL}
)


def heading_of(path: Sequence[str]) -> Heading:
    keys = [letters(text) for text in path]
    return Heading(keys[0] if keys else "", keys[-1] if keys else "", "".join(keys), one_line(" / ".join(path)))


def column_of(path: Sequence[str]) -> Column:
    heading = heading_of(path)
    meaning = next((meaning for meaning, fits in RULES if fits(heading)), Meaning.UNKNOWN)
    return Column(meaning, heading, UNITS_BY_MEANING.get(meaning, _no_unit)(path))


def _no_unit(_path: Sequence[str]) -> str:
    return ""


def _money(path: Sequence[str]) -> str:
    """As "Phí (đồng)" and "Lệ phí (ĐVT: nghìn đồng)" say it."""
    bracketed = next(filter(None, map(BRACKETED.search, reversed(path))), None)
    found = MONEY.search(squeezed(bracketed[1])) if bracketed else None
    return MANY_DONG.get(found[1], "nghìn đồng" if found[1] else "đồng") if found else ""


def _unit(path: Sequence[str]) -> str:
    """In brackets or after a stroke: "Thời hạn (ngày làm việc)", "Số ngày"; the leaf's own counts first."""
    for text in reversed(path):
        counted = COUNTED.match(letters(text))
        if counted:
            return UNITS[counted[1]]
        bracketed = BRACKETED.search(text)
        found = UNIT.search(letters(bracketed[1])) if bracketed else None
        if found and not NO_UNIT.search(squeezed(text)):
            return UNITS[found[0]]
    return ""


UNITS_BY_MEANING: dict[Meaning, Callable[[Sequence[str]], str]] = {
    Meaning.TIME: _unit,
    Meaning.TIME_SHORTENED: _unit,
    Meaning.FEE: _money,
}
