"""Who a record is: its code, its name, its decision, its agencies, and whether it should still be there."""

import re
from collections import Counter
from collections.abc import Iterator

from catalogue_import.lints.lint import Certainty, Lint, Mistake, Record, Whole, excerpt, name_key
from catalogue_import.lints.texts import rows
from knowledge.language.syllables import fold
from knowledge.procedure import CODE, Channel

CODE_IN_TEXT = re.compile(r"(?<![\d.])\d\.\d{6}(?!\d)(?!\.\d{3})")
OWN_TITLE = re.compile(r"^\W*Mã (?:thủ tục|TTHC|số)(?: hành chính)?\s*:?\s*(\d\.\d{6})", re.IGNORECASE | re.MULTILINE)
WORD = re.compile(r"\w+")
TELLING = ("Trình tự", "Thành phần", "Yêu cầu", "Cách thức", "Trường hợp")
# Words of so many names that they tell nothing about the one.
COMMON = frozenset(
    "thu tuc cap lai doi cua va cho cac theo voi trong truong hop viec ve co duoc tai la hoac mot tu do nguoi gia han "
    "dieu chinh bo sung sua dang ky thay giay phep chung nhan phe duyet tham dinh cong".split()
)
FEWEST_WORDS, ENOUGH_WORDS = 3, 50  # of the name and of the text: with fewer a share means nothing
LEAST_SHARE = 0.4  # 3 of 4,647 real records are at or below it, and half of those whose contents were exchanged
DECISION = re.compile(r"\d+[A-Za-z]?/QĐ-[\wĐ&][\wĐ&.-]*")
LAW_NUMBER = re.compile(r"\d+\s*/|\bsố\b|\d{2,}[-–]|^\d+$|hiến pháp|công ước|hiệp định|luật", re.IGNORECASE)


def bad_code(record: Record, _whole: Whole) -> Iterator[Mistake]:
    if not CODE.fullmatch(record.procedure.code):
        yield Mistake("Mã thủ tục", repr(record.procedure.code))


def repeated_code(record: Record, whole: Whole) -> Iterator[Mistake]:
    others = [key for key in whole.ids_by_code.get(record.procedure.code, ()) if key != record.procedure.formality_id]
    if others:
        yield Mistake("Mã thủ tục", f"{record.procedure.code}, cũng là mã của bản ghi {', '.join(others)}")


def wrong_page(record: Record, _whole: Whole) -> Iterator[Mistake]:
    """The name, a case or the head of a text says that it is the page of another code."""
    for place, text in record.texts if CODE_IN_TEXT.search(record.joined) else ():
        is_title = place.startswith(("Tên thủ tục", "Trường hợp"))
        for found in (CODE_IN_TEXT if is_title else OWN_TITLE).finditer(text):
            if found[found.lastindex or 0] != record.procedure.code:
                yield Mistake(place, excerpt(text, *found.span()))


def unlike_its_name(record: Record, _whole: Whole) -> Iterator[Mistake]:
    """Hardly a word of the name occurs in what the record tells."""
    told = [text for place, text in record.texts if place.startswith(TELLING)] + [*record.procedure.results]
    words = frozenset(map(fold, WORD.findall(" ".join(told))))
    name = {folded: word for word in WORD.findall(record.procedure.name) if (folded := fold(word)) not in COMMON}
    missing = [word for folded, word in name.items() if folded not in words]
    is_telling = len(name) >= FEWEST_WORDS and len(words) >= ENOUGH_WORDS
    if is_telling and len(missing) >= (1 - LEAST_SHARE) * len(name):
        yield Mistake("Toàn bộ bản ghi", f"Trong nội dung không có những từ này của tên: {', '.join(missing)}")


def repeated_name(record: Record, whole: Whole) -> Iterator[Mistake]:
    others = [
        code for code in whole.codes_by_name.get(name_key(record.procedure.name), ()) if code != record.procedure.code
    ]
    if others:
        yield Mistake("Tên thủ tục", f"Cùng tên với {', '.join(others)}")


def repealed(record: Record, whole: Whole) -> Iterator[Mistake]:
    if record.procedure.code in whole.repealed:
        decision = whole.repealed[record.procedure.code]
        yield Mistake(
            "Toàn bộ bản ghi", f"Đã bị bãi bỏ{f' theo {decision}' if decision else ''}, vẫn có trong danh mục"
        )


def odd_decision(record: Record, _whole: Whole) -> Iterator[Mistake]:
    if record.procedure.decision is None:
        yield Mistake("Số quyết định", "Để trống")
    elif not DECISION.fullmatch(record.procedure.decision.number):
        yield Mistake("Số quyết định", record.procedure.decision.number.strip() or "Để trống")
    elif record.procedure.decision.day is None:
        yield Mistake("Ngày quyết định", f"{record.procedure.decision.number}, không có ngày")


