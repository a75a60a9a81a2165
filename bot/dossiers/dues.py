"""`motcua dossiers due --batch`: the due date of each row (DESIGN §6, a stable contract)."""

import math
from collections.abc import Iterable
from datetime import datetime

from bot.json_lines import Row, text_of
from knowledge.calendar import Calendar, CalendarDay
from knowledge.clock import VIETNAM
from knowledge.deadlines import Due, DueUnit, OfficeHours, due


def answered(row: Row, calendar: Calendar, hours: OfficeHours) -> Row:
    """`due` as YYYY-MM-DDTHH:MM, null where the limit is words; raises ValueError where the row cannot be counted."""
    found = due(_received(row), _limit(row), _unit(row), calendar, hours)
    return {"due": found.at.isoformat(timespec="minutes") if found.at else None, "why": why(found)}


def _received(row: Row) -> datetime:
    """A time without zone is Việt Nam's."""
    at = datetime.fromisoformat(text_of(row, "received"))
    return at.astimezone(VIETNAM).replace(tzinfo=None) if at.tzinfo else at


def _limit(row: Row) -> float:
    value = row.get("limit", 0)
    if isinstance(value, bool) or not isinstance(value, int | float | None) or (value and not math.isfinite(value)):
        raise ValueError('"limit" is no number')
    return float(value or 0)


def _unit(row: Row) -> DueUnit:
    unit = text_of(row, "unit").upper()
    if unit not in DueUnit.__members__:
        raise ValueError(f'"unit" must be one of {", ".join(DueUnit)}')
    return DueUnit(unit)


def why(found: Due) -> str:
    """How the date was counted, for operators."""
    if found.at is None:
        return "the limit is given in words: show the date written by the office"
    parts = (
        f"clock starts {found.starts:%a %d/%m/%Y %H:%M}" if found.starts else "",
        _listed("skipped", found.skipped),
        _listed("make-up days", found.made_up),
        _listed("NOT DECIDED yet, the date may change:", found.undecided),
        f"due {found.at:%a %d/%m/%Y %H:%M}",
    )
    return "; ".join(filter(None, parts))


def _listed(what: str, days: Iterable[CalendarDay]) -> str:
    named = ", ".join(f"{each.day:%d/%m} {each.name}" for each in days)
    return f"{what} {named}" if named else ""
