"""The screen of a hall: today's hours, what is asked most, what changed, a code to the chat; nobody touches it."""

from datetime import date, datetime, timedelta
from typing import Annotated

import msgspec
from fastapi import APIRouter, Query, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse

from bot.web.events import EVENTS
from bot.web.limits import WITHIN_RATE
from bot.web.pages import CHANNEL, page
from bot.web.qr import qr_svg
from bot.web.site import SiteOf
from bot.web.tv_hours import Today, today_at
from knowledge.calendar_edits import calendar_now
from knowledge.catalogue import commune_now, edition_number, history
from knowledge.clock import VIETNAM, vietnam_day
from knowledge.communes import commune_of
from knowledge.edition_diff import Difference, ProcedureChange, diff
from knowledge.figures.scope import Scope
from knowledge.figures.subjects import most_asked
from knowledge.periods import Period, PeriodKind, period_on
from knowledge.what_changed import TITLES

SECONDS = 15  # one picture: six lines are read aloud in it
LINES = 5  # of a list: larger letters than more lines leave are needed at four metres
NEWS_LINES = 4  # each with its kind below
FEWEST_PEOPLE = 3  # who asked the same: below it one person's business would stand on a wall
FEWEST_SUBJECTS = 3
YOUNG_MONTH = 7  # days in which the month before tells more
LATELY = timedelta(days=30)
MOST_CHANGES = 300  # more is a new copy of the catalogue, no news

router = APIRouter(dependencies=[WITHIN_RATE], include_in_schema=False)


class Asked(msgspec.Struct, frozen=True):
    """`month` is "" where too few asked to tell: then the names are what can be asked."""

    names: tuple[str, ...]
    month: str = ""


class News(msgspec.Struct, frozen=True):
    """What changed lately that citizens ask about: its kind and name; `more` changed besides."""

    lines: tuple[tuple[str, str], ...] = ()
    more: int = 0


class LastNews:
    """News of the two editions compared last: a day has one pair, and comparing takes seconds."""

    def __init__(self) -> None:
        self._key: tuple[int, int, date] | None = None
        self._news = News()

    def of(self, session: Session, before: int, after: int, day: date) -> News:
        if self._key != (before, after, day):
            self._news = compare(session, before, after, day)
            self._key = (before, after, day)
        return self._news


@router.get("/tv")
def screen(request: Request, site: SiteOf, xa: Annotated[str, Query()] = "", trang: str = "") -> HTMLResponse:
    """`xa`: the code of the commune in whose hall it hangs; `trang` the picture to begin with."""
    now, code = site.app.clock(), xa if commune_of(xa) else site.settings.commune
    with site.app.database.session() as session:
        commune = commune_now(session, code) if code else None
        today = today_at(commune, calendar_now(session), vietnam_day(now))
        asked = asked_lately(session, code, vietnam_day(now))
        news = request.app.state.news.of(session, *_lately(session, now), vietnam_day(now))
    slides = _slides(today, asked, news, has_qr=bool(site.settings.public_url))
    return page(
        request,
        "tv.html.j2",
        headers={"Cache-Control": "no-store"},
        chosen=xa if commune_of(xa) else "",
        notices=site.app.ordered.announced(CHANNEL, code, now),
        today=today,
        asked=asked,
        news=news,
        slides=slides,
        shown=(int(trang) if trang.isascii() and trang.isdigit() and len(trang) < len("1000") else 0) % len(slides),
        qr=qr_svg(site.settings.public_url.rstrip("/") + "/", "Mã QR mở trang hỏi đáp") if "qr" in slides else "",
        seconds=SECONDS,
        until_midnight=_until_midnight(now),
        now=f"{now.astimezone(VIETNAM):%H:%M}",
    )


def _slides(today: Today, asked: Asked, news: News, *, has_qr: bool) -> tuple[str, ...]:
    there = {"today": today, "asked": asked.names, "news": news.lines or news.more, "qr": has_qr}
    return tuple(name for name, is_there in there.items() if is_there)


def _until_midnight(now: datetime) -> int:
    """Seconds for which "today" is true in Việt Nam."""
    local = now.astimezone(VIETNAM)
    return int((local.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1) - local).total_seconds())


def asked_lately(session: Session, commune: str, day: date) -> Asked:
    """By the commune's citizens, else by the city's."""
    month = period_on(PeriodKind.MONTH, day)
    month = month if day.day > YOUNG_MONTH else month.before
    for code in dict.fromkeys((commune, "")):
        if len(names := _by_many(session, month, code)) >= FEWEST_SUBJECTS:
            return Asked(names, f"tháng {month.first.month}")
    return Asked(tuple(event.asks for event in EVENTS[:LINES]))


def _by_many(session: Session, month: Period, commune: str) -> tuple[str, ...]:
    found = most_asked(session, Scope(period=month, commune=commune))
    return tuple(each.name for each in found if each.name and each.people >= FEWEST_PEOPLE)[:LINES]


def _lately(session: Session, now: datetime) -> tuple[int, int]:
    """The edition of a month ago, else the first, and the current one."""
    current = edition_number(session)
    older = (each.number for each in history(session) if each.published_at <= now - LATELY)
    return next(older, min(1, current)), current


def compare(session: Session, before: int, after: int, day: date) -> News:
    """Without what only our own words say otherwise."""
    changes = diff(session, before, after, day).of_kind(Difference.NEW, Difference.CHANGED, Difference.ENDED)
    found = [each for each in changes if each.kind is not Difference.CHANGED or _is_official(each)]
    if len(found) > MOST_CHANGES:
        return News()
    told = sorted(found, key=lambda change: not change.is_asked_often)[:NEWS_LINES]
    return News(tuple((TITLES[each.kind], each.name) for each in told), len(found) - len(told))


def _is_official(change: ProcedureChange) -> bool:
    return any(not each.field.startswith("plain.") for each in change.fields)
