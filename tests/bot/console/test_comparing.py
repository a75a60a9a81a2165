"""Two texts of an entry side by side, and what is to be looked at again."""

from collections.abc import Callable
from datetime import date

import msgspec
import pytest

from bot.app import App
from bot.console.comparing import Run, compare, runs
from console_officer import Officer, words_of
from knowledge.catalogue import publish
from knowledge.faq.entry import FaqText
from sample_decisions import DECISION, decided, make_patch
from staff_people import PARKING, WARD, publish_faq

Enter = Callable[[str], Officer]
BIRTH = "1.001193"


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("một hai", "một hai", [("same", "một hai")]),
        ("ở cổng sau", "ở cổng trước", [("same", "ở cổng "), ("out", "sau"), ("in", "trước")]),
        ("", "mới", [("in", "mới")]),
        ("cũ", "", [("out", "cũ")]),
        ("5.000 đồng", "8.000 đồng", [("out", "5"), ("in", "8"), ("same", ".000 đồng")]),
    ],
    ids=["the same", "a word replaced", "put in", "taken out", "a figure"],
)
def test_what_changed_is_told_word_by_word(before: str, after: str, told: list[tuple[str, str]]) -> None:
    assert [tuple(run) for run in runs(before, after)] == told


def test_both_texts_can_be_read_out_of_the_comparison() -> None:
    before, after = "Có, bãi xe ở\ncổng sau.", "Không, bãi xe\nở cổng trước."
    found = list(runs(before, after))
    assert "".join(run.text for run in found if run.kind != "in") == before
    assert "".join(run.text for run in found if run.kind != "out") == after


def test_only_fields_that_differ_are_shown() -> None:
    other = msgspec.structs.replace(PARKING, answer="Không.", valid_to=date(2027, 1, 1))
    found = {each.label: each.runs for each in compare(PARKING, other)}
    assert list(found) == ["Câu trả lời", "Đến hết ngày"]
    assert found["Đến hết ngày"] == (Run("in", "01/01/2027"),)
    assert compare(PARKING, PARKING) == []


def test_staff_compare_any_two_texts(enter: Enter, app: App) -> None:
    publish_faq(app.database, PARKING, app.clock())
    lan = enter("lan")
    lan.send("/can-bo/hoi-dap/1/sua", wordings=PARKING.title, answer="Ở <tầng> hầm.", viec="luu", ban="1")
    page = lan.get("/can-bo/hoi-dap/1/so-sanh")
    assert "<ins>" in page.text
    assert "bỏ: " in words_of(page)
    assert "So với bản đang dùng" in words_of(lan.get("/can-bo/hoi-dap/1"))
    assert "giống hệt nhau" in words_of(lan.get("/can-bo/hoi-dap/1/so-sanh?tu=2&den=2"))
    for query in ("tu=9", "tu=x", "den=-1"):
        assert lan.get(f"/can-bo/hoi-dap/1/so-sanh?{query}").status_code == 404


def test_a_change_of_the_catalogue_leads_to_the_entry_and_is_put_aside(enter: Enter, app: App) -> None:
    about = FaqText(wordings=("hỏi khai sinh",), answer="Đáp.", procedures=(BIRTH,))
    publish_faq(app.database, about, app.clock())
    with app.database.session(writing=True) as session:
        publish(session, decided(make_patch(BIRTH, time_shortened="1 ngày")), DECISION, now=app.clock())
    hoa = enter("hoa")
    assert "Cần xem lại (1)" in words_of(hoa.get("/can-bo"))
    publish_faq(app.database, PARKING, app.clock())
    listed = hoa.get("/can-bo/hoi-dap?loc=review")
    assert "Cần xem lại (1)" in words_of(listed)
    assert listed.text.count('class="card"') == 1
    page = hoa.get("/can-bo/hoi-dap/1")
    assert f"thủ tục {BIRTH} sửa đổi từ 30/08/2026" in words_of(page)
    assert enter("lan").send("/can-bo/hoi-dap/1/van-dung").status_code == 409
    assert hoa.send("/can-bo/hoi-dap/1/van-dung", xem_lai="2027-01-30").status_code == 303
    assert "Cần xem lại" not in words_of(hoa.get("/can-bo"))


def test_an_entry_says_which_communes_answer_otherwise(enter: Enter, app: App) -> None:
    city = publish_faq(app.database, PARKING, app.clock())
    own = msgspec.structs.replace(PARKING, commune=WARD, instead_of=city, answer="Ở đây không có.")
    publish_faq(app.database, own, app.clock())
    hoa = enter("hoa")
    assert "Xã, phường thay bằng mục riêng" in words_of(hoa.get("/can-bo/hoi-dap/1"))
    refused = hoa.send("/can-bo/hoi-dap/1/ngung", ly_do="thừa")
    assert refused.status_code == 409
    assert "đang thay mục này" in words_of(refused)
    wrong = hoa.send("/can-bo/hoi-dap/moi", wordings="hỏi", answer="Đáp.", commune=WARD, instead_of="99", viec="luu")
    assert "Mục cần thay không phải" in words_of(wrong)
    assert "hỏi</textarea>" in wrong.text


def test_a_retired_entry_is_taken_up_again_as_a_draft(enter: Enter, app: App) -> None:
    publish_faq(app.database, PARKING, app.clock())
    hoa = enter("hoa")
    hoa.send("/can-bo/hoi-dap/1/ngung", ly_do="đã đổi chỗ")
    assert "Lấy lại bản 1" in words_of(hoa.get("/can-bo/hoi-dap/1"))
    assert hoa.send("/can-bo/hoi-dap/1/lay-lai", cu="1", ban="1").status_code == 303
    assert "Chờ duyệt" in words_of(hoa.get("/can-bo/hoi-dap/1"))


@pytest.mark.parametrize("field", ["review_on", "valid_to"])
def test_the_day_to_look_again_brings_an_entry_up(enter: Enter, app: App, field: str) -> None:
    due = msgspec.structs.replace(PARKING, **{field: date(2026, 11, 21)})
    publish_faq(app.database, due, app.clock())
    publish_faq(app.database, msgspec.structs.replace(PARKING, **{field: date(2026, 11, 23)}), app.clock())
    page = enter("lan").get("/can-bo/hoi-dap?loc=review").text
    assert 'href="/can-bo/hoi-dap/1"' in page
    assert 'href="/can-bo/hoi-dap/2"' not in page
