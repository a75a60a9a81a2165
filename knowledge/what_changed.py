"""What an edition changed, in plain Vietnamese: for staff in full, for the citizens' group in a few lines."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from knowledge.edition_diff import Difference, EditionDiff, ProcedureChange
from knowledge.value_words import missing, value_in_words

NAMES = 5  # procedures named to the group: more nobody reads in a chat
LETTERS = 90  # of a name in a line
VALUE = 160  # letters of a value in a line

FIELDS = {
    "name": "Tên",
    "field": "Lĩnh vực",
    "issuer": "Cơ quan ban hành",
    "issuer_code": "Mã cơ quan ban hành",
    "levels": "Cấp thực hiện",
    "decision": "Quyết định công bố",
    "subjects": "Đối tượng",
    "executing": "Cơ quan thực hiện",
    "competent": "Cơ quan có thẩm quyền",
    "authorized": "Cơ quan được ủy quyền",
    "coordinating": "Cơ quan phối hợp",
    "receiving_address": "Nơi nhận hồ sơ",
    "channels": "Cách nộp, thời hạn, phí",
    "paper_groups": "Giấy tờ",
    "papers": "Số giấy tờ",  # of a copy, where only their number is compared
    "steps": "Trình tự",
    "conditions": "Điều kiện",
    "results": "Kết quả",
    "legal_bases": "Căn cứ pháp lý",
    "cases": "Trường hợp",
    "keywords": "Từ khóa",
    "note": "Ghi chú",
    "is_full_process": "Toàn trình",
    "is_non_territorial": "Phi địa giới",
    "fees": "Mức thu của thành phố",
    "city.time": "Thời hạn theo quyết định của thành phố",
    "city.fee": "Phí theo quyết định của thành phố",
    "city.place": "Nơi làm theo quyết định của thành phố",
    "city.online": "Mức trực tuyến theo quyết định của thành phố",
    "city.ended": "Hết hiệu lực",
    "city.amended": "Sửa đổi gần nhất",
    "city.coming": "Thay đổi sắp tới",
}
_PLAIN = "Lời viết gọn"
TITLES = {
    Difference.NEW: "Thủ tục mới",
    Difference.CHANGED: "Thủ tục có thay đổi",
    Difference.ENDED: "Thủ tục hết hiệu lực",
    Difference.REVIVED: "Thủ tục có hiệu lực lại",
    Difference.GONE: "Thủ tục không còn trong danh mục",
}


def field_name(field: str) -> str:
    return FIELDS.get(field, f"{_PLAIN}: {field.removeprefix('plain.')}" if field.startswith("plain.") else field)


def change_in_words(before: Any, after: Any) -> str:
    """Of two lists what was added and what was dropped."""
    if not (isinstance(before, list | tuple) and isinstance(after, list | tuple)):
        return f"{_short(value_in_words(before), VALUE)} → {_short(value_in_words(after), VALUE)}"
    told = [
        f"{what}: {_short(value_in_words(only), VALUE)}"
        for what, only in (("thêm", missing(after, before)), ("bỏ", missing(before, after)))
        if only
    ]
    return "; ".join(told) or "đổi thứ tự"


def for_staff(diff: EditionDiff) -> str:
    """Every procedure with its fields."""
    lines = [f"Ấn bản {diff.before} → {diff.after}, tính đến ngày {diff.day:%d/%m/%Y}", _counts(diff)]
    for kind, title in TITLES.items():
        changes = diff.of_kind(kind)
        lines += ["", f"{title} ({len(changes)})"] if changes else []
        lines += [line for change in changes for line in _staff_lines(change)]
    if diff.communes:
        lines += ["", f"Xã, phường đổi thông tin: {', '.join(diff.communes)}"]
    return "\n".join(lines)


def for_group(diff: EditionDiff, public_url: str = "") -> str:
    """What people ask about, by name; the rest in numbers. Nothing to say gives ""."""
    blocks = [
        ("Mới", diff.of_kind(Difference.NEW, Difference.REVIVED)),
        ("Có thay đổi", diff.of_kind(Difference.CHANGED)),
        ("Không làm nữa", diff.of_kind(Difference.ENDED, Difference.GONE)),
    ]
    told = [line for title, changes in blocks for line in _group_lines(title, changes)]
    if not told:
        return ""
    link = [f"Xem đủ: {public_url.rstrip('/')}/thay-doi?tu={diff.before}&den={diff.after}"] if public_url else []
    return "\n".join(["Thủ tục hành chính có thay đổi", *told, *link])


def _counts(diff: EditionDiff) -> str:
    counts = Counter(change.kind for change in diff.procedures)
    said = [f"{counts[kind]} {title.lower()}" for kind, title in TITLES.items() if counts[kind]]
    return "; ".join(said) + "." if said else "Không thủ tục nào thay đổi."


def _staff_lines(change: ProcedureChange) -> Iterator[str]:
    yield f"- {change.code} {_short(change.name, LETTERS)}{f' · {change.field}' if change.field else ''}"
    for field in change.fields:
        yield f"    {field_name(field.field)}: {change_in_words(field.before, field.after)}"


def _group_lines(title: str, changes: Sequence[ProcedureChange]) -> Iterator[str]:
    if not changes:
        return
    asked = sorted(changes, key=lambda change: (not change.is_asked_often, "commune" not in change.levels, change.code))
    shown = asked[:NAMES]
    yield f"{title}:"
    yield from (f"• {_short(change.name, LETTERS)} ({change.code})" for change in shown)
    if len(asked) > len(shown):
        yield f"• và {len(asked) - len(shown)} thủ tục khác: {_fields_of(asked[NAMES:])}"


def _fields_of(changes: Iterable[ProcedureChange]) -> str:
    counts = Counter(change.field or "lĩnh vực khác" for change in changes)
    return ", ".join(f"{field} {count}" for field, count in counts.most_common(3))


def _short(text: str, letters: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= letters else f"{line[:letters].rsplit(' ', 1)[0]}…"
