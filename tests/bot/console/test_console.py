"""The officer's day in the console, and what hostile and unlucky people meet there."""

import re
from collections.abc import Callable

import pytest

from bot.app import App
from bot.conversation.messages import Answer, Ending
from bot.web.security import HEADERS
from console_officer import PASSWORD, Officer, words_of
from knowledge.catalogue import edition_number
from knowledge.faq import desk
from knowledge.faq.entry import FaqText
from knowledge.staff.accounts import OPERATOR, Act
from knowledge.staff.leaving import disable_account
from staff_people import PARKING, WARD, publish_faq
from web_app import MovingClock

Ask, Enter = Callable[..., Answer], Callable[[str], Officer]
ENTRY = {
    "wordings": "Trung tâm có máy rút tiền không\nrút tiền ở đâu",
    "answer": "Có, ở **sảnh**.\n- máy A",
    "viec": "luu",
}
PAGES = (
    "/can-bo",
    "/can-bo/hoi-dap",
    "/can-bo/hoi-dap/moi",
    "/can-bo/cau-hoi",
    "/can-bo/an-ban",
    "/can-bo/tra-loi-nhom",
)


@pytest.mark.parametrize("path", [*PAGES, "/can-bo/nhat-ky", "/can-bo/hoi-dap/1"])
def test_nobody_enters_without_logging_in(enter: Enter, path: str) -> None:
    response = enter("").get(path, follow_redirects=False)
    assert response.status_code == 303
    assert response.headers["location"] == f"/can-bo/dang-nhap?ve={path}"


@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens_and_is_kept_by_no_cache(enter: Enter, path: str) -> None:
    response = enter("lan").get(path)
    assert response.status_code == 200
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["content-security-policy"] == HEADERS["Content-Security-Policy"]
    assert "<h1>" in response.text


def test_the_officer_s_day(enter: Enter, ask: Ask, app: App) -> None:
    """The top waiting question is answered by one, approved by another, and the next asker gets it."""
    for chat in ("a", "b"):
        assert ask("ở trung tâm có máy rút tiền không", chat).ending is not Ending.FAQ
    lan, hoa = enter("lan"), enter("hoa")
    found = re.search(r'href="(/can-bo/cau-hoi/\d+)"', lan.get("/can-bo").text)
    assert found
    group = lan.get(found[1])
    assert "2 người hỏi" in words_of(group)
    assert "ở trung tâm có máy rút tiền không</textarea>" in group.text
    lan.send(f"{found[1]}/tra-loi", **ENTRY)
    linked = re.search(r'href="(/can-bo/hoi-dap/\d+)"', lan.get(found[1]).text)
    assert linked
    address = linked[1]
    assert "chờ một người khác duyệt" in words_of(lan.get(address))
    assert "Duyệt và dùng ngay" in words_of(hoa.get(address))
    assert hoa.send(f"{address}/duyet", ban="1").status_code == 303
    answer = ask("trung tâm có máy rút tiền không ạ", "c")
    assert (answer.ending, answer.faq) == (Ending.FAQ, "faq-1")
    assert "Không có câu hỏi nào đang chờ" in words_of(lan.get("/can-bo/cau-hoi"))


def test_who_wrote_a_text_is_refused_its_approval(enter: Enter) -> None:
    hoa = enter("hoa")
    address = hoa.send("/can-bo/hoi-dap/moi", **ENTRY).headers["location"].partition("?")[0]
    refused = hoa.send(f"{address}/duyet", ban="1")
    assert refused.status_code == 409
    assert "cần một người khác duyệt" in words_of(refused)


def test_an_officer_cannot_approve_by_a_forged_form(enter: Enter, app: App) -> None:
    address = enter("hoa").send("/can-bo/hoi-dap/moi", **ENTRY).headers["location"].partition("?")[0]
    refused = enter("lan").send(f"{address}/duyet", ban="1")
    assert refused.status_code == 409
    with app.database.session() as session:
        assert desk.card(session, 1).state is desk.State.DRAFT


