"""Real pages in a real Chromium over the real server; every test also fails on any error in the browser's console."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from browser_app import CHROMIUM, PATIENCE, PHONE, launched, served
from web_app import MovingClock, make_app

OpenPage = Callable[..., Page]
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One a module: while Playwright's loop runs in this thread no other test can run one of its own."""
    if not Path(CHROMIUM).exists():
        reason = f"no Chromium at {CHROMIUM}: on Debian, apt install chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with launched() as browser:
        yield browser


@pytest.fixture(scope="module")
def address(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    app = make_app(tmp_path_factory.mktemp("browser"), MovingClock())
    with served(app) as address:
        yield address
    app.close()


@pytest.fixture
def open_page(chromium: Browser, address: str) -> Iterator[OpenPage]:
    """A fresh browser profile on a page: `open_page("/tim", viewport=DESK, color_scheme="dark")`."""
    complaints: list[str] = []
    contexts = []

    def open_at(path: str = "/", *, is_large: bool = False, tolerated: str = "nothing", **options: Any) -> Page:
        def complain(words: str) -> None:
            if tolerated not in words:
                complaints.append(words)

        context = chromium.new_context(base_url=address, locale="vi-VN", **{"viewport": PHONE, **options})
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        if is_large:
            context.add_cookies([{"name": "co_chu", "value": "lon", "url": address}])
        page = context.new_page()
        page.on("pageerror", lambda error: complain(str(error)))
        page.on("console", lambda message: complain(message.text) if message.type == "error" else None)
        page.goto(path)
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert not complaints
