"""What waits for whose approval: on the first page, and behind its “Xem tất cả”."""

import dataclasses
import re
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from msgspec.structs import replace

from bot.app import App
from bot.console.home import TOP
from bot.web import build_web
from console_officer import PASSWORD, Officer, words_of
from knowledge.faq.desk import draft, revise
from knowledge.faq.entry import FaqText
from knowledge.staff.accounts import Act, Role, Who, add_account
from knowledge.words.desk import approve_word, propose, raise_word
from knowledge.words.word import WordKind, WordText
from staff_people import HOA, LAN, MINH, NGA, OTHER_WARD, PARKING, WARD, publish_faq

Enter = Callable[[str], Officer]
FORM = WordText(kind=WordKind.SHORT_FORM, said="gce", means="giấy chim én")
OF_WARD = WordText(kind=WordKind.WORDING, said="giấy chim én", means="1.000894", commune=WARD)


def entries_on(page: str) -> list[str]:
    return re.findall(r'class="card" href="/can-bo/hoi-dap/(\d+)"', page)


def propose_words(app: App, who: Who, *texts: WordText) -> None:
    with app.database.session(writing=True) as session:
        for text in texts:
            propose(session, text, Act(who, app.clock()))


def test_words_that_wait_stand_on_the_first_page(enter: Enter, app: App) -> None:
    propose_words(app, LAN, FORM)
    for login, said in (("hoa", "Từ ngữ chờ bạn duyệt (1)"), ("lan", "Từ ngữ của bạn đang chờ duyệt (1)")):
        page = words_of(enter(login).get("/can-bo"))
        assert said in page
        assert "gce → giấy chim én" in page
        assert "Không còn việc nào chờ" not in page
    hoa = enter("hoa")
    assert hoa.send("/can-bo/tu-ngu/1/duyet").status_code == 303
    assert "Từ ngữ chờ bạn duyệt" not in words_of(hoa.get("/can-bo"))


@pytest.mark.parametrize(("login", "is_told"), [("hoa", True), ("nga", True), ("lan", False)])
def test_a_proposal_of_a_commune_waits_for_who_serves_it(enter: Enter, app: App, login: str, is_told: bool) -> None:
    binh = Who(login="binh", name="Bình", role=Role.OFFICER, commune=WARD)
    propose_words(app, binh, OF_WARD)
    assert ("giấy chim én" in words_of(enter(login).get("/can-bo"))) is is_told


def test_a_word_that_is_asked_of_the_city_waits_for_the_city(enter: Enter, app: App) -> None:
    propose_words(app, LAN, OF_WARD)
    with app.database.session(writing=True) as session:
        approve_word(session, 1, Act(NGA, app.clock()))
        raise_word(session, 1, Act(NGA, app.clock()))
    assert "Từ ngữ chờ bạn duyệt (1)" in words_of(enter("hoa").get("/can-bo"))
    assert "Từ ngữ chờ bạn duyệt" not in words_of(enter("nga").get("/can-bo"))


def test_all_that_waits_for_an_approval_is_found_behind_the_first_few(enter: Enter, app: App) -> None:
    """Entries in use with a change that waits are among them, one's own are not."""
    publish_faq(app.database, PARKING, app.clock())
    with app.database.session(writing=True) as session:
        revise(session, 1, replace(PARKING, answer="Không có."), 1, Act(LAN, app.clock()))
        for number in range(TOP):
            draft(session, FaqText(wordings=(f"hỏi câu {number}",), answer="Đáp."), Act(LAN, app.clock()))
        draft(session, FaqText(wordings=("hỏi của Hoa",), answer="Đáp."), Act(HOA, app.clock()))
    hoa = enter("hoa")
    assert f"Chờ bạn duyệt ({TOP + 1})" in words_of(hoa.get("/can-bo"))
    link = re.search(r'href="(/can-bo/hoi-dap\?loc=approve)"', hoa.get("/can-bo").text)
    assert link
    page = hoa.get(link[1])
    assert entries_on(page.text) == ["6", "5", "4", "3", "2", "1"]
    assert f"Chờ bạn duyệt ({TOP + 1})" in words_of(page)
    assert entries_on(enter("minh").get(link[1]).text) == ["7", "6", "5", "4", "3", "2", "1"]
    lan = enter("lan")
    assert "Của bạn, chờ duyệt (6)" in words_of(lan.get(link[1]))
    assert entries_on(lan.get(f"{link[1]}&q=hỏi câu 3").text) == ["5"]


def test_where_the_only_one_may_approve_his_own_they_wait_for_him(app: App) -> None:
    lone = Who(login="tam", name="Tâm", role=Role.APPROVER, commune=OTHER_WARD)
    with app.database.session(writing=True) as session:
        add_account(session, lone, PASSWORD, app.clock())
        text = FaqText(wordings=("gửi xe ở đâu",), answer="Ở sân sau.", commune=OTHER_WARD)
        draft(session, text, Act(lone, app.clock()))
    for places, is_told in (("", False), (OTHER_WARD, True)):
        settings = app.settings.model_copy(update={"approve_own": places})
        tam = Officer(TestClient(build_web(dataclasses.replace(app, settings=settings))))
        tam.log_in("tam")
        assert ("Chờ bạn duyệt (1)" in words_of(tam.get("/can-bo"))) is is_told


def test_the_list_of_words_is_turned_over_and_narrowed(enter: Enter, app: App) -> None:
    propose_words(app, LAN, *(WordText(kind=WordKind.SHORT_FORM, said=f"v{at:03}", means="vé") for at in range(55)))
    propose_words(app, MINH, FORM)
    hoa, minh = enter("hoa"), enter("minh")
    assert "Trang 1 / 2" in words_of(hoa.get("/can-bo/tu-ngu"))
    assert "v000" in words_of(hoa.get("/can-bo/tu-ngu?trang=2"))
    assert "Chờ bạn duyệt (56)" in words_of(hoa.get("/can-bo/tu-ngu?loc=approve"))
    assert "Chờ bạn duyệt (55)" in words_of(minh.get("/can-bo/tu-ngu?loc=approve"))
