"""Answering: what speaks against a text is looked at first, who asked hears one reply, and nothing typed is lost."""

import re
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient

from bot.app import App
from bot.console.words import DEEDS, DONE, REFUSED
from bot.conversation.messages import Answer, Chat, Question
from bot.conversation.reply import reply_to
from bot.web import build_web
from console_officer import Officer, words_of
from knowledge.outbox import OUTBOX
from knowledge.questions import forget_exchanges
from knowledge.staff.audit import Deed, notes
from knowledge.staff_words import KEYS
from knowledge.tables import Exchange
from knowledge.versions import table_of
from staff_people import OTHER_WARD
from web_app import MovingClock

Ask, Enter = Callable[..., Answer], Callable[[str], Officer]
LIST, FIRST = "/can-bo/cau-hoi", "/can-bo/cau-hoi/1"
ASKED = "ở trung tâm có máy rút tiền không"
BIRTH = "1.001193"
REPLY = {"wordings": ASKED, "answer": "Có, ở **sảnh**.", "procedures": "", "viec": "luu", "gui": "ngay"}
ODD = {**REPLY, "answer": "Khai sinh mất 5.000 đồng.", "procedures": BIRTH}


@pytest.fixture
def citizen(app: App) -> TestClient:
    browser = TestClient(build_web(app))
    browser.post("/hoi", data={"text": ASKED})
    return browser


@pytest.fixture
def lan(citizen: TestClient, enter: Enter) -> Officer:
    """With one question in the list."""
    officer = enter("lan")
    assert citizen
    officer.get(LIST)
    return officer


def told(app: App) -> int:
    with app.database.session() as session:
        query = sa.select(sa.func.count()).where(OUTBOX.c.key.startswith(KEYS))
        return session.connection().scalar(query) or 0


def sealed(page: str) -> str:
    found = re.search(r'name="da_xem" value="([^"]+)"', page)
    return found[1] if found else ""


# What speaks against a text


def test_a_figure_that_the_record_lacks_is_shown_before_anything_is_sent(lan: Officer, app: App) -> None:
    first = lan.send(f"{FIRST}/tra-loi", **ODD)
    assert first.status_code == 200
    assert "Chưa có gì được gửi" in words_of(first)
    assert "5.000 đồng" in words_of(first).partition("Tôi đã xem")[0]
    assert "Khai sinh mất 5.000 đồng.</textarea>" in first.text
    assert told(app) == 0
    second = lan.send(f"{FIRST}/tra-loi", **{**ODD, "viec": "", "chac": "co", "da_xem": sealed(first.text)})
    assert second.status_code == 303
    assert told(app) == 1
    with app.database.session() as session:
        deeds = {note.deed: note for note in notes(session, "waiting-1")}
    assert "5.000 đồng" in deeds[Deed.INSISTED].after
    assert deeds[Deed.INSISTED].who == "lan"


def test_what_nothing_speaks_against_is_sent_at_once_and_leaves_no_such_note(lan: Officer, app: App) -> None:
    assert lan.send(f"{FIRST}/tra-loi", **REPLY).status_code == 303
    with app.database.session() as session:
        assert [note.deed for note in notes(session, "waiting-1")] == [Deed.ANSWERED]


@pytest.mark.parametrize("kind", ["nothing", "made up", "of another text", "of another question", "another seal"])
def test_nobody_insists_on_what_he_was_not_shown(lan: Officer, app: App, ask: Ask, kind: str) -> None:
    ask("phòng chờ có điều hòa mát không", "b")
    lan.get(LIST)
    other = {**ODD, "answer": "Khai sinh mất 6.000 đồng."}
    seals = {
        "nothing": lambda: "",
        "made up": lambda: "eyJhYm91dCI6ICIiLCAiZG91YnRzIjogW119.00000000000000000000000000000000",
        "of another text": lambda: sealed(lan.send(f"{FIRST}/tra-loi", **other).text),
        "of another question": lambda: sealed(lan.send(f"{LIST}/2/tra-loi", **ODD).text),
        "another seal": lambda: lan.client.cookies.get("phien") or "x.y",
    }
    sent = lan.send(f"{FIRST}/tra-loi", **{**ODD, "viec": "", "chac": "co", "da_xem": seals[kind]()})
    assert sent.status_code == 200
    assert "Tôi đã xem, vẫn gửi" in sent.text
    assert told(app) == 0