def test_a_look_saves_nothing_and_shows_every_form_of_the_answer(enter: Enter, app: App) -> None:
    shown = enter("lan").send("/can-bo/hoi-dap/moi", **{**ENTRY, "viec": "xem"})
    assert shown.status_code == 200
    assert "<strong>sảnh</strong>" in shown.text
    assert "Có, ở sảnh." in words_of(shown)
    assert "Có, ở **sảnh**." in shown.text  # the form keeps what was typed
    with app.database.session() as session:
        assert desk.cards(session) == []


def test_mistakes_are_told_at_their_fields_and_nothing_typed_is_lost(enter: Enter) -> None:
    refused = enter("lan").send("/can-bo/hoi-dap/moi", wordings="gửi xe ở đâu", procedures="abc", viec="luu")
    assert refused.status_code == 400
    assert "“abc” không phải mã thủ tục" in words_of(refused)
    assert "Ghi câu trả lời" in words_of(refused)
    assert "gửi xe ở đâu</textarea>" in refused.text
    assert 'value="abc"' in refused.text


def test_the_second_editor_sees_the_first_s_text_beside_his_own(enter: Enter, app: App) -> None:
    publish_faq(app.database, PARKING, app.clock())
    lan, minh = enter("lan"), enter("minh")
    fields = {"wordings": "gửi xe ở đâu", "viec": "luu", "ban": "1"}
    assert lan.send("/can-bo/hoi-dap/1/sua", answer="Ở cổng trước.", **fields).status_code == 303
    second = minh.send("/can-bo/hoi-dap/1/sua", answer="Ở tầng hầm.", **fields)
    assert second.status_code == 409
    assert "lan vừa lưu bản 2" in words_of(second)
    assert "Ở cổng trước." in second.text
    assert "Ở tầng hầm.</textarea>" in second.text
    again = minh.send("/can-bo/hoi-dap/1/sua", answer="Ở tầng hầm.", **{**fields, "ban": "2"})
    assert again.status_code == 303


def test_a_form_that_came_after_the_session_ended_keeps_what_was_typed(enter: Enter, clock: MovingClock) -> None:
    lan = enter("lan")
    csrf = lan.csrf
    clock.move(hours=3)
    late = lan.client.post("/can-bo/hoi-dap/moi", data={"dau": csrf, **ENTRY}, follow_redirects=False)
    assert late.status_code == 401
    assert "vẫn còn" in words_of(late)
    kept = {f"giu:{name}": value for name, value in ENTRY.items()}
    assert all(f'name="{name}"' in late.text for name in kept)
    resumed = lan.log_in("lan", ve="/can-bo/hoi-dap/moi", **kept)
    assert resumed.status_code == 200
    assert "rút tiền ở đâu" in words_of(resumed)
    assert lan.send("/can-bo/hoi-dap/moi", **ENTRY).status_code == 303


@pytest.mark.parametrize("csrf", ["", "0" * 32, "\u1ee9"])
def test_a_form_of_another_site_does_nothing(enter: Enter, app: App, csrf: str) -> None:
    forged = enter("lan").client.post("/can-bo/hoi-dap/moi", data={"dau": csrf, **ENTRY})
    assert "Chưa có gì được lưu" in words_of(forged)
    with app.database.session() as session:
        assert desk.cards(session) == []


def test_attempts_to_log_in_are_slowed(enter: Enter, clock: MovingClock) -> None:
    door = enter("")
    statuses = [door.log_in("lan", "sai").status_code for _ in range(7)]
    assert statuses == [401] * 5 + [429] * 2
    assert door.log_in("lan").status_code == 429  # the right one has to wait as well
    clock.move(seconds=61)
    assert door.log_in("lan").status_code == 303


def test_a_wrong_login_says_the_same_for_every_reason(enter: Enter, app: App) -> None:
    with app.database.session() as session:
        disable_account(session, "nga", Act(OPERATOR, app.clock()))
    texts = {
        words_of(enter("").log_in(login, password))
        for login, password in (("lan", "sai"), ("ai", "sai"), ("nga", PASSWORD))
    }
    assert len(texts) == 1


