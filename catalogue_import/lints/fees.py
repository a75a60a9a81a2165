"""Fees: three states that must not be mixed, and numbers that cannot be meant."""

import re
from collections import defaultdict
from collections.abc import Iterator

from catalogue_import.lints.lint import Certainty, Lint, Mistake, Record, Whole
from catalogue_import.lints.texts import CHANNELS, rows
from knowledge.procedure import Fee, Procedure

TIMES = {"": 1, "nghìn": 1_000, "ngàn": 1_000, "triệu": 1_000_000, "tỷ": 1_000_000_000}
SUM = re.compile(
    r"(?<![\d./,])(?P<number>\d{1,3}(?:[.,]\d{3})+(?![\d,])|\d+(?:,\d+)?)\s*(?P<times>nghìn|ngàn|triệu|tỷ)?\s*"
    r"(?:đồng|vnđ|vnd|đ\b)",
    re.IGNORECASE,
)
# Beside these a sum is no price, or only part of one.
RECKONED = re.compile(r"%|tối đa|tối thiểu|không quá|\bvốn\b|giá trị|giảm|cộng|tăng thêm|phạt", re.IGNORECASE)
COUNCIL = re.compile(r"(?:HĐND|Hội đồng nhân dân)(?! (?:xã|phường))", re.IGNORECASE)
FREE = re.compile(r"(?<!được )\bmiễn (?:phí|lệ phí|nộp)|\bkhông thu (?:phí|lệ phí)", re.IGNORECASE)
PARTLY = re.compile(r"trường hợp|đối với|đối tượng|người|hộ |nếu|trẻ|sau|trước|từ ngày", re.IGNORECASE)
KEPT_APART = re.compile(
    r"(?:văn bản|biểu phí|biểu mức thu|phụ lục|tệp|file|bảng)[^.;\n]{0,40}\bkèm(?: theo)?\b"
    r"(?! (?:theo )?(?:thông|nghị|quyết|luật))",
    re.IGNORECASE,
)
FOR_A_TIME = re.compile(r"từ ngày|đến hết|đến ngày|giảm", re.IGNORECASE)
REFERS = re.compile(
    r"(?:theo|tại|căn cứ).{0,30}(?:quy định|thông tư|nghị định|nghị quyết|quyết định|luật|biểu)", re.IGNORECASE
)
NONE_DUE = re.compile(r"miễn|không (?:thu|mất|phải nộp|quy định|có)|0 đồng|\b0đ|bằng 0", re.IGNORECASE)
SMALLEST, GREATEST = 1_000, 1_000_000_000  # đồng; see knowledge.procedure.Fee.is_suspect

Fees = Iterator[tuple[str, Fee]]


def fees(procedure: Procedure) -> Fees:
    for place, row in rows(procedure):
        yield from ((f"{place}, phí {number}", fee) for number, fee in enumerate(row.fees, 1))


def sums(note: str) -> set[int]:
    """The prices in đồng that a note names; none where it reckons with shares or limits."""
    return set() if RECKONED.search(note) else {_amount(found) for found in SUM.finditer(note)}


def _amount(found: re.Match[str]) -> int:
    number, times = found["number"], TIMES[(found["times"] or "").lower()]
    if times > 1:
        return round(float(number.replace(",", ".")) * times) if number.count(".") <= 1 else 0
    return int(re.sub(r"\D", "", number))


def told(fee: Fee) -> str:
    """`Fee(amount=20, note="20.000 đồng/tờ")` → "20 đồng; ghi chú: 20.000 đồng/tờ"."""
    unit = "đồng" if fee.currency == "VND" else fee.currency
    amount = "không có số" if fee.amount is None else f"{fee.amount:,} {unit}".replace(",", ".")
    note = " ".join(fee.note.split())
    return f"{amount}; ghi chú: {note}" if note else amount


def nowhere(record: Record, _whole: Whole) -> Iterator[Mistake]:
    """No row has any fee entry at all: neither an amount nor "free"."""
    if record.procedure.channels and not any(row.fees for row in record.procedure.channels):
        yield Mistake("Cách thức thực hiện, mọi dòng", "Phí, lệ phí để trống")


