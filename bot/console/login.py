"""Logging in and out. Attempts are slowed by login and by address; what was typed before comes along."""

import math

from anyio import to_thread
from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from bot.console.entering import COOKIE, HOME, KEPT, LOGIN, DeskOf, csrf_of, fields_of, login_page, resume, to
from bot.web.rate import client_of
from bot.web.site import Site, SiteOf
from bot.web.visitor import safe_return
from knowledge.staff.accounts import check_password
from knowledge.staff.sessions import close_session, open_session

LONGEST_LOGIN = 64  # letters; what is longer is nobody's

WRONG = "Tên đăng nhập hoặc mật khẩu chưa đúng."

router = APIRouter(include_in_schema=False)


@router.get(LOGIN)
def login_form(request: Request, ve: str = HOME) -> HTMLResponse:
    return login_page(request, back=_inside(ve), typed={})


@router.post(LOGIN)
async def log_in(request: Request, site: SiteOf) -> Response:
    return await to_thread.run_sync(_entered, request, site, await fields_of(request))


def _entered(request: Request, site: Site, fields: dict[str, str]) -> Response:
    back = _inside(fields.get("ve", HOME))
    typed = {name.removeprefix(KEPT): value for name, value in fields.items() if name.startswith(KEPT)}
    login = fields.get("ten", "").strip().lower()[:LONGEST_LOGIN]
    seconds = _to_wait(request, site, login)
    if seconds:
        problem = f"Thử nhiều lần quá. Bạn chờ {math.ceil(seconds)} giây rồi thử lại."
        return login_page(request, back=back, typed=typed, problem=problem, status_code=429)
    with site.app.database.session() as session:
        account = check_password(session, login, fields.get("mat_khau", ""))
        token = open_session(session, account, site.app.clock()) if account else ""
    if not token:
        return login_page(request, back=back, typed=typed, problem=WRONG, status_code=401)
    response: Response = resume(request, back, typed, csrf_of(token)) if typed else to(back)
    is_https = request.url.scheme == "https"
    response.set_cookie(COOKIE, token, path=HOME, httponly=True, samesite="strict", secure=is_https)
    return response


def _to_wait(request: Request, site: Site, login: str) -> float:
    address = client_of(request.client.host if request.client else "")
    return max(site.logins.take(f"{login} {address}"), site.addresses.take(address))


@router.post("/can-bo/dang-xuat")
def log_out(desk: DeskOf) -> Response:
    with desk.session() as session:
        close_session(session, desk.request.cookies.get(COOKIE, ""))
    response = to(LOGIN)
    response.delete_cookie(COOKIE, path=HOME)
    return response


def _inside(path: str) -> str:
    safe = safe_return(path)
    return safe if safe == HOME or safe.startswith(f"{HOME}/") else HOME
