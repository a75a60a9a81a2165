"""Values of a field as JSON holds them, in one line of plain Vietnamese; and which of two lists say the same."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
LAW = re.compile(r"0*(\d+(?:\.\d+)?(?:/\d{4})?/[A-ZĐ][A-ZĐ0-9-]*)")  # 66.7/2025/NQ-CP, 31/2024/QH15
WORDS = {
    "direct": "trực tiếp",
    "online": "trực tuyến",
    "postal": "bưu chính",
    "commune": "cấp xã",
    "province": "cấp tỉnh",
    "ministry": "cấp bộ",
    "full": "toàn trình",
    "partial": "một phần",
    "none": "không cung cấp trực tuyến",
    "unspecified": "có, chưa rõ mức",
    "working_day": "ngày làm việc",
    "day": "ngày",
    "hour": "giờ",
    "month": "tháng",
    "year": "năm",
    "fee": "phí",
    "service_fee": "lệ phí",
    "price": "giá",
    "submit": "nộp",
    "show": "xuất trình",
    "looked_up": "cơ quan tự tra cứu",
    "VND": "đồng",
}
SILENT = {"decision", "since", "formality_id", "attachment_id"}  # told otherwise, or nothing that anybody reads


def value_in_words(value: Any) -> str:
    """What a field holds, in one line."""
    if value is None or value in ("", [], (), {}):
        return "(không có)"
    if isinstance(value, dict):
        return _record_in_words(value)
    if isinstance(value, list | tuple):
        return "; ".join(map(value_in_words, value))
    if isinstance(value, bool):
        return "có" if value else "không"
    return _text_in_words(str(value))


def same_items(before: Any, after: Any) -> bool:
    """Of two lists in whatever order: the portal sends every list in another one on each call."""
    if not (_is_list(before) and _is_list(after)):
        return bool(before == after)
    return not missing(before, after) and not missing(after, before)


def missing(items: Sequence[Any], others: Sequence[Any]) -> list[Any]:
    """Those of `items` that the others lack; a law is the same however it is called, as long as its number is."""
    keys = [_key(other) for other in others]
    return [item for item in items if _key(item) not in keys]


def _is_list(value: Any) -> bool:
    return isinstance(value, list | tuple)


def law_key(number: str) -> str:
    """By which two laws are the same, however they are called: "NĐ 08/2025/NĐ-CP" is 8/2025/NĐ-CP."""
    text = number.upper()
    found = LAW.search(text)
    return found[1] if found else "".join(text.split())


def _key(item: Any) -> Any:
    return law_key(str(item["number"])) if isinstance(item, dict) and "number" in item else item


def _text_in_words(text: str) -> str:
    if DAY.fullmatch(text):
        return f"{date.fromisoformat(text):%d/%m/%Y}"
    return WORDS.get(text, text)


def _record_in_words(value: Mapping[str, Any]) -> str:
    """Told by what it is: a decision or a law by its number, a way of filing, a fee; the rest part by part."""
    for mark, in_words in KINDS:
        if mark in value:
            return in_words(value)
    parts = (value_in_words(each) for key, each in value.items() if key not in SILENT and each)
    return f"{'; '.join(filter(None, parts))}{_ground(value)}".strip()


def _filing(value: Mapping[str, Any]) -> str:
    """As "trực tiếp, 3 ngày làm việc, lệ phí 8.000 đồng"; a fee that is not stated is no fee of zero."""
    fees = " và ".join(map(_fee, value.get("fees", ()))) or "chưa ghi phí"
    note = f" ({value['note']})" if value.get("note") else ""
    return f"{value_in_words(value['channel'])}, {_time_limit(value['time_limit'])}, {fees}{note}"


def _time_limit(value: Mapping[str, Any]) -> str:
    if value.get("amount") is None:
        return str(value.get("text") or "chưa ghi thời hạn")
    return f"{value['amount']:g} {value_in_words(value['unit'])}".replace(".", ",")


def _fee(value: Mapping[str, Any]) -> str:
    note = f" ({value['note']})" if value.get("note") else ""
    return f"{value_in_words(value.get('kind', 'fee'))} {_money(value)}{note}"


def _money(value: Mapping[str, Any]) -> str:
    if value.get("amount") is None:
        return "chưa ghi mức"
    return f"{value['amount']:,} {value_in_words(value.get('currency', 'VND'))}".replace(",", ".")


def _council_fee(value: Mapping[str, Any]) -> str:
    """Of the council's table: for whom, on which channels, by which resolution."""
    whom = ", ".join(filter(None, (*value.get("payers", ()), value.get("when", ""))))
    channels = ", ".join(map(value_in_words, value["channels"]))
    return (
        f"{value.get('kind') or 'phí'} {_money(value)}{f' cho {whom}' if whom else ''}, {channels} ({value['ground']})"
    )


def _both_times(value: Mapping[str, Any]) -> str:
    """Of a decision of the city: the statutory time and what the city made of it."""
    times = filter(None, (value.get("statutory"), f"rút còn {value['shortened']}"))
    return f"{', '.join(times)}{_ground(value)}"


def _ground(value: Mapping[str, Any]) -> str:
    """In brackets behind what it is the ground of."""
    if "since" not in value:
        return ""
    said = f"Quyết định {value['decision']['number']} từ {value_in_words(value['since'])}"
    return f" ({said})" if value.keys() - SILENT else said


KINDS: tuple[tuple[str, Callable[[Mapping[str, Any]], str]], ...] = (  # by a key that only this kind has
    ("number", lambda value: str(value["number"])),
    ("time_limit", _filing),
    ("ground", _council_fee),
    ("shortened", _both_times),
)
