from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from bot.web import build_web
from html_pages import page_of
from knowledge.database import open_database
from web_app import MovingClock, make_app


def test_health_tells_edition_database_and_age(client: TestClient) -> None:
    assert client.get("/health").json() == {
        "status": "ok",
        "database": "ok",
        "edition": 3,
        "published_at": "2026-11-22T05:00:00+00:00",
        "data_day": "2026-07-18",
        "data_age_days": 127,
    }


def test_a_database_that_is_gone_is_told_as_unavailable(tmp_path: Path) -> None:
    app = make_app(tmp_path, MovingClock())
    client = TestClient(build_web(app), raise_server_exceptions=False)
    assert client.get("/health").status_code == 200
    with app.database.session() as session:
        session.connection().exec_driver_sql("ALTER TABLE edition RENAME TO lost")
    response = client.get("/health")
    assert response.status_code == 503
    assert response.headers["retry-after"] == "60"
    assert "Tạm thời chưa trả lời được" in page_of(response).one("h1").text
    assert client.get("/api/v1/procedures/1.001193").json()["error"]["code"] == "unavailable"
    app.close()


def test_an_empty_database_is_told_apart(tmp_path: Path) -> None:
    app = make_app(tmp_path, MovingClock())
    empty = open_database(f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    object.__setattr__(app, "database", empty)
    health = TestClient(build_web(app)).get("/health").json()
    assert (health["status"], health["edition"], health["data_day"]) == ("empty", 0, None)
    empty.close()


def test_robots_may_read_leaflets_but_not_conversations(client: TestClient) -> None:
    lines = client.get("/robots.txt").text.splitlines()
    assert "Disallow: /hoi" in lines
    assert "Disallow: /api/" in lines
    assert not [line for line in lines if line.startswith("Disallow: /tthc")]


def test_the_page_about_this_says_what_is_kept_and_where_it_ends(client: TestClient) -> None:
    page = page_of(client.get("/gioi-thieu"))
    assert [heading.text for heading in page.all("h2")] == [
        "Đây là gì",
        "Những gì được giữ",
        "Giới hạn",
        "Cho người làm phần mềm",
    ]
    assert "18/07/2026" in page.text
    assert "60 phút" in page.text


@pytest.mark.parametrize("path", ["/docs", "/redoc"], ids=str)
def test_pages_that_load_scripts_from_elsewhere_are_not_served(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_conversations_are_swept_while_the_server_runs(client: TestClient) -> None:
    with client:
        assert client.get("/health").status_code == 200
