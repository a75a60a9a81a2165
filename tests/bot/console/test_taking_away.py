"""What is in use is not taken away under others: it is refused in words, or what hangs on it goes on."""

from collections.abc import Callable

import pytest

from bot.app import App
from bot.conversation.messages import Answer, Ending
from console_officer import Officer, words_of
from knowledge.faq.desk import card, draft
from knowledge.faq.entry import FaqText
from knowledge.faq.publishing import approve
from knowledge.staff.accounts import Act
from knowledge.waiting_work import untold
from knowledge.words.desk import approve_word, propose
from knowledge.words.word import WordKind, WordText
from staff_people import HOA, LAN, MINH, PARKING, WARD, publish_faq

Ask, Enter = Callable[..., Answer], Callable[[str], Officer]
INSTEAD = FaqText(wordings=("gửi xe ở phường",), answer="Ở sân sau.", commune=WARD, instead_of=1)
ASKED = "ở trung tâm có máy rút tiền không"


def test_what_a_commune_replaces_is_refused_and_the_page_names_it(enter: Enter, app: App) -> None:
    publish_faq(app.database, PARKING, app.clock())
    publish_faq(app.database, INSTEAD, app.clock())
    hoa = enter("hoa")
    page = hoa.get("/can-bo/hoi-dap/1")
    assert "Chưa ngừng được: có mục của xã, phường đang thay mục này" in words_of(page)
    assert "/can-bo/hoi-dap/1/ngung" not in page.text
    refused = hoa.send("/can-bo/hoi-dap/1/ngung", ly_do="thừa")
    assert refused.status_code == 409
    assert "Có mục của xã, phường đang thay mục này" in words_of(refused)
    assert hoa.send("/can-bo/hoi-dap/2/ngung", ly_do="thừa").status_code == 303
    assert hoa.send("/can-bo/hoi-dap/1/ngung", ly_do="thừa").status_code == 303


def test_a_draft_that_would_replace_what_is_gone_is_refused_its_approval(enter: Enter, app: App) -> None:
    publish_faq(app.database, PARKING, app.clock())
    with app.database.session(writing=True) as session:
        draft(session, INSTEAD, Act(LAN, app.clock()))
    hoa = enter("hoa")
    assert hoa.send("/can-bo/hoi-dap/1/ngung", ly_do="thừa").status_code == 303
    refused = hoa.send("/can-bo/hoi-dap/2/duyet", ban="1")
    assert refused.status_code == 409
    assert "Mục cần thay không phải mục đang có" in words_of(refused)


def test_questions_that_wait_for_an_entry_wait_for_staff_again(enter: Enter, ask: Ask, app: App) -> None:
    assert ask(ASKED).ending is not Ending.FAQ
    hoa = enter("hoa")
    hoa.get("/can-bo/cau-hoi")
    hoa.send("/can-bo/cau-hoi/1/tra-loi", wordings=ASKED, answer="Có, ở sảnh.", gui="duyet", viec="luu")
    with app.database.session() as session:
        assert untold(session, 1) == 1
    assert ASKED not in words_of(hoa.get("/can-bo/cau-hoi"))
    assert "1 câu hỏi chờ đang đợi mục này được duyệt" in words_of(hoa.get("/can-bo/hoi-dap/1"))
    assert hoa.send("/can-bo/hoi-dap/1/ngung", ly_do="trùng").status_code == 303
    with app.database.session() as session:
        assert untold(session, 1) == 0
    assert ASKED in words_of(hoa.get("/can-bo/cau-hoi"))


@pytest.mark.parametrize("is_live", [True, False], ids=["in use", "proposed"])
def test_a_word_whose_procedure_is_gone_is_told_and_can_be_ended(enter: Enter, app: App, is_live: bool) -> None:
    with app.database.session(writing=True) as session:
        propose(session, WordText(kind=WordKind.WORDING, said="giấy chim én", means="9.999999"), Act(LAN, app.clock()))
        if is_live:
            approve_word(session, 1, Act(HOA, app.clock()))
    hoa = enter("hoa")
    page = hoa.get("/can-bo/tu-ngu")
    assert "giấy chim én → 9.999999 (danh mục không còn thủ tục này)" in words_of(page)
    for path in ("/can-bo/tu-ngu", "/can-bo", "/can-bo/an-ban"):
        assert 'href="/can-bo/tu-ngu/9.999999"' not in hoa.get(path).text  # it would lead nowhere
    assert hoa.send("/can-bo/tu-ngu/1/ngung", ly_do="thủ tục bị bãi bỏ").status_code == 303
    assert "Đã ngừng" in words_of(hoa.get("/can-bo/tu-ngu"))


def test_what_was_ended_is_ended_once_and_comes_back(enter: Enter, app: App) -> None:
    publish_faq(app.database, PARKING, app.clock())
    hoa = enter("hoa")
    assert hoa.send("/can-bo/hoi-dap/1/ngung", ly_do="thừa").status_code == 303
    again = hoa.send("/can-bo/hoi-dap/1/ngung", ly_do="lần nữa")
    assert again.status_code == 409
    assert "đã được duyệt hoặc đã ngừng" in words_of(again)
    assert hoa.send("/can-bo/hoi-dap/1/lay-lai", cu="1", ban="1").status_code == 303
    with app.database.session(writing=True) as session:
        approve(session, 1, 2, Act(MINH, app.clock()))
        assert card(session, 1).live
