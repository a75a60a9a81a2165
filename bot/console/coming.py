"""Somebody at the door of the console: where he wants to go, what he had typed before, how often he has tried."""

import math
from collections.abc import Mapping
from typing import Any

import msgspec
from fastapi import Request
from starlette.responses import HTMLResponse, Response

from bot.console.entering import COOKIE, HOME, KEPT, csrf_of, page_at_the_door, resume, to
from bot.web.rate import client_of
from bot.web.site import Site
from bot.web.visitor import safe_return
from knowledge.staff.accounts import Account
from knowledge.staff.sessions import open_session

LONGEST_LOGIN = 64  # letters; what is longer is nobody's


class Coming(msgspec.Struct, frozen=True):
    request: Request
    site: Site
    fields: Mapping[str, str]

    @property
    def back(self) -> str:
        return inside(self.fields.get("ve", HOME))

    @property
    def typed(self) -> dict[str, str]:
        return {name.removeprefix(KEPT): value for name, value in self.fields.items() if name.startswith(KEPT)}

    @property
    def login(self) -> str:
        return self.fields.get("ten", "").strip().lower()[:LONGEST_LOGIN]

    def page(self, template: str, *, status_code: int = 200, problem: str = "", **values: Any) -> HTMLResponse:
        values = {"back": self.back, "typed": self.typed, "problem": problem, **values}
        return page_at_the_door(self.request, template, status_code=status_code, **values)

    def to_wait(self, login: str) -> str:
        """A sentence for who has tried too often, "" for everybody else."""
        address = client_of(self.request.client.host if self.request.client else "")
        seconds = max(self.site.logins.take(f"{login} {address}"), self.site.addresses.take(address))
        return f"Thử nhiều lần quá. Bạn chờ {math.ceil(seconds)} giây rồi thử lại." if seconds else ""

    def let_in(self, account: Account) -> Response:
        with self.site.app.database.session() as session:
            token = open_session(session, account, self.site.app.clock())
        typed = self.typed
        response: Response = resume(self.request, self.back, typed, csrf_of(token)) if typed else to(self.back)
        is_https = self.request.url.scheme == "https"
        response.set_cookie(COOKIE, token, path=HOME, httponly=True, samesite="strict", secure=is_https)
        return response


def inside(path: str) -> str:
    safe = safe_return(path)
    return safe if safe == HOME or safe.startswith(f"{HOME}/") else HOME
