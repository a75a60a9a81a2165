"""The officer's day in a real browser: on a phone and on a desk, with the mouse and with the keyboard alone."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.app import App
from bot.conversation.messages import Chat, Question
from bot.conversation.reply import reply_to
from browser_app import DESK, PHONE, served
from browser_officer import fits, log_in, picture, reach
from console_officer import PASSWORD
from knowledge.staff.accounts import add_account
from staff_people import HOA, LAN, MINH
from web_app import MovingClock, make_app

ASKED = "ở trung tâm có máy rút tiền không"
MINUTE = 60_000  # milliseconds: a look that was under way may have missed it, the next one follows
PATIENCE = 15_000  # milliseconds: a new index takes seconds on a busy machine

Open = Callable[..., Page]


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    built = make_app(tmp_path, MovingClock())
    with built.database.session() as session:
        for who in (LAN, HOA, MINH):
            add_account(session, who, PASSWORD, built.clock())
    for chat in ("a", "b"):
        reply_to(Question(text=ASKED, chat=Chat("web", chat), asked_at=built.clock()), built)
    yield built
    built.close()


@pytest.fixture
def open_page(chromium: Browser, app: App) -> Iterator[Open]:
    complaints: list[str] = []
    contexts = []
    with served(app) as address:

        def open_at(path: str, **options: Any) -> Page:
            context = chromium.new_context(base_url=address, locale="vi-VN", **options)
            context.set_default_timeout(PATIENCE)
            contexts.append(context)
            page = context.new_page()
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.goto(path)
            return page

        yield open_at
        for context in contexts:
            context.close()
    assert not complaints


@pytest.mark.parametrize(
    "options",
    [{"viewport": PHONE}, {"viewport": DESK}, {"viewport": PHONE, "java_script_enabled": False}],
    ids=["phone", "desk", "phone without script"],
)
def test_a_waiting_question_is_answered_approved_and_told_to_the_next_asker(
    open_page: Open, app: App, options: dict[str, Any]
) -> None:
    citizen = open_page("/", **options)
    ask(citizen, ASKED)
    lan = open_page("/can-bo", **options)
    log_in(lan, "lan")
    picture(lan, "can-bo-viec-hom-nay")
    lan.get_by_role("link", name=ASKED).click()
    lan.get_by_label("Câu trả lời").fill("Có, **hai máy** ở sảnh tầng 1.")
    picture(lan, "can-bo-cau-hoi")
    lan.get_by_role("button", name="Xem thử").click()
    expect(lan.locator("#xem-thu strong").first).to_have_text("hai máy")
    if options.get("java_script_enabled", True):
        assert fits(lan)
    lan.get_by_role("button", name="Gửi trả lời").click()
    expect(lan.get_by_role("status").first).to_contain_text("Đã gửi câu trả lời")
    citizen.reload()
    expect(citizen.locator("#moi-nhat .answer")).to_contain_text("Cán bộ trả lời câu hỏi của bạn")
    expect(citizen.locator("#moi-nhat strong")).to_have_text("hai máy")
    citizen.locator("#moi-nhat").scroll_into_view_if_needed()
    picture(citizen, "nguoi-dan-nhan-tra-loi", is_whole=False)
    hoa = open_page(lan.get_by_role("link", name="mục 1").get_attribute("href") or "", **options)
    log_in(hoa, "hoa")
    picture(hoa, "can-bo-duyet")
    hoa.get_by_role("button", name="Duyệt và dùng ngay").click()
    expect(hoa.get_by_role("status").first).to_contain_text("Đã duyệt")
    app.library.refresh(app.clock())
    other = open_page("/", **options)
    ask(other, "trung tâm có máy rút tiền không")
    expect(other.locator("#moi-nhat .answer")).to_contain_text("hai máy ở sảnh tầng 1")
    expect(other.locator("#moi-nhat .source")).to_contain_text("Thành phố Hải Phòng trả lời")


def ask(page: Page, text: str) -> None:
    page.get_by_label("Viết như nói chuyện").fill(text)
    page.get_by_role("button", name="Hỏi", exact=True).click()
    expect(page.locator("#moi-nhat .asked")).to_contain_text(text)


def test_staff_and_citizen_talk_while_both_pages_stay_open(open_page: Open) -> None:
    citizen, lan = open_page("/", viewport=PHONE), open_page("/can-bo", viewport=PHONE)
    ask(citizen, ASKED)
    log_in(lan, "lan")
    lan.get_by_role("link", name=ASKED).click()
    lan.get_by_text("Người dân đã hỏi").click()
    lan.get_by_role("button", name="Trò chuyện trực tiếp").first.click()
    lan.get_by_label("Bạn viết").fill("Bác cần rút loại thẻ nào ạ?")
    lan.get_by_role("button", name="Gửi").click()
    expect(lan.get_by_role("list").get_by_text("rút loại thẻ nào")).to_be_visible()
    assert fits(lan)
    citizen.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # as when one comes back to the page
    expect(citizen.locator(".turn.staff")).to_contain_text("rút loại thẻ nào", timeout=PATIENCE)
    ask(citizen, "thẻ ngân hàng bình thường")
    expect(citizen.locator("#moi-nhat .answer")).to_contain_text("đã chuyển cho cán bộ")
    assert fits(citizen)
    lan.get_by_label("Bạn viết").fill("Máy ở sảnh")
    lan.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(lan.get_by_text("thẻ ngân hàng bình thường")).to_be_visible(timeout=MINUTE)
    expect(lan.get_by_label("Bạn viết")).to_have_value("Máy ở sảnh")  # what is being typed is left alone
    picture(lan, "can-bo-tro-chuyen")
    lan.get_by_role("button", name="Gửi").click()
    expect(lan.locator(".talk > li.staff")).to_have_count(2)
    lan.get_by_role("button", name="Kết thúc").click()
    expect(lan.get_by_role("status").first).to_contain_text("Đã kết thúc")


def test_the_keyboard_alone_is_enough(open_page: Open) -> None:
    page = open_page("/can-bo/hoi-dap/moi", viewport=DESK)
    page.get_by_label("Tên đăng nhập").focus()
    page.keyboard.type("lan")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/can-bo/hoi-dap/moi")
    page.get_by_label("Người dân hỏi thế nào").focus()
    page.keyboard.type("gửi xe ở đâu")
    page.keyboard.press("Tab")
    page.keyboard.type("Ở cổng sau.")
    for _ in range(4):  # the procedures, the fold, then the button
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == "Lưu bản nháp":
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("gửi xe ở đâu")


def test_the_whole_day_needs_no_mouse(open_page: Open, app: App) -> None:
    lan = open_page("/can-bo", viewport=DESK)
    log_in_by_keyboard(lan, "lan")
    reach(lan, ASKED)
    lan.keyboard.press("Enter")
    lan.wait_for_url("**/can-bo/cau-hoi/*")
    reach(lan, "Câu trả lời")
    lan.keyboard.type("Có, hai máy ở sảnh tầng 1.")
    reach(lan, "Gửi trả lời")
    assert lan.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    lan.keyboard.press("Enter")
    expect(lan.get_by_role("status").first).to_contain_text("Đã gửi câu trả lời")
    hoa = open_page(lan.get_by_role("link", name="mục 1").get_attribute("href") or "", viewport=DESK)
    log_in_by_keyboard(hoa, "hoa")
    reach(hoa, "Duyệt và dùng ngay")
    hoa.keyboard.press("Enter")
    expect(hoa.get_by_role("status").first).to_contain_text("Đã duyệt")
    app.library.refresh(app.clock())
    citizen = open_page("/", viewport=DESK)
    reach(citizen, "Viết như nói chuyện")
    citizen.keyboard.type("trung tâm có máy rút tiền không")
    citizen.keyboard.press("Enter")
    expect(citizen.locator("#moi-nhat .answer")).to_contain_text("hai máy ở sảnh tầng 1")


def log_in_by_keyboard(page: Page, login: str) -> None:
    reach(page, "Tên đăng nhập")
    page.keyboard.type(login)
    reach(page, "Mật khẩu")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "dang-nhap" not in address)


def test_an_administrator_announces_and_switches_a_channel_off(open_page: Open) -> None:
    minh = open_page("/can-bo/van-hanh", viewport=PHONE)
    log_in(minh, "minh")
    minh.get_by_text("Đăng thông báo mới").click()
    minh.get_by_label("Nội dung").fill("Hệ thống bảo trì đến 22:00 tối nay, chưa nộp hồ sơ trực tuyến được.")
    minh.get_by_label("Đến lúc").fill("2026-11-22T22:00")
    minh.get_by_role("button", name="Đăng thông báo").click()
    expect(minh.get_by_role("status").first).to_contain_text("Đã đăng thông báo")
    citizen = open_page("/", viewport=PHONE)
    expect(citizen.get_by_role("status").first).to_contain_text("bảo trì đến 22:00")
    ask(citizen, "làm giấy khai sinh cho con")
    expect(citizen.locator("#moi-nhat .answer")).to_contain_text("bảo trì đến 22:00")
    picture(citizen, "nguoi-dan-thay-thong-bao", is_whole=False)
    minh.get_by_text("Tắt kênh này").first.click()
    minh.get_by_label("Lý do tắt Trang trò chuyện").fill("trả lời sai lệ phí")
    minh.get_by_role("button", name="Tắt Trang trò chuyện").click()
    expect(minh.get_by_text("minh tắt lúc")).to_contain_text("trả lời sai lệ phí")
    picture(minh, "can-bo-van-hanh")
    assert fits(minh)
    ask(citizen, "mất bao nhiêu tiền")
    expect(citizen.locator("#moi-nhat .answer")).to_contain_text("đang tạm ngừng")
    assert fits(citizen)
    minh.get_by_role("button", name="Bật lại Trang trò chuyện").click()
    expect(minh.get_by_role("status").first).to_contain_text("Đã bật lại kênh")
    ask(citizen, "đăng ký kết hôn")
    expect(citizen.locator("#moi-nhat .answer")).to_contain_text("Lệ phí")


def test_a_reply_is_copied_with_one_tap(open_page: Open) -> None:
    page = open_page("/can-bo/tra-loi-nhom", viewport=PHONE, permissions=["clipboard-read", "clipboard-write"])
    log_in(page, "lan")
    page.get_by_label("Dán tin nhắn").fill("lam giay khai sinh cho con can giay to gi")
    page.get_by_role("button", name="Trả lời ngắn").click()
    picture(page, "can-bo-tra-loi-nhom")
    page.get_by_role("button", name="Chép câu trả lời").click()
    expect(page.get_by_role("button", name="Đã chép")).to_be_visible()
    assert "khai sinh" in page.evaluate("navigator.clipboard.readText()")
    assert fits(page)
