"""The editions page tells what each edition changed, by whom, and turns over."""

from collections.abc import Callable
from datetime import date

from msgspec.structs import replace

from bot.app import App
from bot.console.editions import MOST, SIZE
from console_officer import Officer, words_of
from knowledge.catalogue import count_editions, go_back
from knowledge.faq.desk import draft, revise
from knowledge.faq.entry import FaqText
from knowledge.faq.publishing import approve, confirm, retire
from knowledge.staff.accounts import Act
from knowledge.words.desk import approve_word, propose
from knowledge.words.word import WordKind, WordText
from staff_people import HOA, LAN, MINH, OTHER_WARD, PARKING, publish_faq

Enter = Callable[[str], Officer]
PAGE = "/can-bo/an-ban"


def test_a_change_of_an_entry_leads_to_both_texts(enter: Enter, app: App) -> None:
    publish_faq(app.database, PARKING, app.clock())
    with app.database.session(writing=True) as session:
        revise(session, 1, replace(PARKING, answer="Không có."), 1, Act(MINH, app.clock()))
        approve(session, 1, 2, Act(HOA, app.clock()))
    lan = enter("lan")
    page = lan.get(PAGE)
    assert f"sửa: {PARKING.title} (minh viết, hoa duyệt) · Xem chỗ sửa" in words_of(page)
    assert f"mới: {PARKING.title} (lan viết, hoa duyệt)" in words_of(page)
    assert 'href="/can-bo/hoi-dap/1/so-sanh?tu=1&amp;den=2"' in page.text
    assert "<del>" in lan.get("/can-bo/hoi-dap/1/so-sanh?tu=1&den=2").text


def test_a_look_again_an_end_and_a_word_are_told(enter: Enter, app: App) -> None:
    publish_faq(app.database, PARKING, app.clock())
    with app.database.session(writing=True) as session:
        revise(session, 1, replace(PARKING, answer="Không có."), 1, Act(LAN, app.clock()))
        confirm(session, 1, date(2027, 6, 1), Act(MINH, app.clock()))  # of the text in use: the change still waits
        retire(session, 1, "thừa", Act(HOA, app.clock()))
        propose(session, WordText(kind=WordKind.WORDING, said="giấy chim én", means="1.000894"), Act(LAN, app.clock()))
        propose(session, WordText(kind=WordKind.SHORT_FORM, said="gce", means="chim én"), Act(LAN, app.clock()))
        for number in (1, 2):
            approve_word(session, number, Act(HOA, app.clock()))
    page = enter("lan").get(PAGE)
    for said in (f"xem lại: {PARKING.title}", f"ngừng: {PARKING.title}", "mới: gce → chim én (lan đề nghị, hoa duyệt)"):
        assert said in words_of(page)
    assert 'href="/can-bo/tu-ngu/1.000894"' in page.text
    assert 'href="/can-bo/tu-ngu/viet-tat"' in page.text


def test_another_commune_s_entry_is_named_and_not_opened(enter: Enter, app: App) -> None:
    publish_faq(app.database, replace(PARKING, commune=OTHER_WARD), app.clock())
    page = enter("nga").get(PAGE)
    assert f"mới: {PARKING.title}" in words_of(page)
    assert "/can-bo/hoi-dap/1" not in page.text


def test_going_back_over_many_entries_shows_some_and_counts_the_rest(enter: Enter, app: App) -> None:
    with app.database.session(writing=True) as session:
        first = count_editions(session)
        for number in range(MOST + 3):
            text = FaqText(wordings=(f"hỏi câu {number}",), answer="Đáp.")
            approve(session, draft(session, text, Act(LAN, app.clock())), 1, Act(HOA, app.clock()))
        go_back(session, first, now=app.clock(), reason="sai hết")
    page = words_of(enter("minh").get(PAGE))
    assert page.count("ngừng: hỏi câu") == MOST
    assert "Và 3 mục nữa" in page


def test_every_edition_is_reached_and_only_the_last_is_live(enter: Enter, app: App) -> None:
    with app.database.session(writing=True) as session:
        for number in range(SIZE):
            text = FaqText(wordings=(f"hỏi câu {number}",), answer="Đáp.")
            approve(session, draft(session, text, Act(LAN, app.clock())), 1, Act(HOA, app.clock()))
    minh = enter("minh")
    first, second = minh.get(PAGE), minh.get(f"{PAGE}?trang=2")
    assert first.text.count("Hiện hành") == 1
    assert "Hiện hành" not in second.text
    assert "Ấn bản 1 :" in words_of(second)
    assert "Quay lại ấn bản 1" in words_of(second)
