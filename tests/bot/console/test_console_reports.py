"""Reports, the accuracy sample and petitions in the console: who sees what, and what hostile addresses get."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest

from bot.app import App
from bot.conversation.messages import Answer, Ending
from console_officer import Officer, words_of
from knowledge.accuracy import Verdict
from knowledge.figures.scope import Scope
from knowledge.periods import period_of
from knowledge.questions import MaskedExchange, record
from report_rows import entry, put_dossiers, put_turns, random_turns, turn
from staff_people import OTHER_WARD, WARD
from web_app import MovingClock

Enter, Ask = Callable[[str], Officer], Callable[..., Answer]
PAGES = ("/can-bo/bao-cao", "/can-bo/bao-cao/mau", "/can-bo/phan-anh")
NOVEMBER = Scope(period=period_of("2026-11"))


@pytest.fixture
def busy(app: App) -> App:
    """A month of turns, a dossier, a complaint in each of two wards."""
    put_turns(app.database, random_turns(80))
    for commune, text in ((WARD, "rác thải bừa bãi"), (OTHER_WARD, "thái độ hách dịch")):
        put_turns(app.database, [turn(question=text, ending="complaint", commune=commune, at=NOVEMBER.period.begins)])
    put_dossiers(app.database, entry(1, procedure="Đăng ký khai sinh"))
    return app


@pytest.mark.parametrize("path", PAGES)
def test_pages_of_reports_need_a_login_and_open_without_any_rows(enter: Enter, path: str) -> None:
    assert enter("").get(path, follow_redirects=False).status_code == 303
    shown = enter("lan").get(path)
    assert shown.status_code == 200
    assert shown.headers["cache-control"] == "no-store"


@pytest.mark.usefixtures("busy")
def test_the_report_shows_figures_a_chart_and_links_that_all_open(enter: Enter) -> None:
    lan = enter("lan")
    shown = lan.get("/can-bo/bao-cao?ky=2026-11")
    assert "Tháng 11/2026, Toàn thành phố" in words_of(shown)
    assert '<svg viewBox="0 0 640 240" role="img"' in shown.text
    links = sorted({unescape(each) for each in re.findall(r'href="(/can-bo/bao-cao/dong[^"]*)"', shown.text)})
    assert len(links) > 50
    for link in links[::8]:
        rows = lan.get(link)
        assert rows.status_code == 200, link
        assert "<table" in rows.text, link


@pytest.mark.usefixtures("busy")
def test_staff_of_a_commune_see_its_figures_and_no_others(enter: Enter) -> None:
    nga = enter("nga")
    shown = words_of(nga.get("/can-bo/bao-cao?ky=2026-11"))
    assert "Phường Thành Đông" in shown
    assert "Vĩnh Bảo" not in shown
    assert "Theo xã, phường, đặc khu" not in shown
    for path in ("", "/tai", "/dong", "/mau"):
        assert nga.get(f"/can-bo/bao-cao{path}?ky=2026-11&xa={OTHER_WARD}&dang=json").status_code == 404, path
    assert nga.send("/can-bo/bao-cao/mau/rut", ky="2026-11", xa=OTHER_WARD).status_code == 404


@pytest.mark.parametrize(
    "query",
    ["ky=2026-13", "ky=x", "ky=1999", "xa=00000", "xa=' OR 1=1", "ky=2026-11&so=nothing", "so=ho-so&cot=x&ky=2026"],
)
def test_an_address_that_nobody_made_is_not_found(enter: Enter, query: str) -> None:
    assert enter("lan").get(f"/can-bo/bao-cao/dong?{query}").status_code == 404


def test_a_day_that_no_browser_sends_is_today(enter: Enter) -> None:
    lan = enter("lan")
    for day in ("hôm nay", "0001-01-01", "9999-12-31"):
        shown = lan.get(f"/can-bo/bao-cao/mau?loai_ky=month&ngay={day}")
        assert "Tháng 11/2026" in words_of(shown), day
    assert "Tuần 8 (" in words_of(lan.get("/can-bo/bao-cao/mau?loai_ky=week&ngay=2026-02-20"))


@pytest.mark.usefixtures("busy")
@pytest.mark.parametrize("ending", ["xlsx", "docx", "json"])
def test_the_report_is_taken_home_as_a_file(enter: Enter, ending: str) -> None:
    found = enter("lan").get(f"/can-bo/bao-cao/tai?ky=2026-11&dang={ending}")
    assert found.status_code == 200
    assert found.headers["content-disposition"] == f'attachment; filename="bao-cao-2026-11-thanh-pho.{ending}"'
    if ending == "json":
        assert json.loads(found.content)["period"] == "2026-11"


def test_what_a_report_lacks_is_said(enter: Enter) -> None:
    lan = enter("lan")
    assert "đã xóa theo thời hạn lưu" in words_of(lan.get("/can-bo/bao-cao?ky=2024"))
    assert "đã xóa theo thời hạn lưu" not in words_of(lan.get("/can-bo/bao-cao?ky=2026"))


def test_a_file_of_another_kind_is_not_found(enter: Enter) -> None:
    assert enter("lan").get("/can-bo/bao-cao/tai?ky=2026-11&dang=exe").status_code == 404


# The accuracy sample


def test_a_sample_is_drawn_judged_and_told_apart_from_the_answer_rate(enter: Enter, busy: App) -> None:
    lan, address = enter("lan"), "/can-bo/bao-cao/mau"
    assert "Chưa rút mẫu" in words_of(lan.get(f"{address}?ky=2026-11"))
    drawn = lan.send(f"{address}/rut", ky="2026-11")
    assert drawn.headers["location"] == f"{address}?ky=2026-11&xong=rut-mau"
    page = lan.get(drawn.headers["location"])
    names = sorted(set(re.findall(r'name="(cau-\d+)"', page.text)))
    assert 3 < len(names) <= 30
    judged = dict(zip(names, (Verdict.RIGHT, Verdict.RIGHT, Verdict.WRONG), strict=False))
    saved = lan.send(address, ky="2026-11", **judged, **{"cau-999999999": "right", "cau-x": "right", names[3]: "x"})
    assert "Đã lưu kết quả chấm" in words_of(lan.get(saved.headers["location"]))
    shown = words_of(lan.get("/can-bo/bao-cao?ky=2026-11"))
    assert "67 % (2/3; khoảng tin cậy 95 %: 21 % – 94 %; còn ít câu)" in shown


def test_verdicts_sent_after_the_session_ended_come_along(enter: Enter, busy: App, clock: MovingClock) -> None:
    lan = enter("lan")
    lan.send("/can-bo/bao-cao/mau/rut", ky="2026-10")
    token = lan.csrf
    clock.move(hours=11)
    late = {"dau": token, "ky": "2026-10", "cau-1": "wrong"}
    kept = lan.client.post("/can-bo/bao-cao/mau", data=late)
    assert kept.status_code == 401
    assert 'value="2026-10"' in kept.text
    assert 'value="wrong"' in kept.text


# Petitions


def test_a_complaint_gets_its_official_way_and_staff_note_what_became_of_it(enter: Enter, ask: Ask) -> None:
    answer = ask("Tôi phản ánh cán bộ địa chính hẹn tôi lên ba lần mà lần nào cũng bảo đi họp")
    assert answer.ending is Ending.COMPLAINT
    assert "pakn.dichvucong.gov.vn" in answer.plain
    assert "không nhận và không chuyển" in answer.plain
    lan = enter("lan")
    assert "1 phản ánh chưa xử lý" in words_of(lan.get("/can-bo"))
    assert "cán bộ địa chính hẹn tôi lên ba lần" in words_of(lan.get("/can-bo/phan-anh"))
    refused = lan.send("/can-bo/phan-anh/1", viec="handed", loai="conduct", ghi_chu=" ")
    assert refused.status_code == 400
    assert "Bạn ghi đã chuyển đi đâu" in words_of(refused)
    saved = lan.send("/can-bo/phan-anh/1", viec="closed", loai="conduct", ghi_chu="PAKN số 12, đã trả lời")
    assert "Đã ghi kết quả" in words_of(lan.get(saved.headers["location"]))
    assert "PAKN số 12" in words_of(lan.get("/can-bo/phan-anh?loc=closed"))
    assert "Không có phản ánh nào chưa xử lý" in words_of(lan.get("/can-bo/phan-anh"))
    assert "ghi kết quả phản ánh" in words_of(enter("minh").get("/can-bo/nhat-ky"))


@pytest.mark.usefixtures("busy")
def test_another_commune_s_petition_is_as_if_it_were_not_there(enter: Enter) -> None:
    nga = enter("nga")
    found = re.findall(r'href="(/can-bo/phan-anh/\d+)"', enter("lan").get("/can-bo/phan-anh").text)
    own = re.findall(r'href="(/can-bo/phan-anh/\d+)"', nga.get("/can-bo/phan-anh").text)
    others = set(found) - set(own)
    assert own
    assert others
    for address in others:
        assert nga.get(address).status_code == 404
        assert nga.send(address, viec="closed", loai="idea", ghi_chu="xong").status_code == 404


@pytest.mark.usefixtures("busy")
def test_what_was_typed_about_a_petition_stays_when_it_is_refused(enter: Enter) -> None:
    refused = enter("lan").send("/can-bo/phan-anh/1", viec="closed", loai="fault", ghi_chu="")
    assert 'value="closed" checked' in refused.text
    assert 'value="fault" selected' in refused.text
    assert enter("lan").send("/can-bo/phan-anh/1", viec="gone", loai="fault").status_code == 400
    assert enter("lan").get("/can-bo/phan-anh/999").status_code == 404


def test_script_in_a_complaint_is_shown_as_it_was_written(enter: Enter, app: App) -> None:
    put_turns(app.database, [turn(question="<script>alert(1)</script>{{7*7}}", ending="complaint")])
    lan = enter("lan")
    for path in ("/can-bo/phan-anh", "/can-bo/phan-anh/1", "/can-bo/bao-cao/dong?so=phan-anh&cot=after&ky=2026-11"):
        shown = lan.get(path).text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;{{7*7}}" in shown
        assert "<script>alert" not in shown


def test_petitions_are_turned_over(enter: Enter, app: App) -> None:
    with app.database.session(writing=True) as session:
        for at in range(55):
            told = MaskedExchange(
                asked_at=app.clock() + timedelta(minutes=at),
                channel="web",
                chat="a",
                question=f"phản ánh số {at:02}",
                ending="complaint",
            )
            record(session, told)
    lan = enter("lan")
    first, second = lan.get("/can-bo/phan-anh"), lan.get("/can-bo/phan-anh?loc=open&trang=2")
    assert "phản ánh số 49" in words_of(first)
    assert "phản ánh số 50" not in words_of(first)
    assert "phản ánh số 54" in words_of(second)
    assert "(55)" in words_of(first)
    assert "55 phản ánh chưa xử lý" in words_of(lan.get("/can-bo"))
