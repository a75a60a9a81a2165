"""What a member of staff does in a browser, for tests of the console."""

import os
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect

from console_officer import PASSWORD

PICTURES = os.environ.get("MOTCUA_PICTURES", "")  # folder for the handbook's pictures, if they are wanted
COLOURS = 96  # a page has few: a palette makes a picture a third of its size
MOST_BYTES = 120_000
TAKEN: set[str] = set()  # names of pictures: each comes from one place
NAME_OF_FOCUSED = """() => {
    const focused = document.activeElement;
    if (!focused || focused === document.body) return "";
    return focused.labels?.[0]?.textContent || focused.getAttribute("aria-label") || focused.textContent;
}"""


def log_in(page: Page, login: str) -> None:
    page.get_by_label("Tên đăng nhập").fill(login)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_label("Mật khẩu", exact=True)).to_have_count(0)  # the page that was wanted, or the second step


def picture(page: Page, name: str, *, is_whole: bool = True) -> None:
    """For the handbook, when the tests run for it (make screenshots). Of a test's variants one takes them."""
    if not PICTURES:
        return
    assert name not in TAKEN, f"{name} is taken by two tests, or by two variants of one"
    TAKEN.add(name)
    shot = Path(PICTURES) / f"{name}.png"
    page.screenshot(path=shot, full_page=is_whole)
    Image.open(shot).convert("RGB").quantize(COLOURS).save(shot, optimize=True)
    assert shot.stat().st_size < MOST_BYTES, f"{shot} is too large for a page that is read on a phone"


def no_picture(_page: Page, _name: str, *, is_whole: bool = True) -> None:
    """In the place of `picture` for the variants that take none."""


def reach(page: Page, name: str, most: int = 80) -> None:
    """Go to what bears a name with the keyboard alone, as far as it takes."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if name in page.evaluate(NAME_OF_FOCUSED):
            return
    raise AssertionError(f"{name!r} is not reached by {most} times Tab")


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
