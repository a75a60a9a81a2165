"""The pages as they look and print: sizes, themes, targets, names for assistive technology."""

import io
import re

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from browser_app import DESK, PHONE
from web_app import BARE, BIRTH, RICH

PAGES = ["/", "/tim", "/tim?q=khai+sinh", "/tim?q=zzzz", f"/tthc/{BIRTH}", f"/tthc/{RICH}", "/xa-phuong", "/gioi-thieu"]
COMMON = ["1.001193", "1.000894", "1.004873", "1.000656", "1.004222", "1.004194", "2.000815", "2.000884", "1.001612"]
PAGE_OBJECT = re.compile(rb"/Type\s*/Page\b(?!s)")

# What assistive technology needs and a machine can see; each rule gives the elements that break it.
RULES = {
    "fields have labels": """() => [...document.querySelectorAll("input:not([type=hidden]), textarea, select")]
        .filter((field) => !field.labels.length && !field.ariaLabel)""",
    "buttons and links have names": """() => [...document.querySelectorAll("button, a[href], summary")]
        .filter((each) => !each.textContent.trim() && !each.ariaLabel)""",
    "drawings are named or hidden": """() => [...document.querySelectorAll("svg, img")]
        .filter((each) => each.ariaHidden !== "true" && !each.querySelector("title") && !each.alt)""",
    "ids are unique": """() => [...document.querySelectorAll("[id]")]
        .filter((each) => document.querySelectorAll(`[id="${CSS.escape(each.id)}"]`).length > 1)""",
    "references lead somewhere": """() => ["for", "aria-labelledby", "aria-describedby", "aria-controls"].flatMap(
        (name) => [...document.querySelectorAll(`[${name}]`)].filter(
            (each) => !document.getElementById(each.getAttribute(name))))""",
    "lists hold only items": """() => [...document.querySelectorAll("ul > :not(li), ol > :not(li)")]""",
    "there is one main part and one first heading": """() => ["main", "h1"].filter(
        (name) => document.querySelectorAll(name).length !== 1).map(() => document.body)""",
    "headings descend one by one": """() => [...document.querySelectorAll("h1, h2, h3, h4")].filter(
        (each, at, all) => at && Number(each.tagName[1]) - Number(all[at - 1].tagName[1]) > 1)""",
    "nothing that takes focus is hidden from readers": """() => [...document.querySelectorAll(
        "[aria-hidden=true] :is(a, button, input, textarea)")]""",
}

TARGETS = "button, .choice, .tool, .tick, summary, textarea, input[type=search], nav a, .found a, .fields a, .brand"


