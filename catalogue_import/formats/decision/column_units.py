"""Units that headings give to the bare numbers below them."""

import re
from collections.abc import Callable, Sequence

from catalogue_import.formats.decision.meanings import Meaning
from catalogue_import.formats.decision.text import letters, squeezed

UNIT = re.compile(r"ngaylamviec|ngay|gio|thang|nam")
UNITS = {"ngaylamviec": "ngày làm việc", "ngay": "ngày", "gio": "giờ", "thang": "tháng", "nam": "năm"}
COUNTED = re.compile(r"so(ngaylamviec|ngay|gio|thang)")
BRACKETED = re.compile(r"[(/:]\s*(?:đvt|đơn vị tính|tính theo)?:?\s*([^)]*)\)?\s*$", re.IGNORECASE)
MONEY = re.compile(r"(nghin|ngan|1[.,]?000|trieu)?(dong|vnd)\b")
MANY_DONG = {"trieu": "triệu đồng"}
NO_UNIT = re.compile(r"\d|ketu")  # "(10 ngày)", "(kể từ ngày nhận hồ sơ)"


def unit_of(meaning: Meaning, path: Sequence[str]) -> str:
    """Of a column with this path of headings: "ngày làm việc", "đồng"; "" where they say none."""
    return UNITS_BY_MEANING.get(meaning, _no_unit)(path)


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
