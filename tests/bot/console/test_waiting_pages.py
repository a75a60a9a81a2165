"""Waiting questions in the console: one form answers, who asked reads it in his chat, and what else is done there."""

import re
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from bot.app import App
from bot.console.words import DONE, REFUSED
from bot.conversation.messages import Answer, Ending
from bot.web import build_web
from console_officer import Officer, words_of
from staff_people import OTHER_WARD, PARKING, publish_faq
from web_app import MovingClock

Ask, Enter = Callable[..., Answer], Callable[[str], Officer]
ASKED = "ở trung tâm có máy rút tiền không"
REPLY = {
    "wordings": f"{ASKED}\nrút tiền ở đâu",
    "answer": "Có, ở **sảnh**.\n- cạnh cửa chính",
    "procedures": "1.001193",
    "viec": "luu",
    "gui": "ngay",
}


@pytest.fixture
def citizen(app: App) -> TestClient:
    """A browser that has asked and was told that nobody knows yet."""
    browser = TestClient(build_web(app))
    browser.post("/hoi", data={"text": ASKED})
    return browser


def top_of(officer: Officer) -> str:
    found = re.search(r'href="(/can-bo/cau-hoi/\d+)"', officer.get("/can-bo/cau-hoi").text)
    assert found
    return found[1]


def test_one_form_tells_who_asked_and_keeps_a_draft_for_all_who_will(
    citizen: TestClient, enter: Enter, ask: Ask, app: App
) -> None:
    lan, hoa = enter("lan"), enter("hoa")
    assert "Gửi cho 1 người đang chờ" in words_of(lan.get(top_of(lan)))
    assert citizen.get("/tin-moi").status_code == 204
    done = lan.send(f"{top_of(lan)}/tra-loi", **REPLY)
    assert DONE["da-tra-loi"] in words_of(lan.get(done.headers["location"]))
    for _ in range(2):
        page = citizen.get("/")
        assert page.text.count("Cán bộ trả lời câu hỏi của bạn") == 1
        assert f"“{ASKED}”" in page.text
        assert "<strong>sảnh</strong>" in page.text
        assert "Thành phố Hải Phòng trả lời lúc" in page.text
        assert 'value="show:1.001193:summary"' in page.text
    assert "cạnh cửa chính" in citizen.get("/tin-moi").text
    assert citizen.get("/tin-moi?da_co=1").status_code == 204
    assert hoa.send("/can-bo/hoi-dap/1/duyet", ban="1").status_code == 303
    app.library.refresh(app.clock())
    assert ask("trung tâm có máy rút tiền không ạ", "next").ending is Ending.FAQ
    assert citizen.get("/").text.count("Cán bộ trả lời câu hỏi của bạn") == 1


def test_an_answer_may_wait_for_its_approval(citizen: TestClient, enter: Enter) -> None:
    lan, hoa = enter("lan"), enter("hoa")
    address = top_of(lan)
    lan.send(f"{address}/tra-loi", **{**REPLY, "gui": "duyet"})
    assert "1 người hỏi sẽ được báo khi mục này được duyệt" in words_of(lan.get(address))
    assert "Cán bộ trả lời" not in citizen.get("/").text
    hoa.send("/can-bo/hoi-dap/1/duyet", ban="1")
    assert "Cán bộ trả lời" in citizen.get("/").text


def test_one_person_alone_may_be_answered(citizen: TestClient, enter: Enter) -> None:
    lan = enter("lan")
    address = top_of(lan)
    lan.send(f"{address}/tra-loi", **REPLY, chi_tra_loi="co")
    assert "lan đã trả lời người hỏi" in words_of(lan.get(address))
    assert lan.get("/can-bo/hoi-dap/1").status_code == 404
    assert "Cán bộ trả lời" in citizen.get("/").text


