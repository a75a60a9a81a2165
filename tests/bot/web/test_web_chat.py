from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlmodel import select

from bot.app import MOST_NOTED, App
from bot.conversation.messages import Family
from bot.web.events import EVENTS
from html_pages import Page, page_of
from knowledge.tables import Exchange
from web_app import BIRTH, MovingClock

QUESTION = "lam giay khai sinh cho con can giay to gi"


def ask(client: TestClient, text: str = QUESTION, **fields: str) -> Page:
    return page_of(client.post("/hoi", data={"text": text, **fields}))


def test_the_chat_opens_with_six_events_and_the_box(client: TestClient) -> None:
    page = page_of(client.get("/"))
    assert [event.text for event in page.all(".event span")] == [event.label for event in EVENTS]
    assert "Viết như nói chuyện, không cần dấu" in page.one("label[for=cau-hoi]").text
    assert page.one("textarea").attributes["name"] == "text"


def test_the_first_contact_says_that_this_is_automatic_and_what_is_kept(client: TestClient) -> None:
    words = page_of(client.get("/")).one(".welcome p").text
    assert "trợ lý tự động" in words
    assert "60 phút" in words
    assert "che thông tin cá nhân" in words
    assert words.count(".") == 2


def test_looking_at_the_first_page_sets_no_cookie(client: TestClient) -> None:
    assert "set-cookie" not in client.get("/").headers


def test_a_question_is_answered_on_the_page_that_comes_back(client: TestClient) -> None:
    page = ask(client)
    assert page.one(".asked").text.endswith(QUESTION)
    assert "Đăng ký khai sinh" in page.one(".answer h3").text
    assert "Giấy chứng sinh" in page.one(".answer").text
    assert "163/QĐ-BTP" in page.one(".answer .source").text


def test_the_answer_links_to_its_leaflet(client: TestClient) -> None:
    assert ask(client).one(f".answer a[href='/tthc/{BIRTH}']").text == "Tờ hướng dẫn để xem và in"


def test_the_first_question_sets_a_cookie_that_scripts_cannot_read(client: TestClient) -> None:
    cookie = client.post("/hoi", data={"text": QUESTION}).headers["set-cookie"]
    assert cookie.startswith("phien=")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie


def test_behind_https_the_cookie_travels_only_there(visit) -> None:
    cookie = visit(base_url="https://testserver").post("/hoi", data={"text": QUESTION}).headers["set-cookie"]
    assert "Secure" in cookie


def test_later_questions_lead_back_by_a_redirect_so_that_going_back_asks_nothing_anew(client: TestClient) -> None:
    ask(client)
    response = client.post("/hoi", data={"text": "mất bao nhiêu tiền"}, follow_redirects=False)
    assert response.status_code == 303
    assert response.headers["location"] == "/#moi-nhat"


def test_the_conversation_so_far_stays_on_the_page(client: TestClient) -> None:
    ask(client)
    ask(client, "xin chào")
    page = page_of(client.get("/"))
    assert [asked.text for asked in page.all(".asked")] == [f"Bạn hỏi: {QUESTION}", "Bạn hỏi: xin chào"]
    assert len(page.all("#moi-nhat")) == 1


def test_a_follow_up_keeps_the_subject(client: TestClient) -> None:
    ask(client)
    page = ask(client, "mất bao nhiêu tiền")
    assert "đồng" in page.all(".answer")[-1].text
    assert "khai sinh" in page.all(".answer")[-1].text.lower()


def test_a_browser_without_cookies_still_gets_its_answer(visit) -> None:
    client = visit()
    for _ in range(2):
        client.cookies.clear()
        assert "Giấy chứng sinh" in ask(client).one(".answer").text


def test_a_tapped_choice_shows_as_the_words_on_its_button(client: TestClient) -> None:
    page = ask(client)
    button = next(button for button in page.all(".choices button") if button.text == "Tất cả giấy tờ")
    page = page_of(client.post("/hoi", data={"action": button.attributes["value"]}))
    assert page.all(".asked")[-1].text == "Bạn hỏi: Tất cả giấy tờ"
    assert "Trẻ bị bỏ rơi" in page.all(".answer")[-1].text


