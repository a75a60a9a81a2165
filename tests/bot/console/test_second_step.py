"""The second step at the door of the console, as staff and as somebody with a stolen password meet it."""

import re
from collections.abc import Callable

import httpx
import pyotp
import pytest

from bot.app import App
from bot.console.second_step import login_in
from bot.web.seal import Seal
from console_officer import Officer, words_of
from knowledge.staff.accounts import OPERATOR, Act, Role
from knowledge.staff.audit import Deed, notes
from knowledge.staff.leaving import change_role, disable_account
from web_app import MovingClock

Enter = Callable[[str], Officer]
PASSWORD = "một câu dài dễ nhớ"
MINE, PEOPLE = "/can-bo/tai-khoan", "/can-bo/nhan-vien"


def turn_on(officer: Officer, clock: MovingClock) -> tuple[pyotp.TOTP, list[str]]:
    """The app on the phone, and the codes on paper; a minute later."""
    page = officer.send(f"{MINE}/hai-buoc", mat_khau=PASSWORD)
    secret = re.search(r'class="secret">([A-Z2-7 ]+)<', page.text)
    assert secret
    totp = pyotp.TOTP(secret[1].replace(" ", ""))
    done = officer.send(f"{MINE}/hai-buoc/xac-nhan", ma=totp.at(clock()))
    clock.move(minutes=1)
    return totp, re.findall(r"<code>([A-Z0-9-]+)</code>", done.text)


def ticket_of(response: httpx.Response) -> str:
    found = re.search(r'name="phieu" value="([^"]+)"', response.text)
    assert found
    return found[1]


def give(door: Officer, ticket: str, code: str, **fields: str) -> httpx.Response:
    data = {"phieu": ticket, "ma": code, **fields}
    return door.client.post("/can-bo/dang-nhap/ma", data=data, follow_redirects=False)


def test_with_the_second_step_a_password_alone_opens_nothing(enter: Enter, clock: MovingClock) -> None:
    totp, _ = turn_on(enter("lan"), clock)
    door = enter("")
    asked = door.log_in("lan")
    assert asked.status_code == 200
    assert "set-cookie" not in asked.headers
    assert door.get("/can-bo", follow_redirects=False).status_code == 303
    entered = give(door, ticket_of(asked), totp.at(clock()))
    assert (entered.status_code, entered.headers["location"]) == (303, "/can-bo")
    assert door.get("/can-bo").status_code == 200


def test_a_code_that_was_used_is_refused_the_second_time(enter: Enter, clock: MovingClock) -> None:
    totp, _ = turn_on(enter("lan"), clock)
    door, thief = enter(""), enter("")
    code = totp.at(clock())
    assert give(door, ticket_of(door.log_in("lan")), code).status_code == 303
    refused = give(thief, ticket_of(thief.log_in("lan")), code)
    assert refused.status_code == 401
    assert "đã dùng rồi" in words_of(refused)


def test_a_recovery_code_opens_in_place_of_the_phone(enter: Enter, clock: MovingClock) -> None:
    _, codes = turn_on(enter("lan"), clock)
    door = enter("")
    assert give(door, ticket_of(door.log_in("lan")), codes[0].lower()).status_code == 303


def test_guessing_codes_is_slowed(enter: Enter, clock: MovingClock) -> None:
    totp, _ = turn_on(enter("lan"), clock)
    door = enter("")
    ticket = ticket_of(door.log_in("lan"))
    wrong = f"{(int(totp.at(clock())) + 500_000) % 1_000_000:06}"
    assert [give(door, ticket, wrong).status_code for _ in range(6)] == [401] * 5 + [429]
    assert give(door, ticket, totp.at(clock())).status_code == 429


