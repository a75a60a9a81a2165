"""A member of staff takes over a private chat: the assistant keeps quiet, and the answer is learned."""

import re
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from bot.app import App
from bot.console.talks import LETTERS
from bot.conversation.messages import Answer, Chat, Ending, Question
from bot.conversation.reply import reply_to
from bot.web import build_web
from console_officer import Officer, words_of
from knowledge.faq import desk
from staff_people import OTHER_WARD, WARD
from web_app import MovingClock

Enter = Callable[[str], Officer]
ASKED = "ở trung tâm có máy rút tiền không"
SAID = "Có bác nhé, máy ở sảnh tầng một."


class Citizen:
    def __init__(self, app: App) -> None:
        self.app, self.browser = app, TestClient(build_web(app))

    def asks(self, text: str) -> str:
        return words_of(self.browser.post("/hoi", data={"text": text}))

    def reads(self) -> str:
        return words_of(self.browser.get("/"))


@pytest.fixture
def citizen(app: App) -> Citizen:
    citizen = Citizen(app)
    citizen.asks(ASKED)
    return citizen


def take_over(officer: Officer) -> str:
    group = re.search(r'href="(/can-bo/cau-hoi/\d+)"', officer.get("/can-bo/cau-hoi").text)
    assert group
    exchange = re.search(r'name="luot" value="(\d+)"><button class="tool">Trò chuyện', officer.get(group[1]).text)
    assert exchange
    return officer.send(f"{group[1]}/tiep-quan", luot=exchange[1]).headers["location"]


def say(officer: Officer, talk: str, text: str, once: str = "") -> int:
    shown = re.search(r'name="mot_lan" value="(\w+)"', officer.get(talk).text)
    assert shown
    return officer.send(f"{talk}/noi", loi=text, mot_lan=once or shown[1]).status_code


def test_while_staff_talk_the_assistant_keeps_quiet_and_listens(citizen: Citizen, enter: Enter, app: App) -> None:
    lan = enter("lan")
    talk = take_over(lan)
    assert ASKED in words_of(lan.get(talk))
    assert say(lan, talk, SAID) == 303
    assert "Cán bộ viết" in citizen.reads()
    assert SAID in citizen.reads()
    assert "đã chuyển cho cán bộ" in citizen.asks("số 0901234567 gọi được không, khai sinh cho con cần gì")
    assert "khai sinh cho con cần gì" in words_of(lan.get(talk))
    assert "0901234567" not in lan.get(talk).text
    lan.send(f"{talk}/ket-thuc")
    assert "Đăng ký khai sinh cho con" in citizen.asks("khai sinh cho con cần gì")


def test_the_pair_is_a_draft_that_nobody_sees_before_its_approval(citizen: Citizen, enter: Enter, app: App) -> None:
    lan = enter("lan")
    talk = take_over(lan)
    say(lan, talk, SAID)
    say(lan, talk, "Rút được cả cuối tuần.")
    citizen.asks("cảm ơn nhé")
    say(lan, talk, "Chúc bác một ngày vui vẻ.")
    with app.database.session() as session:
        (card,) = desk.cards(session)
    assert card.text.wordings == (ASKED,)
    assert card.text.answer == f"{SAID}\n\nRút được cả cuối tuần.\n\nChúc bác một ngày vui vẻ."
    assert card.newest.origin.startswith("trò chuyện trực tiếp qua Trang trò chuyện")
    assert card.state is desk.State.DRAFT
    assert "đã viết câu trả lời" in words_of(lan.get("/can-bo/cau-hoi/1"))  # it waits no longer
    ended = lan.send(f"{talk}/ket-thuc").headers["location"]
    assert ended.startswith("/can-bo/hoi-dap/1")


def test_a_form_that_is_sent_twice_says_it_once(citizen: Citizen, enter: Enter) -> None:
    lan = enter("lan")
    talk = take_over(lan)
    for _ in range(2):
        say(lan, talk, SAID, once="abc")
    assert citizen.browser.get("/").text.count(SAID) == 1


def test_after_a_while_the_assistant_answers_again(citizen: Citizen, enter: Enter, clock: MovingClock) -> None:
    take_over(enter("lan"))
    assert "đã chuyển cho cán bộ" in citizen.asks("khai sinh cho con cần gì")
    clock.move(minutes=31)
    assert "Đăng ký khai sinh cho con" in citizen.asks("khai sinh cho con cần gì")


def test_danger_is_answered_whoever_speaks(citizen: Citizen, enter: Enter) -> None:
    take_over(enter("lan"))
    assert "114" in citizen.asks("cháy nhà rồi, cứu với")


def test_what_is_tapped_is_asked_of_the_assistant(citizen: Citizen, enter: Enter) -> None:
    take_over(enter("lan"))
    shown = citizen.browser.post("/hoi", data={"text": "Khai sinh", "action": "show:1.001193:summary"})
    assert "Đăng ký khai sinh cho con" in words_of(shown)