def test_a_draft_that_somebody_stops_brings_the_question_back(citizen: TestClient, enter: Enter) -> None:
    assert citizen
    lan, hoa = enter("lan"), enter("hoa")
    address = top_of(lan)
    lan.send(f"{address}/tra-loi", **{**REPLY, "gui": "duyet"})
    assert hoa.send("/can-bo/hoi-dap/1/ngung", ly_do="chưa đúng").status_code == 303
    assert top_of(lan) == address


def test_a_look_sends_nothing_and_keeps_what_was_typed(citizen: TestClient, enter: Enter) -> None:
    lan = enter("lan")
    shown = lan.send(f"{top_of(lan)}/tra-loi", **{**REPLY, "viec": "xem", "gui": "duyet"})
    assert shown.status_code == 200
    assert "Tin nhắn người hỏi sẽ nhận khi bản nháp được duyệt" in words_of(shown)
    assert "Mục hỏi đáp cho người hỏi sau" in shown.text
    assert "Có, ở **sảnh**." in shown.text
    assert re.search(r'value="duyet" checked', shown.text)
    assert "Cán bộ trả lời" not in citizen.get("/").text


def test_mistakes_are_told_at_their_fields(citizen: TestClient, enter: Enter) -> None:
    lan = enter("lan")
    refused = lan.send(f"{top_of(lan)}/tra-loi", **{**REPLY, "answer": "", "procedures": "abc"})
    assert refused.status_code == 400
    assert "Chưa gửi được" in words_of(refused)
    assert 'value="abc"' in refused.text
    assert "Cán bộ trả lời" not in citizen.get("/").text


def test_the_second_who_answers_is_told_and_loses_nothing(citizen: TestClient, enter: Enter) -> None:
    lan, minh = enter("lan"), enter("minh")
    address = top_of(lan)
    lan.send(f"{address}/tra-loi", **REPLY)
    second = minh.send(f"{address}/tra-loi", **{**REPLY, "answer": "Ở tầng hai."})
    assert second.status_code == 409
    assert "Có người vừa trả lời" in words_of(second)
    assert citizen.get("/").text.count("Cán bộ trả lời câu hỏi của bạn") == 1
    assert "tầng hai" not in citizen.get("/").text


def test_a_deleted_conversation_hears_nothing(citizen: TestClient, enter: Enter) -> None:
    lan = enter("lan")
    address = top_of(lan)
    cookie = citizen.cookies["phien"]
    citizen.post("/xoa")  # what was asked is forgotten with the chat, and waits no longer
    assert lan.get(address).status_code == 404
    assert "Không có câu hỏi nào đang chờ" in words_of(lan.get("/can-bo/cau-hoi"))
    late = lan.send(f"{address}/tra-loi", **REPLY)
    assert late.status_code == 409
    assert "cạnh cửa chính" in late.text  # what was typed is still there
    citizen.cookies.set("phien", cookie)
    assert "Cán bộ trả lời" not in citizen.get("/").text


def test_a_promise_is_told_in_hours_of_work(citizen: TestClient, enter: Enter, clock: MovingClock) -> None:
    """The clock stands on a Sunday."""
    lan = enter("lan")
    address = top_of(lan)
    assert "chọn hẹn trong bao lâu" in words_of(lan.send(f"{address}/hen", gio="99"))
    lan.send(f"{address}/hen", gio="8")
    assert "sẽ trả lời trước 17:00 thứ Hai 23/11/2026" in words_of(citizen.get("/"))
    assert "hẹn 17:00 23/11/2026" in words_of(lan.get("/can-bo/cau-hoi?loc=cua-toi"))
    clock.move(hours=30)
    assert "quá hẹn" in words_of(enter("lan").get(address))


def test_a_task_is_given_and_found_again(citizen: TestClient, enter: Enter) -> None:
    assert citizen
    lan, hoa = enter("lan"), enter("hoa")
    assert "Không có câu hỏi nào" in words_of(hoa.get("/can-bo/cau-hoi?loc=cua-toi"))
    lan.send(f"{top_of(lan)}/giao", cho="hoa")
    assert ASKED in words_of(hoa.get("/can-bo/cau-hoi?loc=cua-toi"))
    assert "hoa phụ trách" in words_of(lan.get("/can-bo/cau-hoi"))


