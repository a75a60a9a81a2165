"""The screen of a hall over hours; its clock is moved by the tests."""

import pytest
from playwright.sync_api import Page, expect

SCREEN = {"width": 1920, "height": 1080}
FOUR_METRES = 0.03 * SCREEN["height"]  # pixels of the smallest letters but for the foot: 16 mm on 43 inches


@pytest.fixture
def tv(open_page) -> Page:
    page = open_page("/gioi-thieu", viewport=SCREEN, reduced_motion="reduce", tolerated="ERR_INTERNET_DISCONNECTED")
    page.clock.install()
    page.goto("/tv?xa=11329")
    return page


def test_pictures_follow_each_other_and_begin_anew(tv: Page) -> None:
    slides = tv.locator(".slide")
    expect(slides.first).to_be_visible()
    for number in range(1, slides.count()):
        tv.clock.run_for(15_000)
        expect(slides.nth(number)).to_be_visible()
        expect(tv.locator(".slide:visible")).to_have_count(1)
    with tv.expect_response("**/tv?xa=11329"):
        tv.clock.run_for(15_000)
    expect(slides.first).to_be_visible()


def test_without_a_network_only_what_is_true_today_goes(tv: Page) -> None:
    tv.context.set_offline(True)
    tv.clock.fast_forward(13 * 3600 * 1000)
    for _ in range(6):
        tv.clock.run_for(15_000)
        expect(tv.locator(".slide:visible")).to_have_count(1)
        expect(tv.locator(".slide-asked, .slide-news").filter(visible=True)).to_have_count(1)


def test_everything_is_large_and_nothing_is_cut_off(tv: Page) -> None:
    for number in range(tv.locator(".slide").count()):
        slide = tv.locator(".slide").nth(number)
        expect(slide).to_be_visible()
        assert slide.evaluate("slide => slide.scrollHeight <= slide.clientHeight")
        sizes = slide.evaluate(
            "slide => [...slide.querySelectorAll('*')].map(e => parseFloat(getComputedStyle(e).fontSize))"
        )
        assert min(sizes) >= FOUR_METRES
        assert slide.evaluate("slide => getComputedStyle(slide).animationName") == "none"
        tv.clock.run_for(15_000)
    assert tv.evaluate("document.documentElement.scrollHeight") <= SCREEN["height"]
