"""Every form and every address of the console against hostile input, and forged roles and numbers."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.routing import APIRoute

import bot.console
from bot.app import App
from bot.console.pages import CONSOLE
from console_officer import Officer, words_of
from knowledge.database import Database
from knowledge.staff.accounts import Act
from knowledge.words.desk import propose
from knowledge.words.word import WordKind, WordText
from staff_people import LAN, PARKING, publish_faq

Enter = Callable[[str], Officer]
SOURCES = "\n".join(path.read_text("utf-8") for path in Path(bot.console.__file__).parent.rglob("*.py"))
FIELDS = frozenset(re.findall(r'desk\.(?:field|number)\(\s*"(\w+)"', SOURCES)) | {"wordings", "answer", "commune"}
ROUTES = sorted(
    (route.path, method)
    for router in CONSOLE
    for route in router.routes
    if isinstance(route, APIRoute)
    for method in route.methods
)
SCRIPT = "<script>alert(1)</script>"
HOSTILE = {
    "script": f"\"'>{SCRIPT}<img src=x onerror=alert(1)>",
    "template": "{{ 7919*7919 }}{% for x in y %}{{ ''.__class__ }}${7919*7919}#{7919*7919}",
    "formula, statement and control characters": "=HYPERLINK('x')\n'; DROP TABLE faq_file; --\x00\x1b[31m\u202e\ufeff",
    "huge": "xin chao " * 800,  # in some fifty fields at once just below what a form may hold
    "number": "999999999999999999999",
    "negative": "-1",
}


def filled_in(path: str, number: str) -> str:
    """The address with something in each of its places."""
    return re.sub(r"{target[^}]*}", "viet-tat", re.sub(r"{(?!target)[^}]*}", number, path))


@pytest.fixture
def known(app: App) -> App:
    publish_faq(app.database, PARKING, app.clock())
    with app.database.session(writing=True) as session:
        propose(session, WordText(kind=WordKind.SHORT_FORM, said="zkh", means="kết hôn"), Act(LAN, app.clock()))
    return app


def counts(database: Database) -> Iterator[int]:
    with database.session() as session:
        for table in ("faq_file", "word_file", "edition", "staff_account"):
            yield session.connection().exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()


def test_the_sweep_sees_the_forms() -> None:
    assert {"viec", "ly_do", "ban", "tu", "nghia", "cau_thu", "ma", "mat_khau"} <= FIELDS
    assert len(ROUTES) > 30


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE)
def test_no_form_is_broken_or_steered_by_what_is_typed_into_it(enter: Enter, known: App, value: str) -> None:
    minh = enter("minh")
    csrf = minh.csrf
    for path, method in ROUTES:
        if method != "POST" or "dang-nhap" in path or "dang-xuat" in path:
            continue
        data = {"dau": csrf, **dict.fromkeys(FIELDS, value)}
        response = minh.client.post(filled_in(path, "1"), data=data, follow_redirects=False)
        assert response.status_code < 500, path
        assert SCRIPT not in response.text, path
        assert str(7919 * 7919) not in response.text, path
        assert "Traceback" not in response.text, path


@pytest.mark.parametrize(
    "value", [HOSTILE["script"], HOSTILE["template"], "9" * 30], ids=["script", "template", "digits"]
)
def test_no_page_is_broken_or_steered_by_its_address(enter: Enter, known: App, value: str) -> None:
    minh = enter("minh")
    for path, method in ROUTES:
        if method != "GET" or "dang-nhap" in path:
            continue
        for number in ("1", "999999999", "-1", value.replace("/", "")):
            query = dict.fromkeys(("q", "loc", "trang", "tu", "den", "ky", "mau", "xong"), value)
            response = minh.client.get(filled_in(path, number), params=query, follow_redirects=False)
            assert response.status_code < 500, (path, number)
            assert SCRIPT not in response.text, path


def test_nobody_who_is_not_logged_in_does_anything(enter: Enter, known: App) -> None:
    before, door = list(counts(known.database)), enter("")
    for path, method in ROUTES:
        if "dang-nhap" in path:
            continue
        data = dict.fromkeys(FIELDS, "1") if method == "POST" else None
        response = door.client.request(method, filled_in(path, "1"), data=data, follow_redirects=False)
        assert response.status_code in ({303} if method == "GET" else {401}), path
    assert list(counts(known.database)) == before


def test_no_form_of_another_site_does_anything(enter: Enter, known: App) -> None:
    minh, before = enter("minh"), list(counts(known.database))
    for path, method in ROUTES:
        if method == "POST" and "dang-nhap" not in path:
            data = {"dau": "f" * 32, **dict.fromkeys(FIELDS, "1")}
            response = minh.client.post(filled_in(path, "1"), data=data, follow_redirects=False)
            assert "Chưa có gì được lưu" in words_of(response), path
    assert list(counts(known.database)) == before


@pytest.mark.parametrize(
    "path", ["/can-bo/nhan-vien", "/can-bo/nhat-ky", "/can-bo/nhan-vien/dat-lai", "/can-bo/an-ban/quay-lai"]
)
def test_a_role_is_not_gained_by_saying_so(enter: Enter, known: App, path: str) -> None:
    lan = enter("lan")
    forged = {"role": "admin", "vai_tro": "admin", "who": "minh", "ten": "minh", "ly_do": "x", "an_ban": "1"}
    response = lan.get(path) if path.endswith(("nhan-vien", "nhat-ky")) else lan.send(path, **forged)
    assert response.status_code == 404


def test_twenty_megabytes_are_refused_in_words(enter: Enter) -> None:
    lan = enter("lan")
    for path in ("/can-bo/hoi-dap/moi", "/can-bo/tu-ngu/viet-tat", "/can-bo/tra-loi-nhom"):
        refused = lan.send(path, answer="x" * 20_000_000)
        assert refused.status_code == 413
        assert "dài" in words_of(refused) or "lớn" in words_of(refused)
        assert "quay lại" in words_of(refused).lower() or "thử lại" in words_of(refused).lower()


def test_a_form_of_the_words_that_came_late_keeps_what_was_typed(enter: Enter, known: App) -> None:
    lan = enter("lan")
    csrf = lan.csrf
    known.clock.move(hours=11)  # type: ignore[attr-defined]  the clock of these tests moves
    typed = {"tu": "giấy chim én", "cau_thu": "xin giấy chim én", "viec": "luu"}
    late = lan.client.post("/can-bo/tu-ngu/1.000894", data={"dau": csrf, **typed}, follow_redirects=False)
    assert late.status_code == 401
    assert all(f'name="giu:{name}"' in late.text for name in typed)
    resumed = lan.log_in("lan", ve="/can-bo/tu-ngu/1.000894", **{f"giu:{name}": text for name, text in typed.items()})
    assert "Từ giấy chim én" in words_of(resumed)
