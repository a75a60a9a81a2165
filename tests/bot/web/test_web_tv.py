"""The screen of a hall: what it shows is known, and what is not known is said to be so."""

from collections.abc import Callable
from datetime import date

import pytest
from fastapi.testclient import TestClient

from bot.app import App
from bot.web.tv import FEWEST_PEOPLE, LastNews, asked_lately, compare
from bot.web.tv_hours import Today, today_at
from html_pages import Page, page_of
from knowledge.calendar import Calendar, CalendarDay, DayKind
from knowledge.communes import Commune, CommuneKind, Contact
from knowledge.questions import MaskedExchange, record
from web_app import BIRTH, RICH, MovingClock

Visit = Callable[..., TestClient]
MONDAY, SATURDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 28), date(2026, 11, 29)
HOLIDAY, MAKE_UP = date(2026, 9, 2), date(2026, 8, 22)
DAYS = {
    HOLIDAY: CalendarDay(day=HOLIDAY, kind=DayKind.OFF, name="Quốc khánh (ngày 1)", basis="luật"),
    MAKE_UP: CalendarDay(day=MAKE_UP, kind=DayKind.WORK, name="Làm bù", basis="thông báo"),
}
WEEK = "7h30–11h30, 13h–17h, thứ Hai đến thứ Sáu"
AND_SATURDAY = WEEK + "; thứ Bảy 7h30–11h30"
SESSIONS = ("07:30 – 11:30", "13:00 – 17:00")


def on(day: date, hours: str | None) -> Today:
    commune = Commune(code="00001", kind=CommuneKind.WARD, name="Thử", contact=Contact(hours=hours))
    return today_at(commune, Calendar(told=lambda _year: DAYS), day)


@pytest.mark.parametrize("day", [MONDAY, MAKE_UP], ids=["a Monday", "a Saturday made up"])
def test_hours_of_a_working_day_are_those_that_were_told(day: date) -> None:
    today = on(day, WEEK)
    assert (today.hours, today.is_off, today.place) == (SESSIONS, False, "Phường Thử")


@pytest.mark.parametrize("hours", [None, ""], ids=["nobody told", "empty"])
@pytest.mark.parametrize("day", [MONDAY, SUNDAY], ids=["a Monday", "a Sunday"])
def test_hours_that_nobody_told_are_unknown(day: date, hours: str | None) -> None:
    today = on(day, hours)
    assert (today.hours, today.words, today.is_off) == ((), "", False)


def test_hours_that_cannot_be_read_are_shown_as_written() -> None:
    today = on(MONDAY, "cả ngày, trừ giờ nghỉ trưa")
    assert (today.hours, today.words) == ((), "cả ngày, trừ giờ nghỉ trưa")


@pytest.mark.parametrize(
    ("day", "hours", "is_off"),
    [(SATURDAY, WEEK, True), (SUNDAY, AND_SATURDAY, True), (SATURDAY, AND_SATURDAY, False), (HOLIDAY, WEEK, True)],
    ids=["a Saturday", "the Sunday after an open Saturday", "an open Saturday", "a holiday"],
)
def test_days_off_show_no_hours_of_other_days(day: date, hours: str, is_off: bool) -> None:
    today = on(day, hours)
    assert (today.hours, today.is_off, today.words) == ((), is_off, hours)


def test_a_holiday_is_named() -> None:
    assert on(HOLIDAY, None).occasion == "Quốc khánh"


def screen(client: TestClient, query: str = "") -> Page:
    return page_of(client.get("/tv" + query))


def test_unknown_hours_are_said_to_be_unknown(client: TestClient) -> None:
    slide = screen(client, "?xa=11329").one(".slide-today")
    assert slide.one("h1").text == "Phường Ngô Quyền"
    assert "Chưa rõ giờ làm việc" in slide.text
    assert ":" not in slide.text


def test_it_has_no_way_to_put_anything_in(client: TestClient) -> None:
    page = screen(client)
    assert not [element.tag for element in page.walk() if element.tag in {"a", "form", "input", "button", "textarea"}]


def test_one_picture_is_shown_and_without_script_the_next_one_follows(client: TestClient) -> None:
    for number in range(4):
        page = screen(client, f"?xa=11329&trang={number}")
        slides = page.all(".slide")
        assert [at for at, slide in enumerate(slides) if "hidden" not in slide.attributes] == [number % len(slides)]
        following = page.one("noscript meta").attributes["content"]
        assert following == f"15; url=/tv?xa=11329&trang={number % len(slides) + 1}"


@pytest.mark.parametrize("query", ["?trang=-1", "?trang=x", "?trang=" + "9" * 40, "?xa=99999", "?xa=<b>"], ids=str)
def test_an_address_typed_wrong_still_shows_it(client: TestClient, query: str) -> None:
    page = screen(client, query)
    assert page.status == 200
    assert "hidden" not in page.one(".slide").attributes


def test_the_code_is_shown_only_where_a_phone_can_reach_us(visit: Visit) -> None:
    page = screen(visit(public_url="https://motcua.example/"))
    assert page.one(".slide-qr svg").attributes["role"] == "img"
    assert "motcua.example" in page.one(".slide-qr").text
    assert not screen(visit()).all(".slide-qr")


def test_today_ends_at_midnight_in_viet_nam(client: TestClient, clock: MovingClock) -> None:
    assert screen(client).one("main").attributes["data-left"] == str(12 * 3600)
    clock.move(hours=11, minutes=59)
    assert screen(client).one("main").attributes["data-left"] == "60"


def test_it_sets_no_cookie_and_is_always_fetched_anew(client: TestClient) -> None:
    response = client.get("/tv")
    assert response.headers["cache-control"] == "no-store"
    assert "set-cookie" not in response.headers


def ask_for(app: App, code: str, people: int, clock: MovingClock) -> list[MaskedExchange]:
    return [
        MaskedExchange(
            asked_at=clock(),
            channel="web",
            chat=f"{code} {person}",
            question="q",
            ending="procedure",
            procedures=(code,),
        )
        for person in range(people)
    ]


@pytest.mark.parametrize(
    ("people", "is_told"), [(FEWEST_PEOPLE, True), (FEWEST_PEOPLE - 1, False)], ids=["enough people", "too few people"]
)
def test_what_few_people_asked_stands_on_no_wall(built: App, clock: MovingClock, people: int, is_told: bool) -> None:
    clock.move(days=400)  # a month of its own: other tests ask too
    with built.database.session() as session:
        for code in (BIRTH, RICH, "1.000894"):
            for exchange in ask_for(built, code, people, clock):
                record(session, exchange)
        asked = asked_lately(session, "", clock().date())
        session.rollback()
    assert (asked.month == "tháng 12") == is_told
    assert ("Xin phép nuôi rồng" in asked.names) == is_told
    assert asked.names


def test_news_are_what_changed_in_the_records(built: App) -> None:
    with built.database.session() as session:
        news = compare(session, 1, 3, MONDAY)
        kept = LastNews()
        assert kept.of(session, 1, 3, MONDAY) == news
        assert kept.of(session, 3, 3, MONDAY).lines == ()
    assert any("rồng" in name for _, name in news.lines) or news.more


def test_a_whole_new_catalogue_is_no_news(built: App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.web.tv.MOST_CHANGES", 1)
    with built.database.session() as session:
        assert compare(session, 0, 3, MONDAY).lines == ()