@pytest.mark.parametrize("action", ["show:<b>:steps", "show:1.001193:nothing", "x" * 5000, "drop table"], ids=str)
def test_a_forged_action_is_taken_for_no_action(client: TestClient, action: str) -> None:
    page = page_of(client.post("/hoi", data={"action": action}))
    assert page.status == 200
    assert page.all(".answer")


def test_an_empty_question_leads_back_to_the_box(client: TestClient) -> None:
    response = client.post("/hoi", data={"text": "   "}, follow_redirects=False)
    assert (response.status_code, response.headers["location"]) == (303, "/")
    assert "set-cookie" not in response.headers


def test_what_a_citizen_writes_is_never_markup(client: TestClient) -> None:
    response = client.post("/hoi", data={"text": '<script>alert("1")</script> & <b>đậm'})
    assert "<script>alert" not in response.text
    assert "&lt;script&gt;" in response.text


@pytest.mark.parametrize(
    "text",
    ["😀" * 50, "\u202e\u200b\u0000", "a" * 30_000, "khai sinh".encode("utf-16").decode("latin-1"), "e\u0301" * 900],
    ids=["emoji only", "invisible and NUL", "30 kB", "binary", "NFD"],
)
def test_odd_questions_get_a_polite_answer(client: TestClient, text: str) -> None:
    page = ask(client, text)
    assert page.status == 200
    assert page.all(".answer")[-1].text.strip()


def test_a_very_long_question_takes_no_more_room_than_the_setting(client: TestClient) -> None:
    page = ask(client, "khai sinh " * 3_000)
    assert len(page.one(".asked").text) <= 2_000 + len("Bạn hỏi: ")


def test_two_browsers_do_not_see_each_other(visit) -> None:
    mine, other = visit(), visit()
    ask(mine)
    assert not page_of(other.get("/")).all(".turn")


def test_a_cookie_that_we_did_not_sign_opens_no_conversation(client: TestClient) -> None:
    ask(client)
    name, mark = client.cookies["phien"].rsplit(".", 1)
    client.cookies.set("phien", f"{name}.{mark[::-1]}")
    client.cookies.clear()
    client.cookies.set("phien", f"{name}.{'0' * len(mark)}")
    assert not page_of(client.get("/")).all(".turn")


def test_the_conversation_is_forgotten_on_time(client: TestClient, clock: MovingClock) -> None:
    ask(client)
    clock.move(minutes=59)
    assert page_of(client.get("/")).all(".turn")
    clock.move(minutes=2)
    assert not page_of(client.get("/")).all(".turn")


def test_nothing_of_a_conversation_outlives_it_in_memory(client: TestClient, clock: MovingClock) -> None:
    ask(client)
    site = client.app.state.site
    clock.move(minutes=61)
    client.get("/health")
    assert len(site.transcripts._shelf) == 0


def test_deleting_the_conversation_forgets_it_and_its_subject(client: TestClient) -> None:
    ask(client)
    client.post("/xoa")
    assert not page_of(client.get("/")).all(".turn")
    assert "phien" not in client.cookies
    memories = client.app.state.site.app.memories
    assert not [key for key in memories._shelf._values if key.startswith("subject:")]


def rows_of(client: TestClient, ending: str) -> list[Exchange]:
    app = client.app.state.site.app  # type: ignore[attr-defined]  the application of FastAPI
    with app.database.session() as session:
        return list(session.exec(select(Exchange).where(Exchange.ending == ending).order_by(Exchange.id)))


def test_deleting_says_so_and_takes_along_what_was_recorded(client: TestClient) -> None:
    ask(client)
    chat = rows_of(client, "procedure")[-1].chat
    page = page_of(client.post("/xoa"))
    assert "Đã xóa cuộc trò chuyện" in page.one("[role=status]").text
    assert chat not in {row.chat for row in rows_of(client, "procedure")}


