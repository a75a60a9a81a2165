"""A form that comes when nobody is logged in, or was made for another session: what was typed is kept over the login.

A file cannot be kept: who is not logged in may leave nothing on the server, and no page may put a file into a form. So
its name is kept, and the person is asked to choose it again in the place where everything else still stands.
"""

import hashlib
from collections.abc import Mapping
from typing import Any, cast
from urllib.parse import quote

import msgspec
from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Match

from bot.console import words
from bot.web.pages import page

HOME, LOGIN = "/can-bo", "/can-bo/dang-nhap"
COOKIE, CSRF = "can_bo", "dau"
PRIVATE = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
KEPT, KEPT_FILE = "giu:", "giu-tep:"  # before the names of fields that are carried over a login
SECRET = {"mat_khau", "ma"}  # typed again: a page never repeats them
LONGEST_NAME = 80  # letters of a file's name that are shown


class Late(msgspec.Struct, frozen=True):
    """What a form held: its fields, and the names of the files that were chosen in it."""

    fields: Mapping[str, str] = {}
    files: Mapping[str, str] = {}

    def __bool__(self) -> bool:
        return bool(self.fields or self.files)

    @property
    def hidden(self) -> dict[str, str]:
        """As the fields of the pages on the way."""
        files = {f"{KEPT_FILE}{name}": file for name, file in self.files.items()}
        return {f"{KEPT}{name}": value for name, value in self.fields.items()} | files


class NotEnteredError(Exception):
    """Nobody is logged in, or the form was made for another session; `is_other` tells which."""

    def __init__(self, late: Late, *, is_other: bool = False) -> None:
        super().__init__()
        self.late, self.is_other = late, is_other


def csrf_of(token: str) -> str:
    """Only who has the cookie can know it."""
    return hashlib.sha256(b"motcua.console.csrf" + token.encode(errors="replace")).hexdigest()[:32]


def is_from_us(request: Request) -> bool:
    """Not from a form on somebody else's page, which would have a person send again what he never typed. Browsers say
    where a form comes from; what says nothing is no browser, or an old one."""
    return request.headers.get("sec-fetch-site", "same-origin") in {"same-origin", "none"}


async def late_in(request: Request) -> Late:
    if request.method != "POST" or not is_from_us(request):
        return Late()
    sent = (await request.form()).multi_items()
    return Late(
        {name: value for name, value in sent if isinstance(value, str) and name not in {CSRF, *SECRET}},
        {name: (value.filename or "")[:LONGEST_NAME] for name, value in sent if isinstance(value, UploadFile)},
    )


def carried_in(request: Request, fields: Mapping[str, str]) -> Late:
    """What `Late.hidden` became."""
    if not is_from_us(request):
        return Late()
    return Late(
        {name.removeprefix(KEPT): value for name, value in fields.items() if name.startswith(KEPT)},
        {name.removeprefix(KEPT_FILE): file for name, file in fields.items() if name.startswith(KEPT_FILE)},
    )


async def on_not_entered(request: Request, error: Exception) -> Response:
    """To the login, or for a form that came too late a page that keeps what was typed."""
    refused = cast("NotEnteredError", error)
    if refused.is_other:
        return resume(request, request.url.path, refused.late, csrf_of(request.cookies.get(COOKIE, "")))
    if request.method == "GET":
        wanted = f"{request.url.path}?{request.url.query}".removesuffix("?")
        return RedirectResponse(f"{LOGIN}?ve={quote(wanted)}", 303)
    back = request.url.path if refused.late else opening(request)
    return login_page(request, back=back, late=refused.late, has_ended=True, status_code=401)


def opening(request: Request) -> str:
    """The nearest page above an address that only takes forms."""
    path = request.url.path
    while path.startswith(f"{HOME}/"):
        scope = {"type": "http", "method": "GET", "path": path, "root_path": "", "headers": []}
        if any(route.matches(scope)[0] is Match.FULL for route in request.app.routes):
            return path
        path = path.rpartition("/")[0]
    return HOME


def login_page(
    request: Request,
    *,
    back: str,
    late: Late = Late(),  # noqa: B008  frozen
    problem: str = "",
    has_ended: bool = False,
    status_code: int = 200,
) -> HTMLResponse:
    values = {"back": back, "late": late, "problem": problem, "has_ended": has_ended}
    return page_at_the_door(request, "login", status_code=status_code, **values)


def page_at_the_door(request: Request, template: str, *, status_code: int = 200, **values: Any) -> HTMLResponse:
    """For somebody who is not logged in."""
    shared: dict[str, Any] = {"who": None, "words": words, "said": "", "has_ended": False, "login": ""}
    name = f"can-bo/{template}.html.j2"
    return page(request, name, status_code=status_code, headers=PRIVATE, **{**shared, **values})


def resume(request: Request, address: str, late: Late, csrf: str) -> HTMLResponse:
    """What was typed before the login, to look at and to send again: nothing is done without that click."""
    shown = {words.TYPED[name]: value for name, value in late.fields.items() if name in words.TYPED and value.strip()}
    return page_at_the_door(request, "resume", address=address, late=late, shown=shown, csrf=csrf)