def test_a_text_that_was_mended_is_sent_without_a_second_press(lan: Officer, app: App) -> None:
    shown = sealed(lan.send(f"{FIRST}/tra-loi", **ODD).text)
    mended = {**ODD, "answer": "Trung tâm sẽ cho bạn biết mức thu.", "viec": "", "chac": "co", "da_xem": shown}
    assert lan.send(f"{FIRST}/tra-loi", **mended).status_code == 303
    assert told(app) == 1
    with app.database.session() as session:
        assert Deed.INSISTED not in {note.deed for note in notes(session)}


def drafted(lan: Officer, **fields: str) -> str:
    saved = lan.send("/can-bo/hoi-dap/moi", **{"wordings": "Quầy mở cửa lúc nào", "viec": "luu", **fields})
    return str(saved.headers["location"]).partition("?")[0]


@pytest.mark.parametrize(
    ("fields", "doubt"),
    [
        ({"answer": "Khai sinh mất 5.000 đồng.", "procedures": BIRTH}, "5.000 đồng"),
        ({"wordings": "làm giấy khai sinh cho con", "answer": "Bạn ra phường."}, "kém đi"),
    ],
    ids=["a figure that the record lacks", "questions answered worse"],
)
def test_an_approver_looks_twice_at_what_speaks_against_an_entry(
    enter: Enter, app: App, fields: dict[str, str], doubt: str
) -> None:
    address, hoa = drafted(enter("lan"), **fields), enter("hoa")
    page = hoa.get(address)
    assert doubt in words_of(page)
    assert "Đã trả lời thử" in words_of(page)
    first = hoa.send(f"{address}/duyet", ban="1", da_xem=sealed(page.text))
    assert first.status_code == 200
    assert "Bạn xem lại trước khi duyệt" in words_of(first)
    assert "Duyệt và dùng ngay" not in first.text
    assert "Chờ duyệt" in words_of(first)
    second = hoa.send(f"{address}/duyet", ban="1", chac="co", da_xem=sealed(first.text))
    assert second.status_code == 303
    with app.database.session() as session:
        (insisted,) = (note for note in notes(session, "faq-1") if note.deed is Deed.INSISTED)
    assert doubt in insisted.after
    assert DEEDS[Deed.INSISTED] == "đã xem cảnh báo, vẫn làm"


def test_a_press_without_the_page_is_checked_as_well(enter: Enter) -> None:
    address, hoa = drafted(enter("lan"), answer="Khai sinh mất 5.000 đồng.", procedures=BIRTH), enter("hoa")
    for fields in ({}, {"chac": "co"}, {"chac": "co", "da_xem": "x.y"}):
        assert "Bạn xem lại trước khi duyệt" in words_of(hoa.send(f"{address}/duyet", ban="1", **fields))


def test_a_harmless_entry_is_approved_with_one_press(enter: Enter) -> None:
    address, hoa = drafted(enter("lan"), answer="Từ 7 giờ 30 sáng."), enter("hoa")
    assert hoa.send(f"{address}/duyet", ban="1", da_xem=sealed(hoa.get(address).text)).status_code == 303


def test_who_wrote_a_text_sees_no_button_and_no_trial(enter: Enter) -> None:
    hoa = enter("hoa")
    address = drafted(hoa, answer="Khai sinh mất 5.000 đồng.", procedures=BIRTH)
    page = hoa.get(address)
    assert "/duyet" not in page.text
    assert "Đã trả lời thử" not in page.text
    assert "cần một người khác duyệt" in words_of(hoa.send(f"{address}/duyet", ban="1"))


# What will be read