@pytest.mark.parametrize(
    "back", ["https://example.org", "//example.org", "/", "/can-bo.example.org", "/can-bo\r\nX: y"]
)
def test_the_login_leads_nowhere_else(enter: Enter, back: str) -> None:
    response = enter("").log_in("lan", ve=back)
    assert response.headers["location"] == "/can-bo"


def test_the_cookie_is_for_the_console_alone(enter: Enter) -> None:
    cookie = enter("").log_in("lan").headers["set-cookie"]
    assert all(part in cookie for part in ("HttpOnly", "SameSite=strict", "Path=/can-bo"))


def test_after_logging_out_the_cookie_opens_nothing(enter: Enter) -> None:
    lan = enter("lan")
    token = lan.client.cookies["can_bo"]
    assert lan.send("/can-bo/dang-xuat").status_code == 303
    lan.client.cookies.set("can_bo", token, path="/can-bo")
    assert lan.get("/can-bo", follow_redirects=False).status_code == 303


HOSTILE = '"><script>alert(1)</script>{{ 7*7 }}<img src=x onerror=alert(1)>'


def test_hostile_words_are_shown_as_words(enter: Enter) -> None:
    lan = enter("lan")
    fields = {"wordings": f"hỏi {HOSTILE}", "answer": f"đáp {HOSTILE}", "viec": "luu"}
    address = lan.send("/can-bo/hoi-dap/moi", **fields).headers["location"].partition("?")[0]
    for path in (address, f"{address}/sua", "/can-bo/hoi-dap", "/can-bo", f"/can-bo/hoi-dap?q={HOSTILE}"):
        page = lan.get(path).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
    assert "{{ 7*7 }}" in lan.get(address).text


def test_a_body_of_twenty_megabytes_is_refused(enter: Enter) -> None:
    assert enter("lan").send("/can-bo/hoi-dap/moi", answer="x" * 20_000_000).status_code == 413


@pytest.mark.parametrize(
    "path", ["/can-bo/hoi-dap/999", "/can-bo/hoi-dap/999/sua", "/can-bo/cau-hoi/999", "/can-bo/nhat-ky"]
)
def test_what_is_not_there_or_not_his_is_not_there(enter: Enter, path: str) -> None:
    assert enter("lan").get(path).status_code == 404


def test_staff_of_a_commune_write_for_it_alone(enter: Enter, app: App) -> None:
    nga, other = enter("nga"), FaqText(wordings=("hỏi ở xã khác",), answer="Đáp.", commune="11824")
    publish_faq(app.database, other, app.clock())
    publish_faq(app.database, PARKING, app.clock())
    assert nga.get("/can-bo/hoi-dap/1").status_code == 404
    assert "Ngừng dùng" not in words_of(nga.get("/can-bo/hoi-dap/2"))
    assert nga.send("/can-bo/hoi-dap/2/ngung", ly_do="thử").status_code == 409
    nga.send("/can-bo/hoi-dap/moi", **ENTRY, commune="11824")
    with app.database.session() as session:
        assert desk.card(session, 3).text.commune == WARD


def test_an_entry_is_retired_with_a_reason(enter: Enter, app: App) -> None:
    publish_faq(app.database, PARKING, app.clock())
    hoa = enter("hoa")
    assert "ghi lý do" in words_of(hoa.send("/can-bo/hoi-dap/1/ngung", ly_do=" "))
    assert hoa.send("/can-bo/hoi-dap/1/ngung", ly_do="đã đổi chỗ").status_code == 303
    assert "Đã ngừng" in words_of(hoa.get("/can-bo/hoi-dap/1"))


def test_an_earlier_text_is_brought_back_as_a_draft(enter: Enter, app: App) -> None:
    publish_faq(app.database, PARKING, app.clock())
    lan = enter("lan")
    lan.send("/can-bo/hoi-dap/1/sua", wordings="gửi xe ở đâu", answer="Khác.", viec="luu", ban="1")
    assert lan.send("/can-bo/hoi-dap/1/lay-lai", cu="1", ban="2").status_code == 303
    with app.database.session() as session:
        assert desk.card(session, 1).text == PARKING