@pytest.mark.parametrize("minutes", [6, 60])
def test_the_password_counts_for_five_minutes(enter: Enter, clock: MovingClock, minutes: int) -> None:
    totp, _ = turn_on(enter("lan"), clock)
    door = enter("")
    ticket = ticket_of(door.log_in("lan"))
    clock.move(minutes=minutes)
    late = give(door, ticket, totp.at(clock()))
    assert late.status_code == 401
    assert "đăng nhập lại" in words_of(late)


@pytest.mark.parametrize("ticket", ["", "second-step hoa 1", "x" * 1000, "second-step lan 1.0000", "\u1ee9.\u1ee9"])
def test_a_forged_ticket_is_none(enter: Enter, clock: MovingClock, ticket: str) -> None:
    totp, _ = turn_on(enter("lan"), clock)
    assert give(enter(""), ticket, totp.at(clock())).status_code == 401


def test_what_else_we_sealed_is_no_ticket(clock: MovingClock) -> None:
    seal = Seal(b"for tests")
    assert login_in(seal.close("lan"), seal, clock()) == ""
    assert login_in(seal.close("second-step lan x"), seal, clock()) == ""
    assert login_in(seal.close(f"second-step lan {int(clock().timestamp()) + 99}"), seal, clock()) == ""
    assert login_in(seal.close(f"second-step lan {int(clock().timestamp())}"), seal, clock()) == "lan"


def test_a_ticket_of_one_account_does_not_take_another_s_code(enter: Enter, clock: MovingClock) -> None:
    turn_on(enter("lan"), clock)
    totp, _ = turn_on(enter("hoa"), clock)
    door = enter("")
    assert give(door, ticket_of(door.log_in("lan")), totp.at(clock())).status_code == 401


def test_an_account_closed_between_both_steps_stays_closed(enter: Enter, clock: MovingClock, app: App) -> None:
    totp, _ = turn_on(enter("lan"), clock)
    door = enter("")
    ticket = ticket_of(door.log_in("lan"))
    with app.database.session() as session:
        disable_account(session, "lan", Act(OPERATOR, clock()))
    assert give(door, ticket, totp.at(clock())).status_code == 401


def test_what_was_typed_before_the_session_ended_comes_through_both_steps(enter: Enter, clock: MovingClock) -> None:
    totp, _ = turn_on(enter("lan"), clock)
    door = enter("")
    asked = door.log_in("lan", ve="/can-bo/hoi-dap/moi", **{"giu:answer": "Đã gõ."})
    assert 'name="giu:answer" value="Đã gõ."' in asked.text
    entered = give(door, ticket_of(asked), totp.at(clock()), ve="/can-bo/hoi-dap/moi", **{"giu:answer": "Đã gõ."})
    assert entered.status_code == 200
    assert "Đã gõ." in words_of(entered)


def test_turning_it_on_asks_for_the_password_and_logs_other_browsers_out(enter: Enter, clock: MovingClock) -> None:
    here, elsewhere = enter("lan"), enter("lan")
    refused = here.send(f"{MINE}/hai-buoc", mat_khau="sai")
    assert refused.status_code == 400
    assert "Mật khẩu chưa đúng" in words_of(refused)
    turn_on(here, clock)
    assert here.get("/can-bo", follow_redirects=False).status_code == 200
    assert elsewhere.get("/can-bo", follow_redirects=False).status_code == 303


def test_a_wrong_first_code_turns_nothing_on_and_shows_no_secret_again(enter: Enter) -> None:
    lan = enter("lan")
    page = lan.send(f"{MINE}/hai-buoc", mat_khau=PASSWORD)
    assert "<svg" in page.text
    wrong = lan.send(f"{MINE}/hai-buoc/xac-nhan", ma="00")
    assert wrong.status_code == 400
    assert 'class="secret"' not in wrong.text
    assert "Đang tắt" in words_of(lan.get(MINE))


