"""Somebody at the door of the console: where he wants to go, what he had typed before, how often he has tried."""

import math
from collections.abc import Mapping
from typing import Any

import msgspec
from fastapi import Request
from starlette.responses import HTMLResponse, Response

from bot.console.entering import to
from bot.console.known_browser import known_as, make_known
from bot.console.late import COOKIE, HOME, LOGIN, Late, carried_in, csrf_of, page_at_the_door, resume
from bot.web.rate import client_of
from bot.web.site import Site
from bot.web.slowing import Slowdown
from bot.web.visitor import safe_return
from knowledge.staff.accounts import Account
from knowledge.staff.sessions import open_session

LONGEST_LOGIN = 64  # letters; what is longer is nobody's
SLOWED = "Tên đăng nhập này vừa có nhiều lần thử sai, có thể do người khác."
HINT = "Cần vào ngay thì bạn dùng máy đã từng đăng nhập."


class Coming(msgspec.Struct, frozen=True):
    request: Request
    site: Site
    fields: Mapping[str, str]

    @property
    def back(self) -> str:
        return inside(self.fields.get("ve", HOME))

    @property
    def late(self) -> Late:
        return carried_in(self.request, self.fields)

    @property
    def login(self) -> str:
        return self.fields.get("ten", "").strip().lower()[:LONGEST_LOGIN]

    def page(self, template: str, *, status_code: int = 200, problem: str = "", **values: Any) -> HTMLResponse:
        values = {"back": self.back, "late": self.late, "login": self.login, "problem": problem, **values}
        return page_at_the_door(self.request, template, status_code=status_code, **values)

    def to_wait(self, login: str, guesses: Slowdown) -> str:
        """A sentence for who has tried too often, "" for everybody else. A login that is none is slowed alike."""
        site, key = self.site, self._key(login)
        address = client_of(self.request.client.host if self.request.client else "")
        if seconds := max(site.logins.take(f"{guesses.name} {key} {address}"), site.addresses.take(address)):
            return f"Thử nhiều lần quá. Bạn chờ {waiting_time(seconds)} rồi thử lại."
        if seconds := guesses.take(key):
            return f"{SLOWED} Bạn chờ {waiting_time(seconds)} rồi thử lại. {HINT}"
        return ""

    def _key(self, login: str) -> str:
        """By which attempts are counted: the account, and the browser if it was opened there before."""
        return f"{login} {known_as(self.request, self.site.seal, login)}"

    def let_in(self, account: Account) -> Response:
        with self.site.app.database.queueing() as session:
            token = open_session(session, account, self.site.app.clock())
        for guesses in (self.site.passwords, self.site.codes):
            guesses.forgive(self._key(account.login))
        late = self.late
        response: Response = resume(self.request, self.back, late, csrf_of(token)) if late else to(self.back)
        is_https = self.request.url.scheme == "https"
        response.set_cookie(COOKIE, token, path=HOME, httponly=True, samesite="strict", secure=is_https)
        make_known(self.request, response, self.site.seal, account.login, LOGIN)
        return response


def waiting_time(seconds: float) -> str:
    """In words; minutes as soon as there are two."""
    return f"{math.ceil(seconds)} giây" if seconds <= 120 else f"{math.ceil(seconds / 60)} phút"  # noqa: PLR2004  two minutes


def inside(path: str) -> str:
    safe = safe_return(path)
    return safe if safe == HOME or safe.startswith(f"{HOME}/") else HOME
