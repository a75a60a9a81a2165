"""Reports in a real browser: on a phone and a desk, followed to their rows, judged, and with the keyboard alone."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from browser_app import DESK, PATIENCE, PHONE, served
from browser_officer import fits, no_picture, picture
from console_officer import PASSWORD
from knowledge.staff.accounts import add_account
from report_rows import entry, put_dossiers, put_turns, random_turns, turn
from staff_people import LAN, WARD
from web_app import MovingClock, make_app

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A month of turns, some dossiers and a complaint, in a server of their own."""
    app = make_app(tmp_path_factory.mktemp("reports"), MovingClock())
    with app.database.session() as session:
        add_account(session, LAN, PASSWORD, app.clock())
    put_turns(app.database, random_turns(400))
    put_turns(app.database, [turn(question="bãi rác đầu ngõ bốc mùi hôi thối", ending="complaint", commune=WARD)])
    ends = (
        {"finished": "2026-11-09", "status": 9},
        {"finished": "2026-11-12", "status": 10},
        {},
        {"due": "2026-12-01"},
    )
    put_dossiers(app.database, *(entry(at, **ends[at % len(ends)]) for at in range(1, 20)))
    with served(app) as found:
        yield found
    app.close()


@pytest.fixture
def open_page(chromium: Browser, address: str) -> Iterator[Open]:
    complaints: list[str] = []
    contexts = []

    def open_at(path: str, **options: Any) -> Page:
        context = chromium.new_context(base_url=address, locale="vi-VN", **options)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.goto(path)
        page.get_by_label("Tên đăng nhập").fill("lan")
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập").click()
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert not [each for each in complaints if "401" not in each]


@pytest.mark.parametrize(
    "options",
    [
        {"viewport": DESK},
        {"viewport": PHONE},
        {"viewport": PHONE, "java_script_enabled": False},
    ],
    ids=["desk, dark", "phone", "phone without script"],
)
def test_a_report_is_read_followed_to_its_rows_and_judged(open_page: Open, options: dict[str, Any]) -> None:
    has_script = options.get("java_script_enabled", True)
    take = picture if options == {"viewport": PHONE} else no_picture
    page = open_page("/can-bo/bao-cao", **options)
    expect(page.get_by_role("heading", level=2).first).to_have_text("Tháng 11/2026, Toàn thành phố")
    expect(page.get_by_role("img", name="Lượt hỏi theo thời gian")).to_be_visible()
    take(page, "can-bo-bao-cao", is_whole=False)
    assert not has_script or fits(page)
    page.get_by_role("row", name="Chưa trả lời được").first.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Chưa trả lời được")
    assert not has_script or fits(page)
    page.get_by_role("link", name="Báo cáo").last.click()
    page.get_by_role("link", name="Chấm mẫu").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Chấm mẫu")
    if page.get_by_role("button", name="Rút").count():  # drawn once for everybody
        page.get_by_role("button", name="Rút").click()
    page.get_by_role("radio", name="Đúng").first.check()
    page.get_by_role("button", name="Lưu kết quả chấm").click()
    expect(page.get_by_role("status")).to_contain_text("Đã lưu kết quả chấm")
    take(page, "can-bo-cham-mau", is_whole=False)
    assert not has_script or fits(page)


def test_the_report_of_another_period_is_chosen_and_taken_home(open_page: Open) -> None:
    page = open_page("/can-bo/bao-cao", viewport=DESK)
    page.get_by_text("Chọn kỳ hoặc nơi khác").click()
    page.get_by_label("Kỳ", exact=True).select_option("quarter")
    page.get_by_label("Nơi", exact=True).select_option(WARD)
    page.get_by_role("button", name="Xem").click()
    expect(page.get_by_role("heading", level=2).first).to_contain_text("Quý IV/2026, Phường")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Tải XLSX").click()
    assert taken.value.suggested_filename == f"bao-cao-2026-Q4-{WARD}.xlsx"


def test_a_petition_is_noted_with_the_keyboard_alone(open_page: Open) -> None:
    page = open_page("/can-bo/phan-anh", viewport=PHONE)
    page.get_by_role("link", name="bãi rác đầu ngõ").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("radio", name="Chưa xử lý")).to_be_checked()
    picture(page, "can-bo-phan-anh", is_whole=False)
    page.get_by_role("radio", name="Chưa xử lý").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("Đã chuyển phòng kinh tế, PAKN số 5")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Đã ghi kết quả phản ánh")
    expect(page.get_by_role("radio", name="Đã chuyển")).to_be_checked()
    assert fits(page)
