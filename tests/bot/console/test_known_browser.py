"""The cookie of a browser in which an account was opened: for that account alone, made by nobody else."""

import pytest
from starlette.requests import Request
from starlette.responses import Response

from bot.console.known_browser import known_as, make_known
from bot.web.seal import Seal

SEAL, PATH = Seal(b"for tests"), "/can-bo/dang-nhap"


def request_with(cookie: str = "", scheme: str = "http") -> Request:
    headers = [(b"cookie", cookie.encode())] if cookie else []
    return Request({"type": "http", "scheme": scheme, "headers": headers, "path": PATH, "server": ("testserver", 80)})


def cookie_for(login: str, seal: Seal = SEAL, cookie: str = "") -> str:
    """As a browser sends it back."""
    response = Response()
    make_known(request_with(cookie), response, seal, login, PATH)
    return response.headers["set-cookie"].partition(";")[0]


def test_a_browser_is_known_for_the_account_it_was_opened_in_alone() -> None:
    request = request_with(cookie_for("lan"))
    assert known_as(request, SEAL, "lan")
    assert known_as(request, SEAL, "hoa") == ""
    assert known_as(request_with(), SEAL, "lan") == ""


def test_colleagues_share_a_computer() -> None:
    request = request_with(f"{cookie_for('lan')}; {cookie_for('hoa')}")
    assert len({known_as(request, SEAL, "lan"), known_as(request, SEAL, "hoa"), ""}) == 3


def test_a_browser_keeps_its_name_when_it_is_opened_again() -> None:
    first = cookie_for("lan")
    assert cookie_for("lan", cookie=first) == first
    assert cookie_for("lan") != first


def test_another_account_s_mark_under_this_account_s_name_is_none() -> None:
    name, value = cookie_for("lan").partition("=")[0], cookie_for("hoa").partition("=")[2]
    assert known_as(request_with(f"{name}={value}"), SEAL, "lan") == ""


@pytest.mark.parametrize(
    "value",
    ["", "x", "browser lan x", SEAL.close("lan"), SEAL.close("browser lan"), SEAL.close("second-step lan 1"),
     Seal(b"another").close("browser lan 00ff")],
    ids=["empty", "a letter", "unsealed", "sealed for a chat", "too short", "a ticket", "sealed elsewhere"],
)  # fmt: skip
def test_a_forged_mark_is_none(value: str) -> None:
    name = cookie_for("lan").partition("=")[0]
    assert known_as(request_with(f'{name}="{value}"'), SEAL, "lan") == ""


@pytest.mark.parametrize(("scheme", "is_secure"), [("http", False), ("https", True)], ids=["http", "https"])
def test_the_cookie_goes_to_the_page_of_logging_in_alone(scheme: str, *, is_secure: bool) -> None:
    response = Response()
    make_known(request_with(scheme=scheme), response, SEAL, "lan", PATH)
    kept = response.headers["set-cookie"]
    assert all(part in kept for part in ("HttpOnly", "SameSite=strict", f"Path={PATH}", "Max-Age=7776000"))
    assert ("Secure" in kept) is is_secure
