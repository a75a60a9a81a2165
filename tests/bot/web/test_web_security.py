import re

import pytest
from fastapi.testclient import TestClient

from bot.web.security import HEADERS
from html_pages import page_of
from web_app import BIRTH, RICH

PAGES = ["/", "/tim", "/tim?q=khai+sinh", f"/tthc/{BIRTH}", f"/tthc/{RICH}", "/xa-phuong", "/gioi-thieu", "/khong-co"]


@pytest.mark.parametrize(
    "address", [*PAGES, "/health", "/robots.txt", "/static/motcua.css", "/api/v1/communes"], ids=str
)
def test_every_response_carries_the_security_headers(client: TestClient, address: str) -> None:
    response = client.get(address)
    assert {name: response.headers.get(name) for name in HEADERS} == dict(HEADERS)


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere() -> None:
    policy = HEADERS["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize("address", PAGES, ids=str)
def test_no_page_needs_what_the_policy_forbids(client: TestClient, address: str) -> None:
    page = page_of(client.get(address))
    for element in page.walk():
        assert "style" not in element.attributes
        assert not [name for name in element.attributes if name.startswith("on")]
        assert element.tag not in {"style", "iframe", "object", "base"}
    for script in page.all("script"):
        assert script.attributes["src"].startswith("/static/")
        assert not script.text


@pytest.mark.parametrize("address", PAGES, ids=str)
def test_no_page_asks_anybody_else_for_anything(client: TestClient, address: str) -> None:
    page = page_of(client.get(address))
    asked = [
        element.attributes[name] for element in page.walk() for name in ("src", "action") if name in element.attributes
    ]
    asked += [link.attributes["href"] for link in page.all("link")]
    assert all(address.startswith(("/", "data:")) and not address.startswith("//") for address in asked)
    style = client.get("/static/motcua.css").text
    assert "@import" not in style
    assert not re.search(r"url\((?!data:)", style)


@pytest.mark.parametrize("address", PAGES, ids=str)
def test_every_page_names_its_language_title_and_main_part(client: TestClient, address: str) -> None:
    page = page_of(client.get(address))
    assert page.one("html").attributes["lang"] == "vi"
    assert len(page.all("h1")) == 1
    assert len(page.all("main")) == 1
    assert page.one("title").text.endswith("– Một cửa Hải Phòng")
    assert page.one("a.skip").attributes["href"] == "#noi-dung"


def test_styles_are_kept_for_good_under_an_address_that_changes_with_them(client: TestClient) -> None:
    address = page_of(client.get("/")).one("link[rel=stylesheet]").attributes["href"]
    assert re.fullmatch(r"/static/motcua\.css\?v=[0-9a-f]{12}", address)
    assert client.get(address).headers["cache-control"] == "public, max-age=31536000, immutable"


def test_the_icon_needs_no_request(client: TestClient) -> None:
    assert page_of(client.get("/")).one("link[rel=icon]").attributes["href"].startswith("data:image/svg+xml;base64,")


def test_files_outside_the_static_folder_cannot_be_had(client: TestClient) -> None:
    for path in ("/static/../templates/base.html.j2", "/static/%2e%2e/application.py", "/static//etc/passwd"):
        assert client.get(path).status_code == 404
