"""Answering on a phone where something is in the way: a figure that the record lacks, a colleague who was quicker."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.app import App
from bot.conversation.messages import Chat, Question
from bot.conversation.reply import reply_to
from browser_app import PHONE, served
from browser_officer import fits, log_in
from console_officer import PASSWORD
from knowledge.staff.accounts import add_account
from staff_people import LAN, MINH
from web_app import MovingClock, make_app

ASKED = "ở trung tâm có máy rút tiền không"
PATIENCE = 60_000  # milliseconds: a busy machine
Open = Callable[[str, str], Page]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    built = make_app(tmp_path_factory.mktemp("waiting"), MovingClock())
    with built.database.session() as session:
        for who in (LAN, MINH):
            add_account(session, who, PASSWORD, built.clock())
    for channel, chat in (("web", "a"), ("telegram", "77")):
        reply_to(Question(text=ASKED, chat=Chat(channel, chat), asked_at=built.clock()), built)
    yield built
    built.close()


@pytest.fixture
def open_page(chromium: Browser, app: App) -> Iterator[Open]:
    contexts = []
    with served(app) as address:

        def open_at(path: str, login: str) -> Page:
            context = chromium.new_context(base_url=address, locale="vi-VN", viewport=PHONE)
            context.set_default_timeout(PATIENCE)
            contexts.append(context)
            page = context.new_page()
            page.goto(path)
            log_in(page, login)
            expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=PATIENCE)
            page.goto(path)
            return page

        yield open_at
        for context in contexts:
            context.close()


def test_two_officers_answer_the_same_question_on_their_phones(open_page: Open) -> None:
    lan, minh = (open_page("/can-bo/cau-hoi?q=may+rut+tien", login) for login in ("lan", "minh"))
    for page, words in ((lan, "Có, hai máy ở sảnh, phí rút 5.000 đồng."), (minh, "Ở tầng hai, cạnh thang máy.")):
        page.get_by_role("link", name=ASKED).click()
        page.get_by_label("Câu trả lời").fill(words)
    lan.get_by_label("Thủ tục liên quan").fill("1.001193")
    lan.get_by_label("Thủ tục liên quan").press("Enter")
    expect(lan.get_by_role("heading", name="Tin nhắn người hỏi sẽ nhận")).to_be_visible(timeout=PATIENCE)
    expect(lan.get_by_role("heading", name="Telegram: 1 người chờ")).to_be_visible()
    assert fits(lan)
    lan.get_by_role("button", name="Gửi trả lời").click()
    expect(lan.get_by_role("alert")).to_contain_text("Bạn xem lại trước khi gửi", timeout=PATIENCE)
    assert fits(lan)
    lan.get_by_role("button", name="Tôi đã xem, vẫn gửi").first.click()
    expect(lan.get_by_role("status").first).to_contain_text("Đã gửi câu trả lời", timeout=PATIENCE)
    minh.get_by_role("button", name="Gửi trả lời").click()
    expect(minh.get_by_role("alert")).to_contain_text("Có người vừa trả lời", timeout=PATIENCE)
    expect(minh.get_by_text("Có, hai máy ở sảnh")).to_be_visible()
    assert fits(minh)
    minh.get_by_role("button", name="Ghép với mục 1").click()
    expect(minh.get_by_role("alert")).to_contain_text("lan vừa lưu bản 1", timeout=PATIENCE)
    expect(minh.get_by_label("Câu trả lời")).to_have_value("Ở tầng hai, cạnh thang máy.")
    assert fits(minh)
