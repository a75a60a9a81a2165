"""A centre's hours today, as far as its commune told them: what nobody told is said to be unknown. Pure."""

import re
from datetime import date

import msgspec

from knowledge.calendar import SATURDAY, Calendar, DayKind
from knowledge.communes import Commune, Contact
from knowledge.office_time import hours_in

_WEEKEND = (re.compile(r"th(ứ|u) *(bảy|bay|7)|\bt7\b", re.IGNORECASE), re.compile(r"ch(ủ|u) *nh(ậ|a)t", re.IGNORECASE))


class Today(msgspec.Struct, frozen=True):
    """`hours` of today, one a session, and `words` as the centre wrote them; both empty where nobody told.

    `is_off`: the office is shut, for `occasion` where it is a holiday.
    """

    place: str
    day: date
    contact: Contact
    hours: tuple[str, ...] = ()
    words: str = ""
    is_off: bool = False
    occasion: str = ""


def today_at(commune: Commune | None, calendar: Calendar, day: date) -> Today:
    contact = (commune.contact if commune else None) or Contact()
    place, words = commune.full_name if commune else "", contact.hours or ""
    special = calendar.special(day)
    if special and special.kind is DayKind.OFF:
        return Today(place, day, contact, words=words, is_off=True, occasion=special.occasion)
    if not calendar.is_working(day):
        is_told = bool(_WEEKEND[day.weekday() - SATURDAY].search(words))  # its own row of hours: shown as written
        return Today(place, day, contact, words=words, is_off=not is_told and bool(words))
    found = hours_in(words)
    sessions = tuple(f"{start:%H:%M} – {end:%H:%M}" for start, end in found.sessions) if found else ()
    return Today(place, day, contact, hours=sessions, words=words)