@pytest.mark.parametrize("said", ["/xoa", "#xoa", " /XOA "])
def test_who_types_it_is_forgotten_as_by_the_button(client: TestClient, said: str) -> None:
    ask(client)
    page = page_of(client.post("/hoi", data={"text": said}))
    assert "Đã xóa cuộc trò chuyện" in page.one("[role=status]").text
    assert not page.all(".turn")
    assert "phien" not in client.cookies
    answer = client.post("/hoi", data={"text": said}, headers={"X-Fragment": "1"}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/?da_xoa=1")


def test_below_an_answer_one_says_without_script_that_it_is_wrong(client: TestClient) -> None:
    control = ask(client).one(".doubt button")
    assert control.text == "Chưa đúng?"
    before = len(rows_of(client, "feedback"))
    page = page_of(client.post("/hoi", data={control.attributes["name"]: control.attributes["value"]}))
    assert page.all(".asked")[-1].text == "Bạn hỏi: Câu trả lời chưa đúng"
    newest = page.all(".turn")[-1]
    assert "Góp ý đã được ghi lại" in newest.text
    assert not newest.all(".doubt")
    rows = rows_of(client, "feedback")
    assert len(rows) == before + 1
    assert rows[-1].procedures == BIRTH


@pytest.mark.parametrize("said", ["xin chào", "cháy nhà cứu với", "/gopy"])
def test_what_holds_no_facts_has_no_such_control(client: TestClient, said: str) -> None:
    assert not ask(client, said).all(".doubt")


def test_a_flood_of_feedback_from_one_address_is_noted_only_so_often(client: TestClient) -> None:
    before = len(rows_of(client, "feedback"))
    for number in range(MOST_NOTED + 3):
        client.cookies.clear()
        ask(client, f"/gopy lần {number}")
    assert len(rows_of(client, "feedback")) == before + MOST_NOTED


def test_the_script_fetches_only_the_new_turn(client: TestClient) -> None:
    response = client.post("/hoi", data={"text": QUESTION}, headers={"X-Fragment": "1"})
    assert response.text.strip().startswith("<article")
    assert response.text.count("<article") == 1
    assert "<html" not in response.text


def test_a_conversation_stays_out_of_every_cache(client: TestClient) -> None:
    assert client.get("/").headers["cache-control"] == "no-store"
    assert client.post("/hoi", data={"text": QUESTION}).headers["cache-control"] == "no-store"


def test_a_menu_is_shown_as_buttons_and_not_twice(client: TestClient) -> None:
    page = ask(client, "sổ đỏ")
    labels = [button.text for button in page.all(".choices button")]
    assert len(labels) >= 2
    words = " ".join(part.text for part in page.all(".answer p"))
    assert not [label for label in labels if f". {label}" in words]


def test_a_commune_chosen_in_the_chat_is_remembered_by_the_browser(client: TestClient) -> None:
    ask(client, "Phường Thành Đông", action="commune:10507")
    assert client.cookies.get("xa") == "10507"
    assert "Phường Thành Đông" in page_of(client.get("/")).one(".under").text


def test_the_commune_is_asked_for_gently_and_once(client: TestClient) -> None:
    assert page_of(client.get("/")).one(".under a[href='/xa-phuong']")
    client.post("/xa-phuong", data={"ma": "10507"})
    assert "Phường Thành Đông" in page_of(client.get("/")).one(".under").text


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.label)
def test_each_event_leads_to_an_answer_or_to_choices(client: TestClient, event) -> None:
    answer = client.post("/api/v1/ask", json={"text": event.asks}).json()
    assert answer["family"] in {Family.ANSWER, Family.CHOOSE}
    assert answer["ending"] != "unsure"


def test_a_trial_says_so_on_every_page(visit) -> None:
    assert "chạy thử" in visit(is_testing=True).get("/").text
    assert "chạy thử" not in visit().get("/").text


def test_the_words_about_memory_follow_the_setting(visit) -> None:
    assert "15 phút" in page_of(visit(memory_minutes=15).get("/")).one(".welcome p").text


def test_questions_are_stored_masked_with_their_ending(built: App, client: TestClient) -> None:
    ask(client, "tôi số 031234567890 cần làm khai sinh cho con")
    with built.database.session() as session:
        rows = session.connection().exec_driver_sql("SELECT question, channel, chat FROM exchange").all()
    mine = [row for row in rows if "khai sinh cho con" in row.question and "[CCCD]" in row.question]
    assert mine
    assert all("031234567890" not in row.question for row in rows)
    assert all(client.cookies["phien"].split(".")[0] not in row.chat for row in mine)
    assert timedelta(0) < timedelta(minutes=built.settings.memory_minutes)
