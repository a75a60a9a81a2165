"""The machine in a hall, as people use it one after another; its clock is moved by the tests."""

import pytest
from playwright.sync_api import Page, expect

KIOSK = {"width": 1080, "height": 1920}
QUESTION = "lam giay khai sinh cho con can giay to gi"


@pytest.fixture
def kiosk(open_page) -> Page:
    page = open_page("/gioi-thieu", viewport=KIOSK)
    page.clock.install()
    page.goto("/kiosk?xa=11329")
    return page


def ask(page: Page, text: str) -> None:
    page.get_by_label("Viết như nói chuyện").fill(text)
    page.get_by_role("button", name="Hỏi", exact=True).click()
    expect(page.locator(".answer")).to_be_visible()


def test_when_nobody_is_there_it_forgets_and_leaves_no_way_back(kiosk: Page) -> None:
    length = kiosk.evaluate("history.length")
    ask(kiosk, QUESTION)
    kiosk.locator(".choices button").first.click()
    expect(kiosk.locator(".asked")).not_to_contain_text(QUESTION)
    kiosk.clock.run_for(80_000)
    expect(kiosk.get_by_role("alertdialog")).to_contain_text("giây nữa")
    with kiosk.expect_request("**/kiosk/xoa"):
        kiosk.clock.run_for(11_000)
    expect(kiosk.get_by_role("heading", name="Bạn cần làm giấy tờ gì?")).to_be_visible()
    assert kiosk.url.endswith("/kiosk?xa=11329")
    assert kiosk.evaluate("history.length") == length
    assert kiosk.context.cookies() == []
    assert kiosk.evaluate("localStorage.length + sessionStorage.length") == 0


def test_who_is_still_reading_stops_the_countdown(kiosk: Page) -> None:
    ask(kiosk, QUESTION)
    kiosk.clock.run_for(80_000)
    kiosk.get_by_role("button", name="Tôi còn xem").click()
    expect(kiosk.get_by_role("alertdialog")).to_be_hidden()
    kiosk.clock.run_for(60_000)
    expect(kiosk.locator(".answer")).to_contain_text("Giấy chứng sinh")


def test_a_first_page_that_nobody_touched_counts_nothing_down(kiosk: Page) -> None:
    kiosk.clock.run_for(300_000)
    expect(kiosk.get_by_role("alertdialog")).to_be_hidden()


def test_what_was_typed_and_not_sent_is_forgotten_too(kiosk: Page) -> None:
    kiosk.get_by_label("Viết như nói chuyện").fill("tôi tên là")
    kiosk.clock.run_for(91_000)
    expect(kiosk.get_by_label("Viết như nói chuyện")).to_have_value("")


def test_everything_to_press_is_large(kiosk: Page) -> None:
    ask(kiosk, "sổ đỏ")
    for button in kiosk.locator("button:visible, input:visible").all():
        assert button.bounding_box()["height"] >= 64
    assert kiosk.evaluate("document.documentElement.scrollWidth") == KIOSK["width"]


def test_a_hand_begins_anew(kiosk: Page) -> None:
    ask(kiosk, QUESTION)
    kiosk.get_by_role("button", name="Bắt đầu lại").click()
    expect(kiosk.get_by_role("heading", name="Bạn cần làm giấy tờ gì?")).to_be_visible()
    expect(kiosk.locator(".answer")).to_have_count(0)
