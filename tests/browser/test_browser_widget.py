"""The widget as a commune's own site shows it: on another origin, under a policy that allows nothing else."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from browser_app import PATIENCE, PHONE, served
from web_app import MovingClock, make_app

QUESTION = "lam giay khai sinh cho con can giay to gi"
WIDE = {"width": 1280, "height": 800}
HOST_PAGE = """<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Phường thử</title>
<link rel="icon" href="data:,"><script src="{address}/widget.js" data-commune="11329" {options} defer></script></head>
<body><h1>Trang của phường</h1><p><a href="#cuoi">Một liên kết</a></p></body></html>"""

Visit = Callable[..., Page]


@pytest.fixture(scope="module")
def site() -> Iterator[ThreadingHTTPServer]:
    """A site of its own; `address` and `options` say what its page embeds, `heard` whom it was asked by."""

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            address = self.server.address
            policy = f"default-src 'none'; script-src {address}; connect-src {address}; img-src data:; base-uri 'none'"
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", f"{policy}; require-trusted-types-for 'script'")
            self.end_headers()
            self.wfile.write(HOST_PAGE.format(address=address, options=self.server.options).encode())

        def log_message(self, *_arguments: object) -> None:
            """Tests say nothing while they pass."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    server.address, server.options = "", ""
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def embedding(chromium: Browser, site: ThreadingHTTPServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site that may show the widget."""
    host = f"http://localhost:{site.server_port}"
    app = make_app(tmp_path_factory.mktemp("widget"), MovingClock())
    app.settings.widget_origins = host
    with served(app) as address:
        site.address = address
        yield host
    app.close()


@pytest.fixture
def visit_host(chromium: Browser, embedding: str, site: ThreadingHTTPServer) -> Iterator[Visit]:
    complaints: list[str] = []
    contexts = []

    def visit(*, options: str = "", tolerated: str = "nothing", **context_options: object) -> Page:
        site.options = options
        context = chromium.new_context(locale="vi-VN", **{"viewport": WIDE, **context_options})
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda message: (
                complaints.append(message.text) if message.type == "error" and tolerated not in message.text else None
            ),
        )
        page.goto(embedding)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert not complaints


def opened(page: Page) -> Locator:
    page.get_by_role("button", name="Hỏi về giấy tờ, thủ tục").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    return dialog


def ask(dialog: Locator, text: str) -> None:
    dialog.get_by_label("Viết như nói chuyện").fill(text)
    dialog.get_by_role("button", name="Hỏi", exact=True).click()


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.shadowRoot?.activeElement?.id ?? ''")


def test_a_question_is_answered_and_a_choice_is_a_tap(visit_host: Visit) -> None:
    page = visit_host()
    dialog = opened(page)
    expect(dialog.locator(".intro").first).to_contain_text("trợ lý tự động")
    expect(dialog.locator(".intro").first).to_contain_text("che tên và số giấy tờ")
    ask(dialog, QUESTION)
    expect(dialog.locator(".answer")).to_have_count(1)
    expect(dialog.locator(".answer")).to_contain_text("Giấy chứng sinh")
    dialog.get_by_role("button", name="Tất cả giấy tờ").click()
    expect(dialog.locator(".answer")).to_have_count(2)
    expect(dialog.locator(".asked").last).to_have_text("Bạn hỏi: Tất cả giấy tờ")
    assert dialog.evaluate("panel => getComputedStyle(panel).display") == "flex"


def test_below_the_last_answer_it_is_said_to_be_wrong(visit_host: Visit) -> None:
    dialog = opened(visit_host())
    ask(dialog, QUESTION)
    dialog.get_by_role("button", name="Chưa đúng?").click()
    expect(dialog.locator(".answer").last).to_contain_text("Góp ý đã được ghi lại")
    expect(dialog.get_by_role("button", name="Chưa đúng?")).to_have_count(0)


def test_the_keyboard_alone_is_enough_and_escape_gives_it_back(visit_host: Visit) -> None:
    page = visit_host()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Hỏi về giấy tờ, thủ tục")
    expect(dialog).to_be_visible()
    assert focused(page) == "box"
    page.keyboard.type("sổ đỏ")
    page.keyboard.press("Enter")
    options = dialog.locator(".options button")
    expect(options.nth(1)).to_contain_text("2. ")
    assert focused(page) == "box"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(dialog.locator(".answer")).to_have_count(2)
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("button", name="Hỏi về giấy tờ, thủ tục")).to_be_focused()


def test_a_reload_keeps_the_conversation_on_this_device_alone(visit_host: Visit) -> None:
    page = visit_host()
    ask(dialog := opened(page), QUESTION)
    expect(dialog.locator(".answer")).to_have_count(1)
    page.reload()
    dialog = opened(page)
    expect(dialog.locator(".answer")).to_contain_text("Giấy chứng sinh")
    ask(dialog, "mất bao nhiêu tiền")
    expect(dialog.locator(".answer").last).to_contain_text("đồng")
    assert page.context.cookies() == []
    expect(opened(visit_host()).locator(".answer")).to_have_count(0)


def test_a_deleted_conversation_is_gone_here_and_there(visit_host: Visit) -> None:
    page = visit_host()
    ask(dialog := opened(page), QUESTION)
    expect(dialog.locator(".answer")).to_have_count(1)
    with page.expect_response("**/api/v1/forget") as forgotten:
        dialog.get_by_role("button", name="Xóa cuộc trò chuyện").click()
    assert forgotten.value.ok
    expect(dialog).to_contain_text("Đã xóa cuộc trò chuyện.")
    expect(dialog.locator(".answer")).to_have_count(0)
    assert page.evaluate("localStorage.length") == 0
    page.reload()
    expect(opened(page).locator(".answer")).to_have_count(0)


def test_a_dossier_is_not_remembered(visit_host: Visit) -> None:
    page = visit_host()
    ask(dialog := opened(page), "tra cứu hồ sơ H24.18-261109-0012")
    expect(dialog.locator(".answer")).to_have_count(1)
    assert "261109" not in page.evaluate("JSON.stringify(localStorage)")


def test_links_open_beside_the_page_and_the_leaflet_is_ours(visit_host: Visit, site: ThreadingHTTPServer) -> None:
    dialog = opened(visit_host(options='data-position="left"'))
    ask(dialog, QUESTION)
    leaflet = dialog.get_by_role("link", name="Tờ hướng dẫn để xem và in")
    expect(leaflet).to_have_attribute("href", f"{site.address}/tthc/1.001193")
    for link in dialog.get_by_role("link").all():
        assert (link.get_attribute("target"), link.get_attribute("rel")) == ("_blank", "noopener")
    assert dialog.bounding_box()["x"] == 16


def test_nothing_typed_is_lost_without_a_network(visit_host: Visit) -> None:
    page = visit_host(tolerated="ERR_INTERNET_DISCONNECTED")
    dialog = opened(page)
    page.context.set_offline(True)
    ask(dialog, QUESTION)
    expect(dialog.get_by_role("alert")).to_contain_text("Bạn xem lại mạng")
    expect(dialog.get_by_label("Viết như nói chuyện")).to_have_value(QUESTION)
    page.context.set_offline(False)
    dialog.get_by_role("button", name="Hỏi", exact=True).click()
    expect(dialog.locator(".answer")).to_have_count(1)
    expect(dialog.get_by_role("alert")).to_be_hidden()


def test_it_fills_a_phone_and_scrolls_only_down(visit_host: Visit) -> None:
    page = visit_host(viewport=PHONE)
    ask(dialog := opened(page), QUESTION)
    expect(dialog.locator(".answer")).to_have_count(1)
    box = dialog.bounding_box()
    assert (box["x"], box["width"], box["height"]) == (0, PHONE["width"], PHONE["height"])
    assert dialog.locator(".log").evaluate("log => log.scrollWidth <= log.clientWidth")
    assert dialog.evaluate("panel => panel.scrollTop") == 0
    expect(dialog.get_by_role("button", name="Đóng")).to_be_in_viewport()
    assert "sans" in dialog.evaluate("panel => getComputedStyle(panel).fontFamily")


def test_damaged_memory_of_a_device_is_forgotten(visit_host: Visit) -> None:
    page = visit_host()
    key = page.evaluate("'motcua ' + new URL(document.querySelector('script').src).origin")
    for damaged in ("{", "null", '{"at": 9999999999999, "turns": [{}]}', '{"turns": 7}'):
        page.evaluate("([key, value]) => localStorage.setItem(key, value)", [key, damaged])
        page.reload()
        expect(opened(page).locator(".intro").first).to_be_visible()
