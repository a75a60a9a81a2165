"""The officer's day in a real browser: on a phone and on a desk, with the mouse and with the keyboard alone."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.app import App
from bot.conversation.messages import Chat, Question
from bot.conversation.reply import reply_to
from browser_app import DESK, PATIENCE, PHONE, served
from browser_officer import fits, log_in, no_picture, picture, reach
from console_app import copy_of
from console_officer import PASSWORD
from knowledge.staff.accounts import add_account
from staff_people import HOA, LAN, MINH
from web_app import MovingClock, make_app

ASKED = "ở trung tâm có máy rút tiền không"
ANSWER = "Có, hai máy ở sảnh tầng 1."
BY_PHONE, BY_DESK = {"viewport": PHONE}, {"viewport": DESK}
SECONDS = 60  # until an approved entry answers, on a machine with ten others at work; alone it is at once

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """A question that two citizens asked waits; made once, as an index takes its time."""
    built = make_app(tmp_path_factory.mktemp("officer"), MovingClock())
    with built.database.session() as session:
        for who in (LAN, HOA, MINH):
            add_account(session, who, PASSWORD, built.clock())
    for chat in ("a", "b"):
        reply_to(Question(text=ASKED, chat=Chat("web", chat), asked_at=built.clock()), built)
    yield built
    built.close()


@pytest.fixture
def app(made: App, tmp_path: Path) -> Iterator[App]:
    with copy_of(made, tmp_path, MovingClock()) as copied:
        yield copied


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
    ("options", "is_pictured"),
    [(BY_PHONE, True), (BY_DESK, False), ({"viewport": PHONE, "java_script_enabled": False}, False)],
    ids=["phone", "desk", "phone without script"],
)
def test_a_waiting_question_is_answered_approved_and_told_to_the_next_asker(
    open_page: Open, options: dict[str, Any], *, is_pictured: bool
) -> None:
    take, has_script = picture if is_pictured else no_picture, options.get("java_script_enabled", True)
    citizen = open_page("/", **options)
    ask(citizen, ASKED)
    lan = open_page("/can-bo", **options)
    log_in(lan, "lan")
    expect(lan.get_by_role("link", name=ASKED)).to_be_visible()
    take(lan, "can-bo-viec-hom-nay")
    lan.get_by_role("link", name=ASKED).click()
    lan.get_by_label("Câu trả lời").fill("Có, **hai máy** ở sảnh tầng 1.")
    take(lan, "can-bo-cau-hoi")
    lan.get_by_role("button", name="Xem thử").click()
    expect(lan.locator("#xem-thu strong").first).to_have_text("hai máy")
    assert not has_script or fits(lan)
    lan.get_by_role("button", name="Gửi trả lời").click()
    expect(lan.get_by_role("status").first).to_contain_text("Đã gửi câu trả lời")
    citizen.reload()
    expect(citizen.locator("#moi-nhat .answer")).to_contain_text("Cán bộ trả lời câu hỏi của bạn")
    expect(citizen.locator("#moi-nhat strong")).to_have_text("hai máy")
    citizen.locator("#moi-nhat").scroll_into_view_if_needed()
    take(citizen, "nguoi-dan-nhan-tra-loi", is_whole=False)
    hoa = open_page(entry_of(lan), **options)
    log_in(hoa, "hoa")
    expect(hoa.get_by_role("button", name="Duyệt và dùng ngay")).to_be_visible()
    take(hoa, "can-bo-duyet")
    assert not has_script or fits(hoa)
    hoa.get_by_role("button", name="Duyệt và dùng ngay").click()
    expect(hoa.get_by_role("status").first).to_contain_text("Đã duyệt")
    other = open_page("/", **options)
    ask_until_told(other, "trung tâm có máy rút tiền không", ANSWER.removeprefix("Có, "))
    expect(other.locator("#moi-nhat .source")).to_contain_text("Thành phố Hải Phòng trả lời")


def entry_of(page: Page) -> str:
    """The address of the draft that an answer became."""
    return page.get_by_role("link", name="mục 1").get_attribute("href") or ""


def ask(page: Page, text: str) -> None:
    """And wait for the answer: a question that comes before it is not sent."""
    turns = page.locator("article.turn:not(.staff)")
    before = turns.count()
    page.get_by_label("Viết như nói chuyện").fill(text)
    page.get_by_role("button", name="Hỏi", exact=True).click()
    expect(turns).to_have_count(before + 1)
    expect(page.locator("#moi-nhat .asked")).to_contain_text(text)


def ask_until_told(page: Page, text: str, told: str) -> None:
    """Nobody tells the product to look for what was approved. It has it at once, unless the machine is very busy."""
    deadline = time.monotonic() + SECONDS
    ask(page, text)
    while told not in page.locator("#moi-nhat .answer").inner_text() and time.monotonic() < deadline:
        ask(page, text)
    expect(page.locator("#moi-nhat .answer")).to_contain_text(told)


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
    expect(citizen.locator(".turn.staff")).to_contain_text("rút loại thẻ nào")
    ask(citizen, "thẻ ngân hàng bình thường")
    expect(citizen.locator("#moi-nhat .answer")).to_contain_text("đã chuyển cho cán bộ")
    assert fits(citizen)
    lan.get_by_label("Bạn viết").fill("Máy ở sảnh")
    lan.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(lan.get_by_text("thẻ ngân hàng bình thường")).to_be_visible()
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
    expect(page.get_by_role("button", name="Lưu bản nháp")).to_be_visible()
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


@pytest.mark.parametrize("options", [BY_PHONE, BY_DESK], ids=["phone", "desk"])
def test_the_whole_day_needs_no_mouse(open_page: Open, options: dict[str, Any]) -> None:
    lan = open_page("/can-bo", **options)
    log_in_by_keyboard(lan, "lan")
    reach(lan, ASKED)
    lan.keyboard.press("Enter")
    expect(lan.get_by_label("Câu trả lời")).to_be_visible()
    reach(lan, "Câu trả lời")
    lan.keyboard.type(ANSWER)
    reach(lan, "Gửi trả lời")
    assert lan.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    lan.keyboard.press("Enter")
    expect(lan.get_by_role("status").first).to_contain_text("Đã gửi câu trả lời")
    hoa = open_page(entry_of(lan), **options)
    log_in_by_keyboard(hoa, "hoa")
    reach(hoa, "Duyệt và dùng ngay")
    hoa.keyboard.press("Enter")
    expect(hoa.get_by_role("status").first).to_contain_text("Đã duyệt")
    citizen = open_page("/", **options)
    reach(citizen, "Viết như nói chuyện")
    deadline = time.monotonic() + SECONDS
    told = citizen.locator("article.turn")
    while not told.filter(has_text=ANSWER).count() and time.monotonic() < deadline:
        before = told.count()
        citizen.keyboard.type("trung tâm có máy rút tiền không")
        citizen.keyboard.press("Enter")
        expect(told).to_have_count(before + 1)
    expect(citizen.locator("#moi-nhat .answer")).to_contain_text(ANSWER)


def log_in_by_keyboard(page: Page, login: str) -> None:
    expect(page.get_by_role("button", name="Đăng nhập")).to_be_visible()
    reach(page, "Tên đăng nhập")
    page.keyboard.type(login)
    reach(page, "Mật khẩu")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Đăng xuất")).to_be_visible()


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
    minh.get_by_role("link", name="Nhật ký").click()
    minh.get_by_text("Lọc").first.click()
    minh.get_by_label("Việc gì").select_option("tắt kênh")
    minh.get_by_role("button", name="Lọc").click()
    expect(minh.get_by_role("status")).to_have_text("1 việc, mới nhất ở trên.")
    minh.locator(".history summary").click()
    expect(minh.locator(".history")).to_contain_text("trả lời sai lệ phí")
    assert fits(minh)
    picture(minh, "can-bo-nhat-ky")


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
