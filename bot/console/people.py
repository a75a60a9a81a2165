"""For admins: the accounts they are responsible for, and the second step of one who lost his phone."""

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from bot.console.entering import Desk, DeskOf, to
from knowledge.staff.accounts import Account, BadAccountError, accounts
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
    login, reason = desk.field("ten"), " ".join(desk.field("ly_do").split())[:REASON_LETTERS]
    with desk.session() as session:
        known = {each.login for each in _own(desk, accounts(session))}
    if login not in known or login == desk.who.login:  # his own he turns off with a code
        raise HTTPException(404)
    if not reason:
        return _people_page(desk, "Bạn ghi lý do đặt lại.")
    try:
        with desk.session(writing=True) as session:
            turn_off(session, login, desk.act, reason)
    except BadAccountError:  # somebody was quicker
        return _people_page(desk, "Tài khoản này không bật đăng nhập hai bước.")
    return to(ADDRESS, "dat-lai")


def _own(desk: Desk, every: list[Account]) -> list[Account]:
    """An admin of a commune sees its accounts, the city's all; nobody else any."""
    if not desk.who.is_admin:
        raise HTTPException(404)
    return [each for each in every if desk.who.serves(each.commune)]