def test_it_is_turned_off_with_a_code_alone(enter: Enter, clock: MovingClock) -> None:
    lan = enter("lan")
    totp, _ = turn_on(lan, clock)
    assert lan.send(f"{MINE}/hai-buoc/tat", ma="00").status_code == 400
    assert "Đang bật" in words_of(lan.get(MINE))
    assert lan.send(f"{MINE}/hai-buoc/tat", ma=totp.at(clock())).status_code == 303
    assert enter("").log_in("lan").status_code == 303


def test_an_admin_resets_it_with_a_reason(enter: Enter, clock: MovingClock, app: App) -> None:
    turn_on(enter("lan"), clock)
    minh = enter("minh")
    assert "đăng nhập hai bước" in words_of(minh.get("/can-bo/nhan-vien"))
    assert "ghi lý do" in words_of(minh.send("/can-bo/nhan-vien/dat-lai", ten="lan", ly_do=" "))
    assert minh.send("/can-bo/nhan-vien/dat-lai", ten="lan", ly_do="mất điện thoại").status_code == 303
    assert minh.send("/can-bo/nhan-vien/dat-lai", ten="lan", ly_do="lần nữa").status_code == 400
    with app.database.session() as session:
        assert notes(session, "staff-lan")[0].deed is Deed.FACTOR_RESET
    assert enter("").log_in("lan").status_code == 303


@pytest.mark.parametrize("login", ["lan", "hoa", "nga"])
def test_nobody_but_admins_sees_accounts_or_resets(enter: Enter, login: str) -> None:
    officer = enter(login)
    assert officer.get("/can-bo/nhan-vien").status_code == 404
    assert officer.send("/can-bo/nhan-vien/dat-lai", ten="minh", ly_do="x").status_code == 404


@pytest.mark.parametrize("login", ["minh", "ai-do", ""])
def test_an_admin_resets_neither_his_own_nor_nobody_s(enter: Enter, login: str) -> None:
    assert enter("minh").send("/can-bo/nhan-vien/dat-lai", ten=login, ly_do="x").status_code == 404


def test_an_admin_closes_an_account_at_once_with_a_reason(enter: Enter, app: App) -> None:
    minh, lan = enter("minh"), enter("lan")
    assert "Khóa Lan" in words_of(minh.get(PEOPLE))
    assert "ghi lý do khóa" in words_of(minh.send(f"{PEOPLE}/khoa", ten="lan", ly_do=" "))
    assert minh.send(f"{PEOPLE}/khoa", ten="lan", ly_do="chuyển công tác").headers["location"].endswith("xong=khoa")
    assert lan.get("/can-bo", follow_redirects=False).status_code == 303
    assert "đã khóa" in words_of(minh.get(PEOPLE))
    with app.database.session() as session:
        note = notes(session, "staff-lan")[0]
        assert (note.deed, note.who, note.after) == (Deed.STAFF_DISABLED, "minh", "chuyển công tác")
    assert minh.send(f"{PEOPLE}/khoa", ten="lan", ly_do="lần nữa").status_code == 404


@pytest.mark.parametrize("login", ["minh", "ai-do", ""], ids=["his own", "nobody", "no login"])
def test_an_admin_closes_neither_his_own_nor_nobody_s(enter: Enter, login: str) -> None:
    assert enter("minh").send(f"{PEOPLE}/khoa", ten=login, ly_do="x").status_code == 404


def test_an_admin_of_a_commune_closes_its_accounts_alone(enter: Enter, app: App) -> None:
    with app.database.session(writing=True) as session:
        change_role(session, "nga", Role.ADMIN, Act(OPERATOR, app.clock()))
    nga = enter("nga")
    assert nga.send(f"{PEOPLE}/khoa", ten="lan", ly_do="x").status_code == 404
    with app.database.session(writing=True) as session:
        change_role(session, "lan", Role.ADMIN, Act(OPERATOR, app.clock()))
    assert enter("lan").send(f"{PEOPLE}/khoa", ten="nga", ly_do="nghỉ việc").status_code == 303
