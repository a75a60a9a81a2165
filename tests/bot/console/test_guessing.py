"""Somebody guesses passwords and codes from many addresses; the officer gets in all the same."""

import re
from collections.abc import Callable

import httpx
import pyotp
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot.app import App
from bot.console.coming import waiting_time
from bot.web import build_web
from bot.web.site import Site
from bot.web.slowing import FREE
from console_officer import Officer, words_of
from knowledge.staff.accounts import account_of
from knowledge.staff.second_factor import Vault, begin, confirm
from web_app import MovingClock

Door = Callable[[int], Officer]


@pytest.fixture
def web(app: App) -> FastAPI:
    return build_web(app)


@pytest.fixture
def site(web: FastAPI) -> Site:
    found: Site = web.state.site
    return found


@pytest.fixture
def door(web: FastAPI) -> Door:
    """Another browser at an address of its own."""
    return lambda number: Officer(TestClient(web, client=(f"10.1.{number // 250}.{number % 250}", 1)))


def use_up(site: Site, login: str, but: int = 0) -> None:
    """What attempts of strangers leave behind."""
    for _ in range(FREE - but):
        site.passwords.take(f"{login} ")


def test_one_account_attacked_from_many_addresses_is_slowed(door: Door, site: Site, clock: MovingClock) -> None:
    use_up(site, "lan", but=2)
    attempts = [door(number).log_in("lan", "sai").status_code for number in range(4)]
    assert attempts == [401] * 2 + [429] * 2
    clock.move(seconds=2)
    assert [door(99 + number).log_in("lan", "sai").status_code for number in range(2)] == [401, 429]


def test_an_unknown_login_is_slowed_in_the_same_words(door: Door, site: Site) -> None:
    told = set()
    for at, login in enumerate(("lan", "khong-co-ai")):
        use_up(site, login)
        refused = door(at).log_in(login, "sai")
        assert refused.status_code == 429
        told.add(words_of(refused))
    assert len(told) == 1
    assert "Bạn chờ 2 giây rồi thử lại" in told.pop()


def test_the_officer_s_own_browser_is_not_held_up_by_a_stranger(door: Door, site: Site, clock: MovingClock) -> None:
    lan = door(1)
    assert lan.log_in("lan").status_code == 303
    lan.send("/can-bo/dang-xuat")
    use_up(site, "lan")
    assert door(2).log_in("lan").status_code == 429  # the right password at a browser nobody knows
    assert lan.log_in("lan").status_code == 303


def test_even_an_unknown_browser_waits_a_minute_at_most(door: Door, site: Site, clock: MovingClock) -> None:
    for _ in range(200):
        clock.move(seconds=site.passwords.take("lan "))
    refused = door(1).log_in("lan")
    assert "Bạn chờ 60 giây" in words_of(refused)
    clock.move(seconds=60)
    assert door(1).log_in("lan").status_code == 303


def test_somebody_at_the_officer_s_own_browser_is_slowed_too(door: Door, site: Site, clock: MovingClock) -> None:
    thief = door(1)
    thief.log_in("lan")
    name = next(cookie for cookie in thief.client.cookies.jar if cookie.name.startswith("may_"))
    known = (site.seal.open(str(name.value).strip('"')) or "").split(" ")[2]
    for _ in range(FREE - 1):
        site.passwords.take(f"lan {known}")
    assert [thief.log_in("lan", "sai").status_code for _ in range(2)] == [401, 429]


def test_who_gets_in_begins_anew(door: Door, site: Site) -> None:
    use_up(site, "hoa")
    use_up(site, "lan", but=1)
    assert door(1).log_in("lan").status_code == 303
    assert [door(2 + number).log_in("lan", "sai").status_code for number in range(2)] == [401, 401]
    assert door(4).log_in("hoa").status_code == 429


def ticket_of(response: httpx.Response) -> str:
    found = re.search(r'name="phieu" value="([^"]+)"', response.text)
    assert found
    return found[1]


def test_codes_are_slowed_for_longer_and_the_own_browser_is_let_in(
    app: App, door: Door, site: Site, clock: MovingClock
) -> None:
    lan = door(1)
    assert lan.log_in("lan").status_code == 303
    with app.database.session(writing=True) as session:
        account, vault = account_of(session, "lan"), Vault(app.secret)
        assert account
        totp = pyotp.TOTP(begin(session, account, vault))
        confirm(session, account, totp.at(clock()), vault, clock())
    thief = door(2)
    for _ in range(60):
        clock.move(seconds=site.codes.take("lan "))
    ticket = ticket_of(thief.log_in("lan"))
    refused = thief.client.post("/can-bo/dang-nhap/ma", data={"phieu": ticket, "ma": totp.at(clock())})
    assert refused.status_code == 429
    assert "Bạn chờ 15 phút" in words_of(refused)
    data = {"phieu": ticket_of(lan.log_in("lan")), "ma": totp.at(clock())}
    assert lan.client.post("/can-bo/dang-nhap/ma", data=data, follow_redirects=False).status_code == 303


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.1, "1 giây"), (59.2, "60 giây"), (120, "120 giây"), (121, "3 phút"), (900, "15 phút")],
    ids=["a moment", "a minute", "two minutes", "longer", "a quarter of an hour"],
)
def test_a_wait_is_told_in_words(seconds: float, words: str) -> None:
    assert waiting_time(seconds) == words
