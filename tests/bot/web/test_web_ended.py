"""Leaflets of what was repealed or replaced: an old poster opens today's rule, or says that there is none."""

from collections.abc import Iterator
from datetime import date

import pytest
from fastapi.testclient import TestClient

from bot.web import build_web
from knowledge.catalogue import publish
from sample_decisions import DECISION, decided, make_patch
from web_app import BARE, RICH, MovingClock, make_app

GONE, OLD, COMING = "9.000101", "9.000102", date(2027, 3, 1)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    app = make_app(tmp_path_factory.mktemp("ended"), MovingClock())
    patches = decided(
        make_patch(GONE, "repealed", name="Đăng ký bắt ma"),
        make_patch(OLD, "replaced", successor=RICH, name="Nuôi rồng kiểu cũ"),
        make_patch(BARE, "repealed", effective=COMING),
    )
    with app.database.session() as session:
        publish(session, patches, DECISION, now=app.clock())
    yield TestClient(build_web(app))
    app.close()


def test_a_repealed_procedure_says_so_and_nothing_of_what_was_the_rule(client: TestClient) -> None:
    page = client.get(f"/tthc/{GONE}")
    assert page.status_code == 200
    assert "đã bị bãi bỏ từ 30/08/2026 theo Quyết định 9001/QĐ-UBND" in page.text
    assert "Mang theo" not in page.text


def test_a_replaced_code_opens_its_successor_which_says_whose_place_it_takes(client: TestClient) -> None:
    page = client.get(f"/tthc/{OLD}")
    assert [step.status_code for step in page.history] == [302]
    assert page.url.path == f"/tthc/{RICH}"
    assert f"Thay cho “Nuôi rồng kiểu cũ” (mã {OLD})" in page.text
    assert "Mang theo" in page.text


def test_the_addresses_of_older_posters_lead_there_too(client: TestClient) -> None:
    page = client.get(f"/p/home/dvc-chi-tiet-thu-tuc-hanh-chinh.html?ma_thu_tuc={OLD}")
    assert page.url.path == f"/tthc/{RICH}"


@pytest.mark.parametrize("thay", ["", GONE, "x", BARE, "<script>"])
def test_a_forged_word_on_whose_place_it_takes_is_ignored(client: TestClient, thay: str) -> None:
    page = client.get(f"/tthc/{RICH}", params={"thay": thay})
    assert page.status_code == 200
    assert "Thay cho" not in page.text


def test_what_is_coming_is_announced_on_the_leaflet(client: TestClient) -> None:
    assert "Từ 01/03/2027: thủ tục này bị bãi bỏ, theo Quyết định 9001/QĐ-UBND." in client.get(f"/tthc/{BARE}").text