def test_the_message_of_each_channel_where_somebody_waits_is_shown(lan: Officer, app: App) -> None:
    asked = "trung tâm <có> máy rút tiền không vậy"
    reply_to(Question(text=asked, chat=Chat("telegram", "77"), asked_at=app.clock()), app)
    lan.get(LIST)
    page = lan.send(f"{FIRST}/tra-loi", **{**REPLY, "answer": "Có, ở **sảnh**, 5 < 6.", "viec": "xem"})
    said = words_of(page)
    assert "Tin nhắn người hỏi sẽ nhận Trang trò chuyện: 1 người chờ" in said
    assert "Telegram: 1 người chờ" in said
    assert said.count("Cán bộ trả lời câu hỏi của bạn") == 2
    assert f"“{ASKED}”" in said
    assert "<b>sảnh</b>, 5 &lt; 6." in page.text
    assert "<có>" not in page.text
    assert "Mục hỏi đáp cho người hỏi sau" in said


def test_an_answer_to_them_alone_is_shown_without_an_entry(lan: Officer) -> None:
    said = words_of(lan.send(f"{FIRST}/tra-loi", **{**REPLY, "viec": "xem", "chi_tra_loi": "co"}))
    assert "Tin nhắn người hỏi sẽ nhận" in said
    assert "Mục hỏi đáp cho người hỏi sau" not in said


def test_where_nobody_can_be_told_only_the_entry_is_shown(citizen: TestClient, enter: Enter, app: App) -> None:
    reply_to(Question(text=ASKED, chat=Chat("api", "x"), asked_at=app.clock()), app)
    citizen.post("/xoa")
    lan = enter("lan")
    lan.get(LIST)
    said = words_of(lan.send(f"{FIRST}/tra-loi", **{**REPLY, "viec": "xem"}))
    assert "Tin nhắn người hỏi" not in said
    assert "Mục hỏi đáp cho người hỏi sau" in said


# Two at once, twice, too late


def test_the_second_officer_reads_the_first_s_answer_beside_his_own(lan: Officer, enter: Enter, app: App) -> None:
    minh = enter("minh")
    lan.send(f"{FIRST}/tra-loi", **REPLY)
    second = minh.send(f"{FIRST}/tra-loi", **{**REPLY, "answer": "Ở tầng hai, cạnh thang máy."})
    said = words_of(second)
    assert second.status_code == 409
    assert REFUSED["NotWaitingError"] in said
    assert "lan đã viết câu trả lời" in said
    assert "Có, ở **sảnh**." in said
    assert "Bạn đã viết, chưa gửi" in said
    assert "Ở tầng hai, cạnh thang máy." in said
    assert told(app) == 1
    form = second.text.partition('action="/can-bo/hoi-dap/1/sua"')[2].partition("</form>")[0]
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    beside = minh.send("/can-bo/hoi-dap/1/sua", **{name: fields[name] for name in fields if name != "dau"})
    assert "lan vừa lưu bản 1" in words_of(beside)
    assert "Ở tầng hai, cạnh thang máy.</textarea>" in beside.text


@pytest.mark.parametrize(
    ("fields", "said"),
    [({}, "da-tra-loi"), ({"gui": "duyet"}, "nhap"), ({"chi_tra_loi": "co"}, "chi-tra-loi")],
    ids=["sent", "for approval", "to them alone"],
)
def test_a_button_pressed_twice_answers_once_and_says_so_twice(
    lan: Officer, app: App, fields: dict[str, str], said: str
) -> None:
    answered = [lan.send(f"{FIRST}/tra-loi", **{**REPLY, **fields}) for _ in range(2)]
    assert [each.headers["location"] for each in answered] == [f"{FIRST}?xong={said}"] * 2
    assert told(app) == (said != "nhap")
    assert lan.get("/can-bo/hoi-dap/2").status_code == 404


