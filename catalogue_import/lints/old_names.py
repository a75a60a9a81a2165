"""Names of what no longer exists since the reorganisations of 2025: districts, 29 provinces, seven ministries."""

import re
from collections.abc import Iterator

from catalogue_import.lints.lint import Certainty, Lint, Mistake, Record, Whole, excerpt
from catalogue_import.lints.texts import first_in

SAID_TO_BE_OLD = r"(?![^.;\n]{0,40}(?:trước (?:ngày|đây)|\(?nay là|\bcũ\b))"  # the record knows
DISTRICT = re.compile(
    r"(?:\bcấp (?:quận|huyện)\b|\b(?:UBND|HĐND|[UỦ][ỷyỶY] ban nhân dân|Hội đồng nhân dân|Công an|Toà án nhân dân|"
    r"Tòa án nhân dân) (?:các )?(?:quận|huyện|thị xã)\b|\bquận, huyện\b|\bhuyện, (?:quận|thị xã)\b)"
    rf"{SAID_TO_BE_OLD}",
    re.IGNORECASE,
)
# The provinces that were merged into others on 1 July 2025 (Nghị quyết 202/2025/QH15), as they are written.
PROVINCES = """
Hà Giang|Yên Bái|Bắc Kạn|Bắc Cạn|Vĩnh Phúc|Hòa Bình|Hoà Bình|Bắc Giang|Thái Bình|Hải Dương|Hà Nam|Nam Định|Quảng Bình|
Quảng Nam|Kon Tum|Bình Định|Ninh Thuận|Phú Yên|Đắk Nông|Đăk Nông|Bình Thuận|Bình Dương|Bà Rịa|Bình Phước|Tiền Giang|
Bến Tre|Trà Vinh|Sóc Trăng|Hậu Giang|Long An|Kiên Giang|Bạc Liêu
""".replace("\n", "")
PROVINCE = re.compile(  # case counts: "người Việt Nam định cư" is no province; nor is a ward or street of the name
    rf"\b(?:tỉnh|Tỉnh|UBND|Sở [\w ]{{3,40}}|Công an|Cảng vụ|cảng|Chi cục|Cục)(?: tỉnh)? (?:{PROVINCES})\b"
    rf"|(?:[A-ZĐ][\wÀ-ỹ]+ [A-ZĐ][\wÀ-ỹ]+, )(?:{PROVINCES})\b"
)
MINISTRY = re.compile(
    r"\bBộ (?:Kế hoạch và Đầu tư|Lao động\s*[,-–]?\s*Thương binh|Thông tin và Truyền thông|Tài nguyên và Môi trường|"
    r"Giao thông vận tải|Nông nghiệp và Phát triển nông thôn)"
    rf"{SAID_TO_BE_OLD}|\bỦy ban Dân tộc\b(?! (?:và|nay))|\(Giao thông vận tải cũ\)",
    re.IGNORECASE,
)
NAME_LENGTH = 200  # letters before the ministry within which the kind of document stands
CITED = re.compile(  # the full name of a document keeps the names of its time
    r"(?:Nghị định|Thông tư|Quyết định|Nghị quyết|Luật|Pháp lệnh|Văn bản hợp nhất|TT|NĐ|QĐ)\b[^\n;.]{0,160}$",
    re.IGNORECASE,
)


def names_district(record: Record, _whole: Whole) -> Iterator[Mistake]:
    return first_in(record, DISTRICT)


def names_province(record: Record, _whole: Whole) -> Iterator[Mistake]:
    return first_in(record, PROVINCE)


def names_ministry(record: Record, _whole: Whole) -> Iterator[Mistake]:
    """Among the agencies, and in the running text outside the names of documents."""
    for place, text in record.texts if MINISTRY.search(record.joined) else ():
        for found in MINISTRY.finditer(text):
            if not CITED.search(text[max(0, found.start() - NAME_LENGTH) : found.start()]):
                yield Mistake(place, excerpt(text, *found.span()))
                break


OLD_NAMES = (
    Lint(
        "old-district", "Còn nhắc cấp huyện", Certainty.SURE,
        "Cấp huyện kết thúc hoạt động từ ngày 01/7/2025; người dân không còn nơi nào như vậy để đến.",
        "Ghi cơ quan nhận nhiệm vụ: cấp xã hoặc cấp tỉnh theo nghị định phân quyền, phân cấp", names_district,
    ),
    Lint(
        "old-province", "Còn tên tỉnh đã sáp nhập", Certainty.CHECK,
        "Tỉnh này đã nhập vào tỉnh, thành phố khác từ ngày 01/7/2025.",
        "Ghi tên tỉnh, thành phố hiện nay", names_province,
    ),
    Lint(
        "old-ministry", "Còn tên bộ đã sắp xếp lại", Certainty.SURE,
        "Bộ, cơ quan ngang bộ này không còn từ ngày 01/3/2025.",
        "Ghi tên bộ hiện nay nhận nhiệm vụ đó", names_ministry,
    ),
)  # fmt: skip