def empty(record: Record, _whole: Whole) -> Iterator[Mistake]:
    for place, fee in fees(record.procedure):
        if fee.amount is None and not (fee.note or fee.attachment):
            yield Mistake(place, told(fee))


def zero_against_price(record: Record, _whole: Whole) -> Iterator[Mistake]:
    for place, fee in fees(record.procedure):
        if fee.amount == 0 and any(sums(fee.note)):
            yield Mistake(place, told(fee))


def other_than_note(record: Record, _whole: Whole) -> Iterator[Mistake]:
    return (Mistake(place, told(fee)) for place, fee in _differing(record) if not FOR_A_TIME.search(fee.note))


def reduced_in_note(record: Record, _whole: Whole) -> Iterator[Mistake]:
    return (Mistake(place, told(fee)) for place, fee in _differing(record) if FOR_A_TIME.search(fee.note))


def _differing(record: Record) -> Fees:
    """The note names one price, and it is not the number."""
    for place, fee in fees(record.procedure):
        is_number = fee.amount and fee.currency == "VND" and not fee.is_suspect
        if is_number and len(sums(fee.note)) == 1 and not _stands_in(fee.amount or 0, fee.note):
            yield place, fee


def _stands_in(amount: int, note: str) -> bool:
    """Also without its unit: "500.000 (giấy phép cấp lại)"."""
    return (
        amount in sums(note)
        or re.search(rf"(?<!\d){amount}(?!\d)", re.sub(r"(?<=\d)[.,](?=\d{3})", "", note)) is not None
    )


def zero_by_reference(record: Record, _whole: Whole) -> Iterator[Mistake]:
    """Zero typed where the note only says which document has the amount."""
    for place, fee in fees(record.procedure):
        is_reference = REFERS.search(fee.note) and not (NONE_DUE.search(fee.note) or COUNCIL.search(fee.note))
        if fee.amount == 0 and is_reference and not any(sums(fee.note)):
            yield Mistake(place, told(fee))


def several(record: Record, _whole: Whole) -> Iterator[Mistake]:
    """Different amounts of one kind on one channel, with nothing that tells the cases apart."""
    amounts: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for row in record.procedure.channels:
        for fee in row.fees:
            if fee.amount is not None:
                amounts[CHANNELS[row.channel], row.note, fee.kind, fee.note].add(fee.amount)
    for (channel, _, _, note), different in amounts.items():
        if len(different) > 1:
            listed = ", ".join(f"{amount:,}".replace(",", ".") for amount in sorted(different))
            yield Mistake(f"Cách thức thực hiện, nộp {channel}", f"{listed} đồng; ghi chú: {note or 'không có'}")


def amount_against_free(record: Record, _whole: Whole) -> Iterator[Mistake]:
    for place, fee in fees(record.procedure):
        if fee.amount and FREE.search(fee.note) and not PARTLY.search(fee.note) and not sums(fee.note):
            yield Mistake(place, told(fee))


def left_to_council(record: Record, _whole: Whole) -> Iterator[Mistake]:
    for place, fee in fees(record.procedure):
        if not fee.amount and COUNCIL.search(fee.note) and not any(sums(fee.note)):
            yield Mistake(place, told(fee))


def in_thousands(record: Record, _whole: Whole) -> Iterator[Mistake]:
    for place, fee in fees(record.procedure):
        if fee.currency == "VND" and fee.amount and fee.amount < SMALLEST:
            yield Mistake(place, told(fee), _meant(fee))


def _meant(fee: Fee) -> str:
    if "usd" in fee.note.lower():
        return "Chọn đơn vị tiền tệ USD cho số này"
    meant = (fee.amount or 0) * 1_000
    return f"{meant:,} đồng".replace(",", ".") if meant in sums(fee.note) else ""


def too_great(record: Record, _whole: Whole) -> Iterator[Mistake]:
    for place, fee in fees(record.procedure):
        if fee.currency == "VND" and fee.amount and fee.amount >= GREATEST:
            yield Mistake(place, told(fee))


def table_missing(record: Record, _whole: Whole) -> Iterator[Mistake]:
    for place, fee in fees(record.procedure):
        if not (fee.attachment or fee.amount) and KEPT_APART.search(fee.note) and not sums(fee.note):
            yield Mistake(place, told(fee))