def test_the_same_person_s_other_answer_is_not_taken_for_the_first(lan: Officer, app: App) -> None:
    lan.send(f"{FIRST}/tra-loi", **REPLY)
    second = lan.send(f"{FIRST}/tra-loi", **{**REPLY, "answer": "Không có."})
    assert second.status_code == 409
    assert "Không có." in words_of(second)
    assert told(app) == 1


def test_what_was_typed_for_a_merged_question_stands_at_the_other(lan: Officer, enter: Enter, ask: Ask) -> None:
    ask("phòng chờ có điều hòa mát không", "b")
    minh = enter("minh")
    minh.get(LIST)
    assert minh.send(f"{LIST}/2/gop", **{"nhom-1": "co"}).status_code == 303
    late = lan.send(f"{FIRST}/tra-loi", **{**REPLY, "answer": "Ở sảnh nhé."})
    assert late.status_code == 409
    assert REFUSED["MergedError"] in words_of(late)
    assert 'action="/can-bo/cau-hoi/2/tra-loi"' in late.text
    assert "Ở sảnh nhé.</textarea>" in late.text
    dismissed = lan.send(f"{FIRST}/bo-qua", ly_do="không thuộc việc")
    assert dismissed.status_code == 409
    assert 'value="không thuộc việc"' in dismissed.text
    followed = lan.get(FIRST)
    assert str(followed.url).endswith("/can-bo/cau-hoi/2?xong=gop-roi")
    assert DONE["gop-roi"] in words_of(followed)


def test_what_was_typed_stays_when_who_asked_is_forgotten(lan: Officer, app: App) -> None:
    with app.database.session(writing=True) as session:
        forget_exchanges(session, session.connection().scalar(sa.select(table_of(Exchange).c.chat)) or "")
    gone = lan.send(f"{FIRST}/tra-loi", **REPLY)
    assert gone.status_code == 409
    assert "vừa xóa cuộc trò chuyện" in words_of(gone)
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', gone.text))
    assert fields["answer"] == REPLY["answer"]
    opened = lan.send("/can-bo/hoi-dap/moi", **{**fields, "viec": "xem"})
    assert "Có, ở **sảnh**.</textarea>" in opened.text
    assert lan.get(FIRST).status_code == 404


def test_a_form_that_came_after_the_session_ended_is_sent_again_whole(
    lan: Officer, app: App, clock: MovingClock
) -> None:
    lan.client.cookies.delete("can_bo")
    late = lan.client.post(f"{FIRST}/tra-loi", data={"dau": "x", **REPLY})
    assert late.status_code == 401
    kept = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', late.text))
    resumed = lan.log_in("lan", **kept)
    assert "Nội dung bạn đã gõ vẫn còn" in words_of(resumed)
    fields = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', resumed.text))
    assert lan.client.post(f"{FIRST}/tra-loi", data=fields, follow_redirects=False).status_code == 303
    assert told(app) == 1


# Tasks and promises


@pytest.mark.parametrize("login", ["nga", "nobody", "LAN", "lan'--"])
def test_a_task_that_nobody_could_do_is_refused_in_words(lan: Officer, login: str) -> None:
    refused = lan.send(f"{FIRST}/giao", cho=login)
    assert refused.status_code == 409
    assert REFUSED["BadColleagueError"] in words_of(refused)
    assert "phụ trách" not in words_of(refused).partition("Đã có gì")[0]


def test_the_city_gives_a_ward_s_question_to_that_ward(enter: Enter, app: App) -> None:
    browser = TestClient(build_web(app))
    browser.cookies.set("xa", OTHER_WARD)
    browser.post("/hoi", data={"text": ASKED})
    lan = enter("lan")
    lan.get(LIST)
    assert lan.send(f"{FIRST}/giao", cho="nga").status_code == 409  # of yet another ward
    assert 'value="nga"' not in lan.get(FIRST).text


