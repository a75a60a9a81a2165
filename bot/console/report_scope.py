"""Which period and place a page of reports is about: a commune's staff their own, the city's any."""

from datetime import date

from starlette.exceptions import HTTPException

from bot.console.entering import Desk
from knowledge.clock import vietnam_day
from knowledge.communes import commune_of
from knowledge.figures.scope import Page, Scope
from knowledge.periods import FIRST_YEAR, LAST_YEAR, InvalidPeriodError, Period, PeriodKind, period_of, period_on

LAST_PAGE = 10_000  # a thousand times what anybody leafs through


def scope_of(desk: Desk) -> Scope:
    """From the address or the form, else the present month. Raises 404 for what is no period or no place of theirs."""
    commune = _given(desk, "xa") or desk.who.commune
    if not desk.who.serves(commune) or (commune and commune_of(commune) is None):
        raise HTTPException(404)
    try:
        return Scope(period=_period(desk), commune=commune)
    except InvalidPeriodError as error:
        raise HTTPException(404) from error


def _given(desk: Desk, name: str) -> str:
    """A form that comes late is sent again to its bare address: it carries the period itself."""
    return desk.request.query_params.get(name, "") or desk.field(name)


def _period(desk: Desk) -> Period:
    """A key as our own links carry it, or a kind and a day as the form sends them."""
    key, kind = _given(desk, "ky"), _given(desk, "loai_ky")
    if kind in set(PeriodKind):
        return period_on(PeriodKind(kind), _day(desk))
    return period_of(key) if key else period_on(PeriodKind.MONTH, vietnam_day(desk.site.app.clock()))


def _day(desk: Desk) -> date:
    """What a browser's date field sends; anything else is today."""
    try:
        day = date.fromisoformat(_given(desk, "ngay"))
    except ValueError:
        return vietnam_day(desk.site.app.clock())
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else vietnam_day(desk.site.app.clock())


def page_of(desk: Desk) -> Page:
    text = desk.request.query_params.get("trang", "1")
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(LAST_PAGE)) else 1
    return Page(number=min(max(1, number), LAST_PAGE))
