"""Prose that was damaged on its way into the portal."""

import re
from collections.abc import Iterator, Sequence

from catalogue_import.lints.lint import Certainty, Lint, Mistake, Record, Whole, excerpt
from catalogue_import.lints.texts import first_in

VOWELS = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
LETTER = f"a-zđ{VOWELS}"
# Fixed expressions torn apart: two columns whose lines were shuffled into one another.
SHUFFLED = re.compile(
    r"(?<![Tt]rung\s)(?<!TRUNG\s)\btâm [Pp]hục vụ hành chính công|\bTrung[ \t]*\n\s*(?!tâm|ương)[a-zđ]|"
    r"\b(?:Ủy|Uỷ) ban nhân[ \t]*\n\s*(?!dân)[a-zđ]"
)
# "th ủ t ục", "đ ạ i diện": a vowel with its mark stands alone between pieces of its word.
TORN = re.compile(
    rf"(?<![{LETTER}\d])(?<!, )(?:[bcdđghklmnpqrstvx]|[ckgnt]h|ng|ngh|tr|ph|gi|qu) [{VOWELS}]"
    rf"(?: [{LETTER}]{{1,3}})?(?![{LETTER}])"
)
# UTF-8 read as Windows-1252 ("á»§"), TCVN3 and the sign for a letter that was lost.
MOJIBAKE = re.compile(r"\ufffd|á[»º][^\s\w]|Ä[‘\u0090\u0091]|Ã[\u0080-\u00bf©¨¡¢ª´]|Æ[°¡]|[a-z]\?[a-z]\w*\?[a-z]")
SHORTEST, LONGEST = 4, 12  # words of a phrase said twice; shorter ones are often right ("cấp Giấy phép cấp Giấy phép")
LISTS = frozenset(("hoặc", "và"))
SENTENCE = 80  # letters; shorter texts are labels, and end as they like
OPEN_END = re.compile(r"(?:[(,“]|\b(?:của|và|hoặc|với|cho|các|những|từ))\s*$", re.IGNORECASE)


def shuffled(record: Record, _whole: Whole) -> Iterator[Mistake]:
    return first_in(record, SHUFFLED)


def torn(record: Record, _whole: Whole) -> Iterator[Mistake]:
    return first_in(record, TORN)


def mojibake(record: Record, _whole: Whole) -> Iterator[Mistake]:
    return first_in(record, MOJIBAKE)


def twice(record: Record, _whole: Whole) -> Iterator[Mistake]:
    for place, text in record.texts:
        words = text.split()
        if phrase := said_twice(words):
            line, said = " ".join(words), " ".join((*phrase, *phrase))
            begin = line.index(said)
            yield Mistake(place, excerpt(line, begin, begin + len(said)))


def said_twice(words: Sequence[str]) -> Sequence[str]:
    """The first phrase of SHORTEST to LONGEST words that stands twice in a row; its beginning is looked up, not sought.

    Not in lists, which may name a thing and then the same with an addition.
    """
    seen: dict[tuple[str, ...], int] = {}
    for at in range(len(words) - SHORTEST + 1):
        beginning = tuple(words[at : at + SHORTEST])
        before = seen.get(beginning, -LONGEST)
        phrase = words[before:at] if SHORTEST <= at - before <= LONGEST else ()
        if phrase and phrase == words[at : 2 * at - before] and not _is_of_list(phrase):
            return phrase
        seen[beginning] = at
    return ()


def _is_of_list(phrase: Sequence[str]) -> bool:
    return not LISTS.isdisjoint(phrase) or any(word.endswith((",", ";")) for word in phrase)


def cut_off(record: Record, _whole: Whole) -> Iterator[Mistake]:
    """Only in running text: a list of papers may well end its lines with "và"."""
    for place, text in record.texts:
        if len(text) > SENTENCE and not place.startswith("Thành phần hồ sơ") and (end := OPEN_END.search(text)):
            yield Mistake(place, excerpt(text, *end.span()))


BROKEN_TEXT = (
    Lint(
        "text-shuffled", "Câu bị xáo trộn", Certainty.SURE,
        "Dòng của hai cột bị trộn vào nhau khi nhập liệu, câu không còn nghĩa.",
        "Chép lại đoạn này từ quyết định công bố", shuffled,
    ),
    Lint(
        "text-torn", "Chữ bị tách rời dấu", Certainty.SURE,
        "Chữ bị tách khi chuyển từ PDF (ví dụ “th ủ t ục”): không tìm kiếm được và khó đọc.",
        "Gõ lại đoạn này", torn,
    ),
    Lint(
        "text-mojibake", "Lỗi bảng mã", Certainty.SURE,
        "Chữ tiếng Việt đọc sai bảng mã hoặc bị mất chữ.",
        "Nhập lại bằng Unicode (UTF-8)", mojibake,
    ),
    Lint(
        "text-twice", "Cụm từ lặp hai lần liền nhau", Certainty.CHECK,
        "Một cụm từ đứng hai lần liên tiếp, có thể do dán nhầm.",
        "Bỏ phần lặp", twice,
    ),
    Lint(
        "text-cut", "Câu bị cắt ngang", Certainty.CHECK,
        "Đoạn văn kết thúc giữa câu, có thể đã mất phần sau.",
        "Bổ sung phần còn thiếu", cut_off,
    ),
)  # fmt: skip
