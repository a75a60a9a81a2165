"""Pictures of the running product for the README: python tests/browser/screenshots.py [FOLDER].

Not a test, and not run by the tests: pictures change with every word, so they are made when somebody wants new ones.
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps
from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from bot.app import build_app  # noqa: E402  the same
from bot.settings import Settings  # noqa: E402  the same
from browser_app import DESK, PHONE, launched, served  # noqa: E402  found only with the path above
from web_app import BIRTH  # noqa: E402  the same

QUESTION = "lam giay khai sinh cho con can giay to gi"
COLOURS = 96  # a page has few: a palette makes a picture a third of its size
PAPER_MARGIN = 80  # pixels of the white that a printer leaves
LARGE = {"name": "co_chu", "value": "lon"}


def ask(text: str) -> Callable[[Page], None]:
    def do(page: Page) -> None:
        page.get_by_label("Viết như nói chuyện").fill(text)
        page.get_by_role("button", name="Hỏi", exact=True).click()
        page.locator("#moi-nhat").wait_for()
        page.locator("#cau-hoi").blur()

    return do


def print_view(page: Page) -> None:
    page.emulate_media(media="print")


def look(_page: Page) -> None:
    pass


# name: (address, what is done there, how it is looked at)
PICTURES: dict[str, tuple[str, Callable[[Page], None], dict[str, Any]]] = {
    "chat": ("/", look, {}),
    "answer": ("/", ask(QUESTION), {"viewport": {"width": 360, "height": 1480}}),
    "choice": ("/", ask("sổ đỏ"), {}),
    "dark": ("/", look, {"color_scheme": "dark"}),
    "large-text": ("/", look, {"is_large": True}),
    "leaflet": (f"/tthc/{BIRTH}", look, {"viewport": {"width": 360, "height": 1480}}),
    "desk": ("/", ask(QUESTION), {"viewport": DESK, "device_scale_factor": 1}),
    "search": ("/tim?q=khai+sinh", look, {}),
    "print": (f"/tthc/{BIRTH}", print_view, {"viewport": {"width": 704, "height": 1000}}),
}


def take(browser: Browser, address: str, name: str, folder: Path) -> Path:
    path, act, options = PICTURES[name]
    options = {"viewport": PHONE, "device_scale_factor": 2, **options}
    is_large = options.pop("is_large", False)
    context = browser.new_context(base_url=address, locale="vi-VN", reduced_motion="reduce", **options)
    if is_large:
        context.add_cookies([{**LARGE, "url": address}])
    page = context.new_page()
    page.goto(path)
    act(page)
    shot = folder / f"{name}.png"
    page.screenshot(path=shot)
    context.close()
    picture = Image.open(shot).convert("RGB")
    if act is print_view:
        picture = ImageOps.expand(picture, PAPER_MARGIN, "white")
    picture.quantize(COLOURS).save(shot, optimize=True)
    return shot


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "images"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data:
        app = build_app(Settings(data_dir=Path(data), rate_per_minute=10_000))
        with served(app) as address, launched() as browser:
            for name in PICTURES:
                print(take(browser, address, name, folder))  # noqa: T201  what was made is what one wants to know
        app.close()


if __name__ == "__main__":
    main()
