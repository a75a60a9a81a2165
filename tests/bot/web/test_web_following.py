"""The page of one who follows a dossier: opened by its address, revisited, and left at any time."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot.app import App
from bot.web import build_web
from knowledge.dossiers.dossier import Entry
from knowledge.dossiers.factors import Keys
from knowledge.dossiers.ledger import Update
from knowledge.dossiers.taking_in import take_in
from web_app import MovingClock, make_app

CODE = "H24.999-261110-0001"


def take(app: App, status: int) -> None:
    factors = Keys(app.secret).factors_of(CODE, "0000001234")
    entry = Entry(code=CODE, status=status, due="2026-11-27", agency="UBND xã Ví Dụ", factors=factors)
    with app.database.session() as session:
        take_in(session, [Update(entries=(entry,))], app.clock())


@pytest.fixture
def app(tmp_path: Path) -> App:
    return make_app(tmp_path, MovingClock())


def test_following_on_the_web_from_the_question_to_the_end(app: App) -> None:
    take(app, 4)
    browser = TestClient(build_web(app))
    browser.post("/hoi", data={"text": CODE})
    browser.post("/hoi", data={"text": "Báo", "action": f"follow:{CODE}"})
    answer = browser.post("/hoi", data={"text": "1234"}).text
    address = answer[answer.index("/theo-doi/") :][: len("/theo-doi/") + 32]
    assert "Chưa có thay đổi nào" in browser.get(address).text
    take(app, 9)
    for _ in range(2):
        page = TestClient(build_web(app)).get(address)  # another browser, the same address
        assert page.text.count("Đã có kết quả") == 1
        assert page.headers["Cache-Control"] == "no-store"
    assert browser.post(f"{address}/thoi", follow_redirects=False).status_code == 303
    assert "đã thôi theo dõi" in browser.get(address).text
    take(app, 10)
    assert "Kết quả đã trả" not in browser.get(address).text


def test_who_deletes_the_conversation_follows_nothing_any_more(app: App) -> None:
    take(app, 4)
    browser = TestClient(build_web(app))
    for text, action in ((CODE, ""), ("Báo", f"follow:{CODE}"), ("1234", "")):
        answer = browser.post("/hoi", data={"text": text, "action": action}).text
    address = answer[answer.index("/theo-doi/") :][: len("/theo-doi/") + 32]
    browser.post("/xoa")
    assert browser.get(address).status_code == 404


@pytest.mark.parametrize("token", ["0" * 32, "x", "0" * 31, "../hoi"])
def test_no_other_address_opens_anything(token: str, app: App) -> None:
    assert TestClient(build_web(app)).get(f"/theo-doi/{token}").status_code in {404, 405, 422}
