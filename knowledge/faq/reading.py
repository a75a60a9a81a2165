"""From what staff typed, in a form or a workbook, to an entry, or to every problem at its field in their words."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple
from unicodedata import normalize

import msgspec

from knowledge.communes import commune_of, find_communes
from knowledge.faq.entry import ANSWER_LETTERS, MOST_PROCEDURES, MOST_WORDINGS, WORDING_LETTERS, FaqText
from knowledge.procedure import CODE

FEWEST_LETTERS = 3  # of a wording: "cc" points to nothing

_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})|(\d{4})-(\d{2})-(\d{2})")
_LINK = re.compile(r"\]\(\s*([^)]*)\)")
_HARMLESS = ("https://", "http://", "tel:")
_NOT_PRINTED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


class Typed(msgspec.Struct, frozen=True):
    """An entry as typed: wordings one a line, codes parted by commas or spaces, days as 31/12/2026."""

    wordings: str = ""
    answer: str = ""
    procedures: str = ""
    commune: str = ""
    instead_of: str = ""
    valid_from: str = ""
    valid_to: str = ""
    review_on: str = ""


class Problem(NamedTuple):
    """`field` is one of Typed's."""

    field: str
    message: str


class Reading(NamedTuple):
    """`text` is None when there are problems."""

    text: FaqText | None
    problems: tuple[Problem, ...] = ()


def typed_of(text: FaqText) -> Typed:
    """As it would be typed: reading it again gives the same entry."""
    return Typed(
        wordings="\n".join(text.wordings),
        answer=text.answer,
        procedures=", ".join(text.procedures),
        commune=text.commune,
        instead_of=str(text.instead_of or ""),
        valid_from=_written(text.valid_from),
        valid_to=_written(text.valid_to),
        review_on=_written(text.review_on),
    )


def read(typed: Typed, is_known: Callable[[str], bool]) -> Reading:
    """`is_known` says whether the current edition has a procedure of a code."""
    wordings, codes = _wordings(typed.wordings), tuple(dict.fromkeys(re.split(r"[\s,;]+", typed.procedures.strip())))
    answer, commune = cleaned(typed.answer).strip(), _commune(typed.commune)
    days = {field: day_in(getattr(typed, field)) for field in ("valid_from", "valid_to", "review_on")}
    codes = tuple(filter(None, codes))
    problems = (
        *_of_wordings(wordings),
        *_of_answer(answer),
        *_of_codes(codes, is_known),
        *_of_place(typed, commune),
        *_of_days(typed, days),
    )
    if problems:
        return Reading(None, problems)
    instead_of = int(typed.instead_of) if typed.instead_of.strip() else None
    return Reading(
        FaqText(
            wordings=wordings, answer=answer, procedures=codes, commune=commune or "", instead_of=instead_of, **days
        )
    )


def cleaned(text: str) -> str:
    return _NOT_PRINTED.sub("", normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).replace("\t", " "))


def _wordings(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (" ".join(line.split()) for line in cleaned(text).split("\n")))))


def _of_wordings(wordings: tuple[str, ...]) -> Iterator[Problem]:
    if not wordings:
        yield Problem("wordings", "Ghi ít nhất một câu hỏi, như người dân vẫn hỏi.")
    if len(wordings) > MOST_WORDINGS:
        yield Problem("wordings", f"Có {len(wordings)} cách hỏi; nhiều nhất {MOST_WORDINGS}, giữ những cách hay gặp.")
    for each in wordings:
        if len(each) > WORDING_LETTERS:
            yield Problem("wordings", f"Câu “{each[:40]}…” dài quá {WORDING_LETTERS} chữ; tách hoặc viết ngắn lại.")
        elif sum(map(str.isalpha, each)) < FEWEST_LETTERS:
            yield Problem("wordings", f"Câu “{each}” ngắn quá, không nói lên điều gì.")


def _of_answer(answer: str) -> Iterator[Problem]:
    if not answer:
        yield Problem("answer", "Ghi câu trả lời.")
    if len(answer) > ANSWER_LETTERS:
        yield Problem("answer", f"Câu trả lời có {len(answer)} chữ; nhiều nhất {ANSWER_LETTERS}.")
    for address in _LINK.findall(answer):
        if not address.strip().lower().startswith(_HARMLESS):
            yield Problem("answer", f"Liên kết “{address[:60]}” phải bắt đầu bằng https://, http:// hoặc tel:.")


def _of_codes(codes: tuple[str, ...], is_known: Callable[[str], bool]) -> Iterator[Problem]:
    if len(codes) > MOST_PROCEDURES:
        yield Problem("procedures", f"Có {len(codes)} thủ tục; nhiều nhất {MOST_PROCEDURES}.")
    for code in codes[: MOST_PROCEDURES + 1]:
        if not CODE.fullmatch(code):
            yield Problem("procedures", f"“{code[:30]}” không phải mã thủ tục; mã có dạng 1.001193.")
        elif not is_known(code):
            yield Problem("procedures", f"Danh mục không có thủ tục mã {code}.")


def _commune(text: str) -> str | None:
    """Five digits from a code or a name, "" for the city, None for what is no commune or several."""
    text = text.strip()
    if not text or commune_of(text):
        return text
    found = find_communes(text)
    return found[0].code if len(found) == 1 else None


def _of_place(typed: Typed, commune: str | None) -> Iterator[Problem]:
    if commune is None:
        yield Problem("commune", f"“{typed.commune[:40]}” không phải một xã, phường, đặc khu của Hải Phòng.")
    instead = typed.instead_of.strip()
    if instead and not (instead.isascii() and instead.isdigit() and len(instead) <= 9):  # noqa: PLR2004  an integer column
        yield Problem("instead_of", "Ghi số của mục cấp thành phố, ví dụ 12, hoặc để trống.")
    elif instead and commune == "":
        yield Problem("instead_of", "Chỉ mục của một xã, phường mới thay được mục của thành phố.")


def day_in(text: str) -> date | None:
    """A day as people write it (31/12/2026, 2026-12-31), None for anything else."""
    found = _DAY.fullmatch(text.strip())
    if not found:
        return None
    day, month, year = (found[1], found[2], found[3]) if found[1] else (found[6], found[5], found[4])
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _written(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _of_days(typed: Typed, days: dict[str, date | None]) -> Iterator[Problem]:
    for field, day in days.items():
        given = getattr(typed, field).strip()
        if given and day is None:
            yield Problem(field, f"“{given[:30]}” không phải một ngày; ghi như 31/12/2026.")
    begin, end = days["valid_from"], days["valid_to"]
    if begin and end and end < begin:
        yield Problem("valid_to", "Ngày hết hiệu lực đứng trước ngày bắt đầu.")
