"""For admins: the accounts they are responsible for; one who lost his phone, one who left."""

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from bot.console.entering import Desk, DeskOf, to
from bot.console.words import REFUSED
from knowledge.staff.accounts import Account, BadAccountError, accounts
from knowledge.staff.leaving import LastAdminError, disable_account
from knowledge.staff.second_factor import logins_with_factor, turn_off

ADDRESS = "/can-bo/nhan-vien"
REASON_LETTERS = 300

router = APIRouter(prefix=ADDRESS, include_in_schema=False)


@router.get("")
def people_page(desk: DeskOf) -> HTMLResponse:
    return _people_page(desk)


def _people_page(desk: Desk, refused: str = "") -> HTMLResponse:
    with desk.session() as session:
        found, with_factor = _own(desk, accounts(session)), logins_with_factor(session)
    return desk.page(
        "people", status_code=400 if refused else 200, found=found, with_factor=with_factor, refused=refused
    )


@router.post("/dat-lai")
def reset_factor(desk: DeskOf) -> Response:
    login, reason = _asked(desk)
    if not reason:
        return _people_page(desk, "Bạn ghi lý do đặt lại.")
    try:
        with desk.session(writing=True) as session:
            turn_off(session, login, desk.act, reason)
    except BadAccountError:  # somebody was quicker
        return _people_page(desk, "Tài khoản này không bật đăng nhập hai bước.")
    return to(ADDRESS, "dat-lai")


@router.post("/khoa")
def close_account(desk: DeskOf) -> Response:
    """At once, as a stolen phone or an angry leaver wants it; opened again with a new password at the server."""
    login, reason = _asked(desk)
    if not reason:
        return _people_page(desk, "Bạn ghi lý do khóa.")
    try:
        with desk.session(writing=True) as session:
            disable_account(session, login, desk.act, reason)
    except LastAdminError as error:
        return _people_page(desk, REFUSED[type(error).__name__])
    desk.site.app.orders.forget()  # the assistant answers again where he was talking
    return to(ADDRESS, "khoa")


def _asked(desk: Desk) -> tuple[str, str]:
    """Whose account, and why. One's own is closed by somebody else, its second step turned off with a code."""
    login, reason = desk.field("ten"), " ".join(desk.field("ly_do").split())[:REASON_LETTERS]
    with desk.session() as session:
        known = {each.login for each in _own(desk, accounts(session)) if each.is_active}
    if login not in known - {desk.who.login}:
        raise HTTPException(404)
    return login, reason


def _own(desk: Desk, every: list[Account]) -> list[Account]:
    """An admin of a commune sees its accounts, the city's all; nobody else any."""
    if not desk.who.is_admin:
        raise HTTPException(404)
    return [each for each in every if desk.who.serves(each.commune)]
