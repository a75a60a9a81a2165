"""Where an answer of staff says another amount or another time than the record of a procedure it is about."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import msgspec

from bot.answers.wording import amounts, fees, times
from knowledge.catalogue import KnownProcedure
from knowledge.procedure import Unit

MOST_NAMED = 3  # procedures and values in one sentence
UNITS = {"ngày làm việc": Unit.WORKING_DAY, "ngày": Unit.DAY, "giờ": Unit.HOUR, "tháng": Unit.MONTH, "năm": Unit.YEAR}
WORDS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
FREE = 0

_THOUSANDS = {"": 1, "k": 1_000, "nghìn": 1_000, "ngàn": 1_000, "tr": 1_000_000, "triệu": 1_000_000}
_AMOUNT = re.compile(
    r"(?<![\w.,])(?P<number>\d{1,3}(?:[.,]\d{3})+|\d+(?:,\d+)?)\s*"
    r"(?:(?P<thousands>k|nghìn|ngàn|triệu|tr)\b\s*(?:đồng|vnđ|đ)?|đồng|vnđ|đ(?!\w))(?!\w)",
    re.IGNORECASE,
)
_FREE = re.compile(r"miễn (?:lệ )?phí|không (?:mất|thu|tốn|phải nộp) (?:tiền|phí|lệ phí)", re.IGNORECASE)
_PERIOD = re.compile(
    rf"(?<![\w.,/])(?<!ngày )(?<!tháng )(?P<number>\d+(?:[.,]\d+)?|{'|'.join(WORDS)})"
    rf"(?:\s*(?:-|–|đến)\s*(?P<other>\d+))?\s*(?:\([^)]{{1,20}}\)\s*)?(?P<unit>{'|'.join(UNITS)})(?!\w)",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\b(?:lúc|từ|đến|trước|sau|hồi)\s*$", re.IGNORECASE)  # "lúc 8 giờ" is no length of time


class Period(NamedTuple):
    amount: float
    unit: Unit


def conflicts(answer: str, linked: Sequence[KnownProcedure], day: date) -> Iterator[str]:
    """Sentences that name what the answer says and what the records say; what any of them says is no conflict."""
    sources, answer = [_Source(each, day) for each in linked], answer.replace("**", "")
    if not sources:
        return
    for amount, written in amounts_in(answer).items():
        if not any(amount in source.amounts for source in sources):
            yield _told(f"Câu trả lời ghi “{written}”", ((each.name, each.fees) for each in sources))
    for period, written in periods_in(answer).items():
        if not any(period in source.periods for source in sources):
            yield _told(f"Câu trả lời ghi “{written}”", ((each.name, each.times) for each in sources))


def amounts_in(text: str) -> dict[int, str]:
    """đồng → as it is written; "miễn phí" is 0."""
    found = {_amount(match): match[0].strip() for match in _AMOUNT.finditer(text)}
    free = _FREE.search(text)
    return found | ({FREE: free[0]} if free and FREE not in found else {})


def _amount(match: re.Match[str]) -> int:
    thousands = _THOUSANDS[(match["thousands"] or "").lower()]
    number = match["number"]
    if thousands == 1 or re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", number):
        return int(re.sub(r"[.,]", "", number)) * thousands
    return round(float(number.replace(",", ".")) * thousands)


def periods_in(text: str) -> dict[Period, str]:
    """Each length of time → as it is written; of "3-5 ngày" both."""
    found: dict[Period, str] = {}
    for match in _PERIOD.finditer(text):
        unit = UNITS[" ".join(match["unit"].lower().split())]
        if unit is Unit.HOUR and _CLOCK.search(text, 0, match.start()):
            continue
        for number in filter(None, (match["number"], match["other"])):
            found.setdefault(Period(_number(number), unit), match[0].strip())
    return found


def _number(written: str) -> float:
    return WORDS.get(written.lower()) or float(written.replace(",", "."))


class _Source:
    """What a record says anywhere, and its fees and times in words for the comparison."""

    def __init__(self, known: KnownProcedure, day: date) -> None:
        text, rows = "\n".join(texts_of(known)), known.procedure.channels
        self.name = known.plain_name
        self.fees, self.times = " ".join(fees.summary(known, day)), " ".join(times.summary(known))
        self.amounts = set(amounts_in(f"{text}\n{self.fees}")) | {
            fee.amount for row in rows for fee in row.fees if fee.amount is not None
        }
        stated = {
            Period(row.time_limit.amount, row.time_limit.unit) for row in rows if row.time_limit.amount is not None
        }
        self.periods = set(periods_in(f"{text}\n{self.times}")) | stated


def texts_of(value: Any) -> Iterator[str]:
    """Every text inside a value, and each amount as it is printed."""
    built = msgspec.to_builtins(value)
    stack: list[Any] = [built]
    while stack:
        each = stack.pop()
        if isinstance(each, str):
            yield each
        elif isinstance(each, Mapping):
            stack += each.values()
            if isinstance(amount := each.get("amount"), int):
                yield amounts.money(amount)
        elif isinstance(each, list | tuple):
            stack += each


def _told(said: str, sources: Iterable[tuple[str, str]]) -> str:
    told = [f"“{name}” ghi: {value or 'chưa có'}" for name, value in list(sources)[:MOST_NAMED]]
    return f"{said}; danh mục của {'; của '.join(told)}"
