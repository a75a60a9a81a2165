"""Time limits: a number with a unit is one, anything else is not."""

from collections import defaultdict
from collections.abc import Iterator

from catalogue_import.lints.lint import Certainty, Lint, Mistake, Record, Whole
from catalogue_import.lints.texts import CHANNELS, rows
from knowledge.procedure import TimeLimit, Unit

UNITS = {
    Unit.WORKING_DAY: "ngày làm việc",
    Unit.DAY: "ngày",
    Unit.HOUR: "giờ",
    Unit.MONTH: "tháng",
    Unit.YEAR: "năm",
}


def _told(limit: TimeLimit) -> str:
    return f"{limit.amount:g} {UNITS[limit.unit]}".replace(".", ",")


def free_text(record: Record, _whole: Whole) -> Iterator[Mistake]:
    for place, row in rows(record.procedure):
        if row.time_limit.text.strip():
            yield Mistake(f"{place}, thời hạn", " ".join(row.time_limit.text.split())[:300])


def nowhere(record: Record, _whole: Whole) -> Iterator[Mistake]:
    """The unit "other" in every row: the number beside it is a placeholder."""
    limits = [row.time_limit for row in record.procedure.channels]
    if limits and not any(limit.text or limit.amount for limit in limits):
        yield Mistake("Cách thức thực hiện, mọi dòng", "Đơn vị “Khác”, không có thời hạn")


def several(record: Record, _whole: Whole) -> Iterator[Mistake]:
    """The same channel twice with different times and nothing that tells the cases apart."""
    said: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in record.procedure.channels:
        if row.time_limit.amount:
            said[CHANNELS[row.channel], row.note].add(_told(row.time_limit))
    for (channel, note), times in said.items():
        if len(times) > 1:
            stands = f"Nộp {channel}: {', '.join(sorted(times))}"
            yield Mistake(
                "Cách thức thực hiện", f"{stands}; mô tả: {note[:200]}" if note else f"{stands}; không có mô tả"
            )


TIMES = (
    Lint(
        "time-text", "Thời hạn viết bằng lời", Certainty.CHECK,
        "Thời hạn không phải số và đơn vị nên không tính được ngày hẹn trả, không so sánh và cắt giảm được.",
        "Ghi số và đơn vị (ví dụ 10, “Ngày làm việc”); điều kiện ghi ở phần mô tả", free_text,
    ),
    Lint(
        "time-nowhere", "Không ghi thời hạn ở dòng nào", Certainty.CHECK,
        "Đơn vị “Khác” làm trang hiện một con số không có nghĩa (ví dụ “1”).",
        "Ghi thời hạn bằng số và đơn vị; trả ngay thì ghi “Trong ngày” ở mô tả", nowhere,
    ),
    Lint(
        "time-several", "Cùng một cách nộp có nhiều thời hạn mà không phân biệt", Certainty.SURE,
        "Hai dòng cùng cách nộp, cùng mô tả, khác thời hạn: người dân không biết dòng nào là của mình.",
        "Ghi ở phần mô tả dòng nào cho trường hợp nào", several,
    ),
)  # fmt: skip