SCAN = FaqText(wordings=("Bản quét căn cước công dân nộp dạng gì",), answer="Ảnh hoặc PDF, rõ nét.")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("gui xe", ["1"]),
        ("GỬI XE", ["1"]),
        ("gửi xe máy ở đâu vậy ạ", ["1"]),
        ("guiwr xe", ["1"]),
        ("1", ["1"]),
        ("faq-2", ["2"]),
        ("cccd", ["2"]),
        ("nop anh cccd", ["2"]),
        ("căn cứơc", ["2"]),
        ("hoa hong", []),
        ("'; --", ["2", "1"]),
    ],
    ids=[
        "without marks",
        "in capitals",
        "as a question",
        "as keys",
        "a number",
        "a code",
        "a short form",
        "a short form beside words",
        "a slip",
        "nothing like it",
        "no word at all",
    ],
)
def test_entries_are_found_as_the_bot_understands(enter: Enter, app: App, query: str, found: list[str]) -> None:
    for text in (PARKING, SCAN):
        publish_faq(app.database, text, app.clock())
    app.library.refresh(app.clock())
    page = enter("lan").get("/can-bo/hoi-dap", params={"q": query}).text
    assert re.findall(r'class="card" href="/can-bo/hoi-dap/(\d+)"', page) == found


def test_an_amount_that_the_record_lacks_is_pointed_out(enter: Enter) -> None:
    fields = {"wordings": "khai sinh tốn bao nhiêu", "procedures": "1.001193", "viec": "xem"}
    shown = words_of(enter("lan").send("/can-bo/hoi-dap/moi", answer="Mất 123.000 đồng.", **fields))
    assert "ghi “123.000 đồng”" in shown


def test_a_waiting_question_is_dismissed_with_a_reason_and_comes_back(enter: Enter, ask: Ask) -> None:
    ask("ở trung tâm có máy rút tiền không")
    lan = enter("lan")
    lan.get("/can-bo/cau-hoi")
    assert lan.send("/can-bo/cau-hoi/1/bo-qua", ly_do="").status_code == 400
    assert lan.send("/can-bo/cau-hoi/1/bo-qua", ly_do="không phải việc của mình").status_code == 303
    ask("trung tâm có máy rút tiền không", "c2")
    assert "Không có câu hỏi nào đang chờ" in words_of(lan.get("/can-bo/cau-hoi"))
    assert "không phải việc của mình" in words_of(lan.get("/can-bo/cau-hoi?loc=dismissed"))
    lan.send("/can-bo/cau-hoi/1/mo-lai")
    assert "2 người hỏi" in words_of(lan.get("/can-bo/cau-hoi"))


def test_only_the_city_s_admin_goes_back_and_says_why(enter: Enter, app: App) -> None:
    publish_faq(app.database, PARKING, app.clock())
    with app.database.session() as session:
        before = edition_number(session)
    assert enter("hoa").send("/can-bo/an-ban/quay-lai", an_ban="1", ly_do="x").status_code == 404
    minh = enter("minh")
    assert minh.send("/can-bo/an-ban/quay-lai", an_ban="1", ly_do="").status_code == 409
    assert minh.send("/can-bo/an-ban/quay-lai", an_ban="999", ly_do="x").status_code == 409
    assert minh.send("/can-bo/an-ban/quay-lai", an_ban="1", ly_do="sai").status_code == 303
    with app.database.session() as session:
        assert edition_number(session) == before + 1
    assert "quay lại ấn bản" in words_of(minh.get("/can-bo/nhat-ky"))
    assert "sai Lấy lại ấn bản 1. Người quyết định: minh." in words_of(minh.get("/can-bo/an-ban"))


def test_a_pasted_message_gets_a_reply_to_copy(enter: Enter) -> None:
    lan = enter("lan")
    short = lan.send("/can-bo/tra-loi-nhom", tin_nhan="lam giay khai sinh cho con can giay to gi", dai="ngan")
    assert "Đăng ký khai sinh cho con" in short.text
    whole = lan.send("/can-bo/tra-loi-nhom", tin_nhan="lam giay khai sinh cho con can giay to gi", dai="du")
    assert len(words_of(whole)) > len(words_of(short))
    assert lan.send("/can-bo/tra-loi-nhom", tin_nhan="  ").status_code == 200
