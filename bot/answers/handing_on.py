"""What may honestly be said to somebody who waits for staff: whether there is any, and when they work."""

from datetime import datetime, timedelta
from statistics import median

import msgspec
from sqlmodel import Session

from bot.answers.wording import amounts
from bot.answers.wording.waits import within
from bot.office import office_time
from bot.settings import Settings
from knowledge.clock import VIETNAM
from knowledge.communes import commune_of
from knowledge.layer_store import commune_layer
from knowledge.office_time import OfficeTime
from knowledge.staff.accounts import offices
from knowledge.waiting_groups import answered_spans

LATELY = timedelta(days=30)
FEWEST = 10  # answered questions from which half of them says something


class Staff(msgspec.Struct, frozen=True):
    """The office whose staff see a question: its name, its hours as text, when it opens next and closes today.

    `usual` is in what time half of the questions were answered lately, "" while there were few.
    `is_asked`: a question of this chat waits for them; `is_told`: their answer comes to this chat.
    """

    office: str
    hours: str
    is_open: bool
    opens: str
    closes: str
    note: str = ""  # the office's own words for who comes out of hours
    usual: str = ""
    is_asked: bool = False
    is_told: bool = False


def staff_for(session: Session, settings: Settings, commune: str, now: datetime) -> Staff | None:
    """Staff who serve a commune's citizens: its own, else the city's; None where no account is open."""
    served = offices(session)
    if not served & {"", commune}:
        return None
    own = commune if commune in served else ""
    office, layer = office_time(session, settings, own), commune_layer(session, own) if own else None
    opens = office.opens(now)
    closing = datetime.combine(now.astimezone(VIETNAM).date(), office.hours.closing, VIETNAM)
    found = commune_of(own)
    return Staff(
        office=found.full_name if found else "thành phố Hải Phòng",
        hours=_sessions(office),
        is_open=office.is_open(now),
        opens=_moment(opens, now),
        closes=_moment(closing, now),
        usual=_usual(session, office, now),
        note=(layer.out_of_hours if layer else "") or settings.out_of_hours,
    )


def _usual(session: Session, office: OfficeTime, now: datetime) -> str:
    spans = answered_spans(session, now - LATELY)
    if len(spans) < FEWEST:
        return ""
    seconds = median(office.worked(answered)(asked).total_seconds() for asked, answered in spans)
    return within(timedelta(seconds=seconds))


def _sessions(office: OfficeTime) -> str:
    return ", ".join(f"{start:%H:%M}–{end:%H:%M}" for start, end in office.hours.sessions)


def _moment(at: datetime, now: datetime) -> str:
    local = at.astimezone(VIETNAM)
    is_today = local.date() == now.astimezone(VIETNAM).date()
    return f"{local:%H:%M} {'hôm nay' if is_today else amounts.weekday(local.date())}"
