"""Shapes of personal data, in the order in which they are looked for."""

import re
import unicodedata
from typing import NamedTuple

TOKENS = "EMAIL OTP TK THE CCCD BHXH MST DT HC CMND BIENSO NGAYSINH DIACHI TEN SO MAHS".split()
MARKS = "\U000f0000-\U000ffffd"  # a private plane: each stands for a part that no rule may see
STREETS = "thôn xóm tổ ngõ ngách hẻm đường phố khu".split()


class Rule(NamedTuple):
    """What `shape` finds becomes [token]: its group "value", where it has one."""

    token: str
    shape: re.Pattern[str]


def said(*cues: str) -> str:
    """Any of the cues, with and without marks; digits may touch them ("stk123456"), letters not."""
    both = {*cues, *map(_without_marks, cues)}
    return rf"(?<![^\W\d])(?:{'|'.join(sorted(both, key=len, reverse=True))})(?![^\W\d])"


def _without_marks(cue: str) -> str:
    letters = unicodedata.normalize("NFD", cue.replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _after(*cues: str, most: int, never: str = "") -> str:
    """A cue and up to `most` other characters, never `never`, and never beyond a number or a token."""
    return rf"{said(*cues)}(?:{never}[^\d\[{MARKS}]){{0,{most}}}?"


def _rule(token: str, *parts: str) -> Rule:
    return Rule(token, re.compile("".join(parts), re.IGNORECASE))


_GAP = "[ .-]?"
_END = r"(?!\d)"
_NO_MONEY = r"(?!\s*(?:đồng|dong|đ|vnđ|vnd|triệu|tỷ|tỉ)(?!\w))"
_NO_DATE = r"(?!\d{1,2}[ .-]\d{1,2}[ .-](?:19|20)\d\d(?!\d))"
_ALONE = r"(?<!\d)(?<!\d[.-])"  # where points and dashes may part the digits, none stands before them

_OF_SECRET = said("mật khẩu", "password")
_IS = r"(?:là(?!\w)|la(?!\w)|:|=)"
_SECRET = rf"(?P<value>(?![{MARKS}\[])\S{{4,}})"
_HAS_SIGN = r"(?=\S*[\d_@#$%&*!])"  # of what stands farther from its cue: "mật khẩu VNeID là những gì" has none
_HOTLINE = "(?!gọi|goi|tổng đài|tong dai|hotline)"

_NO_BIRTH = (
    "khai học hoc chứng chung thí thi vệ ve phát phat tuyển tuyen an hộ tái dân dan kháng khang triệt triet".split()
)
_NO_BIRTH_AFTER = r"(?! (?:viên|vien|hoạt|hoat|sống|song|kế|thái|thai|học|hoc|trắc|trac)(?!\w))"
_BIRTH = rf"(?=[sn])(?<!\w){''.join(f'(?<!{word} )' for word in _NO_BIRTH)}(?:sinh{_NO_BIRTH_AFTER}|sn|ns)(?!\w)"
_DATE = (
    r"(?:\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?(?:\d{4}|\d{2})"
    r"|\d{1,2} (?:tháng|thang) \d{1,2},? (?:năm|nam) \d{4}|(?:19|20)\d\d)"
)

_OF_MINE = r"(?: nhà| nha)?(?: (?:của|cua) (?:em|tôi|toi|mình|minh|anh|chị|chi|cháu|chau|con))?"
_PLACE = rf"(?:{said('trú tại', 'số nhà', 'nhà số', 'ở số')}|{said('địa chỉ')}{_OF_MINE}(?:\s*{_IS})?)\s*"
_WORD = r"[^\s.;?!]"
_HOUSE = rf"(?=(?:{_WORD}+[ \t]+){{0,2}}(?:{_WORD}*\d|{said(*STREETS)}))"  # within three words
# Up to the end of the clause; the full stop of an abbreviated place ends nothing.
_CLAUSE = r"(?:(?<!\w)(?:tp|tt|tx|[pqhxđ])\.(?=\s*\w)|\.(?=\d)|[^.;?!\n])+"

RULES = (
    _rule("EMAIL", r"(?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+"),  # possessive: 64 kB of letters take no minute
    _rule(
        "OTP",
        _after("otp", "mã xác thực", "mã xác nhận", most=12),
        r"(?P<value>\d{4,8}|\d{3}[ -]\d{3})(?![/-]?\d)",
    ),
    _rule("OTP", _OF_SECRET, rf"\s*{_IS}\s*", _SECRET),
    _rule("OTP", _OF_SECRET, rf" [^\n.;:=\d\[{MARKS}]{{1,20}}?(?<!\w){_IS}\s*", _HAS_SIGN, _SECRET),
    _rule(
        "TK",
        _after("stk", "tk", "tài khoản", most=25, never=_HOTLINE),
        rf"{_NO_DATE}(?P<value>\d(?:{_GAP}\d){{5,18}})(?!{_GAP}\d){_NO_MONEY}",
    ),
    _rule("THE", rf"(?<!\d)(?:4\d{{3}}|5[1-5]\d\d|9704)(?:{_GAP}\d{{4}}){{3}}(?:{_GAP}\d{{3}})?{_END}"),
    _rule(
        "CCCD", r"(?<!\d)(?<!\d[.,-])(?:0\d{11}|0\d\d(?:[ .-]\d{3}){3}|0\d{3}(?:[ .-]\d{4}){2})(?![.,-]?\d)", _NO_MONEY
    ),
    _rule(
        "BHXH",
        _after("bhxh", "bhyt", "bảo hiểm xã hội", "bảo hiểm y tế", most=15),
        rf"(?P<value>(?<!\w)[a-z]{{2}}\d{{13}}|\d{{10}}){_END}",
    ),
    _rule("MST", _after("mst", "mã số thuế", most=12), rf"(?P<value>\d{{10}}(?:-\d{{3}})?){_END}"),
    _rule("DT", rf"(?<!\d)(?:0[35789]\d{{8}}|02\d{{9}}){_END}", _NO_MONEY),
    _rule("DT", _ALONE, _NO_DATE, rf"0(?:[35789](?:{_GAP}\d){{8}}|2(?:{_GAP}\d){{9}})(?![.-]?\d)", _NO_MONEY),
    _rule(
        "DT",
        r"(?<!\+)" + _ALONE,
        rf"(?:\(\+?84\)|(?:\+|00)?84){_GAP}(?:\(0\))?{_GAP}\d(?:{_GAP}\d){{8}}(?![.-]?\d)",
        _NO_MONEY,
    ),
    _rule("DT", rf"\(02\d{{1,2}}\){_GAP}\d(?:{_GAP}\d){{6,7}}{_END}"),
    _rule("HC", r"(?<!\w)[bceknp]\d{7,8}(?!\w)"),
    _rule("CMND", r"(?<!\w)(?<!\d[.,/-])\d{9}(?!\w)(?![.,/-]\d)", _NO_MONEY),
    _rule(
        "CMND",
        _after("cmnd", "cmt", "chứng minh", "số giấy tờ", most=15),
        rf"(?P<value>\d{{3}}[ .]\d{{3}}[ .]\d{{3}}){_END}",
    ),
    # "15h 15000" is an hour and an amount.
    _rule("BIENSO", r"(?<!\w)(?!(?-i:\d\d[hm]\d? ))\d\d[a-zđ]{1,2}\d?[ -]\d{3}\.?\d\d", _END, _NO_MONEY),
    _rule("NGAYSINH", _BIRTH, rf"[^\d\[{MARKS}]{{0,8}}?(?P<value>{_DATE}){_END}"),
    _rule("DIACHI", _PLACE, f"(?P<value>{_HOUSE}{_CLAUSE})"),
)
