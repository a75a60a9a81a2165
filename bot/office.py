"""The hours of the office that citizens wait for: as its commune wrote them, else the settings'."""

from sqlmodel import Session

from bot.settings import Settings
from knowledge.calendar_edits import calendar_now
from knowledge.catalogue import commune_now
from knowledge.deadlines import read_hours
from knowledge.office_time import OfficeTime, hours_in


def office_time(session: Session, settings: Settings, commune: str = "") -> OfficeTime:
    found = commune_now(session, commune) if commune else None
    told = hours_in(found.contact.hours or "") if found and found.contact else None
    return OfficeTime(calendar_now(session), told or read_hours(settings.office_hours))