def test_a_promise_pressed_twice_is_told_once(lan: Officer, app: App, clock: MovingClock) -> None:
    truoc = re.search(r'name="truoc" value="(\d+)"', lan.get(FIRST).text)
    assert truoc
    assert lan.send(f"{FIRST}/hen", gio="4", truoc=truoc[1]).status_code == 303
    clock.move(seconds=3)
    again = lan.send(f"{FIRST}/hen", gio="8", truoc=truoc[1])
    assert again.status_code == 409
    assert REFUSED["PromisedError"] in words_of(again)
    assert told(app) == 1
    now = re.search(r'name="truoc" value="(\d+)"', again.text)
    assert now
    assert lan.send(f"{FIRST}/hen", gio="8", truoc=now[1]).status_code == 303
    assert told(app) == 2


@pytest.mark.parametrize("truoc", ["", "x", "-1", "9" * 40, "²"])
def test_a_promise_that_was_made_up_is_none(lan: Officer, truoc: str) -> None:
    assert lan.send(f"{FIRST}/hen", gio="4", truoc=truoc).status_code == 303
    assert lan.send(f"{FIRST}/hen", gio="4", truoc=truoc).status_code == 409


@pytest.mark.parametrize(
    ("deed", "fields", "name"),
    [
        ("gop", {"nhom-1": "co"}, "NotInGroupError"),
        ("gop", {"nhom-99": "co"}, "NotInGroupError"),
        ("tach", {"luot": "999"}, "NotInGroupError"),
        ("tach", {"luot": "x"}, "NotInGroupError"),
        ("mo-lai", {}, "NotSettledError"),
    ],
)
def test_a_forged_or_late_press_is_refused_in_words(lan: Officer, deed: str, fields: dict[str, str], name: str) -> None:
    refused = lan.send(f"{FIRST}/{deed}", **fields)
    assert refused.status_code == 409
    assert REFUSED[name] in words_of(refused)


def test_a_reason_that_came_too_late_is_shown_to_its_author(lan: Officer, enter: Enter) -> None:
    enter("minh").send(f"{FIRST}/tra-loi", **REPLY)
    refused = lan.send(f"{FIRST}/bo-qua", ly_do="không thuộc việc của mình")
    assert refused.status_code == 409
    assert "không thuộc việc của mình" in words_of(refused)
    assert "minh đã viết câu trả lời" in words_of(refused)


def test_a_dismissed_question_is_not_answered_behind_its_back(lan: Officer, app: App) -> None:
    lan.send(f"{FIRST}/bo-qua", ly_do="không thuộc việc của mình")
    refused = lan.send(f"{FIRST}/tra-loi", **REPLY)
    assert refused.status_code == 409
    assert "Đã bỏ qua: không thuộc việc của mình" in words_of(refused)
    assert "Có, ở **sảnh**." in words_of(refused)
    assert told(app) == 0


def test_a_database_that_somebody_else_holds_costs_nothing_typed(
    lan: Officer, app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PostgreSQL says so to who comes second, SQLite after ten seconds."""

    def busy(*_arguments: object, **_options: object) -> None:
        raise sa.exc.OperationalError("", {}, Exception("could not serialize access"))

    monkeypatch.setattr("bot.console.answering.work.answer", busy)
    refused = lan.send(f"{FIRST}/tra-loi", **REPLY)
    assert refused.status_code == 409
    assert REFUSED["OperationalError"] in words_of(refused)
    assert "Có, ở **sảnh**.</textarea>" in refused.text
    assert told(app) == 0


@pytest.mark.parametrize("fields", [None, ODD], ids=["at first", "where something speaks against it"])
def test_enter_in_a_line_of_the_form_only_looks(lan: Officer, fields: dict[str, str] | None) -> None:
    """A browser then presses the first button of the form, or that says it is the form's."""
    page = lan.send(f"{FIRST}/tra-loi", **fields) if fields else lan.get(FIRST)
    inside = page.text.index('/tra-loi">')
    buttons = [
        found[0]
        for found in re.finditer(r"<button[^>]*>", page.text)
        if 'form="tra-loi"' in found[0] or found.start() > inside
    ]
    assert 'value="xem"' in buttons[0]
    assert ("chac" in "".join(buttons)) is bool(fields)
