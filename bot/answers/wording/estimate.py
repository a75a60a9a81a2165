"""By when a result may be expected if one files at a time: an estimate, and said to be one.

The due date of a dossier that was filed is the office's alone (NĐ 118/2025/NĐ-CP); it is never computed here.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime

from bot.answers.filing_day import FilingDay
from bot.answers.wording.amounts import channel_names, period, weekday
from knowledge.calendar import CalendarDay
from knowledge.catalogue import KnownProcedure
from knowledge.deadlines import Due, DueUnit, due
from knowledge.procedure import Channel, FilingChannel, InvalidValueError, TimeLimit, Unit

HONEST = "Đây là ước tính khi hồ sơ đủ và đúng; ngày trả kết quả là ngày ghi trên giấy tiếp nhận."
UNKNOWN = "Chưa tính được ngày có kết quả vì chưa rõ số ngày; nơi nộp sẽ ghi ngày hẹn trên giấy tiếp nhận."
_PERIOD = re.compile(r"(\d{1,3}(?:,\d)?)\s*(ngày làm việc|ngày|giờ|tháng)\.?", re.IGNORECASE)
_UNITS = {"ngày làm việc": Unit.WORKING_DAY, "ngày": Unit.DAY, "giờ": Unit.HOUR, "tháng": Unit.MONTH}
_SAME_DAY = re.compile(r"(?=.*\btrong ngày\b)(?=.*\bsau 15 ?(?:giờ|h|:00))", re.IGNORECASE | re.DOTALL)


def estimated(known: KnownProcedure, filing: FilingDay | None, channel: Channel | None = None) -> tuple[str, ...]:
    """Sentences about when the result may be expected; none without a time of filing. `channel` is the one named."""
    if filing is None:
        return ()
    if _SAME_DAY.search(_time_words(known)):
        return _told({(): due(filing.at, 0, DueUnit.SAME_DAY_15H, filing.calendar, filing.hours)}, filing)
    limits = _of_city(known) if known.city.time else _limits(_rows(known, channel))
    if not limits:
        return (UNKNOWN,)
    try:
        return _told({channels: _counted(limit, filing) for limit, channels in limits.items()}, filing)
    except InvalidValueError:  # a limit of decades is told by its number, not by a day
        return (UNKNOWN,)


def _rows(known: KnownProcedure, channel: Channel | None) -> tuple[FilingChannel, ...]:
    own = tuple(row for row in known.procedure.channels if row.channel is channel)
    return own or known.procedure.channels


def _of_city(known: KnownProcedure) -> dict[TimeLimit, tuple[Channel, ...]]:
    """The limit of the city's decision, if its words have one number and nothing else."""
    stated = known.city.time
    found = _PERIOD.fullmatch((stated.shortened or stated.statutory).strip()) if stated else None
    if found is None:
        return {}
    return {TimeLimit(amount=float(found[1].replace(",", ".")), unit=_UNITS[found[2].lower()]): ()}


def _time_words(known: KnownProcedure) -> str:
    if known.city.time:
        return f"{known.city.time.shortened} {known.city.time.statutory}"
    notes = (f"{row.time_limit.text} {row.note}" for row in known.procedure.channels)
    return known.checklist.time if known.checklist and known.checklist.time else " ".join(notes)


def _limits(rows: Iterable[FilingChannel]) -> dict[TimeLimit, tuple[Channel, ...]]:
    """Each limit with its channels; nothing where a channel has several cases, or none has a number."""
    limits: dict[Channel, set[TimeLimit]] = {}
    for row in rows:
        if period(row.time_limit):
            limits.setdefault(row.channel, set()).add(row.time_limit)
    if any(len(own) > 1 for own in limits.values()):
        return {}
    alike: dict[TimeLimit, tuple[Channel, ...]] = {}
    for channel, (limit,) in limits.items():
        alike[limit] = (*alike.get(limit, ()), channel)
    return alike


def _counted(limit: TimeLimit, filing: FilingDay) -> Due:
    return due(filing.at, limit.amount or 0, DueUnit(limit.unit.upper()), filing.calendar, filing.hours)


def _told(found: dict[tuple[Channel, ...], Due], filing: FilingDay) -> tuple[str, ...]:
    first = next(iter(found.values()))
    days = "; ".join(_day(channels if len(found) > 1 else (), each) for channels, each in found.items())
    every = [each for due in found.values() for each in due.undecided]
    skipped = [each for due in found.values() for each in due.skipped]
    return (
        f"Nộp {_filed(first, filing)} thì dự kiến có kết quả {days}{_without(skipped)}.",
        *_undecided(every),
        HONEST,
    )


def _day(channels: tuple[Channel, ...], found: Due) -> str:
    return (f"nộp {channel_names(channels)}: " if channels else "") + (_at(found.at) if found.at else "")


def _at(moment: datetime) -> str:
    return f"trước {_clock(moment)} {weekday(moment.date())}"


def _clock(moment: datetime) -> str:
    return f"{moment.hour} giờ" + (f" {moment.minute}" if moment.minute else "")


def _filed(found: Due, filing: FilingDay) -> str:
    day = f"hôm nay, {weekday(filing.at.date())}" if filing.at.date() == filing.today else weekday(filing.at.date())
    starts = found.starts
    if starts is None or starts.date() == filing.at.date():
        return day
    return f"{day} (tính từ {_clock(starts)} {weekday(starts.date())})"


def _without(days: Iterable[CalendarDay]) -> str:
    """The days off between: why it takes longer than the number says."""
    named: dict[str, list[date]] = {}
    for each in days:
        named.setdefault(each.occasion, [])
        named[each.occasion] += [each.day] if each.day not in named[each.occasion] else []
    told = ", ".join(f"{occasion} {_span(days)}" for occasion, days in named.items())
    return f" (đã trừ ngày nghỉ: {told})" if told else ""


def _span(days: list[date]) -> str:
    first, last = min(days), max(days)
    return f"{first.day}/{first.month}" if first == last else f"{first.day}/{first.month}–{last.day}/{last.month}"


def _undecided(days: Iterable[CalendarDay]) -> tuple[str, ...]:
    occasions = dict.fromkeys(f"{each.occasion} {each.day.year}" for each in days)
    return tuple(f"Lịch nghỉ {occasion} chưa có, ngày này có thể đổi." for occasion in occasions)
