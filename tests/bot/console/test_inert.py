"""Hostile words through every form, then every page and every export: what was typed is a text and nothing else."""

import re
from collections.abc import Iterator
from html import unescape
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from docx import Document
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.app import App
from bot.console import sheets
from bot.console.sheets import Form
from bot.conversation.messages import Chat, Question
from bot.conversation.reply import reply_to
from bot.office_form import Look, write
from bot.web import build_web
from console_app import LoggedIn, copy_of
from console_officer import PASSWORD
from hostile_texts import SCRIPT, TEXTS, what_lives_in_document, what_lives_in_workbook, what_lives_on
from knowledge.figures.scope import EXCHANGES
from knowledge.staff.accounts import Role, Who, add_account
from web_app import MovingClock

MALLORY = Who(login="mallory", name=SCRIPT, role=Role.ADMIN)
MOST_PAGES = 400
SKIPPED = re.compile(r"\.xlsx|/tai\?|/chay-thu|/can-bo/hoi-dap/\d+/so-sanh")  # exports; what computes for long
REPORT = "/can-bo/bao-cao/tai?ky=2026-11&dang="


def citizens(app: App) -> None:
    """They ask, are unhappy, and complain."""
    for number, text in enumerate(TEXTS.values()):
        for said in (f"máy rút tiền {number} {text}", text, f"phản ánh cán bộ hách sách {text}"):
            reply_to(Question(text=said, chat=Chat("web", f"c{number}"), asked_at=app.clock()), app)


def staff(app: App, web: FastAPI) -> LoggedIn:
    """Mallory fills in every form with each text; Hoa approves what can be approved."""
    mallory, hoa = LoggedIn(web, app, "mallory"), LoggedIn(web, app, "hoa")
    for number, text in enumerate(TEXTS.values(), start=1):
        entry = {"wordings": f"{text}\nhỏi {number} {text}", "answer": f"{text}\n\n- {text}\n\n**{text}**"}
        mallory.send("/can-bo/hoi-dap/moi", **entry, viec="luu")
        hoa.send(f"/can-bo/hoi-dap/{number}/duyet", ban="1")
        mallory.send("/can-bo/tu-ngu/1.001193", tu=text, cau_thu=text)
        mallory.send("/can-bo/tu-ngu/viet-tat", tu=f"zz{number}", nghia=f"nghĩa {text}", cau_thu=text)
        mallory.send("/can-bo/van-hanh/thong-bao", noi_dung=text, den="2026-11-23T22:00", noi=text, thu_tuc=text)
        mallory.send("/can-bo/van-hanh/thong-bao", noi_dung=text, den="2026-11-23T22:00")
        mallory.send("/can-bo/tra-loi-nhom", tin_nhan=text)
        mallory.send("/can-bo/tra-loi-nhom/tu-dap", tin_nhan=f"ở đâu {text}", tu_dap=text)
        mallory.send(f"/can-bo/phan-anh/{number}", viec="handed", loai="idea", ghi_chu=text)
    mallory.get("/can-bo")
    for number, text in enumerate(TEXTS.values(), start=1):
        mallory.send(f"/can-bo/cau-hoi/{number}/tiep-quan", luot=str(3 * number - 2))
        mallory.send(f"/can-bo/tro-chuyen/{number}/noi", loi=text)
        mallory.send(f"/can-bo/cau-hoi/{number}/{'bo-qua' if number % 2 else 'giao'}", ly_do=text, cho="lan")
    mallory.send("/can-bo/hoi-dap/2/ngung", ly_do=SCRIPT)
    mallory.send("/can-bo/van-hanh/kenh", kenh="zalo_oa", viec="tat", ly_do=SCRIPT)
    mallory.send("/can-bo/nhan-vien/khoa", ten="nga", ly_do=SCRIPT)
    mallory.send("/can-bo/an-ban/quay-lai", an_ban="2", ly_do=SCRIPT)
    mallory.send("/can-bo/bao-cao/mau/rut", ky="2026-11")
    return mallory


@pytest.fixture(scope="module")
def walked(prepared: App, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleNamespace]:
    with copy_of(prepared, tmp_path_factory.mktemp("inert"), MovingClock()) as app:
        with app.database.session() as session:
            add_account(session, MALLORY, PASSWORD, app.clock())
        citizens(app)
        web = build_web(app)
        yield SimpleNamespace(app=app, web=web, mallory=staff(app, web))


