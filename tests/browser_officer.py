"""What a member of staff does in a browser, for tests of the console."""

import os
from pathlib import Path

from playwright.sync_api import Page

from console_officer import PASSWORD

PICTURES = os.environ.get("MOTCUA_PICTURES", "")  # folder for the handbook's pictures, if they are wanted


def log_in(page: Page, login: str) -> None:
    page.get_by_label("Tên đăng nhập").fill(login)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()


def picture(page: Page, name: str, *, is_whole: bool = True) -> None:
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=is_whole)


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
