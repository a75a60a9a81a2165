"""The second step of logging in: who gave the right password and has an app is asked for its code."""

from datetime import UTC, datetime, timedelta

from anyio import to_thread
from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from bot.console.coming import Coming
from bot.console.entering import fields_of
from bot.console.late import HOME, LOGIN, login_page
from bot.web.seal import Seal
from bot.web.site import SiteOf
from knowledge.staff.accounts import Account, account_of
from knowledge.staff.second_factor import Vault, passes

ADDRESS = f"{LOGIN}/ma"
TICKET = "second-step"  # what is sealed for the way between both pages begins with it
MINUTES = timedelta(minutes=5)  # from the password to the code

WRONG = "Mã chưa đúng, đã dùng rồi hoặc đã hết giờ. Bạn đợi mã mới rồi thử lại."
LATE = "Đã quá 5 phút từ lúc nhập mật khẩu. Bạn đăng nhập lại."

router = APIRouter(include_in_schema=False)


def ask_for_code(coming: Coming, login: str) -> HTMLResponse:
    sealed = coming.site.seal.close(f"{TICKET} {login} {int(coming.site.app.clock().timestamp())}")
    return coming.page("second_step", ticket=sealed)


@router.get(ADDRESS)
def code_form(request: Request) -> HTMLResponse:
    """Only a password leads to it."""
    return login_page(request, back=HOME)


@router.post(ADDRESS)
async def give_code(request: Request, site: SiteOf) -> Response:
    return await to_thread.run_sync(_entered, Coming(request, site, await fields_of(request)))


def _entered(coming: Coming) -> Response:
    sealed, site = coming.fields.get("phieu", ""), coming.site
    login = login_in(sealed, site.seal, site.app.clock())
    if not login:
        return coming.page("login", problem=LATE, status_code=401)
    if problem := coming.to_wait(login, site.codes):
        return coming.page("second_step", ticket=sealed, problem=problem, status_code=429)
    account = _who_passed(coming, login)
    if account is None:
        return coming.page("second_step", ticket=sealed, problem=WRONG, status_code=401)
    return coming.let_in(account)


def _who_passed(coming: Coming, login: str) -> Account | None:
    app = coming.site.app
    with app.database.session(writing=True) as session:
        account = account_of(session, login)
        if account is None or not account.is_active:
            return None
        is_right = passes(session, account, coming.fields.get("ma", "")[:100], Vault(app.secret), app.clock())
    return account if is_right else None


def login_in(sealed: str, seal: Seal, now: datetime) -> str:
    """Whose password was right a moment ago, "" for a ticket that is not ours or too old."""
    match (seal.open(sealed) or "").split(" "):
        case [mark, login, at] if mark == TICKET and at.isdigit():
            is_fresh = timedelta(0) <= now - datetime.fromtimestamp(int(at), UTC) <= MINUTES
            return login if is_fresh else ""
    return ""