def addresses_on(page: str) -> list[str]:
    found = (unescape(each) for each in re.findall(r'href="(/can-bo[^"#]*)', page))
    return [each for each in found if not SKIPPED.search(each)]


def test_every_page_that_is_reached_shows_hostile_words_as_words(walked: SimpleNamespace) -> None:
    wanted, seen, said = ["/can-bo", "/can-bo/van-hanh", "/can-bo/hoi-dap/1/so-sanh"], set[str](), ""
    while wanted and len(seen) < MOST_PAGES:
        address = wanted.pop(0)
        if address in seen:
            continue
        seen.add(address)
        page = walked.mallory.get(address)
        assert page.status_code == 200, address
        assert what_lives_on(page.text) == [], address
        wanted += addresses_on(page.text)
        said += unescape(page.text)
    assert len(seen) > 80
    assert all(text in said for name, text in TEXTS.items() if name != "control characters")


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_citizens_see_words_as_words(walked: SimpleNamespace, text: str) -> None:
    visitor = TestClient(walked.web)
    for page in (
        visitor.get("/"),
        visitor.post("/hoi", data={"text": f"hỏi {text}"}),
        visitor.get("/tim", params={"q": text}),
    ):
        assert page.status_code == 200
        assert what_lives_on(page.text) == []


def test_no_hostile_question_ended_in_a_failure(walked: SimpleNamespace) -> None:
    with walked.app.database.session() as session:
        endings = session.connection().scalars(sa.select(EXCHANGES.c.ending)).all()
    assert len(endings) >= 3 * len(TEXTS)
    assert "error" not in endings


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_at_the_door_a_late_form_is_words_as_well(walked: SimpleNamespace, text: str) -> None:
    door = TestClient(walked.web)
    late = door.post(
        "/can-bo/hoi-dap/bang-tinh",
        data={"answer": text, text.replace('"', ""): text, "ly_do": text},
        files={"tep": (text.replace('"', ""), b"x", "text/html")},
    )
    assert late.status_code == 401
    assert what_lives_on(late.text) == []
    other = walked.mallory.client.post("/can-bo/hoi-dap/bang-tinh", data={"answer": text, "ly_do": text, text: text})
    assert what_lives_on(other.text) == []


@pytest.mark.parametrize(
    "address",
    ["/can-bo/hoi-dap/bang-tinh.xlsx", "/can-bo/tu-ngu/bang-tinh.xlsx", f"{REPORT}xlsx"],
    ids=["entries", "words", "report"],
)
def test_no_cell_of_a_workbook_is_more_than_a_text(walked: SimpleNamespace, address: str) -> None:
    taken = walked.mallory.get(address)
    assert taken.status_code == 200
    assert what_lives_in_workbook(taken.content) == []


def test_nothing_in_the_document_is_more_than_a_text(walked: SimpleNamespace) -> None:
    taken = walked.mallory.get(f"{REPORT}docx")
    assert taken.status_code == 200
    assert what_lives_in_document(taken.content) == []


def test_what_lives_is_seen() -> None:
    """The checks themselves can fail."""
    for alive in (
        SCRIPT,
        "<a href='javascript:alert(1)'>x</a>",
        "<p onclick=x>",
        "<p style='x'>",
        "<form action='data:x'>",
        "62710561",
    ):
        assert what_lives_on(alive)
    assert what_lives_on('<script src="/static/a.js"></script><a href="/x">a</a><link href="data:x">') == []


SIGNS = ("", "=", "+", "-", "@", "\t=", "'=", "\x00=")
HOSTILE = st.builds("{}{}".format, st.sampled_from(SIGNS), st.text(max_size=30))
FORM = Form(sheet="Bảng", columns=("a", "b"), read=("a", "b"), widths=(9, 9), guide=("=1+1",))


@given(st.lists(st.tuples(HOSTILE, HOSTILE), min_size=1, max_size=3))
@settings(max_examples=15)
def test_any_text_of_a_workbook_stays_a_text(rows: list[tuple[str, str]]) -> None:
    assert what_lives_in_workbook(sheets.bytes_of(FORM, rows)) == []


@given(HOSTILE)
@settings(max_examples=30)
def test_any_text_of_a_document_can_be_written(text: str) -> None:
    write(paragraph := Document().add_paragraph(), text, Look())
    assert paragraph.text == "".join(filter(str.isprintable, text))
