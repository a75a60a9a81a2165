"""What a column of a decision's table means, told from the words of its heading, never from its place.

A heading is the path of cells above a column, from the top: ("Thời hạn giải quyết", "Sau cắt giảm"). Words are
compared as `letters`: without marks, spaces, case and punctuation.
"""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from catalogue_import.formats.decision.column_units import unit_of
from catalogue_import.formats.decision.meanings import Heading, Meaning, heading_of
from catalogue_import.formats.decision.text import squeezed


class Column(NamedTuple):
    meaning: Meaning
    heading: Heading
    unit: str = ""  # of numbers without one: "ngày làm việc", "đồng"


Rule = tuple[Meaning, Callable[[Heading], bool]]

# Sides of a table of replacements; "được thay thế bằng" names the new one.
OLD = re.compile(
    r"(duoc|bi)thaythe(?!bang|boi)|truoc(khi)?thaythe|(ma|maso|ten|tthc|thutuc|hanhchinh)cu(?=/|$)|(^|/)cu(?=/|$)"
    r"|(tthc|thutuchanhchinh|thutuc)(truocday|da(duoc)?congbo|hethieuluc)|dacongbotruoc"
)
NEW = re.compile(
    r"(duoc)?(thaythe(bang|boi)?|thaybang)|(ma|maso|ten|tthc|thutuc|hanhchinh)moi(?=/|$)|(^|/)moi(?=/|$)|moibanhanh|tthcmoi"
)
CODE_WORDS = re.compile(
    r"^ma$|maso(?!thue|doanhnghiep|hokinhdoanh|bhxh)|ma(tthc|thutuc|hoso|kyhieu)|^code|^mahieu|maquocgia"
    r"|^ma(tt|dvc|cu|moi)$|^ma(dichvucong|dinhdanh|csdl)|^ma(truoc|sau)(khi)?thaythe|^matren(csdl|cong|he)"
    r"|(sohieu|kyhieu|sohoso)(tthc|thutuc)|^sohoso$"
)
NAME_WORDS = re.compile(
    r"^ten(cu|moi)?$|^ten(goi|daydu)?(cua)?(cac)?(thutuc|tthc|dvc|dichvucong)|^tencongviec|danhmuctthc"
    r"|^(danhmuc)?(cac)?(thutuchanhchinh|thutuc|tthc)(congbo|baibo|bibaibo|moibanhanh)?$|noidung(tthc|thutuc(hanhchinh)?)$"
)
FIELD_AND_NAME = re.compile(r"(^|/)(ten)?linhvuc(/|,|va|-)(ten)?(tthc|thutuc)")  # one column, sections in it
TIME_WORDS = re.compile(r"thoihan|thoigian|songay|^tg(gq|giaiquyet|thuchien|quydinh)|^(t)?han(gq|giaiquyet|tra)")
SHORTENED = re.compile(
    r"catgiam|rut(ngan|gon|xuong)|sau(khi)?(da)?giam|giamcon|thucte|saucat|saucg|(duoc|da)giam|dongian|conlai|^con$"
    r"|camket|(tai|cua)(thanhpho|diaphuong|haiphong)|(thanhpho|haiphong|diaphuong)(quydinh|giaiquyet|thuchien|$)"
    r"|^(thoihan|thoigian)moi"
)
STATED = re.compile(r"quydinh|luat|truoc|chua|trunguong|cu$")  # of the time by law, beside which this is the city's:
CARRIED_OUT = re.compile(r"(thoihan|thoigian)?(thuchien|giaiquyet|apdung)(tthc)?")
LEFT_AFTER = re.compile(r"sau|con|thucte|catgiam\d|tai|cua")  # beside "cắt giảm" alone, which then is the part cut off
LEGAL_WORDS = re.compile(
    r"cancu|cosophaply|vanban|vbqppl|phaply|quydinhviec(bai|huy)bo|^lydo|nghidinh|^(cac)?quydinh(cua)?phapluat$"
)
FILING_WORDS = re.compile(r"cachthuc|hinhthuc|phuongthuc|kenh")
OF_FILING = re.compile(r"^(nop)?tructiep|tructuyen|buuchinh|bcci|buudien|toantrinh|motphan|^phi|lephi|^diadiem")
AT_THE_DESK = re.compile(r"tructiep|tai(trungtam|bophan|coquan|quay)")
PLACE_WORDS = re.compile(
    r"diadiem|noi(nop|tiepnhan|nhan|thuchien|giaiquyet)|diachi|bophan(motcua|tiepnhan)|tiepnhanhoso"
)
ONLINE_WORDS = re.compile(r"tructuyen|dvct|dvcqg|dichvucong|mucdo|congdvc|online|quamang|moitruong(mang|dientu)")
ONLINE_LEAVES = {"tt": Meaning.ONLINE_FULL, "mp": Meaning.ONLINE_PARTIAL, "1phan": Meaning.ONLINE_PARTIAL}
FULL, PARTIAL = re.compile(r"toantrinh|toanphan|mucdo4|muc4"), re.compile(r"motphan|mucdo3|muc3")
ANNOUNCED = re.compile(r"(quyetdinh|qd)(so)?(\w*)congbo|dacongbo|quyetdinhbanhanh|soquyetdinh|qdcongbo")
AGENCY_WORDS = re.compile(
    r"(coquan|donvi)(\w*)(thuchien|giaiquyet|tiepnhan|chutri|quanly)|^coquan$|^donvi$|thamquyen|^so(,|va|-)?nganh$"
)
STATUS_WORDS = re.compile(
    r"trangthai|loai(congbo|tthc|hinh)|tinhtrang|noidungcongbo|hinhthuccongbo|moi(banhanh)?(duoc)?suadoi\w*baibo"
)
IGNORED = re.compile(
    r"thanhphanhoso|soluong|nguoi(thuchien|phutrach|kiemsoat)|doituong|sotrang|trinhtu|ketqua|maudon|tokhai|yeucau"
    r"|coquancothamquyenquyetdinh|lienthong|tichhop|coquanphoihop|tailieu|duongdan|link|qr|hosogom|sobohoso"
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
    return bool(ANNOUNCED.search(heading.whole)) and not is_of_procedure


def _is_time(heading: Heading) -> bool:
    return bool(TIME_WORDS.search(heading.whole) and not OF_FILING.search(heading.leaf)) or heading.leaf in {
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


def _is_filed(words: re.Pattern[str]) -> Callable[[Heading], bool]:
    """A way to file, below a heading that speaks of them."""
    return lambda heading: bool(words.search(heading.leaf) and FILING_WORDS.search(heading.top))


def _is_abbreviated(meaning: Meaning) -> Callable[[Heading], bool]:
    return lambda heading: ONLINE_LEAVES.get(heading.leaf) is meaning and bool(ONLINE_WORDS.search(heading.top))


def _is_online_alone(words: re.Pattern[str], other: re.Pattern[str]) -> Callable[[Heading], bool]:
    """One column may stand for both: "DVCTT (toàn trình, một phần)"."""
    return lambda heading: bool(words.search(heading.leaf)) and not other.search(heading.leaf)


def holds_channels(heading: Heading) -> bool:
    """Whether one column is for both: "Địa điểm, cách thức thực hiện"."""
    is_place = heading.leaf.replace("tiepnhanhoso", "") if FILING_WORDS.match(heading.leaf) else heading.leaf
    return bool(FILING_WORDS.search(heading.leaf) and PLACE_WORDS.search(is_place))


def is_part_cut_off(columns: Sequence["Column"], column: "Column") -> bool:
    """Beside "Thời gian còn lại", "Thời gian cắt giảm" is how much was cut, no time to count on."""
    shortened = [other for other in columns if other.meaning is Meaning.TIME_SHORTENED]
    rest = [other for other in shortened if LEFT_AFTER.search(other.heading.leaf)]
    return column in shortened and bool(rest) and column not in rest


def city_time(columns: Sequence["Column"]) -> "Column | None":
    """Of the time by law and the one in which it is done, the latter: the city's."""
    times = [column for column in columns if column.meaning is Meaning.TIME]
    stated = [column for column in times if STATED.search(column.heading.leaf)]
    others = [column for column in times if CARRIED_OUT.fullmatch(column.heading.leaf)]
    has_shortened = any(column.meaning is Meaning.TIME_SHORTENED for column in columns)
    return others[0] if len(times) == 2 and stated and others and not has_shortened else None  # noqa: PLR2004  a pair


# In this order: the first rule that fits decides, so that the more special stands above the more general.
RULES: tuple[Rule, ...] = (
    (
        Meaning.NUMBER,
        lambda heading: re.fullmatch(r"(so)?(stt|tt|thutu)(\d*|tthc|chung)|so|no", heading.whole) is not None,
    ),
    (Meaning.INTERNAL, _has(r"quytrinhnoibo|^tenquytrinh|quytrinh$")),
    (Meaning.EFFECTIVE, _has(r"hieuluc(?!/)|(ngay|thoidiem)(apdung|thuchien)")),
    (Meaning.ANNOUNCED_BY, _is_announcement),
    (Meaning.OLD_CODE, _named(CODE_WORDS, OLD)),
    (Meaning.OLD_NAME, _named(NAME_WORDS, OLD)),
    (Meaning.NEW_CODE, _named(CODE_WORDS, NEW)),
    (Meaning.NEW_NAME, _named(NAME_WORDS, NEW)),
    (Meaning.CODE, _has(CODE_WORDS.pattern)),
    (Meaning.NAME, lambda heading: bool(FIELD_AND_NAME.search(squeezed(heading.printed)))),
    (Meaning.NAME, _has(r"^ten(goi|daydu)?(cua)?(cac)?(tthc|thutuc|dvc|dichvucong)")),
    (Meaning.TIME_SHORTENED, _is_shortened),
    (Meaning.TIME, _is_time),
    (Meaning.ONLINE_FULL, _is_online_alone(FULL, PARTIAL)),
    (Meaning.ONLINE_PARTIAL, _is_online_alone(PARTIAL, FULL)),
    (Meaning.ONLINE_FULL, _is_abbreviated(Meaning.ONLINE_FULL)),
    (Meaning.ONLINE_PARTIAL, _is_abbreviated(Meaning.ONLINE_PARTIAL)),
    (Meaning.DIRECT, _has(r"^(nop)?(hoso)?tructiep")),
    (Meaning.DIRECT, _is_filed(re.compile(r"^tt$"))),
    (Meaning.POSTAL, _has(r"buuchinh|bcci|buudien|^bc$")),
    (Meaning.LEVEL_MINISTRY, _has(r"^(cap)?(bo|trunguong)$")),
    (Meaning.LEVEL_PROVINCE, _has(r"^(cap)?(tinh|thanhpho|tinhthanhpho)$")),
    (Meaning.LEVEL_COMMUNE, _has(r"^(cap)?(xa|xaphuong|xaphuongdackhu)$")),
    (Meaning.PLACE, holds_channels),
    (Meaning.CHANNELS, _has(r"cachthuc|hinhthuc(nop|thuchien|tiepnhan)|kenh(nop|thuchien)|phuongthuc")),
    (Meaning.ONLINE_CHANNEL, _is_filed(ONLINE_WORDS)),
    (Meaning.DIRECT, _is_filed(AT_THE_DESK)),
    (Meaning.ONLINE, _anywhere(ONLINE_WORDS)),
    (Meaning.IGNORED, _has(r"phidiagioi|phuthuocdiagioi|phivatthe")),
    (
        Meaning.FEE,
        _has(
            r"^(muc|bieu|thu|so)?(thu)?(tien)?(phi|lephi)|philephi|lephi|mucthu(?!tuc)|chiphi|giadichvu|^nghiavutaichinh"
        ),
    ),
    (Meaning.NOTE, _has(r"^noidung(thaydoi|suadoi(bosung)?)$")),
    (Meaning.LEGAL, _has(LEGAL_WORDS.pattern)),
    (Meaning.FIELD, _has(r"linhvuc|^nganh")),
    (
        Meaning.LEVEL,
        _has(r"^cap$|cap(thuchien|giaiquyet|hanhchinh|thamquyen|chinhquyen|tiepnhan)|^capcothamquyen|^phancap$"),
    ),
    (Meaning.PLACE, _has(PLACE_WORDS.pattern)),
    (Meaning.AGENCY, _has(AGENCY_WORDS.pattern)),
    (Meaning.STATUS, _has(STATUS_WORDS.pattern)),
    (Meaning.IGNORED, _has(IGNORED.pattern)),
    (Meaning.NAME, _has(NAME_WORDS.pattern)),
    (Meaning.NOTE, _has(r"ghichu|luuy|chuthich")),
)
MARKING = frozenset(
    {Meaning.CODE, Meaning.NAME, Meaning.OLD_CODE, Meaning.NEW_CODE, Meaning.OLD_NAME, Meaning.INTERNAL}
)


def column_of(path: Sequence[str]) -> Column:
    heading = heading_of(path)
    meaning = next((meaning for meaning, fits in RULES if fits(heading)), Meaning.UNKNOWN)
    return Column(meaning, heading, unit_of(meaning, path))
