"""Sums that stand in the notes of fees. The number beside a note is often only the first of several."""

import re
from collections.abc import Iterable
from datetime import date

import msgspec

from bot.answers.wording.amounts import money
from knowledge.procedure import Fee, FilingChannel

SEE_FEES = "xem “Lệ phí”"
MOST_SUMS = 6  # more are told as a range
SMALLEST, GREATEST = 1_000, 1_000_000_000  # đồng; no fee is outside (see knowledge.procedure.Fee.is_suspect)

_SUM = re.compile(
    r"(?<![\d./,])(?P<number>\d{1,3}(?:[.,]\d{3})+(?!\d)|\d+(?:,\d+)?)\s*(?P<times>triệu|nghìn|ngàn)?\s*"
    r"(?P<currency>đồng|vnđ|vnd|đ(?!\w)|/)?",
    re.IGNORECASE,
)
_TIMES = {"triệu": 1_000_000, "nghìn": 1_000, "ngàn": 1_000}
# Beside these a sum need not be a price, or is not the whole of it.
_RECKONED = re.compile(
    r"%|\btỷ\b|\bvốn\b|giá trị|không quá|tối đa|tối thiểu|\bcộng\b|tăng thêm|phụ trội|một nửa", re.IGNORECASE
)
_KINDS = re.compile(r"%|trường hợp|đối với|từng loại|\btùy\b|một nửa", re.IGNORECASE)
_CLAUSE = re.compile(r"(?<=[.;])\s+|\s+(?=[-+] )")
_LAST_DAY = re.compile(
    r"đến (?:hết )?(?:ngày )?(?P<day>0?[1-9]|1\d|2[0-8]|29(?!/0?2/)|30(?!/0?2/)|31(?!/(?:0?[2469]|11)/))"
    r"/(?P<month>0?[1-9]|1[0-2])/(?P<year>20\d\d)(?!\d)"
)
_DAYS = re.compile(r"(?:kể )?từ ngày|đến hết ngày|đến ngày", re.IGNORECASE)


class Sums(msgspec.Struct, frozen=True):
    """The sums of some notes in đồng, ascending. Not `is_plain`: some are limits or shares, or were not understood."""

    amounts: tuple[int, ...] = ()
    is_plain: bool = True


def sums_in(notes: Iterable[str]) -> Sums:
    text = "\n".join(notes)
    found = [_amount(match) for match in _SUM.finditer(text) if _is_money(match)]
    is_plain = not _RECKONED.search(text) and all(SMALLEST <= amount < GREATEST for amount in found)
    return Sums(tuple(sorted({amount for amount in found if SMALLEST <= amount < GREATEST})), is_plain)


def _is_money(match: re.Match[str]) -> bool:
    """A number with its currency, or thousands written out before a unit ("14.250.000/lần")."""
    is_grouped = "." in match["number"] or len(match["number"].split(",")[-1]) == 3  # noqa: PLR2004  thousands
    return bool(match["times"]) or (is_grouped if match["currency"] == "/" else bool(match["currency"]))


def _amount(match: re.Match[str]) -> int:
    number, times = match["number"], match["times"]
    if times:
        return round(float(number.replace(",", ".")) * _TIMES[times.lower()])
    return int(re.sub(r"\D", "", number))


def of_row(row: FilingChannel) -> Sums:
    """The sums of a row's notes: of its fees, and of the row itself, where some publishers write the price list."""
    return sums_in([*(fee.note for fee in row.fees), row.note])


def several(amounts: Iterable[int], row: FilingChannel) -> str:
    """What a row costs whose notes name other sums than its number, or shares of it: never one of them as the fee.

    "" where the notes only repeat the `amounts` that the record declares.
    """
    declared, stated = set(amounts), of_row(row)
    notes = " ".join((*(fee.note for fee in row.fees), row.note if stated.amounts else ""))
    if not declared or (declared.issuperset(stated.amounts) and "%" not in notes):
        return ""
    if stated.is_plain:
        return _listed(declared.union(stated.amounts), notes)
    return f"có nhiều mức, trong đó có {_told(sorted(declared))}; {SEE_FEES}"


def in_note(note: str) -> str:
    """What a fee costs that stands without a number: the sums of its note, "" where it names none."""
    stated = sums_in([note])
    if not stated.amounts:
        return ""
    if not stated.is_plain:
        return f"có nhiều mức, tùy loại; {SEE_FEES}"
    is_one = len(stated.amounts) == 1
    return f"danh mục ghi {money(stated.amounts[0])}; {SEE_FEES}" if is_one else _listed(set(stated.amounts), note)


def _listed(amounts: set[int], notes: str) -> str:
    """`{500000, 1000000}` → "500.000 đồng hoặc 1.000.000 đồng, tùy loại; xem “Lệ phí”"."""
    reason = "tùy loại và ngày nộp" if _DAYS.search(notes) else "tùy loại"
    return f"{_told(sorted(amounts))}, {reason}; {SEE_FEES}"


def _told(amounts: list[int]) -> str:
    if len(amounts) > MOST_SUMS:
        return f"từ {money(amounts[0])} đến {money(amounts[-1])}"
    *most, last = map(money, amounts)
    return f"{', '.join(most)} hoặc {last}" if most else last


def tells_kinds(note: str) -> bool:
    return _KINDS.search(note) is not None


def in_force(row: FilingChannel, day: date) -> FilingChannel:
    """The row without those clauses of its fees' notes whose days are over ("đến hết ngày 31/12/2025")."""
    return msgspec.structs.replace(row, fees=tuple(_in_force(fee, day) for fee in row.fees))


def _in_force(fee: Fee, day: date) -> Fee:
    """Only a clause beside others may go, and none that explains the number."""
    clauses = _CLAUSE.split(fee.note)
    kept = [clause for clause in clauses if not _is_over(clause, day) or fee.amount in sums_in([clause]).amounts]
    return msgspec.structs.replace(fee, note=" ".join(kept)) if kept and len(kept) < len(clauses) else fee


def _is_over(clause: str, day: date) -> bool:
    ends = [date(int(end["year"]), int(end["month"]), int(end["day"])) for end in _LAST_DAY.finditer(clause)]
    return bool(ends) and max(ends) < day
