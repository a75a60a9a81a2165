"""Wordings and short forms in the console: trying, proposing, approving, widening."""

import re
from collections.abc import Callable

import pytest

from bot.app import App
from bot.conversation.messages import Answer, Ending
from console_officer import Officer, words_of
from knowledge.staff.accounts import Act
from knowledge.words.desk import approve_word, propose, word_card, word_cards
from knowledge.words.word import WordKind, WordText
from staff_people import HOA, LAN, OTHER_WARD, WARD, publish_faq
from staff_people import PARKING as PARK

Ask, Enter = Callable[..., Answer], Callable[[str], Officer]
MARRIAGE, BIRTH = "1.000894", "1.001193"
PAGE, FORMS = f"/can-bo/tu-ngu/{MARRIAGE}", "/can-bo/tu-ngu/viet-tat"


def live(app: App, text: WordText) -> int:
    with app.database.session(writing=True) as session:
        number = propose(session, text, Act(LAN, app.clock()))
        approve_word(session, number, Act(HOA, app.clock()))
    app.library.refresh(app.clock())
    return number


@pytest.mark.parametrize("path", ["/can-bo/tu-ngu", PAGE, FORMS])
def test_every_page_opens_for_staff_alone(enter: Enter, path: str) -> None:
    assert enter("").get(path, follow_redirects=False).status_code == 303
    assert "<h1>" in enter("lan").get(path).text


def test_a_procedure_is_found_as_citizens_type_and_leads_to_its_words(enter: Enter) -> None:
    page = enter("lan").get("/can-bo/tu-ngu", params={"q": "ket hon"})
    assert PAGE in page.text
    assert "dang ky ket hon" in words_of(enter("lan").get(PAGE))


def test_a_word_is_tried_proposed_approved_and_understood(enter: Enter, ask: Ask, app: App) -> None:
    lan, hoa = enter("lan"), enter("hoa")
    ask("xin giấy chim én ở đâu", "a")
    tried = lan.send(PAGE, tu="giấy chim én", cau_thu="lam giay chim en can gi", viec="thu")
    assert tried.status_code == 200
    shown = words_of(tried)
    assert "Có từ này Đăng ký kết hôn" in shown
    assert "xin giấy chim én ở đâu" in shown
    assert 'value="giấy chim én"' in tried.text
    assert ask("xin giấy chim én", "b").ending is not Ending.PROCEDURE
    assert lan.send(PAGE, tu="giấy chim én", viec="luu").status_code == 303
    assert "Duyệt và dùng ngay" not in words_of(lan.get("/can-bo/tu-ngu"))
    assert "Duyệt và dùng ngay" in words_of(hoa.get("/can-bo/tu-ngu"))
    assert hoa.send("/can-bo/tu-ngu/1/duyet").status_code == 303
    app.library.refresh(app.clock())
    assert ask("xin giấy chim én", "c").procedures[0] == MARRIAGE


def test_a_short_form_is_tried_and_proposed(enter: Enter, app: App) -> None:
    lan = enter("lan")
    tried = lan.send(FORMS, tu="zkh", nghia="đăng ký kết hôn", cau_thu="làm zkh cần gì", viec="thu")
    assert "Có từ này Đăng ký kết hôn" in words_of(tried)
    assert lan.send(FORMS, tu="zkh", nghia="đăng ký kết hôn", viec="luu").status_code == 303
    with app.database.session() as session:
        assert word_card(session, 1).text == WordText(kind=WordKind.SHORT_FORM, said="zkh", means="đăng ký kết hôn")


@pytest.mark.parametrize(
    ("path", "fields", "said"),
    [
        (PAGE, {"tu": "làm giấy khai sinh cho con"}, "đã là cách gọi của thủ tục"),
        (PAGE, {"tu": "dang ky ket hon"}, "Trợ lý đã hiểu"),
        (PAGE, {"tu": "gửi xe máy ở đâu khi đi làm giấy tờ"}, "đã là cách hỏi của mục hỏi đáp"),
        (FORMS, {"tu": "con", "nghia": "công an"}, "là một từ thường gặp"),
        (FORMS, {"tu": "ntn", "nghia": "nơi tạm nộp"}, "đã được hiểu là “như thế nào”"),
    ],
    ids=["another procedure's", "its own already", "an entry's", "a common word", "a known short form"],
)
def test_what_clashes_is_refused_with_a_clear_sentence(
    enter: Enter, app: App, path: str, fields: dict[str, str], said: str
) -> None:
    publish_faq(app.database, PARK, app.clock())
    app.library.refresh(app.clock())
    refused = enter("lan").send(path, **fields, viec="luu")
    assert refused.status_code == 409
    assert said in words_of(refused)
    assert f'value="{fields["tu"]}"' in refused.text
    with app.database.session() as session:
        assert word_cards(session) == []


def test_what_waits_for_approval_counts_as_well(enter: Enter) -> None:
    lan = enter("lan")
    lan.send(PAGE, tu="giấy chim én", viec="luu")
    refused = lan.send(f"/can-bo/tu-ngu/{BIRTH}", tu="giấy chim én", viec="luu")
    assert "đã được cán bộ đề nghị với nghĩa “Đăng ký kết hôn”" in words_of(refused)


