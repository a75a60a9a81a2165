"""How long the office may take, in words.

A number is said only with a real unit: with unit OTHER the record has none, whatever the portal prints (FORMATS §3.5).
Rows of one channel are different cases: all of them are said, never only the first or the shortest.
"""

import re
from collections.abc import Iterator

from bot.answers.wording import prose
from bot.answers.wording.amounts import UNITS, capitalised, channel_names, number, period
from bot.answers.wording.section import Section
from knowledge.catalogue import KnownProcedure
from knowledge.procedure import Channel, FilingChannel, TimeLimit

NOT_STATED = "danh mục quốc gia chưa ghi số ngày; hỏi nơi nộp ngày hẹn trả"
SEE = "xem “Thời gian”"
SEE_TIMES = f"tùy trường hợp: {SEE}"
NOTE_LETTERS = 150
FEW = 3  # more periods than this are told as a range

_PERIOD = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)?)\s*(?:\([^)]*\)\s*)?(?P<unit>ngày làm việc|ngày|giờ|tháng)", re.IGNORECASE
)
_AT_ONCE = re.compile(r"\bngay\b|trong ngày", re.IGNORECASE)
_ONLY_NUMBER = re.compile(r"\d+(?:,\d+)?\s")
_SAYS_NOTHING = re.compile(r"[\d\s.,-]*|xem .*mô tả|theo mô tả|không", re.IGNORECASE)


def summary(known: KnownProcedure) -> tuple[str, ...]:
    if told := of_city(known):
        return told
    return _of_nation(known)


def of_city(known: KnownProcedure) -> tuple[str, ...]:
    """The time in the city's decision, beside the statutory one."""
    time = known.city.time
    if time is None:
        return ()
    if not time.statutory:  # a younger national record says it
        statutory = _of_nation(known)
        return (f"{_words(time.shortened)} ở Hải Phòng, theo Quyết định {time.decision.number}.", *statutory)
    return (f"{capitalised(both(time.statutory, time.shortened))}, theo Quyết định {time.decision.number}.",)


def both(statutory: str, shortened: str) -> str:
    """As in "1,5 ngày làm việc (luật định 3)"; the unit twice only where there are two."""
    long, short = _words(statutory), _words(shortened)
    if not (long and short):
        return long or short
    unit = short.partition(" ")[2]
    told = long.removesuffix(unit).strip() if unit and _ONLY_NUMBER.fullmatch(long.removesuffix(unit)) else long
    return f"{short} (luật định {told})"


def _words(text: str) -> str:
    return prose.plain(text)


def _of_nation(known: KnownProcedure) -> tuple[str, ...]:
    if known.checklist and known.checklist.time:
        return prose.sentences(known.checklist.time)
    return _record_sentences(known.procedure.channels)


def all_sections(known: KnownProcedure) -> tuple[Section, ...]:
    """Every row with its whole note; a starter record has no notes, so our words must do."""
    city = Section(of_city(known), label="Theo quyết định của thành phố")
    plain = Section(_of_nation(known) if known.checklist and known.checklist.time else (), label="Nói gọn")
    is_enough = known.procedure.is_starter and bool(plain.lines)
    rows = () if is_enough else tuple(_full_rows(known.procedure.channels))
    return tuple(section for section in (city, plain, *rows) if section.lines) or (
        Section((f"{capitalised(NOT_STATED)}.",)),
    )


def _record_sentences(channels: tuple[FilingChannel, ...]) -> tuple[str, ...]:
    by_words: dict[str, list[Channel]] = {}
    for channel in dict.fromkeys(row.channel for row in channels):
        words = _of_channel([row for row in channels if row.channel is channel])
        by_words.setdefault(words, []).append(channel)
    if len(by_words) <= 1:
        return (f"{capitalised(next(iter(by_words), NOT_STATED))}.",)
    return tuple(f"{capitalised(channel_names(tuple(names)))}: {words}." for words, names in by_words.items())


def _of_channel(rows: list[FilingChannel]) -> str:
    words = list(dict.fromkeys(map(_of_row, rows)))
    if len(words) == 1:
        return words[0]
    limits = list({period(row.time_limit): row.time_limit for row in rows if period(row.time_limit)}.values())
    return f"{_either(limits)}, {SEE_TIMES}" if limits else SEE_TIMES


def _either(limits: list[TimeLimit]) -> str:
    if len({limit.unit for limit in limits}) > 1:
        return " hoặc ".join(map(period, limits))
    amounts = [number(amount) for amount in sorted(limit.amount or 0 for limit in limits)]
    told = " hoặc ".join(amounts) if len(amounts) <= FEW else f"từ {amounts[0]} đến {amounts[-1]}"
    return f"{told} {UNITS[limits[0].unit]}"


def _of_row(row: FilingChannel) -> str:
    note = _joined(row.note)
    if stated := period(row.time_limit):
        return stated if not _has_other_period(note, row) else _with_note(stated, note)
    text = prose.plain(row.time_limit.text)
    if text and not _SAYS_NOTHING.fullmatch(text):
        return text if prose.is_quotable(text, NOTE_LETTERS) else SEE_TIMES
    if not (_PERIOD.search(note) or _AT_ONCE.search(note)):
        return NOT_STATED
    return f"danh mục ghi “{note}”" if prose.is_quotable(note, NOTE_LETTERS) else SEE_TIMES


def _joined(note: str) -> str:
    """The lines of a note in one, parted where the publisher parted them."""
    return "; ".join(filter(None, map(prose.plain, prose.lines(note))))


def _has_other_period(note: str, row: FilingChannel) -> bool:
    """Whether a note tells of periods beside the row's own: then the number alone would mislead."""
    return bool(_numbers(note) - {number(row.time_limit.amount or 0)})


def _numbers(note: str) -> set[str]:
    return {number(float(found["number"].replace(",", "."))) for found in _PERIOD.finditer(note)}


def _with_note(stated: str, note: str) -> str:
    """Two periods that contradict each other are both said, each with where it stands; prose only if it explains."""
    if not prose.is_quotable(note, NOTE_LETTERS):
        return f"{stated}; có ghi chú: {SEE}"
    if stated.split(maxsplit=1)[0] in _numbers(note):
        return note
    others = dict.fromkeys(prose.readable(found[0].lower()) for found in _PERIOD.finditer(note))
    return f"{stated} theo bảng của danh mục; {' hoặc '.join(others)} theo ghi chú của danh mục: {SEE}"


def _full_rows(channels: tuple[FilingChannel, ...]) -> Iterator[Section]:
    by_lines: dict[tuple[str, ...], list[Channel]] = {}
    for row in channels:
        stated = period(row.time_limit) or prose.plain(row.time_limit.text)
        said = stated if stated and not _SAYS_NOTHING.fullmatch(stated) else NOT_STATED
        lines = (f"{capitalised(said)}.", *map(prose.unmarked, prose.lines(row.note)))
        by_lines.setdefault(lines, []).append(row.channel)
    for lines, names in by_lines.items():
        yield Section(lines, label=f"Theo danh mục quốc gia, nộp {channel_names(tuple(names))}")
