"""A form that came too late: what was typed is kept, what cannot be kept is said, and nothing is done unasked."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.requests import Request

import bot.web
from bot.app import App
from bot.console.late import KEPT, KEPT_FILE, SECRET, Late, carried_in, is_from_us, opening
from bot.console.words import TYPED
from bot.web import build_web
from console_officer import PASSWORD, Officer, words_of
from knowledge.database import Database
from staff_people import PARKING, publish_faq
from web_app import MovingClock

Enter = Callable[[str], Officer]
SHEET = "/can-bo/hoi-dap/bang-tinh"
TEMPLATES = Path(bot.web.__file__).parent / "templates" / "can-bo"
FILE = {"tep": ("hỏi đáp tháng 11.xlsx", b"PK not much", "application/octet-stream")}


def hidden_in(text: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', text)}


def drafts(database: Database) -> int:
    with database.session() as session:
        return int(session.connection().exec_driver_sql("SELECT count(*) FROM faq_file").scalar_one())


@pytest.mark.parametrize("ended", ["the time is over", "the cookie was deleted"])
def test_a_chosen_file_is_named_again_after_the_login(enter: Enter, clock: MovingClock, ended: str) -> None:
    lan = enter("lan")
    csrf = lan.csrf
    if ended == "the time is over":
        clock.move(hours=3)
    else:
        lan.client.cookies.clear()
    late = lan.client.post(SHEET, data={"dau": csrf}, files=FILE, follow_redirects=False)
    assert late.status_code == 401
    assert "Riêng tệp thì bạn chọn lại" in words_of(late)
    entered = lan.log_in("lan", **{k: v for k, v in hidden_in(late.text).items() if k != "dau"})
    assert "Chọn lại tệp hỏi đáp tháng 11.xlsx" in words_of(entered)
    assert 'enctype="multipart/form-data"' in entered.text
    assert f'action="{SHEET}"' in entered.text
    sent = lan.client.post(SHEET, data=hidden_in(entered.text), files=FILE)
    assert "Tệp này không đọc được" in words_of(sent)  # it came to where files are read


def test_a_file_under_the_mark_of_another_session_is_asked_for_again(enter: Enter) -> None:
    lan = enter("lan")
    other = lan.client.post(SHEET, data={"dau": "0" * 32}, files=FILE)
    assert "Chọn lại tệp" in words_of(other)
    sent = lan.client.post(SHEET, data=hidden_in(other.text), files=FILE)
    assert "Tệp này không đọc được" in words_of(sent)


def test_a_form_whose_cookie_was_deleted_keeps_what_was_typed(enter: Enter, app: App) -> None:
    lan = enter("lan")
    typed = {"wordings": "gửi xe ở đâu", "answer": "Ở **cổng sau**.\n- tầng 1", "viec": "luu"}
    csrf = lan.csrf
    lan.client.cookies.clear()
    late = lan.client.post("/can-bo/hoi-dap/moi", data={"dau": csrf, **typed})
    entered = lan.log_in("lan", **hidden_in(late.text))
    assert entered.status_code == 200
    assert drafts(app.database) == 0  # nothing is done before the person says so
    sent = lan.client.post("/can-bo/hoi-dap/moi", data=hidden_in(entered.text), follow_redirects=False)
    assert sent.status_code == 303
    assert drafts(app.database) == 1


def test_a_wrong_password_on_the_way_loses_nothing(enter: Enter) -> None:
    door = enter("")
    late = door.client.post("/can-bo/hoi-dap/moi", data={"answer": "dài lắm"}, files=FILE)
    again = door.client.post("/can-bo/dang-nhap", data={**hidden_in(late.text), "ten": "lan", "mat_khau": "sai"})
    assert hidden_in(again.text) == hidden_in(late.text)


def test_a_button_that_came_late_is_to_be_pressed_again(enter: Enter, app: App) -> None:
    publish_faq(app.database, PARKING, app.clock())
    late = enter("").client.post("/can-bo/hoi-dap/1/duyet", data={"dau": "x", "ban": "1"})
    entered = enter("").log_in("hoa", **hidden_in(late.text))
    assert "Việc bạn vừa làm chưa được ghi" in words_of(entered)
    assert 'action="/can-bo/hoi-dap/1/duyet"' in entered.text
    assert hidden_in(entered.text)["ban"] == "1"


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/can-bo/dang-xuat", "/can-bo"),
        ("/can-bo/bao-cao/mau/rut", "/can-bo/bao-cao/mau"),
        ("/can-bo/hoi-dap/7/van-dung", "/can-bo/hoi-dap/7"),
        ("/can-bo/tai-khoan/hai-buoc/tat", "/can-bo/tai-khoan"),
    ],
)
def test_who_only_pressed_a_button_is_led_to_its_page(enter: Enter, path: str, page: str) -> None:
    door = enter("")
    late = door.client.post(path, data={"dau": "x"}, follow_redirects=False)
    assert "Phiên làm việc đã hết" in words_of(late)
    assert door.log_in("lan", **hidden_in(late.text)).headers["location"] == page


@pytest.mark.parametrize("name", sorted(SECRET))
def test_a_password_or_a_code_is_repeated_by_no_page(enter: Enter, name: str) -> None:
    late = enter("").client.post("/can-bo/tai-khoan/hai-buoc", data={name: PASSWORD, "answer": "x"})
    assert PASSWORD not in late.text
    lan = enter("lan")
    assert PASSWORD not in lan.client.post("/can-bo/tai-khoan/hai-buoc", data={name: PASSWORD, "dau": "x"}).text


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_what_another_site_sends_is_not_offered_for_sending_again(enter: Enter, site: str) -> None:
    """It would have an approver press a button in a stranger's name."""
    door, elsewhere = enter(""), {"sec-fetch-site": site}
    late = door.client.post("/can-bo/hoi-dap/1/duyet", data={"ban": "1"}, headers=elsewhere)
    assert "giu:" not in late.text
    data = {"ten": "hoa", "mat_khau": PASSWORD, "ve": "/can-bo/hoi-dap/1/duyet", "giu:ban": "1"}
    entered = door.client.post("/can-bo/dang-nhap", data=data, headers=elsewhere, follow_redirects=False)
    assert entered.status_code == 303


