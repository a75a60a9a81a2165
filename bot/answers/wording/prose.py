"""Official prose made readable: abbreviations opened, long names cut at a sensible border, text split into lines.

Nothing here invents a word and nothing is cut inside a line: what has no sensible border is left out by the caller,
who says how much was left out.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import takewhile

NAME_LETTERS = 150  # some four lines of a phone: a longer name of a paper is shortened
HEADING_LETTERS = 60  # a longer line that ends with a colon says something itself
LINE_LETTERS = 220  # the longest official line that the first message may quote

_ABBREVIATIONS = {
    "UBND": "Ủy ban nhân dân",
    "HĐND": "Hội đồng nhân dân",
    "TTHC": "thủ tục hành chính",
    "PVHCC": "Phục vụ hành chính công",
    "HCC": "hành chính công",
    "CSDL": "cơ sở dữ liệu",
    "CCCD": "căn cước công dân",
    "CMND": "chứng minh nhân dân",
    "BHXH": "bảo hiểm xã hội",
    "BHYT": "bảo hiểm y tế",
    "GCN": "giấy chứng nhận",
    "QSDĐ": "quyền sử dụng đất",
    "DVC": "dịch vụ công",
    "NHNN": "Ngân hàng Nhà nước",
    "HTX": "hợp tác xã",
    "BHTN": "bảo hiểm thất nghiệp",
    "BHTNLĐ": "bảo hiểm tai nạn lao động",
    "BNN": "bệnh nghề nghiệp",
    "NLĐ": "người lao động",
    "NSDLĐ": "người sử dụng lao động",
    "SDLĐ": "sử dụng lao động",
    "NN và MT": "Nông nghiệp và Môi trường",
    "NN&MT": "Nông nghiệp và Môi trường",
    "TP.HCM": "thành phố Hồ Chí Minh",
    "TP HCM": "thành phố Hồ Chí Minh",
    "TP": "thành phố",
    "Tp": "thành phố",
    "TP.": "thành phố",
}
# Not inside the number of a document ("15/2026/NQ-HĐND", "QĐ-UBND"), which must stay as it is printed.
_ABBREVIATION = re.compile(
    r"(?<![\w/\-])(?:" + "|".join(sorted(map(re.escape, _ABBREVIATIONS), key=len, reverse=True)) + r")(?![\w/\-])"
)
_MAY_ABBREVIATE = re.compile(r"[A-Z][A-ZĐp]")  # every abbreviation begins so, and few texts have any
_LEADING_MARK = re.compile(
    r"^(?:[-–—+*•>:;]+(?:\s+[-–—+*•>:;]+)*|\(?\d{1,2}(?:\.\d{1,2})*(?:[.)][.:]?|/(?=\s))|\(?[a-zđ][.)]|\([ivx]+\))(?=\s|[^\W\d])\s*",
    re.IGNORECASE,
)
_LEADING_ZERO = re.compile(r"(?<![\d.,/])0(?=[1-9] ?(?:\([^)]*\) ?)?(?:ngày|giờ|tháng|năm|tuổi|bản|bộ|ảnh|trang)\b)")
_TRAILING = " .;:,-–"
_BORDER = re.compile(
    r"[;.:](?=\s)|\s\((?=[^()]*\)\s*(?:$|[;.]|theo|ban hành|đối với|trong|nếu))|"
    r",?\s(?=(?:ban hành (?:kèm|tại)|được ban hành|quy định tại|được quy định|trong đó|ghi rõ|nêu rõ|"
    r"trường hợp|đối với trường hợp|trừ trường hợp|trong trường hợp|nếu)\b)"
)
_FORM_BORDER = re.compile(r",?\s(?=theo (?:mẫu|quy định|phụ lục))", re.IGNORECASE)
# Words after which more must come: a name that ends with one was cut at the wrong place.
_DANGLING = re.compile(
    r"\b(?:của|và|hoặc|với|về|gồm|cho|tại|các|những|một|từng|trường hợp|phải|do|từ|được|trong|là|như|sau|sau đây|theo|"
    r"trừ|khi|để|bản (?:chính|sao|gốc|sao điện tử|sao hợp lệ|sao có chứng thực)|hồ sơ|giấy tờ|tài liệu|văn bản|"
    r"nội dung|(?:điểm|khoản|điều) \w+)$",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"^(?:trong |trừ |tùy từng )?trường hợp\b|^đối với\b|^nếu\b|^khi\b|^lưu ý\b|^ghi chú\b", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+(?=[A-ZÀ-Ỹ0-9“\"(])")
_STEP = re.compile(r"^[\W\d]*(?:[a-zđ][.)])?\s*bước\s+\d+\s*[:.)\-–]?\s*", re.IGNORECASE)
_STEPS_HEADING = re.compile(  # says that steps follow: "1. Trình tự thực hiện:"
    r"^[\W\d]*(?:[a-zđ][.)]\s*)?(?:(?:các )?(?:trình tự|bước)(?:,? cách thức)?(?: (?:và )?thời (?:gian|hạn))?"
    r"(?: (?:các bước|thực hiện|tiến hành|giải quyết|thủ tục)\b(?! (?:bước|tại|theo|như|cụ)))*|cách thức thực hiện)"
    r"(?: (?:thực hiện|thủ tục|hành chính|như sau))*\s*(?:[:.\-–]+\s*|$)(?!\d)",
    re.IGNORECASE,
)
# Lines of two columns shuffled at the source (FORMATS §3.8): the pieces that give them away.
_SHUFFLED = re.compile(r"đăng ký khai tâm Phục vụ|hoàn tất việc sinh tại Trung\b|\ufffd")


@lru_cache(maxsize=2_048)  # some 500 bytes each: every answer about a procedure reads its names several times
def plain(text: str) -> str:
    """One line without list marks and closing punctuation, abbreviations opened."""
    return readable(unmarked(one_line(text)).rstrip(_TRAILING))


def one_line(text: str) -> str:
    return " ".join(text.split())


def unmarked(line: str) -> str:
    """Without the list mark a line begins with; our bullets take its place."""
    mark = _LEADING_MARK.match(line)
    return line[mark.end() :] if mark else line


def readable(text: str) -> str:
    """Abbreviations opened, "03 ngày" as "3 ngày"."""
    told = spelled_out(text)
    return _LEADING_ZERO.sub("", told) if "0" in told else told


def spelled_out(text: str) -> str:
    return _ABBREVIATION.sub(lambda match: _ABBREVIATIONS[match[0]], text) if _MAY_ABBREVIATE.search(text) else text


def short(text: str, letters: int = NAME_LETTERS) -> str:
    """The text, or its beginning up to a sensible border within `letters`; "" if there is none."""
    return shortened(text, letters)[0]


@lru_cache(maxsize=2_048)
def shortened(text: str, letters: int = NAME_LETTERS) -> tuple[str, str]:
    """`short` and what was left off: ("Giấy chứng sinh", "; trường hợp không có …")."""
    whole = plain(text)
    if len(whole) <= letters:
        return whole, ""
    heads = (whole[:at].rstrip(_TRAILING) for at in borders(whole, letters))
    head = next((head for head in heads if stands_alone(head)), "")
    return head, whole[len(head) :]


def borders(text: str, letters: int) -> Iterator[int]:
    """Where a name may be cut within so many letters, the better places first."""
    for pattern in (_BORDER, _FORM_BORDER):
        yield from takewhile(lambda at: at <= letters, (border.start() for border in pattern.finditer(text)))


def stands_alone(head: str) -> bool:
    """Whether a beginning is a phrase by itself: no mere opening or condition, its brackets and quotes closed."""
    is_closed = head.count("(") == head.count(")") and head.count("“") == head.count("”") and not head.count('"') % 2
    is_open_list = ":" in head or "một trong" in head  # what follows belongs to it
    return is_closed and len(head.split()) > 1 and not (is_open_list or _DANGLING.search(head) or is_condition(head))


def is_condition(text: str) -> bool:
    """Whether a text speaks of a case or gives a hint, rather than naming a thing."""
    return _CONDITION.search(plain(text)) is not None


def sentences(text: str) -> tuple[str, ...]:
    return tuple(part for part in _SENTENCE_END.split(one_line(text)) if part)


def lines(text: str) -> tuple[str, ...]:
    """The lines of official prose as published; a line broken in mid-sentence is joined again."""
    joined: list[str] = []
    for raw in text.splitlines():
        line = one_line(raw)
        if joined and _goes_on(joined[-1], line):
            joined[-1] = f"{joined[-1]} {line}"
        elif line:
            joined.append(line)
    return tuple(map(readable, joined))


def _goes_on(before: str, line: str) -> bool:
    return bool(line) and line[0].islower() and before[-1] not in ".;:!?" and not _LEADING_MARK.match(line)


def steps(texts: Iterable[str]) -> tuple[str, ...]:
    """One text a step where the text counts its steps itself ("Bước 1: … Bước 2: …"), else its lines."""
    every = [told for text in texts for line in lines(text) if (told := _STEPS_HEADING.sub("", line).strip())]
    if sum(bool(_STEP.match(line)) for line in every) < 2:  # noqa: PLR2004  one "Bước 1" counts nothing
        return _under_headings(filter(None, map(unmarked, every)))
    grouped: list[str] = []
    for line in every:
        if _STEP.match(line) or not grouped:
            grouped.append(_STEP.sub("", line))
        else:
            grouped[-1] = f"{grouped[-1]} {unmarked(line)}".strip()
    return tuple(filter(None, grouped))


def _under_headings(lines: Iterable[str]) -> tuple[str, ...]:
    """A line that only announces the next ("Nộp hồ sơ:") begins it."""
    told: list[str] = []
    for line in lines:
        if told and told[-1].endswith(":") and len(told[-1]) <= HEADING_LETTERS:
            told[-1] = f"{told[-1]} {line}"
        else:
            told.append(line)
    return tuple(told)


def is_sound(text: str) -> bool:
    """Whether a passage may be quoted: not one that the publisher shuffled."""
    return _SHUFFLED.search(text) is None


def is_quotable(text: str, letters: int = LINE_LETTERS) -> bool:
    """Whether a note is short and whole enough for the first message."""
    line = plain(text)
    return 0 < len(line) <= letters and is_sound(line) and line.count("(") == line.count(")")


def fitting(items: Iterable[str], letters: int) -> tuple[str, ...]:
    """The first items that stay within `letters` together, always at least one."""
    chosen: list[str] = []
    for item in items:
        letters -= len(item) + 1
        if chosen and letters < 0:
            break
        chosen.append(item)
    return tuple(chosen)
