"""What the words of a message in a group say about whom it speaks to and whether it asks. Pure, and about no subject.

Patterns read the words of knowledge.language.normalise, clause by clause, because the end of a clause matters.
"""

import re
from collections.abc import Iterator
from enum import IntEnum

from knowledge.language.normalise import Text, normalise
from knowledge.language.syllables import fold, split_tone

HANDLE = re.compile(r"(?<!\w)@(\w[\w.]*)")
PLACEHOLDER = re.compile(r"\[(?:ảnh|hình|sticker|video|file|tệp|voice|ghi âm|gif|vị trí)[^\]]*\]", re.IGNORECASE)


def _words(pattern: str) -> re.Pattern[str]:
    """A pattern of whole words in which any letter may lack its tone or all of its marks, never bear another one:
    "cần" is said by "can", not by "căn"."""
    lenient = "".join(
        letter if letter.isascii() else f"[{letter}{split_tone(letter)[0]}{fold(letter)}]" for letter in pattern
    )
    return re.compile(rf"(?<!\S)(?:{lenient})(?!\S)")


_PARTICLES = (
    r"(?: (?:ạ|a|dạ|vậy|thế|nhỉ|nhé|nha|hả|đây|đó|ta|thì|rồi|nữa|luôn|ad|admin|bot|mọi người|cả nhà|các \S+|bà con"
    r"|cán bộ|nhóm|bạn|bác|anh|chị|em|cô|chú|mình|với))*"
)
_ASKS = _words(
    r"gì|nào|ở đâu|từ đâu|(?:đi|đến|ra|lên|nộp|xin|làm|gặp|gọi|hỏi|mua|tới|về|vào|gửi|đổi|cấp|khai|đăng ký) đâu"
    r"|làm sao|tại sao|vì sao|ra sao|thế nào|bao nhiêu|bao lâu|bao giờ|khi nào|kiểu gì"
    r"|mấy (?:giờ|ngày|hôm|tuần|tháng|năm|tiền|bản|bộ|lần|loại|người)"
    r"|ai (?:làm|đi|nộp|ký|cấp|được|phải|khai|đứng|giải|trả)|(?:gặp|hỏi|báo|xin|xin phép|nhờ|tìm|cho|nộp cho) ai"
    r"|có (?:phải|được|cần|bị|mất|nên|kịp)(?= .*(?:không|chưa))"
    r"|cho (?:em|mình|tôi|cháu|con|chị|anh|bác) hỏi(?: \S+){3,}"
    r"|(?:cho|xin|gửi)(?: \S+){0,2} (?:đơn mẫu|mẫu đơn|mẫu|biểu mẫu|tờ khai)"
)
_ASKS_AT_END = _words(
    rf"(?:(?<!thế )không|chưa|hả|(?<!thì )(?<!bản )sao|đâu|phải không|đúng không|được không){_PARTICLES}$"
)
_EITHER = _words(r"(?<=\S )hay (?:là )?(?!(?:quá|thật|thế|ghê|bị|nhỉ|ho)(?: \S+)?$)\S+")
_WISHES = _words(r"muốn|định|xin|hỏi|cần|nhờ|hướng dẫn|tư vấn|thì sao|thủ tục|giúp (?:em|mình|tôi|cháu|con|với)")
_NUDGE = _words(
    r"(?:có )?ai (?:biết|giúp|trả lời|rõ)(?: .{0,30})?|trả lời (?:giúp|hộ|cho)?(?: .{0,40})?|hóng|up|alo|cho hỏi lại"
    r"|sao (?:không|chưa) (?:ai|có ai) .{0,30}|(?:vẫn )?chưa (?:ai|thấy ai) (?:trả lời|đáp|giúp).{0,20}"
    r"|giúp (?:em|mình) với"
)
_LOOKS_BACK = _words(
    r"câu (?:trên|này|kia|đó|vừa|trước|hỏi)|trả lời (?:giúp|hộ|cho|câu)|ở trên|bên trên|câu .{1,40} của \S+"
)
_KIN = frozenset("chị anh chú cô bác ông bà thầy sếp dì cậu chi chu bac ong thay sep".split())
_NOBODY = _KIN | frozenset(
    "em mình nhà nào ấy này kia cán công phường xã trong ad nhóm các mọi bot con cháu dân tổ trưởng lãnh quý ban"
    " minh nha nao can cong phuong xa nhom cac moi chau dan to truong".split()
)
_CALL = frozenset({"ơi", "oi"})


class Ask(IntEnum):
    """How a message asks: not at all, by stating a wish, in so many words."""

    NOTHING = 0
    WISH = 1
    QUESTION = 2


def without_placeholders(text: str) -> str:
    """The words of a message; pictures and stickers that some channels write into it say nothing."""
    return PLACEHOLDER.sub(" ", text).strip()


def handles_in(text: str) -> tuple[str, ...]:
    return tuple(HANDLE.findall(text))


def ask_in(text: str) -> Ask:
    read = normalise(text)
    clauses = list(_clauses(read))
    if "?" in text and len(read.folded) > 1:
        return Ask.QUESTION
    if any(_ASKS.search(each) or _ASKS_AT_END.search(each) or _EITHER.search(each) for each in clauses):
        return Ask.QUESTION
    return Ask.WISH if any(_WISHES.search(each) for each in clauses) else Ask.NOTHING


def is_nudge(text: str) -> bool:
    """Whether it only asks for an answer to something said before: "?", "ai biết không ạ"."""
    line = normalise(text).clean
    return _NUDGE.fullmatch(line) is not None if line else "?" in text


def looks_back(text: str) -> bool:
    """Whether it asks for an answer to what was said before ("trả lời giúp câu trên")."""
    return _LOOKS_BACK.search(normalise(text).clean) is not None


def calls_by_name(text: str) -> bool:
    """Whether it turns to one person by name: "chị Hương ơi". Not "anh chị ơi", "bà con ơi"."""
    words = normalise(text).words
    return any(
        word in _KIN and any(_is_named(words[at + 1 : at + 1 + more]) for more in (2, 3))
        for at, word in enumerate(words)
    )


def _is_named(words: tuple[str, ...]) -> bool:
    """One or two words of a name and a call."""
    *name, call = words or ("",)
    return call in _CALL and bool(name) and _NOBODY.isdisjoint(name)


def _clauses(text: Text) -> Iterator[str]:
    start = 0
    for end in text.clauses:
        yield " ".join(text.words[start:end])
        start = end