def test_the_page_that_was_wanted_opens_after_the_login_with_its_search(enter: Enter) -> None:
    door = enter("")
    asked = door.get("/can-bo/hoi-dap?q=gửi xe&trang=2", follow_redirects=False)
    form = door.get(asked.headers["location"])
    entered = door.log_in("lan", ve=hidden_in(form.text)["ve"])
    assert entered.headers["location"] == "/can-bo/hoi-dap?q=g%E1%BB%ADi%20xe&trang=2"


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/can-bo/hoi-dap/12/duyet", "/can-bo/hoi-dap/12"),
        ("/can-bo/cau-hoi/3/gop", "/can-bo/cau-hoi/3"),
        ("/can-bo/tu-ngu/1.001193", "/can-bo/tu-ngu/1.001193"),
        ("/can-bo/dang-xuat", "/can-bo"),
        ("/can-bo/khong/co/gi", "/can-bo"),
        ("/can-bo", "/can-bo"),
        ("/khac", "/can-bo"),
    ],
)
def test_the_nearest_page_above_a_form_opens(web: FastAPI, path: str, page: str) -> None:
    scope = {"type": "http", "method": "POST", "path": path, "headers": [], "query_string": b"", "app": web}
    assert opening(Request(scope)) == page


@pytest.fixture(scope="module")
def web(prepared: App) -> FastAPI:
    return build_web(prepared)


@pytest.mark.parametrize(
    ("said", "is_ours"),
    [("same-origin", True), ("none", True), ("", True), ("cross-site", False), ("same-site", False), ("x", False)],
)
def test_a_browser_says_where_a_form_comes_from(said: str, *, is_ours: bool) -> None:
    headers = [(b"sec-fetch-site", said.encode())] if said else []
    assert is_from_us(Request({"type": "http", "headers": headers})) is is_ours


def test_what_is_carried_comes_out_as_it_went_in() -> None:
    late = Late({"answer": "a\nb", "giu:x": "1", "": "y"}, {"tep": "a.xlsx"})
    assert carried_in(Request({"type": "http", "headers": []}), {**late.hidden, "ten": "lan"}) == late
    assert not Late()
    assert set(late.hidden) == {f"{KEPT}answer", f"{KEPT}giu:x", KEPT, f"{KEPT_FILE}tep"}


def test_everything_that_is_typed_has_a_name_on_the_page_of_what_was_kept() -> None:
    field = re.compile(r'<(textarea|input)((?:[^>"]|"[^"]*")*)>')
    names = set()
    for path in TEMPLATES.glob("*.j2"):
        text = re.sub(r'<form[^>]*method="get".*?</form>', "", path.read_text("utf-8"), flags=re.DOTALL)
        for _, attributes in field.findall(text):
            kind, name = (re.search(rf'\b{each}="([^"]+)"', attributes) for each in ("type", "name"))
            if name and (not kind or kind[1] in {"text", "datetime-local", "date"}):
                names.add(name[1])
    assert {"answer", "tin_nhan", "noi_dung"} & names
    names = {name for name in names if "{{" not in name} - SECRET - {"ten"}
    assert names <= set(TYPED), sorted(names - set(TYPED))


@pytest.mark.parametrize("path", ["/can-bo/hoi-dap/999", "/can-bo/khong-co", "/can-bo/cau-hoi/0"])
def test_what_is_not_there_leads_back_to_the_work(enter: Enter, path: str) -> None:
    missing = enter("lan").get(path)
    assert missing.status_code in {404, 422}
    assert 'href="/can-bo">Về việc hôm nay' in missing.text


def test_the_login_is_not_typed_twice(enter: Enter) -> None:
    assert 'name="ten" value="lan"' in enter("").log_in("lan", "sai").text
