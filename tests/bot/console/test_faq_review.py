"""An entry that is to be looked at again says why, and is put aside with the day of the next look."""

import dataclasses
from collections.abc import Callable
from datetime import date, datetime

import msgspec
import pytest
from fastapi.testclient import TestClient

from bot.app import App
from bot.console.faq_review import is_due, is_over, reasons, to_review
from bot.web import build_web
from console_officer import PASSWORD, Officer, words_of
from knowledge.clock import vietnam_day
from knowledge.database import Database
from knowledge.faq.desk import Card, card, cards, draft
from knowledge.faq.entry import FaqText
from knowledge.faq.publishing import approve
from knowledge.staff.accounts import Act, Role, Who, add_account
from staff_people import OTHER_WARD, PARKING, publish_faq

Enter = Callable[[str], Officer]
TODAY = date(2026, 11, 22)
DUE = msgspec.structs.replace(PARKING, review_on=date(2026, 11, 1))


def held(database: Database, now: datetime, **changes: date) -> Card:
    number = publish_faq(database, msgspec.structs.replace(PARKING, **changes), now)
    with database.session() as session:
        return card(session, number)


@pytest.mark.parametrize(
    ("changes", "due", "over"),
    [
        ({}, False, False),
        ({"review_on": date(2026, 11, 23)}, False, False),
        ({"review_on": date(2026, 11, 22)}, True, False),
        ({"review_on": date(2025, 1, 1)}, True, False),
        ({"valid_to": date(2026, 11, 22)}, False, False),
        ({"valid_to": date(2026, 11, 21)}, False, True),
        ({"valid_to": date(2026, 11, 21), "review_on": date(2026, 11, 21)}, True, True),
    ],
    ids=["no days", "tomorrow", "today", "long ago", "its last day", "the day after its last", "both"],
)
def test_days_tell_when_to_look_again(
    sqlite_database: Database, now: datetime, changes: dict[str, date], due: bool, over: bool
) -> None:
    found = held(sqlite_database, now, **changes)
    assert (is_due(found, TODAY), is_over(found, TODAY)) == (due, over)
    with sqlite_database.session() as session:
        assert bool(to_review(session, cards(session), TODAY)) is (due or over)
        assert len(list(reasons(session, found, TODAY))) == due + over


def test_a_draft_is_never_to_be_looked_at_again(sqlite_database: Database, now: datetime) -> None:
    with sqlite_database.session(writing=True) as session:
        draft(session, DUE, Act(Who(login="lan", name="Lan", role=Role.OFFICER), now))
        assert to_review(session, cards(session), TODAY) == []
        assert list(reasons(session, card(session, 1), TODAY)) == []


def test_a_due_entry_is_put_aside_until_the_day_that_is_given(enter: Enter, app: App) -> None:
    publish_faq(app.database, DUE, app.clock())
    minh = enter("minh")
    assert "Cần xem lại (1)" in words_of(minh.get("/can-bo"))
    page = minh.get("/can-bo/hoi-dap/1")
    assert "đã đến ngày xem lại 01/11/2026" in words_of(page)
    assert minh.send("/can-bo/hoi-dap/1/van-dung", xem_lai="30/06/2027").status_code == 303
    assert "Cần xem lại" not in words_of(minh.get("/can-bo"))
    with app.database.session() as session:
        assert card(session, 1).text.review_on == date(2027, 6, 30)


@pytest.mark.parametrize("typed", ["", "mai", "31/02/2027", "01/01/2020", "<b>"])
def test_without_a_day_to_come_nothing_is_put_aside(enter: Enter, app: App, typed: str) -> None:
    publish_faq(app.database, DUE, app.clock())
    minh = enter("minh")
    refused = minh.send("/can-bo/hoi-dap/1/van-dung", xem_lai=typed)
    assert refused.status_code == 409
    assert "ngày xem lại lần tới, sau hôm nay" in words_of(refused)
    assert "<b>" not in refused.text.split('id="xem_lai"')[1].split(">")[0]
    with app.database.session() as session:
        assert card(session, 1).text.review_on == DUE.review_on


def test_what_is_out_of_its_time_is_to_be_changed_and_not_confirmed(enter: Enter, app: App) -> None:
    publish_faq(app.database, msgspec.structs.replace(PARKING, valid_to=date(2026, 1, 1)), app.clock())
    page = enter("minh").get("/can-bo/hoi-dap/1")
    assert "hết thời gian dùng từ sau ngày 01/01/2026" in words_of(page)
    assert "sửa thời gian dùng, hoặc ngừng dùng" in words_of(page)
    assert "/van-dung" not in page.text


def test_an_officer_and_the_author_are_offered_no_confirmation(enter: Enter, app: App) -> None:
    with app.database.session(writing=True) as session:
        draft(session, DUE, Act(Who(login="hoa", name="Hoa", role=Role.APPROVER), app.clock()))
        approve(session, 1, 1, Act(Who(login="minh", name="Minh", role=Role.ADMIN), app.clock()))
    assert "/van-dung" not in enter("lan").get("/can-bo/hoi-dap/1").text
    hoa = enter("hoa")
    assert "cần một người khác xem lại" in words_of(hoa.get("/can-bo/hoi-dap/1"))
    assert hoa.send("/can-bo/hoi-dap/1/van-dung", xem_lai="30/06/2027").status_code == 409


def test_the_only_one_of_a_commune_confirms_his_own_where_the_settings_say_so(app: App) -> None:
    lone = Who(login="tam", name="Tâm", role=Role.APPROVER, commune=OTHER_WARD)
    text = FaqText(wordings=("gửi xe ở đâu",), answer="Ở sân sau.", commune=OTHER_WARD, review_on=DUE.review_on)
    with app.database.session(writing=True) as session:
        add_account(session, lone, PASSWORD, app.clock())
        draft(session, text, Act(lone, app.clock()))
        approve(session, 1, 1, Act(lone, app.clock()), allows_own=True)
    settings = app.settings.model_copy(update={"approve_own": OTHER_WARD})
    tam = Officer(TestClient(build_web(dataclasses.replace(app, settings=settings))))
    tam.log_in("tam")
    assert "Đã xem, câu trả lời vẫn đúng" in words_of(tam.get("/can-bo/hoi-dap/1"))
    assert tam.send("/can-bo/hoi-dap/1/van-dung", xem_lai="30/06/2027").status_code == 303
    with app.database.session() as session:
        found = card(session, 1)
        assert to_review(session, [found], vietnam_day(app.clock())) == []
