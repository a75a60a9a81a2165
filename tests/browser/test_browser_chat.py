"""A conversation as a citizen has it, with script and without."""

import pytest
from playwright.sync_api import Page, expect

QUESTION = "lam giay khai sinh cho con can giay to gi"


def ask(page: Page, text: str) -> None:
    page.get_by_label("Viết như nói chuyện").fill(text)
    page.get_by_role("button", name="Hỏi", exact=True).click()


def answers(page: Page):
    return page.locator("#tro-chuyen .answer")


@pytest.mark.parametrize("has_script", [True, False], ids=["with script", "without script"])
def test_a_question_is_answered_and_a_choice_is_a_tap(open_page, has_script: bool) -> None:
    page = open_page(java_script_enabled=has_script)
    ask(page, QUESTION)
    expect(answers(page)).to_have_count(1)
    expect(answers(page).first).to_contain_text("Giấy chứng sinh")
    answers(page).first.get_by_role("button", name="Tất cả giấy tờ").click()
    expect(answers(page)).to_have_count(2)
    expect(page.locator(".asked").last).to_have_text("Bạn hỏi: Tất cả giấy tờ")
    expect(answers(page).last).to_contain_text("rẻ bị bỏ rơi")


@pytest.mark.parametrize("has_script", [True, False], ids=["with script", "without script"])
def test_a_follow_up_keeps_the_subject(open_page, has_script: bool) -> None:
    page = open_page(java_script_enabled=has_script)
    ask(page, QUESTION)
    expect(answers(page)).to_have_count(1)
    ask(page, "mất bao nhiêu tiền")
    expect(answers(page)).to_have_count(2)
    expect(answers(page).last).to_contain_text("đồng")


@pytest.mark.parametrize("has_script", [True, False], ids=["with script", "without script"])
def test_an_event_is_a_button_that_asks(open_page, has_script: bool) -> None:
    page = open_page(java_script_enabled=has_script)
    page.get_by_role("button", name="Kết hôn").click()
    expect(answers(page)).to_have_count(1)
    expect(answers(page).first).to_contain_text("kết hôn")
    expect(page.get_by_role("button", name="Kết hôn", exact=False).first).not_to_be_visible()


@pytest.mark.parametrize("has_script", [True, False], ids=["with script", "without script"])
def test_the_last_answer_is_said_to_be_wrong_and_all_is_forgotten_on_request(open_page, has_script: bool) -> None:
    page = open_page(java_script_enabled=has_script)
    ask(page, QUESTION)
    expect(answers(page)).to_have_count(1)
    page.get_by_role("button", name="Chưa đúng?").click()
    expect(answers(page)).to_have_count(2)
    expect(answers(page).last).to_contain_text("Góp ý đã được ghi lại")
    expect(page.get_by_role("button", name="Chưa đúng?")).to_have_count(0)
    ask(page, "/xoa")
    expect(page.get_by_role("status")).to_contain_text("Đã xóa cuộc trò chuyện")
    expect(answers(page)).to_have_count(0)


def test_a_menu_is_answered_by_a_tap_or_by_its_number(open_page) -> None:
    page = open_page()
    ask(page, "sổ đỏ")
    options = answers(page).first.locator("button.choice")
    label = options.nth(1).get_attribute("data-asks")
    expect(options.nth(1)).to_have_text(f"2 {label}")
    ask(page, "2")
    expect(answers(page)).to_have_count(2)
    said = answers(page).last.locator("h3").first.inner_text()
    options.nth(1).click()
    expect(answers(page)).to_have_count(3)
    expect(answers(page).last.locator("h3").first).to_have_text(said)


def test_the_conversation_survives_a_reload_and_can_be_deleted(open_page) -> None:
    page = open_page()
    ask(page, QUESTION)
    expect(answers(page)).to_have_count(1)
    page.reload()
    expect(answers(page)).to_have_count(1)
    page.get_by_role("button", name="Xóa cuộc trò chuyện").click()
    expect(answers(page)).to_have_count(0)


def test_enter_sends_and_shift_enter_makes_a_line(open_page) -> None:
    page = open_page()
    box = page.get_by_label("Viết như nói chuyện")
    box.fill("khai sinh")
    box.press("Shift+Enter")
    assert box.input_value() == "khai sinh\n"
    expect(answers(page)).to_have_count(0)
    box.press("Enter")
    expect(answers(page)).to_have_count(1)
    expect(box).to_have_value("")
    expect(box).to_be_focused()


def test_the_new_question_scrolls_to_the_top_of_the_screen(open_page) -> None:
    page = open_page()
    for text in (QUESTION, "đăng ký kết hôn"):
        ask(page, text)
        expect(page.locator(".asked").last).to_have_text(f"Bạn hỏi: {text}")
    expect(page.locator(".asked").last).to_be_in_viewport()


def test_a_screen_reader_hears_each_answer_once(open_page) -> None:
    page = open_page()
    page.evaluate("""() => {
        window.heard = [];
        for (const live of document.querySelectorAll("[aria-live], [role=status], [role=alert], [role=log]"))
            new MutationObserver((changes) => changes.forEach((change) => change.addedNodes.forEach(
                (node) => window.heard.push(node.textContent)))).observe(live, {childList: true, subtree: true});
    }""")
    ask(page, QUESTION)
    expect(answers(page)).to_have_count(1)
    ask(page, "xin chào")
    expect(answers(page)).to_have_count(2)
    heard = page.evaluate("window.heard")
    assert len(heard) == 2
    assert "Bạn hỏi: lam giay khai sinh" in heard[0]
    assert "Giấy chứng sinh" in heard[0]
    assert page.locator("#tro-chuyen").get_attribute("aria-live") == "polite"


@pytest.mark.parametrize("trouble", ["network", "server"])
def test_nothing_typed_is_lost_when_sending_fails(open_page, trouble: str) -> None:
    page = open_page(tolerated="Failed to load resource")
    refusal = "<h1 data-trouble>Bạn hỏi nhanh quá</h1>"

    def refuse(route) -> None:
        if trouble == "network":
            route.abort()
        else:
            route.fulfill(status=429, body=refusal)

    page.route("**/hoi", refuse)
    ask(page, QUESTION)
    expect(page.get_by_role("alert")).to_have_text(
        "Chưa gửi được câu hỏi. Bạn xem lại mạng rồi bấm Hỏi lần nữa." if trouble == "network" else "Bạn hỏi nhanh quá"
    )
    expect(page.get_by_label("Viết như nói chuyện")).to_have_value(QUESTION)
    expect(page.locator(".waiting")).to_have_count(0)
    page.unroute("**/hoi")
    page.get_by_role("button", name="Hỏi", exact=True).click()
    expect(answers(page)).to_have_count(1)
    expect(page.get_by_role("alert")).to_have_count(0)


def test_everything_can_be_done_by_keyboard(open_page) -> None:
    page = open_page()
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    for _ in range(9):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "cau-hoi":
            break
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    expect(answers(page)).to_have_count(1)
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.textContent").strip() == "Tất cả giấy tờ":
            break
    ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert ring == "solid"
    page.keyboard.press("Enter")
    expect(answers(page)).to_have_count(2)
    expect(page.locator("#moi-nhat")).to_be_focused()


def test_no_page_asks_anybody_else_for_anything(open_page, address: str) -> None:
    page = open_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    ask(page, QUESTION)
    expect(answers(page)).to_have_count(1)
    for path in ("/", "/tthc/1.001193", "/tim", "/xa-phuong"):
        page.goto(path)
    assert asked
    assert all(url.startswith((address, "data:")) for url in asked)
