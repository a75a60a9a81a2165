"""What an officer does besides waiting questions, in a real browser: second step, trial run, words, comparing."""

from collections.abc import Callable, Iterator
from typing import Any

import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect

from bot.app import App
from bot.conversation.messages import Chat, Question
from bot.conversation.reply import reply_to
from browser_app import DESK, PATIENCE, PHONE, served
from browser_officer import fits, log_in, no_picture, picture
from console_officer import PASSWORD
from knowledge.staff.accounts import add_account
from staff_people import HOA, LAN, MINH, PARKING, publish_faq
from web_app import MovingClock, make_app

Open = Callable[..., Page]
BY_PHONE, BY_DESK = {"viewport": PHONE}, {"viewport": DESK}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    built = make_app(tmp_path_factory.mktemp("desk"), MovingClock())
    with built.database.session() as session:
        for who in (LAN, HOA, MINH):
            add_account(session, who, PASSWORD, built.clock())
    publish_faq(built.database, PARKING, built.clock())
    for text in ("trung tâm có máy rút tiền không", "xin giấy chim én ở đâu"):
        reply_to(Question(text=text, chat=Chat("web", text), asked_at=built.clock()), built)
    built.library.refresh(built.clock())
    yield built
    built.close()


@pytest.fixture(scope="module")
def server(app: App) -> Iterator[str]:
    with served(app) as address:
        yield address


@pytest.fixture
def open_page(chromium: Browser, server: str) -> Iterator[Open]:
    complaints: list[str] = []
    contexts = []

    def open_at(path: str, login: str = "", **options: Any) -> Page:
        context = chromium.new_context(base_url=server, locale="vi-VN", **{**BY_PHONE, **options})
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        if login:
            log_in(page, login)
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert not complaints


def test_the_second_step_is_turned_on_used_and_turned_off_on_a_phone(open_page: Open, app: App) -> None:
    page = open_page("/can-bo", "minh")
    page.get_by_role("link", name="Minh").click()
    page.get_by_label("Mật khẩu của bạn").fill(PASSWORD)
    page.get_by_role("button", name="Bật đăng nhập hai bước").click()
    expect(page.locator("svg.qr")).to_be_visible()
    assert fits(page)
    totp = pyotp.TOTP(page.locator(".secret").inner_text().replace(" ", ""))
    page.get_by_label("Mã 6 số").fill(totp.at(app.clock()))
    page.get_by_role("button", name="Xác nhận").click()
    expect(page.locator(".codes code")).to_have_count(8)
    recovery = page.locator(".codes code").first.inner_text()
    assert fits(page)
    door = open_page("/can-bo", "minh")
    expect(door.get_by_label("Mã 6 số")).to_be_focused()
    picture(door, "can-bo-hai-buoc")
    door.keyboard.type(recovery)
    door.keyboard.press("Enter")
    expect(door.get_by_role("heading", level=1)).to_have_text("Việc hôm nay")
    door.goto("/can-bo/tai-khoan")
    app.clock.move(minutes=1)  # type: ignore[attr-defined]  the clock of these tests moves
    door.get_by_label("Mã 6 số đang hiện").fill(totp.at(app.clock()))
    door.get_by_role("button", name="Tắt đăng nhập hai bước").click()
    expect(door.get_by_role("status").first).to_contain_text("Đã tắt")


@pytest.mark.parametrize("options", [BY_PHONE, BY_DESK], ids=["phone", "desk"])
def test_an_entry_is_tried_out_before_it_is_saved(open_page: Open, options: dict[str, Any]) -> None:
    page = open_page("/can-bo/hoi-dap/moi", "lan", **options)
    page.get_by_label("Người dân hỏi thế nào").fill("Trung tâm có máy rút tiền không")
    page.get_by_label("Câu trả lời").fill("Có, ở **sảnh**, phí 5.000 đồng.")
    page.get_by_label("Thủ tục liên quan").fill("1.001193")
    page.get_by_role("button", name="Chạy thử").click()
    expect(page.locator("#chay-thu .tried").first).to_contain_text("sau: Hỏi đáp: Trung tâm có máy rút tiền không")
    expect(page.locator("#xem-thu .box.bad")).to_contain_text("5.000 đồng")
    expect(page.get_by_label("Câu trả lời")).to_have_value("Có, ở **sảnh**, phí 5.000 đồng.")
    page.get_by_text("Telegram", exact=True).click()
    expect(page.locator("details[open] .answer b").last).to_have_text("sảnh")
    assert fits(page)
    take = picture if options is BY_PHONE else no_picture
    take(page, "can-bo-chay-thu")


def test_a_word_is_tried_and_proposed_by_keyboard_alone(open_page: Open) -> None:
    page = open_page("/can-bo/tu-ngu", "lan", **BY_DESK)
    page.get_by_label("Tìm thủ tục để thêm từ").focus()
    page.keyboard.type("ket hon")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=ket+hon")
    page.get_by_role("link", name="Đăng ký kết hôn").first.focus()
    page.keyboard.press("Enter")
    page.get_by_label("Từ người dân hay nói").focus()
    page.keyboard.type("giấy chim én")
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.type("lam giay chim en mat bao lau")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Thử"
    page.keyboard.press("Enter")
    expect(page.get_by_text("Có từ này")).to_be_visible()
    expect(page.locator("dl.rows strong")).to_have_text("Đăng ký kết hôn")
    picture(page, "can-bo-tu-ngu")
    page.get_by_role("button", name="Đề nghị thêm").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("Đã ghi đề nghị")


def test_texts_are_compared_and_files_taken_on_a_phone(open_page: Open) -> None:
    page = open_page("/can-bo/hoi-dap/1/sua", "lan")
    page.get_by_label("Câu trả lời").fill("**Có**, bãi xe ở cổng trước.")
    page.get_by_role("button", name="Lưu bản nháp").click()
    page.get_by_role("link", name="So với bản đang dùng").click()
    expect(page.locator(".diff ins")).to_contain_text("trước")
    expect(page.locator(".diff del")).to_contain_text("sau")
    assert fits(page)
    page.goto("/can-bo/hoi-dap/bang-tinh")
    with page.expect_download() as download:
        page.get_by_role("link", name="Các mục hiện có").click()
    page.get_by_label("Tệp .xlsx").set_input_files(download.value.path())
    page.get_by_role("button", name="Gửi lên").click()
    expect(page.get_by_role("status").first).to_contain_text("1 giữ nguyên")
    assert fits(page)


def test_everything_is_reached_without_script(open_page: Open) -> None:
    page = open_page("/can-bo/tu-ngu/viet-tat", "lan", java_script_enabled=False)
    page.get_by_label("Từ viết tắt").fill("zkh")
    page.get_by_label("Viết đầy đủ").fill("đăng ký kết hôn")
    page.get_by_label("Câu để thử").fill("làm zkh")
    page.get_by_role("button", name="Thử", exact=True).click()
    expect(page.locator("dl.rows strong")).to_have_text("Đăng ký kết hôn")
