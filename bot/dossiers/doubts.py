"""What looks like the code of a dossier and is not to be taken for one, and what to ask for instead."""

from enum import StrEnum

import msgspec


class Doubt(StrEnum):
    """Why no code was taken."""

    NO_SUCH_DAY = "no_such_day"
    FUTURE_DAY = "future_day"
    OLD_DAY = "old_day"
    NO_NUMBER = "no_number"
    SHORT_NUMBER = "short_number"
    LONG_NUMBER = "long_number"
    MASKED = "masked"
    NO_AGENCY = "no_agency"
    NO_LETTER = "no_letter"
    HALF_AGENCY = "half_agency"
    UNCLEAR_LETTER = "unclear_letter"
    SEVERAL_READINGS = "several_readings"
    UNKNOWN_AGENCY = "unknown_agency"
    PAYMENT = "payment"


WEAK_DOUBTS = frozenset({Doubt.NO_AGENCY, Doubt.NO_LETTER})  # also what plain numbers look like


class NearMiss(msgspec.Struct, frozen=True):
    """A doubtful part of a message. `proposal` is the code that may be meant, to be confirmed, never looked up.

    One of WEAK_DOUBTS counts only where a dossier is spoken of.
    """

    doubt: Doubt
    start: int
    end: int
    proposal: str = ""


REASONS = {
    Doubt.NO_SUCH_DAY: "its day is in no calendar: ask to check the digits",
    Doubt.FUTURE_DAY: "its day is after tomorrow: ask to check the digits",
    Doubt.OLD_DAY: "its day is before 2018: ask to check the digits",
    Doubt.NO_NUMBER: "the number after the day is missing: ask for it",
    Doubt.SHORT_NUMBER: "the number has fewer than four digits: ask for the missing ones",
    Doubt.LONG_NUMBER: "the number has more than seven digits: ask to check them",
    Doubt.MASKED: "the number is masked: ask for the whole code on the receipt",
    Doubt.NO_AGENCY: "the part before the day is missing: ask for it",
    Doubt.NO_LETTER: "the letter is missing: propose and ask to confirm",
    Doubt.HALF_AGENCY: "the older agency id is not whole: ask for the part before the first dash",
    Doubt.UNCLEAR_LETTER: "B, S or Z among the digits may be several digits: ask",
    Doubt.SEVERAL_READINGS: "without separators it may be several codes: ask",
    Doubt.UNKNOWN_AGENCY: "without good separators and with no agency of the list: ask",
    Doubt.PAYMENT: "a payment number of the national portal, not a dossier",
}

_AGAIN = "Bạn xem lại mã hồ sơ trên giấy tiếp nhận rồi gửi lại giúp mình."

# What a citizen reads.
WORDS = {
    Doubt.NO_SUCH_DAY: f"Phần ngày trong mã này không đúng ngày nào. {_AGAIN}",
    Doubt.FUTURE_DAY: f"Phần ngày trong mã này chưa đến. {_AGAIN}",
    Doubt.OLD_DAY: f"Phần ngày trong mã này quá cũ, có thể gõ nhầm. {_AGAIN}",
    Doubt.NO_NUMBER: f"Mã này còn thiếu phần số ở cuối. {_AGAIN}",
    Doubt.SHORT_NUMBER: f"Phần số ở cuối mã này thiếu chữ số. {_AGAIN}",
    Doubt.LONG_NUMBER: f"Phần số ở cuối mã này thừa chữ số. {_AGAIN}",
    Doubt.MASKED: f"Phần số ở cuối mã này đã được che. {_AGAIN}",
    Doubt.NO_AGENCY: f"Mã này còn thiếu phần đầu, thường bắt đầu bằng H24. {_AGAIN}",
    Doubt.NO_LETTER: f"Mã này còn thiếu chữ cái ở đầu. {_AGAIN}",
    Doubt.HALF_AGENCY: f"Phần đầu của mã này chưa đủ. {_AGAIN}",
    Doubt.UNCLEAR_LETTER: f"Trong mã có chữ B, S hoặc Z ở chỗ của chữ số. {_AGAIN}",
    Doubt.SEVERAL_READINGS: f"Mã viết liền có thể hiểu theo nhiều cách. {_AGAIN} Gõ cả dấu chấm và dấu gạch.",
    Doubt.UNKNOWN_AGENCY: f"Mình chưa đọc được mã này. {_AGAIN} Gõ cả dấu chấm và dấu gạch.",
    Doubt.PAYMENT: "Đây là mã giao dịch thanh toán, không phải mã hồ sơ. Mã hồ sơ ghi trên giấy tiếp nhận.",
}
