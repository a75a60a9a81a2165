"""Logging in and out. Attempts are slowed by account and by address; what was typed before comes along."""

from anyio import to_thread
from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from bot.console.coming import Coming, inside
from bot.console.entering import DeskOf, fields_of, to
from bot.console.late import COOKIE, HOME, LOGIN, login_page
from bot.console.second_step import ask_for_code
from bot.web.site import SiteOf
from knowledge.staff.accounts import check_password
from knowledge.staff.second_factor import is_on
from knowledge.staff.sessions import close_session

WRONG = "Tên đăng nhập hoặc mật khẩu chưa đúng."

router = APIRouter(include_in_schema=False)


@router.get(LOGIN)
def login_form(request: Request, ve: str = HOME) -> HTMLResponse:
    return login_page(request, back=inside(ve))


@router.post(LOGIN)
async def log_in(request: Request, site: SiteOf) -> Response:
    return await to_thread.run_sync(_entered, Coming(request, site, await fields_of(request)))


def _entered(coming: Coming) -> Response:
    if problem := coming.to_wait(coming.login, coming.site.passwords):
        return coming.page("login", problem=problem, status_code=429)
    with coming.site.app.database.session() as session:
        account = check_password(session, coming.login, coming.fields.get("mat_khau", ""))
        has_second_step = account is not None and is_on(session, account.id)
    if account is None:
        return coming.page("login", problem=WRONG, status_code=401)
    return ask_for_code(coming, account.login) if has_second_step else coming.let_in(account)


@router.post("/can-bo/dang-xuat")
def log_out(desk: DeskOf) -> Response:
    with desk.session() as session:
        close_session(session, desk.request.cookies.get(COOKIE, ""))
    response = to(LOGIN)
    response.delete_cookie(COOKIE, path=HOME)
    return response
