"""One's own account: the second step of logging in, on and off."""

from fastapi import APIRouter
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from bot.console.entering import Desk, DeskOf, to
from bot.conversation.linking import code_of
from bot.web.qr import qr_svg
from knowledge.staff.accounts import Account, BadAccountError, account_of, check_password
from knowledge.staff.links import links_of
from knowledge.staff.second_factor import Vault, address_of, begin, confirm, is_on, passes, turn_off
from knowledge.staff.sessions import close_others

ADDRESS = "/can-bo/tai-khoan"
WRONG_PASSWORD = "Mật khẩu chưa đúng."  # noqa: S105  a sentence
WRONG_CODE = "Mã chưa đúng. Bạn xem giờ của điện thoại có đúng không, rồi gõ mã đang hiện."
TOO_OFTEN = "Thử nhiều lần quá. Bạn chờ một phút rồi thử lại."

router = APIRouter(prefix=ADDRESS, include_in_schema=False)


@router.get("")
def account_page(desk: DeskOf) -> HTMLResponse:
    return _account_page(desk)


def _account_page(desk: Desk, refused: str = "") -> HTMLResponse:
    app = desk.site.app
    with desk.session() as session:
        has_factor, links = is_on(session, _own(desk).id), links_of(session, desk.who.login)
    return desk.page(
        "account",
        status_code=400 if refused else 200,
        has_factor=has_factor,
        links=links,
        code=code_of(desk.who.login, app.secret, app.clock()),
        refused=refused,
    )


@router.post("/hai-buoc")
def begin_factor(desk: DeskOf) -> HTMLResponse:
    """A QR code for the app, shown this once; whoever only found the desk open lacks the password."""
    if refused := _too_often(desk):
        return _account_page(desk, refused)
    with desk.session() as session:
        account = check_password(session, desk.who.login, desk.field("mat_khau"))
    if account is None:
        return _account_page(desk, WRONG_PASSWORD)
    try:
        with desk.session(writing=True) as session:
            secret = begin(session, account, Vault(desk.site.app.secret))
    except BadAccountError:  # turned on in another window meanwhile
        return _account_page(desk)
    return _secret_page(desk, secret)


def _secret_page(desk: Desk, secret: str) -> HTMLResponse:
    address = address_of(secret, desk.who.login)
    grouped = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    return desk.page("factor_new", qr=qr_svg(address, "Mã QR cho ứng dụng xác thực"), secret=grouped, refused="")


@router.post("/hai-buoc/xac-nhan")
def confirm_factor(desk: DeskOf) -> HTMLResponse:
    if refused := _too_often(desk):
        return _again(desk, refused, 429)
    app = desk.site.app
    with desk.session(writing=True) as session:
        codes = confirm(session, _own(desk), desk.field("ma")[:100], Vault(app.secret), app.clock())
        if codes:
            close_others(session, desk.token)
    if not codes:
        return _again(desk, WRONG_CODE, 400)
    return desk.page("factor_codes", codes=codes)


def _again(desk: Desk, refused: str, status_code: int) -> HTMLResponse:
    """The field for the code alone: the secret is not shown a second time."""
    return desk.page("factor_new", status_code=status_code, qr=Markup(), secret="", refused=refused)


@router.post("/hai-buoc/tat")
def end_factor(desk: DeskOf) -> Response:
    if refused := _too_often(desk):
        return _account_page(desk, refused)
    app, account = desk.site.app, _own(desk)
    with desk.session(writing=True) as session:
        is_right = passes(session, account, desk.field("ma")[:100], Vault(app.secret), app.clock())
        if is_right:
            turn_off(session, account.login, desk.act)
    return to(ADDRESS, "tat-hai-buoc") if is_right else _account_page(desk, WRONG_CODE)


def _own(desk: Desk) -> Account:
    with desk.session() as session:
        account = account_of(session, desk.who.login)
    if account is None:
        raise BadAccountError(desk.who.login)
    return account


def _too_often(desk: Desk) -> str:
    """Guessing at an open desk is as slow as at the door."""
    return TOO_OFTEN if desk.site.logins.take(f"own {desk.who.login}") else ""