def odd_law(record: Record, _whole: Whole) -> Iterator[Mistake]:
    """Without a number, or number and title in each other's places."""
    for number, law in enumerate(record.procedure.legal_bases, 1):
        if not law.number or (LAW_NUMBER.search(law.name) and not re.search(r"\d", law.number)):
            yield Mistake(f"Căn cứ pháp lý, dòng {number}", f"{law.number or '(trống)'} – {law.name[:200]}")


def repeated_law(record: Record, _whole: Whole) -> Iterator[Mistake]:
    counted = Counter("".join(law.number.lower().split()) for law in record.procedure.legal_bases)
    for number, times in counted.items():
        if number and times > 1:
            yield Mistake("Căn cứ pháp lý", f"{times} dòng cùng số {number.upper()}")


def nobody(record: Record, _whole: Whole) -> Iterator[Mistake]:
    if not (record.procedure.executing or record.procedure.competent):
        yield Mistake("Cơ quan thực hiện", "Không ghi cơ quan nào")


def no_level(record: Record, _whole: Whole) -> Iterator[Mistake]:
    if not record.procedure.levels:
        yield Mistake("Cấp thực hiện", "Không đánh dấu cấp nào")


def not_online(record: Record, _whole: Whole) -> Iterator[Mistake]:
    if record.procedure.is_full_process and not any(row.channel is Channel.ONLINE for _, row in rows(record.procedure)):
        yield Mistake("Cách thức thực hiện", "Đánh dấu “toàn trình” nhưng không có dòng nộp trực tuyến")


IDENTITY = (
    Lint(
        "repealed-listed", "Đã bị bãi bỏ nhưng vẫn công khai", Certainty.SURE,
        "Người dân vẫn chuẩn bị và nộp hồ sơ theo thủ tục không còn hiệu lực.",
        "Gỡ khỏi danh mục công khai, hoặc đánh dấu hết hiệu lực kèm quyết định", repealed,
    ),
    Lint(
        "wrong-page", "Nội dung của thủ tục khác", Certainty.SURE,
        "Bản ghi nêu mã của một thủ tục khác, nên có thể trang của thủ tục khác đã được đăng dưới mã này.",
        "Đối chiếu với quyết định công bố, đăng đúng nội dung dưới đúng mã", wrong_page,
    ),
    Lint(
        "page-unlike", "Nội dung có vẻ không phải của thủ tục này", Certainty.CHECK,
        "Trình tự, hồ sơ, kết quả gần như không nhắc tới điều mà tên thủ tục nêu.",
        "Kiểm tra xem nội dung của thủ tục khác có bị đăng dưới mã này không", unlike_its_name,
    ),
    Lint(
        "bad-code", "Mã thủ tục sai mẫu", Certainty.SURE,
        "Mã phải gồm một chữ số, dấu chấm và sáu chữ số.",
        "Cấp lại mã đúng mẫu 9.999999", bad_code,
    ),
    Lint(
        "repeated-code", "Một mã cho nhiều bản ghi", Certainty.SURE,
        "Hai bản ghi cùng mã thì không biết bản nào đúng.",
        "Giữ một bản ghi cho một mã", repeated_code,
    ),
    Lint(
        "repeated-name", "Trùng tên với thủ tục khác", Certainty.CHECK,
        "Người dân và cán bộ không phân biệt được khi tìm theo tên.",
        "Gỡ bản trùng, hoặc thêm vào tên phần phân biệt (cấp thực hiện, đối tượng)", repeated_name,
    ),
    Lint(
        "decision-odd", "Số, ngày quyết định công bố thiếu hoặc sai mẫu", Certainty.SURE,
        "Không tra được quyết định công bố.",
        "Ghi đúng số và ký hiệu (ví dụ 163/QĐ-BTP) và ngày ban hành", odd_decision,
    ),
    Lint(
        "law-odd", "Căn cứ pháp lý thiếu số hoặc đảo chỗ tên và số", Certainty.CHECK,
        "Không tra được văn bản.",
        "Ghi số, ký hiệu ở cột mã văn bản, tên ở cột tên văn bản", odd_law,
    ),
    Lint(
        "law-repeated", "Căn cứ pháp lý lặp", Certainty.CHECK,
        "Cùng một văn bản được liệt kê nhiều lần.",
        "Giữ một dòng", repeated_law,
    ),
    Lint(
        "agency-none", "Không ghi cơ quan thực hiện", Certainty.SURE,
        "Người dân không biết nộp ở đâu.",
        "Ghi cơ quan thực hiện hoặc cơ quan có thẩm quyền", nobody,
    ),
    Lint(
        "level-none", "Không ghi cấp thực hiện", Certainty.CHECK,
        "Thủ tục không hiện ra khi tìm theo cấp.",
        "Đánh dấu cấp thực hiện", no_level,
    ),
    Lint(
        "online-missing", "Toàn trình mà không có cách nộp trực tuyến", Certainty.SURE,
        "Hai thông tin của cùng bản ghi trái nhau.",
        "Thêm dòng nộp trực tuyến, hoặc bỏ dấu “toàn trình”", not_online,
    ),
)  # fmt: skip
