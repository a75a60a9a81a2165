"""A message pasted from a group counts, and may become a wording, a waiting question or a draft."""

import re
from collections.abc import Callable
from html import unescape

import pytest

from bot.app import App
from console_officer import Officer, words_of
from knowledge.faq import desk
from staff_people import PARKING, publish_faq

Enter = Callable[[str], Officer]
PASTED = "bác ơi trung tâm có chỗ gửi xe không, gọi em 0901234567"
CLIPBOARD = "/can-bo/tra-loi-nhom"


def teaching(page: str) -> tuple[str, dict[str, str]]:
    form = re.search(r'<form method="post" action="([^"]+)">((?:<input[^>]*>)*)<button class="choice">Đúng', page)
    assert form
    fields = re.findall(r'name="(\w+)" value="([^"]*)"', form[2])
    return form[1], {name: unescape(value) for name, value in fields if name != "dau"}


def test_a_message_is_tried_as_a_wording_of_the_entry_that_answered_it(enter: Enter, app: App) -> None:
    publish_faq(app.database, PARKING, app.clock())
    app.library.refresh(app.clock())
    lan = enter("lan")
    shown = lan.send(CLIPBOARD, tin_nhan="bác ơi trung tâm có chỗ gửi xe không ạ", dai="ngan")
    assert "bãi xe ở cổng sau" in words_of(shown)
    address, fields = teaching(shown.text)
    assert "bác ơi trung tâm có chỗ gửi xe không" in lan.send(address, **fields).text
    assert lan.send(address, **{**fields, "viec": "luu"}).status_code == 303
    with app.database.session() as session:
        card = desk.card(session, 1)
    assert card.text.wordings[:-1] == PARKING.wordings
    assert card.state is desk.State.CHANGED  # a second person approves


def test_a_message_is_tried_as_words_for_the_procedure_that_answered_it(enter: Enter) -> None:
    lan = enter("lan")
    shown = lan.send(CLIPBOARD, tin_nhan="lam giay khai sinh cho con can giay to gi", dai="ngan")
    address, fields = teaching(shown.text)
    assert address == "/can-bo/tu-ngu/1.001193"
    assert lan.send(address, **fields).status_code in {200, 400}


def test_what_another_commune_wrote_is_not_changed_from_here(enter: Enter, app: App) -> None:
    publish_faq(app.database, PARKING, app.clock())
    app.library.refresh(app.clock())
    shown = enter("nga").send(CLIPBOARD, tin_nhan="trung tâm có chỗ gửi xe không ạ", dai="ngan")
    assert "bãi xe ở cổng sau" in words_of(shown)
    assert "Đúng, ghi làm cách hỏi" not in shown.text


def test_a_wrong_reply_brings_the_message_to_wait(enter: Enter) -> None:
    lan = enter("lan")
    text = "lam giay khai sinh cho con can giay to gi, gọi em 0901234567"
    assert lan.send(f"{CLIPBOARD}/chua-dung", tin_nhan=text).status_code == 303
    listed = lan.get("/can-bo/cau-hoi").text
    assert "lam giay khai sinh cho con" in listed
    assert "0901234567" not in listed
    assert lan.send(f"{CLIPBOARD}/chua-dung", tin_nhan=" ").status_code == 303


def test_one_s_own_answer_becomes_a_draft(enter: Enter, app: App) -> None:
    lan = enter("lan")
    saved = lan.send(f"{CLIPBOARD}/tu-dap", tin_nhan=PASTED, tu_dap="Dạ có, bác gửi ở cổng sau nhé.")
    assert saved.headers["location"].startswith("/can-bo/hoi-dap/1")
    with app.database.session() as session:
        card = desk.card(session, 1)
    assert (card.newest.origin, card.state) == ("cán bộ tự trả lời trong nhóm", desk.State.DRAFT)
    assert "0901234567" not in card.text.title


@pytest.mark.parametrize("own", ["", "vâng ạ"])
def test_what_teaches_nothing_is_kept_in_the_form(enter: Enter, own: str) -> None:
    refused = enter("lan").send(f"{CLIPBOARD}/tu-dap", tin_nhan=PASTED, tu_dap=own)
    assert refused.status_code == 400
    assert own in refused.text
    assert "chỗ gửi xe" in refused.text