@pytest.mark.parametrize("text", ["", "   ", "x" * (LETTERS + 1)], ids=["nothing", "spaces", "too much"])
def test_what_cannot_be_sent_is_kept_in_the_form(citizen: Citizen, enter: Enter, text: str) -> None:
    lan = enter("lan")
    talk = take_over(lan)
    refused = lan.send(f"{talk}/noi", loi=text, mot_lan="x")
    assert refused.status_code == 400
    assert text.strip() in refused.text
    assert "Cán bộ viết" not in citizen.reads()


def test_a_talk_is_between_two_people(citizen: Citizen, enter: Enter) -> None:
    lan, minh = enter("lan"), enter("minh")
    talk = take_over(lan)
    assert minh.get(talk).status_code == 404
    assert minh.send(f"{talk}/noi", loi=SAID, mot_lan="x").status_code == 404
    assert minh.send(f"{talk}/ket-thuc").status_code == 404
    assert take_over(minh) == talk  # who takes over openly has it, and it is in the audit
    assert lan.get(talk).status_code == 404
    assert "2 việc" in words_of(minh.get("/can-bo/nhat-ky?viec=took_over"))  # Lan's beginning and Minh's


def test_somebody_of_a_group_is_not_taken_over(enter: Enter, app: App) -> None:
    chat = Chat("telegram", "-100:0/77", is_group=True)
    reply_to(Question(text=ASKED, chat=chat, asked_at=app.clock()), app)
    lan = enter("lan")
    lan.get("/can-bo/cau-hoi")
    refused = lan.send("/can-bo/cau-hoi/1/tiep-quan", luot="1")
    assert "Người hỏi trong nhóm" in words_of(refused)


def test_a_forged_number_opens_nobody_else_s_chat(enter: Enter, app: App) -> None:
    for text, commune, chat in ((ASKED, OTHER_WARD, "a"), ("có wifi không", WARD, "b")):
        reply_to(Question(text=text, chat=Chat("web", chat), asked_at=app.clock(), commune=commune), app)
    nga = enter("nga")
    nga.get("/can-bo/cau-hoi")
    assert nga.send("/can-bo/cau-hoi/1/tiep-quan", luot="1").status_code == 404
    assert "không còn nhắn lại được" in words_of(nga.send("/can-bo/cau-hoi/2/tiep-quan", luot="1"))
    assert nga.send("/can-bo/cau-hoi/2/tiep-quan", luot="2").status_code == 303


def test_the_first_page_shows_the_talks_that_go_on(citizen: Citizen, enter: Enter) -> None:
    lan = enter("lan")
    talk = take_over(lan)
    assert f'href="{talk}"' in lan.get("/can-bo").text
    assert f'href="{talk}"' not in enter("minh").get("/can-bo").text


def test_silence_is_recorded_like_any_turn(citizen: Citizen, enter: Enter, ask: Callable[..., Answer]) -> None:
    assert ask("khai sinh cho con", "other").ending is Ending.PROCEDURE
    take_over(enter("lan"))
    assert ask("khai sinh cho con", "other").ending is Ending.PROCEDURE  # other chats are answered


def test_the_page_looks_for_new_messages_and_finds_them_all(citizen: Citizen, enter: Enter) -> None:
    lan = enter("lan")
    talk = take_over(lan)
    assert f'data-news="{talk}/tin"' in lan.get(talk).text
    assert 'href="' + talk + '">Xem tin mới' in lan.get(talk).text  # without script
    before = lan.get(f"{talk}/tin").text.count("<li")
    citizen.asks("thẻ nào cũng rút được à <b>")
    news = lan.get(f"{talk}/tin")
    assert news.text.count("<li") == before + 1
    assert news.text.lstrip().startswith("<li")
    assert "thẻ nào cũng rút được à &lt;b&gt;" in news.text
    assert news.headers["cache-control"] == "no-store"
    lan.send(f"{talk}/ket-thuc")
    assert "data-news" not in lan.get(talk).text  # nobody writes there any more


def test_news_are_for_who_holds_the_talk(citizen: Citizen, enter: Enter) -> None:
    lan, minh, nobody = enter("lan"), enter("minh"), enter("")
    talk = take_over(lan)
    assert minh.get(f"{talk}/tin").status_code == 404
    assert nobody.get(f"{talk}/tin", follow_redirects=False).status_code == 303
    assert lan.get("/can-bo/tro-chuyen/999/tin").status_code == 404


def test_a_page_that_looks_by_itself_keeps_nobody_logged_in(citizen: Citizen, enter: Enter, clock: MovingClock) -> None:
    lan = enter("lan")
    talk = take_over(lan)
    for _ in range(4):
        clock.move(minutes=29)
        assert lan.get(f"{talk}/tin", follow_redirects=False).status_code == 200
    clock.move(minutes=29)
    assert lan.get(f"{talk}/tin", follow_redirects=False).status_code == 303