def test_what_clashes_by_the_time_of_its_approval_is_refused_then(enter: Enter, app: App) -> None:
    enter("lan").send(PAGE, tu="giấy chim én", viec="luu")
    entry = PARK.__class__(wordings=("giấy chim én",), answer="Đáp.")
    publish_faq(app.database, entry, app.clock())
    app.library.refresh(app.clock())
    refused = enter("hoa").send("/can-bo/tu-ngu/1/duyet")
    assert refused.status_code == 409
    assert "mục hỏi đáp" in words_of(refused)


@pytest.mark.parametrize(
    ("path", "fields", "said"),
    [
        (PAGE, {"tu": " "}, "Ghi từ hoặc cụm từ"),
        (PAGE, {"tu": "x" * 200}, "Dài quá 120 chữ"),
        (PAGE, {"tu": "giấy chim én", "commune": "xã Không Có"}, "không phải một xã"),
        (FORMS, {"tu": "a b", "nghia": "từ"}, "liền nhau"),
        (FORMS, {"tu": "hộ", "nghia": "từ"}, "không dấu"),
        (FORMS, {"tu": "abc", "nghia": "  "}, "Ghi từ đầy đủ"),
        (FORMS, {"tu": "abc", "nghia": "giấy abc"}, "còn chứa chính từ viết tắt"),
        (FORMS, {"tu": "abc", "nghia": "x" * 90}, "Dài quá 80 chữ"),
    ],
)
def test_mistakes_are_told_at_their_fields(enter: Enter, path: str, fields: dict[str, str], said: str) -> None:
    refused = enter("lan").send(path, **fields, viec="luu")
    assert refused.status_code == 400
    assert said in words_of(refused)


def test_a_commune_learns_for_itself_until_the_city_approves(enter: Enter, ask: Ask, app: App) -> None:
    text = WordText(kind=WordKind.WORDING, said="giấy chim én", means=MARRIAGE, commune=WARD)
    number = live(app, text)
    nga, minh = enter("nga"), enter("minh")
    assert nga.send(f"/can-bo/tu-ngu/{number}/nang").status_code == 303
    assert "Duyệt cho toàn thành phố" not in words_of(nga.get("/can-bo/tu-ngu"))
    assert nga.send(f"/can-bo/tu-ngu/{number}/duyet").status_code == 409
    assert "Duyệt cho toàn thành phố" in words_of(minh.get("/can-bo/tu-ngu"))
    assert ask("xin giấy chim én", "a").ending is not Ending.PROCEDURE
    assert minh.send(f"/can-bo/tu-ngu/{number}/duyet").status_code == 303
    app.library.refresh(app.clock())
    assert ask("xin giấy chim én", "b").procedures[0] == MARRIAGE


def test_staff_of_a_commune_add_for_it_alone_and_see_no_other_s(enter: Enter, app: App) -> None:
    number = live(app, WordText(kind=WordKind.WORDING, said="sổ rồng", means=MARRIAGE, commune=OTHER_WARD))
    nga = enter("nga")
    nga.send(PAGE, tu="giấy chim én", viec="luu", commune=OTHER_WARD)
    with app.database.session() as session:
        assert word_card(session, number + 1).text.commune == WARD
    assert "sổ rồng" not in nga.get("/can-bo/tu-ngu").text
    for verb in ("duyet", "nang", "ngung"):
        assert nga.send(f"/can-bo/tu-ngu/{number}/{verb}", ly_do="x").status_code == 404


def test_an_officer_approves_by_no_forged_form(enter: Enter, app: App) -> None:
    enter("hoa").send(PAGE, tu="giấy chim én", viec="luu")
    lan = enter("lan")
    assert lan.send("/can-bo/tu-ngu/1/duyet").status_code == 409
    assert enter("hoa").send("/can-bo/tu-ngu/1/duyet").status_code == 409
    with app.database.session() as session:
        assert word_card(session, 1).live is None


def test_a_word_is_retired_with_a_reason(enter: Enter, app: App) -> None:
    number = live(app, WordText(kind=WordKind.WORDING, said="giấy chim én", means=MARRIAGE))
    hoa = enter("hoa")
    assert "ghi lý do" in words_of(hoa.send(f"/can-bo/tu-ngu/{number}/ngung", ly_do=" "))
    assert hoa.send(f"/can-bo/tu-ngu/{number}/ngung", ly_do="gây nhầm").status_code == 303
    assert "Đã ngừng" in words_of(hoa.get("/can-bo/tu-ngu"))
    assert hoa.send(f"/can-bo/tu-ngu/{number}/ngung", ly_do="lần nữa").status_code == 409


@pytest.mark.parametrize("path", ["/can-bo/tu-ngu/9.999999", "/can-bo/tu-ngu/999/duyet"])
def test_what_is_not_there_is_not_there(enter: Enter, path: str) -> None:
    lan = enter("lan")
    response = lan.send(path, ly_do="x") if path.endswith("duyet") else lan.get(path)
    assert response.status_code == 404


def test_hostile_words_are_shown_as_words(enter: Enter) -> None:
    hostile = '"><script>alert(1)</script>{{ 7*7 }}'
    shown = enter("lan").send(PAGE, tu=hostile, cau_thu=hostile, viec="thu").text
    assert "<script>alert" not in shown
    assert re.search(r"\{\{ 7\*7 }}", shown)