SURE, CHECK = Certainty

FEES = (
    Lint(
        "fee-nowhere", "Không khai mức phí ở dòng nào", CHECK,
        "Người dân không biết thủ tục miễn phí hay có phí; bản in của Cổng lại ghi “Miễn phí” cho ô trống.",
        "Ghi mức phí từng cách nộp; nếu không thu thì ghi 0 đồng và nói rõ “không thu phí, lệ phí”", nowhere,
    ),
    Lint(
        "fee-empty", "Dòng phí không có số, không có ghi chú", SURE,
        "Có dòng phí nhưng không ghi mức thu, cũng không nói xem ở đâu.",
        "Ghi số tiền, hoặc xóa dòng phí", empty,
    ),
    Lint(
        "fee-zero-priced", "Mức 0 đồng nhưng ghi chú có giá", SURE,
        "Ô số tiền ghi 0 nên trang hiện “Miễn phí”, trong khi ghi chú nêu mức thu.",
        "Ghi số tiền của từng trường hợp vào ô số tiền, mỗi trường hợp một dòng", zero_against_price,
    ),
    Lint(
        "fee-differs", "Số tiền khác với ghi chú", SURE,
        "Ô số tiền và ghi chú của cùng một dòng nêu hai mức khác nhau.",
        "Đối chiếu văn bản quy định mức thu và ghi một mức", other_than_note,
    ),
    Lint(
        "fee-reduced", "Mức đang áp dụng chỉ nằm trong ghi chú", CHECK,
        "Ghi chú nêu mức giảm có thời hạn, ô số tiền vẫn là mức cũ: Cổng có thể thu cao hơn mức phải nộp.",
        "Ghi mức đang áp dụng vào ô số tiền; mức sau thời hạn để ở ghi chú", reduced_in_note,
    ),
    Lint(
        "fee-several", "Một cách nộp có nhiều mức mà không phân biệt", SURE,
        "Các mức khác nhau có cùng ghi chú, hoặc không có ghi chú: người dân không biết mức nào là của mình.",
        "Ghi ở từng dòng mức đó cho trường hợp nào", several,
    ),
    Lint(
        "fee-free-priced", "Ghi chú miễn phí nhưng có số tiền", SURE,
        "Ghi chú nói không thu, ô số tiền lại có mức thu.",
        "Ghi 0 đồng nếu không thu; nếu có thu thì bỏ chữ “miễn”", amount_against_free,
    ),
    Lint(
        "fee-council", "“Do Hội đồng nhân dân quy định” mà không có số tiền", CHECK,
        "Người nộp không biết phải trả bao nhiêu; nếu ghi 0 thì trang hiện “Miễn phí” và Cổng có thể thu sai.",
        "Ghi mức theo nghị quyết của Hội đồng nhân dân tỉnh, thành phố kèm số nghị quyết", left_to_council,
    ),
    Lint(
        "fee-zero-law", "Mức 0 đồng nhưng ghi chú chỉ dẫn văn bản", CHECK,
        "Ô số tiền ghi 0 nên trang hiện “Miễn phí”, mà ghi chú chỉ nói mức thu theo văn bản nào.",
        "Ghi số tiền theo văn bản đó; nếu đúng là không thu thì ghi “không thu phí, lệ phí”", zero_by_reference,
    ),
    Lint(
        "fee-thousands", "Số tiền dưới 1.000 đồng", SURE,
        "Không có mức thu nào dưới 1.000 đồng: số này thiếu ba số 0, hoặc là ngoại tệ.",
        "Ghi đủ số đồng, hoặc chọn đúng đơn vị tiền tệ", in_thousands,
    ),
    Lint(
        "fee-too-great", "Số tiền từ một tỷ đồng", SURE,
        "Không có mức thu nào tới một tỷ đồng: số này thừa ba số 0.",
        "Ghi đúng số đồng", too_great,
    ),
    Lint(
        "fee-table-missing", "Dẫn tới biểu phí kèm theo nhưng không có tệp", SURE,
        "Ghi chú nói chi tiết ở văn bản kèm theo, mà dòng phí không có tệp nào.",
        "Đính kèm biểu phí, hoặc ghi mức thu vào dòng phí", table_missing,
    ),
)  # fmt: skip