@pytest.mark.parametrize("path", PAGES, ids=str)
def test_a_narrow_phone_shows_everything_without_scrolling_sideways(open_page, path: str) -> None:
    page = open_page(path)
    page.locator("details").evaluate_all("all => all.forEach((each) => { each.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    page.evaluate("document.documentElement.classList.add('large')")
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


@pytest.mark.parametrize("path", PAGES, ids=str)
def test_what_can_be_pressed_is_large_enough_for_a_thumb(open_page, path: str) -> None:
    page = open_page(path)
    sizes = page.locator(TARGETS).evaluate_all(
        "all => all.filter((each) => each.checkVisibility()).map((each) => [each.textContent.trim(), "
        "each.getBoundingClientRect().width, each.getBoundingClientRect().height])"
    )
    assert sizes
    assert [size for size in sizes if size[1] < 44 or size[2] < 43.9] == []


@pytest.mark.parametrize("path", [*PAGES, f"/tthc/{BARE}", "/tthc/unknown"], ids=str)
def test_pages_keep_the_rules_of_assistive_technology(open_page, path: str) -> None:
    if path == "/tthc/unknown":
        path = "/tim?q=7.777777"
    page = open_page(path)
    broken = {
        name: page.evaluate(f"({rule})().map((each) => each.outerHTML.slice(0, 200))") for name, rule in RULES.items()
    }
    assert {name: found for name, found in broken.items() if found} == {}


def test_a_conversation_keeps_the_rules_of_assistive_technology(open_page) -> None:
    page = open_page()
    for number, text in enumerate(["khai sinh cho con", "sổ đỏ", "xin chào"], 1):
        page.get_by_label("Viết như nói chuyện").fill(text)
        page.keyboard.press("Enter")
        expect(page.locator("#tro-chuyen .turn")).to_have_count(number)
    broken = {
        name: page.evaluate(f"({rule})().map((each) => each.outerHTML.slice(0, 200))") for name, rule in RULES.items()
    }
    assert {name: found for name, found in broken.items() if found} == {}


def test_text_is_18_px_and_22_px_for_those_who_ask(open_page) -> None:
    page = open_page()
    expect(page.locator("body")).to_have_css("font-size", "18px")
    page.get_by_role("button", name="Chữ to").click()
    expect(page.locator("body")).to_have_css("font-size", "22px")
    page.get_by_role("button", name="Chữ thường").click()
    expect(page.locator("body")).to_have_css("font-size", "18px")


def test_the_text_switch_works_without_script(open_page) -> None:
    page = open_page(f"/tthc/{BIRTH}", java_script_enabled=False)
    page.get_by_role("button", name="Chữ to").click()
    expect(page.get_by_role("button", name="Chữ thường")).to_be_visible()
    expect(page).to_have_url(re.compile(rf"/tthc/{re.escape(BIRTH)}$"))


@pytest.mark.parametrize(("scheme", "is_dark"), [("light", False), ("dark", True)], ids=["light", "dark"])
def test_the_page_follows_the_systems_theme(open_page, scheme: str, is_dark: bool) -> None:
    page = open_page(color_scheme=scheme)
    shown = Image.open(io.BytesIO(page.screenshot())).convert("L")
    middle = shown.getpixel((5, shown.height // 2))
    assert (middle < 60) is is_dark


def test_nothing_moves_for_those_who_want_it_still(open_page) -> None:
    assert (
        open_page(reduced_motion="reduce").evaluate("getComputedStyle(document.documentElement).scrollBehavior")
        == "auto"
    )
    assert open_page().evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "smooth"


def test_the_box_is_at_hand_on_the_first_screen(open_page) -> None:
    page = open_page()
    expect(page.get_by_label("Viết như nói chuyện")).to_be_in_viewport(ratio=1)
    for event in page.locator(".event").all():
        expect(event).to_be_in_viewport(ratio=1)


def test_the_answer_leads_to_the_leaflet_and_its_ticks_stay(open_page) -> None:
    page = open_page()
    page.get_by_label("Viết như nói chuyện").fill("làm giấy khai sinh cho con")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Tờ hướng dẫn để xem và in").click()
    expect(page.locator("h1")).to_contain_text("khai sinh")
    page.locator(".tick").first.click()
    page.reload()
    expect(page.locator(".tick input").first).to_be_checked()
    expect(page.locator(".tick input").nth(1)).not_to_be_checked()


@pytest.mark.parametrize("code", COMMON, ids=str)
def test_a_common_leaflet_prints_on_one_side(open_page, code: str) -> None:
    page = open_page(f"/tthc/{code}", viewport=DESK)
    assert len(PAGE_OBJECT.findall(page.pdf(prefer_css_page_size=True))) == 1


def test_the_printed_leaflet_has_the_qr_code_and_no_buttons(open_page) -> None:
    page = open_page(f"/tthc/{BIRTH}", viewport=DESK, device_scale_factor=2)
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Hỏi thêm")).not_to_be_visible()
    expect(page.get_by_role("link", name="Tra cứu", exact=True).first).not_to_be_visible()
    expect(page.get_by_text("Mang theo", exact=True)).to_be_visible()
    expect(page.get_by_text("Dữ liệu đến")).to_be_visible()
    printed = Image.open(io.BytesIO(page.screenshot()))
    links = [code.text for code in zxingcpp.read_barcodes(printed)]
    assert links == [
        page.get_by_role("link", name="Mở trên Cổng Dịch vụ công", include_hidden=True).get_attribute("href")
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_qr_code_can_be_scanned_from_the_screen(open_page, scheme: str) -> None:
    page = open_page(f"/tthc/{RICH}", color_scheme=scheme, device_scale_factor=2)
    shown = Image.open(io.BytesIO(page.locator("svg.qr").screenshot()))
    assert len(zxingcpp.read_barcodes(shown)) == 1


def test_the_list_of_communes_narrows_while_one_types(open_page) -> None:
    page = open_page("/xa-phuong")
    page.get_by_label("Tên xã, phường, đặc khu").fill("cam thuong")
    expect(page.locator(".place:visible")).to_have_count(1)
    expect(page.locator("#bao-nhieu")).to_have_text("1 nơi.")
    page.get_by_label("Tên xã, phường, đặc khu").fill("atlantis")
    expect(page.locator("#bao-nhieu")).to_contain_text("Chưa tìm thấy")
    page.get_by_label("Tên xã, phường, đặc khu").fill("thành đông")
    page.get_by_role("button", name="Phường Thành Đông").click()
    expect(page.locator(".under")).to_contain_text("Phường Thành Đông")


def test_the_search_leads_to_a_leaflet_without_script(open_page) -> None:
    page = open_page("/tim", java_script_enabled=False)
    page.get_by_label("Tìm thủ tục").fill("nuoi rong")
    page.get_by_role("button", name="Tìm", exact=True).click()
    page.locator(".found a").first.click()
    expect(page.locator("h1")).to_contain_text("rồng")


def test_a_wide_screen_keeps_lines_short_enough_to_read(open_page) -> None:
    page = open_page(f"/tthc/{BIRTH}", viewport=DESK)
    assert page.locator("main").bounding_box()["width"] <= 40 * 18
