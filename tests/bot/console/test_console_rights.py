"""Who may do what: a row for every route of the console, tried by every role. A route without a row fails.

For a new route add a line to ROWS: its roles, an address, and fields with which it goes through for who may.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from bot.app import App
from bot.console.late import COOKIE, HOME
from bot.console.pages import CONSOLE
from bot.console.words import REFUSED
from bot.conversation.messages import Chat, Question
from bot.conversation.reply import reply_to
from bot.web import build_web
from console_app import LoggedIn, copy_of
from console_officer import PASSWORD, words_of
from knowledge.faq.desk import draft, revise
from knowledge.faq.entry import FaqText
from knowledge.faq.publishing import approve
from knowledge.operation.announcements import Announcement, announce
from knowledge.petitions import PETITIONS
from knowledge.staff.accounts import Act, Role, Who, add_account
from knowledge.takeovers import take_over
from knowledge.waiting import collect
from knowledge.waiting_groups import asked_in, groups
from knowledge.waiting_work import dismiss
from knowledge.words.desk import approve_word, propose
from knowledge.words.word import WordKind, WordText
from staff_people import HOA, LAN, MINH, NGA, OTHER_WARD, PARKING, WARD
from waiting_questions import meaning
from web_app import MovingClock

BINH = Who(login="binh", name="Bình", role=Role.ADMIN, commune=WARD)
TAM = Who(login="tam", name="Tám", role=Role.ADMIN, commune=OTHER_WARD)
PEOPLE = {"officer": LAN, "approver": HOA, "admin": MINH, "ward": BINH, "other": TAM}  # wards send their strongest
ALL = frozenset(PEOPLE)
CITY = frozenset({"officer", "approver", "admin"})
HERE = CITY | {"ward"}  # what belongs to a ward: its own staff and the city's
CITY_APPROVES = frozenset({"approver", "admin"})
APPROVES_HERE = CITY_APPROVES | {"ward"}
ADMINS = frozenset({"admin", "ward", "other"})
CHIEF, ADMINS_HERE = frozenset({"admin"}), frozenset({"admin", "ward"})
AT_THE_DOOR = frozenset({"door"})

WARD_DRAFT, CITY_LIVE, WARD_LIVE, CITY_DRAFT = 1, 2, 3, 4  # FAQ entries
ASKED, ALIKE, DISMISSED = 1, 2, 3  # waiting questions of the ward
WORD, LIVE_WORD = 1, 2  # words of the ward
ENTRY = {"wordings": "rút tiền ở đâu", "answer": "Có, ở **sảnh**.", "viec": "luu"}
TALK, MONTH = "/can-bo/tro-chuyen/1", f"ky=2026-11&xa={WARD}"


class Row(NamedTuple):
    """One address tried: `route` as the roll names it. A form carries what lets it go through for who may."""

    method: str
    route: str
    who: frozenset[str]
    address: str = ""
    fields: Mapping[str, str] = {}


def get(route: str, who: frozenset[str], address: str = "") -> Row:
    return Row("GET", route, who, address or route)


def post(route: str, who: frozenset[str], address: str = "", **fields: str) -> Row:
    return Row("POST", route, who, address or route, fields)


def faq(deed: str, number: int, who: frozenset[str], **fields: str) -> Row:
    return post(f"/can-bo/hoi-dap/{{number}}/{deed}", who, f"/can-bo/hoi-dap/{number}/{deed}", **fields)


def faq_page(page: str, number: int, who: frozenset[str]) -> Row:
    return get(f"/can-bo/hoi-dap/{{number}}{page}", who, f"/can-bo/hoi-dap/{number}{page}")


def waiting(deed: str, who: frozenset[str], number: int = ASKED, **fields: str) -> Row:
    return post(f"/can-bo/cau-hoi/{{number}}/{deed}", who, f"/can-bo/cau-hoi/{number}/{deed}", **fields)


def word(deed: str, who: frozenset[str], number: int = WORD, **fields: str) -> Row:
    return post(f"/can-bo/tu-ngu/{{number}}/{deed}", who, f"/can-bo/tu-ngu/{number}/{deed}", **fields)


ROWS = (
    get("/can-bo/dang-nhap", AT_THE_DOOR | ALL),
    post("/can-bo/dang-nhap", AT_THE_DOOR | ALL, ten="lan", mat_khau=PASSWORD),
    get("/can-bo/dang-nhap/ma", AT_THE_DOOR | ALL),
    post("/can-bo/dang-nhap/ma", frozenset()),  # nobody without a ticket
    post("/can-bo/dang-xuat", ALL),
    get("/can-bo/tai-khoan", ALL),
    post("/can-bo/tai-khoan/hai-buoc", ALL, mat_khau=PASSWORD),
    post("/can-bo/tai-khoan/hai-buoc/xac-nhan", ALL, ma="000000"),
    post("/can-bo/tai-khoan/hai-buoc/tat", ALL, ma="000000"),
    get("/can-bo/nhan-vien", ADMINS),
    post("/can-bo/nhan-vien/dat-lai", ADMINS_HERE, ten="nga", ly_do="mất điện thoại"),
    post("/can-bo/nhan-vien/khoa", ADMINS_HERE, ten="nga", ly_do="chuyển công tác"),
    post("/can-bo/nhan-vien/khoa", frozenset(), ten="", ly_do="chuyển công tác", role="admin", vai_tro="admin"),
    post("/can-bo/nhan-vien/khoa", CHIEF, ten="lan", ly_do="chuyển công tác"),
    get("/can-bo", ALL),
    get("/can-bo/hoi-dap", ALL),
    get("/can-bo/hoi-dap/bang-tinh", ALL),
    get("/can-bo/hoi-dap/bang-tinh.xlsx", ALL),
    post("/can-bo/hoi-dap/bang-tinh", ALL),
    get("/can-bo/tu-ngu/bang-tinh", ALL),
    get("/can-bo/tu-ngu/bang-tinh.xlsx", ALL),
    post("/can-bo/tu-ngu/bang-tinh", ALL),
    get("/can-bo/hoi-dap/moi", ALL),
    post("/can-bo/hoi-dap/moi", ALL, **ENTRY),
    faq_page("", WARD_DRAFT, HERE),
    faq_page("", CITY_LIVE, ALL),
    faq_page("/chay-thu", WARD_DRAFT, HERE),
    faq_page("/sua", WARD_DRAFT, HERE),
    faq_page("/so-sanh", WARD_LIVE, HERE),
    faq("sua", WARD_DRAFT, HERE, ban="1", **ENTRY),
    faq("sua", CITY_LIVE, CITY, ban="1", **ENTRY),
    faq("duyet", WARD_DRAFT, APPROVES_HERE, ban="1"),
    faq("duyet", CITY_DRAFT, CITY_APPROVES, ban="1"),
    faq("van-dung", WARD_LIVE, APPROVES_HERE, xem_lai="31/12/2026"),
    faq("van-dung", CITY_LIVE, CITY_APPROVES, xem_lai="31/12/2026"),
    faq("ngung", WARD_LIVE, APPROVES_HERE, ly_do="đã đổi"),
    faq("ngung", CITY_LIVE, CITY_APPROVES, ly_do="đã đổi"),
    faq("lay-lai", WARD_LIVE, HERE, cu="1", ban="2"),
    get("/can-bo/cau-hoi", ALL),
    get("/can-bo/cau-hoi/{number}", HERE, f"/can-bo/cau-hoi/{ASKED}"),
    waiting("giao", HERE, cho="lan"),
    waiting("hen", HERE, gio="8"),
    waiting("gop", HERE, **{f"nhom-{ALIKE}": "1"}),
    waiting("tach", HERE, luot="1"),
    waiting("bo-qua", HERE, ly_do="không phải việc của ta"),
    waiting("mo-lai", HERE, DISMISSED),
    waiting("tra-loi", HERE, **ENTRY),
    waiting("tiep-quan", HERE, luot="1"),
    get("/can-bo/tro-chuyen/{number}", frozenset({"officer"}), TALK),
    get("/can-bo/tro-chuyen/{number}/tin", frozenset({"officer"}), f"{TALK}/tin"),
    post("/can-bo/tro-chuyen/{number}/noi", frozenset({"officer"}), f"{TALK}/noi", loi="Chào bác"),
    post("/can-bo/tro-chuyen/{number}/ket-thuc", frozenset({"officer"}), f"{TALK}/ket-thuc"),
    get("/can-bo/tu-ngu", ALL),
    get("/can-bo/tu-ngu/{target}", ALL, "/can-bo/tu-ngu/1.001193"),
    post("/can-bo/tu-ngu/{target}", ALL, "/can-bo/tu-ngu/1.001193", tu="giấy con cò"),
    word("duyet", APPROVES_HERE),
    word("nang", HERE, LIVE_WORD),
    word("ngung", APPROVES_HERE, LIVE_WORD, ly_do="không ai nói"),
    get("/can-bo/an-ban", ALL),
    post("/can-bo/an-ban/quay-lai", CHIEF, an_ban="1", ly_do="sai phí"),
    get("/can-bo/nhat-ky", ADMINS),
    get("/can-bo/van-hanh", ADMINS),
    post("/can-bo/van-hanh/thong-bao", ADMINS, noi_dung="Bảo trì", den="2026-11-23T22:00"),
    post("/can-bo/van-hanh/thong-bao/{number}/dung", ADMINS_HERE, "/can-bo/van-hanh/thong-bao/1/dung"),
    post("/can-bo/van-hanh/kenh", CHIEF, kenh="web", viec="tat", ly_do="trả lời sai"),
    get("/can-bo/tra-loi-nhom", ALL),
    post("/can-bo/tra-loi-nhom", ALL, tin_nhan="làm giấy khai sinh"),
    post("/can-bo/tra-loi-nhom/chua-dung", ALL, tin_nhan="làm giấy khai sinh"),
    post("/can-bo/tra-loi-nhom/tu-dap", ALL, tin_nhan="gửi xe ở đâu", tu_dap="Ở cổng sau."),
    get("/can-bo/bao-cao", HERE, f"/can-bo/bao-cao?{MONTH}"),
    get("/can-bo/bao-cao", CITY | {"other"}, f"/can-bo/bao-cao?ky=2026-11&xa={OTHER_WARD}"),
    get("/can-bo/bao-cao/tai", HERE, f"/can-bo/bao-cao/tai?{MONTH}&dang=json"),
    get("/can-bo/bao-cao/dong", HERE, f"/can-bo/bao-cao/dong?{MONTH}&so=luot"),
    get("/can-bo/bao-cao/mau", HERE, f"/can-bo/bao-cao/mau?{MONTH}"),
    post("/can-bo/bao-cao/mau/rut", HERE, ky="2026-11", xa=WARD),
    post("/can-bo/bao-cao/mau", HERE, ky="2026-11", xa=WARD, **{"cau-1": "right"}),
    get("/can-bo/phan-anh", ALL),
    get("/can-bo/phan-anh/{number}", HERE, "/can-bo/phan-anh/1"),
    post("/can-bo/phan-anh/{number}", HERE, "/can-bo/phan-anh/1", viec="handed", loai="idea", ghi_chu="đã chuyển"),
)


def name_of(row: Row) -> str:
    """The same in every worker of a test run: sets have no order."""
    return f"{row.method} {row.address} {' '.join(sorted(row.who)) or 'nobody'}"


class Office:
    """The console with something of everything in it, put back as it was after each change."""

    def __init__(self, app: App, folder: Path) -> None:
        self.app, self._path, self._as_it_was = app, folder / "motcua.sqlite3", folder / "as-it-was.sqlite3"
        self._web = build_web(app)
        self.people = {role: LoggedIn(self._web, app, who.login) for role, who in PEOPLE.items()}
        with sqlite3.connect(self._path) as made:
            made.execute("VACUUM INTO ?", (str(self._as_it_was),))
        self._watch = sqlite3.connect(self._path, timeout=60)

    def tries(self, row: Row, role: str = "") -> httpx.Response:
        """By a role, or at the door for ""."""
        web, officer = self._web, self.people.get(role)
        client = TestClient(web, raise_server_exceptions=False, follow_redirects=False)
        if officer:
            client.cookies.set(COOKIE, officer.token, path=HOME)
        data = {"dau": officer.csrf if officer else "x", **row.fields}
        return client.get(row.address) if row.method == "GET" else client.post(row.address, data=data)

    def version(self) -> int:
        """Another one as soon as anything was written."""
        return int(self._watch.execute("PRAGMA data_version").fetchone()[0])

    def put_back(self) -> None:
        with sqlite3.connect(self._as_it_was) as before, sqlite3.connect(self._path, timeout=60) as now:
            before.backup(now)
        self.app.orders.forget()

    def close(self) -> None:
        self._watch.close()


def furnish(app: App) -> None:
    now = app.clock()
    for number, text in enumerate(("ở trung tâm có máy rút tiền không", "nhà xe cho thuê mấy giờ đóng", "đom đóm"), 1):
        reply_to(Question(text=text, chat=Chat("web", f"w{number}"), asked_at=now, commune=WARD), app)
    with app.database.session(writing=True) as session:
        for who in (BINH, TAM):
            add_account(session, who, PASSWORD, now)
        collect(session, meaning)
        dismiss(session, DISMISSED, "không rõ", Act(LAN, now))
        for by, text in ((NGA, ward_text()), (LAN, PARKING), (NGA, ward_text("nhà vệ sinh ở đâu")), (LAN, CITY_TEXT)):
            draft(session, text, Act(by, now))
        approve(session, CITY_LIVE, 1, Act(HOA, now))
        approve(session, WARD_LIVE, 1, Act(BINH, now))
        revise(session, WARD_LIVE, ward_text("nhà vệ sinh tầng mấy"), 1, Act(NGA, now))
        for said in ("giấy chim én", "giấy chim sẻ"):
            propose(session, WordText(kind=WordKind.WORDING, said=said, means="1.001193", commune=WARD), Act(NGA, now))
        approve_word(session, LIVE_WORD, Act(BINH, now))
        notice = Announcement(text="Bảo trì", begins_at=now, ends_at=now + timedelta(hours=1), communes=(WARD,))
        announce(session, notice, Act(BINH, now))
        take_over(session, "web", "w9", Act(LAN, now), now + timedelta(minutes=30))
        row = {"received_at": now, "channel": "web", "chat": "w8", "commune": WARD, "kind": "idea", "text": "đèn hỏng"}
        session.connection().execute(PETITIONS.insert(), row | {"note": ""})


CITY_TEXT = FaqText(wordings=("bàn nước ở đâu",), answer="Ở sảnh.")


def ward_text(asked: str = "gửi xe máy cày ở đâu") -> FaqText:
    return FaqText(wordings=(asked,), answer="Ở **sân sau**.", commune=WARD)


@pytest.fixture(scope="module")
def office(prepared: App, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("rights")
    with copy_of(prepared, folder, MovingClock()) as app:
        furnish(app)
        made = Office(app, folder)
        yield made
        made.close()


def is_refused(response: httpx.Response) -> bool:
    """400 is a form that its own page sends back, unless for want of a right."""
    return response.status_code in {401, 403, 404, 409} or REFUSED["NotAllowedError"] in words_of(response)


@pytest.mark.parametrize("row", ROWS, ids=name_of)
def test_each_role_does_what_it_may_and_nothing_else(office: Office, row: Row) -> None:
    for role in PEOPLE:
        before = office.version()
        response = office.tries(row, role)
        assert response.status_code < 500, (role, response.status_code)
        assert is_refused(response) is (role not in row.who), (role, response.status_code, words_of(response)[:400])
        if role not in row.who:
            assert office.version() == before, f"{role} was refused, and something was written"
        elif row.method == "POST":
            assert response.status_code in {200, 303, 400}, (role, words_of(response)[:400])
            office.put_back()


def test_the_audit_of_a_commune_is_of_its_own_staff(office: Office) -> None:
    audit = get("/can-bo/nhat-ky", ADMINS)
    assert {"nga", "lan"} <= set(words_of(office.tries(audit, "admin")).split())
    seen = set(words_of(office.tries(audit, "ward")).split())
    assert "nga" in seen
    assert "lan" not in seen


def test_every_route_of_the_console_has_a_row() -> None:
    routes = {
        (method, route.path)
        for router in CONSOLE
        for route in router.routes
        if isinstance(route, APIRoute)
        for method in route.methods
    }
    assert {(row.method, row.route) for row in ROWS} == routes


def test_what_was_furnished_is_the_ward_s(office: Office) -> None:
    with office.app.database.session() as session:
        assert {each.id for each in groups(session, commune=WARD)} == {ASKED, ALIKE}
        assert [each.exchange for each in asked_in(session, ASKED, WARD)] == [1]
        assert not groups(session, commune=OTHER_WARD)


@pytest.mark.parametrize(
    "row", [row for row in ROWS if "door" not in row.who], ids=lambda row: f"{row.method} {row.address}"
)
def test_at_the_door_nothing_is_done(office: Office, row: Row) -> None:
    before = office.version()
    assert office.tries(row).status_code == (303 if row.method == "GET" else 401)
    assert office.version() == before
