"""From what an administrator typed to an announcement, or to every problem at its field in his words."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

import msgspec

from knowledge.clock import VIETNAM
from knowledge.communes import commune_of, find_communes
from knowledge.operation.announcements import TEXT_LETTERS, Announcement
from knowledge.procedure import CODE

LONGEST = timedelta(days=92)  # what lasts longer is no emergency: it belongs into an FAQ entry
FORMS = ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%H:%M %d/%m/%Y", "%d/%m/%Y %H:%M")  # the first: what browsers send


class Typed(msgspec.Struct, frozen=True):
    """As typed: times of Việt Nam as 20:00 31/12/2026 or as a browser writes them, communes and codes by comma."""

    text: str = ""
    begins: str = ""
    ends: str = ""
    channels: tuple[str, ...] = ()
    communes: str = ""
    procedures: str = ""


class Problem(NamedTuple):
    """`field` is one of Typed's."""

    field: str
    message: str


class Reading(NamedTuple):
    """`announcement` is None when there are problems."""

    announcement: Announcement | None
    problems: tuple[Problem, ...] = ()


def read(typed: Typed, now: datetime, is_known: Callable[[str], bool]) -> Reading:
    """Without a beginning it begins now. `is_known`: whether there is a procedure of a code."""
    text = " ".join("".join(filter(_is_printed, typed.text)).split())
    begins, ends = _moment(typed.begins) if typed.begins.strip() else now, _moment(typed.ends)
    places = {name: _commune(name) for name in _listed(r"[,;\n]", typed.communes)}
    codes = _listed(r"[\s,;]+", typed.procedures)
    problems = (
        *_of_text(text),
        *_of_period(typed, begins, ends, now),
        *_of_communes(places),
        *_of_codes(codes, is_known),
    )
    if problems or begins is None or ends is None:
        return Reading(None, problems)
    communes = tuple(dict.fromkeys(code for code in places.values() if code))
    return Reading(
        Announcement(
            text=text, begins_at=begins, ends_at=ends, channels=typed.channels, communes=communes, procedures=codes
        )
    )


def _is_printed(letter: str) -> bool:
    return letter.isprintable() or letter.isspace()


def _listed(mark: str, text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (each.strip() for each in re.split(mark, text)))))


def _moment(text: str) -> datetime | None:
    for form in FORMS:
        try:
            return datetime.strptime(text.strip(), form).replace(tzinfo=VIETNAM)
        except ValueError:
            continue
    return None


def _commune(name: str) -> str:
    """Five digits, "" for what is no commune or several."""
    if commune_of(name):
        return name
    found = find_communes(name)
    return found[0].code if len(found) == 1 else ""


def _of_text(text: str) -> Iterator[Problem]:
    if not text:
        yield Problem("text", "Ghi nội dung thông báo.")
    if len(text) > TEXT_LETTERS:
        yield Problem("text", f"Thông báo có {len(text)} chữ; nhiều nhất {TEXT_LETTERS}.")


def _of_period(typed: Typed, begins: datetime | None, ends: datetime | None, now: datetime) -> Iterator[Problem]:
    if begins is None:
        yield Problem("begins", f"“{typed.begins[:30]}” không phải giờ và ngày; ghi như 20:00 31/12/2026.")
    if ends is None:
        yield Problem("ends", "Ghi giờ và ngày hết thông báo, như 06:00 31/12/2026; đến lúc đó thông báo tự tắt.")
    elif ends <= now:
        yield Problem("ends", "Lúc kết thúc đã qua rồi.")
    elif begins and ends <= begins:
        yield Problem("ends", "Lúc kết thúc đứng trước lúc bắt đầu.")
    elif begins and ends - begins > LONGEST:
        yield Problem("ends", f"Thông báo dài nhất {LONGEST.days} ngày; việc lâu dài thì viết mục hỏi đáp.")


def _of_communes(places: dict[str, str]) -> Iterator[Problem]:
    for name, code in places.items():
        if not code:
            yield Problem("communes", f"“{name[:40]}” không phải một xã, phường, đặc khu của Hải Phòng.")


def _of_codes(codes: tuple[str, ...], is_known: Callable[[str], bool]) -> Iterator[Problem]:
    for code in codes:
        if not CODE.fullmatch(code):
            yield Problem("procedures", f"“{code[:30]}” không phải mã thủ tục; mã có dạng 1.001193.")
        elif not is_known(code):
            yield Problem("procedures", f"Danh mục không có thủ tục mã {code}.")