def test_questions_are_merged_and_parted(enter: Enter, ask: Ask) -> None:
    ask("trung tâm có máy rút tiền không", "a")
    ask("trung tâm có máy rút tiền vietcombank ở tầng mấy", "b")
    lan = enter("lan")
    assert lan.get("/can-bo/cau-hoi").text.count('class="card"') == 2
    assert "đánh dấu ít nhất một câu" in words_of(lan.send("/can-bo/cau-hoi/1/gop"))
    assert lan.send("/can-bo/cau-hoi/1/gop", **{"nhom-2": "co", "nhom-x": "co"}).status_code == 303
    assert "2 người hỏi" in words_of(lan.get("/can-bo/cau-hoi/1"))
    exchange = re.search(r'name="luot" value="(\d+)"', lan.get("/can-bo/cau-hoi/1").text)
    assert exchange
    assert lan.send("/can-bo/cau-hoi/1/tach", luot=exchange[1]).status_code == 303
    assert lan.get("/can-bo/cau-hoi").text.count('class="card"') == 2


@pytest.mark.parametrize("call", ["gặp cán bộ", "cho gap nguoi that", "tôi muốn nói chuyện với người thật"])
def test_who_calls_for_a_person_has_his_question_before_staff(citizen: TestClient, enter: Enter, call: str) -> None:
    said = words_of(citizen.post("/hoi", data={"text": call}))
    assert "đã vào danh sách chờ cán bộ thành phố Hải Phòng" in said
    assert "Cán bộ xem câu hỏi từ 07:30 thứ Hai 23/11/2026" in said
    lan = enter("lan")
    page = words_of(lan.get(top_of(lan)))
    assert f"{ASKED} 1 người hỏi, 2 lần" in page
    assert "xin gặp cán bộ" in page


def test_who_calls_for_a_person_first_is_asked_what_it_is_about(enter: Enter, ask: Ask) -> None:
    ask("xin chào")
    assert "Bạn viết điều cần hỏi" in ask("gặp cán bộ").plain
    assert "Không có câu hỏi nào đang chờ" in words_of(enter("lan").get("/can-bo/cau-hoi"))


def test_an_entry_near_a_question_about_the_building_is_offered(ask: Ask, app: App) -> None:
    publish_faq(app.database, PARKING, app.clock())
    app.library.refresh(app.clock())
    answer = ask("chỗ gửi xe ô tô của trung tâm mình có mái che không")
    assert answer.ending in {Ending.UNSURE, Ending.FAQ}
    assert any("faq-1" in choice.action for choice in answer.choices) or answer.faq == "faq-1"


@pytest.mark.parametrize("deed", ["tra-loi", "giao", "hen", "gop", "tach", "bo-qua", "mo-lai"])
def test_nothing_is_done_to_a_question_of_another_commune(enter: Enter, app: App, deed: str) -> None:
    browser = TestClient(build_web(app))
    browser.cookies.set("xa", OTHER_WARD)
    browser.post("/hoi", data={"text": ASKED})
    enter("lan").get("/can-bo/cau-hoi")
    fields = {**REPLY, "gio": "8", "cho": "nga", "nhom-1": "co", "luot": "1", "ly_do": "x"}
    assert enter("nga").send(f"/can-bo/cau-hoi/1/{deed}", **fields).status_code == 404


def test_every_refusal_and_every_deed_has_its_words() -> None:
    assert {"NotWaitingError", "UnknownGroupError", "NotAllowedError"} <= set(REFUSED)
    assert {"da-tra-loi", "chi-tra-loi", "dong", "nhap", "giao", "hen", "gop", "tach"} <= set(DONE)
