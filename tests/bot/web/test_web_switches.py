import pytest
from fastapi.testclient import TestClient

from bot.web.visitor import safe_return
from html_pages import page_of
from web_app import BIRTH


def test_text_grows_and_shrinks_without_script(client: TestClient) -> None:
    button = page_of(client.get("/")).one("button[name=co]")
    assert button.text == "Chữ to"
    client.post("/co-chu", data={"co": button.attributes["value"], "ve": "/"})
    page = page_of(client.get("/"))
    assert "large" in page.one("html").attributes["class"]
    assert page.one("button[name=co]").text == "Chữ thường"
    client.post("/co-chu", data={"co": page.one("button[name=co]").attributes["value"], "ve": "/"})
    assert "class" not in page_of(client.get("/")).one("html").attributes


def test_the_switch_leads_back_to_the_page_it_was_pressed_on(client: TestClient) -> None:
    page = page_of(client.get(f"/tthc/{BIRTH}?x=1"))
    back = page.one("input[name=ve]").attributes["value"]
    response = client.post("/co-chu", data={"co": "lon", "ve": back}, follow_redirects=False)
    assert response.headers["location"] == f"/tthc/{BIRTH}?x=1"


def test_after_a_question_the_switch_leads_back_to_the_conversation(client: TestClient) -> None:
    page = page_of(client.post("/hoi", data={"text": "khai sinh"}))
    assert page.one("input[name=ve]").attributes["value"] == "/"


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ("/tim?q=a", "/tim?q=a"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/a\r\nSet-Cookie: x=1", "/"),
        ("", "/"),
    ],
    ids=["our page", "another host", "a backslash", "a full address", "a script", "a second header", "nothing"],
)
def test_nobody_is_sent_to_another_site(given: str, path: str) -> None:
    assert safe_return(given) == path


def test_a_choice_is_kept_for_a_year_and_out_of_reach_of_scripts(client: TestClient) -> None:
    cookie = client.post("/co-chu", data={"co": "lon"}, follow_redirects=False).headers["set-cookie"]
    assert "Max-Age=31536000" in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie


def test_all_communes_can_be_chosen_from_one_list(client: TestClient) -> None:
    page = page_of(client.get("/xa-phuong"))
    assert len(page.all(".place")) == 114
    assert "114 nơi" in page.one("[role=status]").text


@pytest.mark.parametrize("typed", ["thanh dong", "Thành Đông", "cam thuong", "Phường Cẩm Thượng"], ids=str)
def test_a_commune_is_found_by_present_and_former_names(client: TestClient, typed: str) -> None:
    page = page_of(client.get("/xa-phuong", params={"q": typed}))
    assert "Phường Thành Đông" in [place.one("b").text for place in page.all(".place")]
    assert len(page.all(".place")) < 10


def test_a_name_that_nobody_has_says_what_to_try(client: TestClient) -> None:
    page = page_of(client.get("/xa-phuong", params={"q": "atlantis"}))
    assert "Chưa tìm thấy" in page.one("[role=status]").text
    assert page.one("[role=status] a[href='/xa-phuong']")


def test_the_commune_is_chosen_once_and_can_be_given_up(client: TestClient) -> None:
    client.post("/xa-phuong", data={"ma": "10507"})
    assert "Đang hỏi cho: Phường Thành Đông" in page_of(client.get("/xa-phuong")).one(".box").text
    client.post("/xa-phuong", data={"ma": ""})
    assert "xa" not in client.cookies
    assert not page_of(client.get("/xa-phuong")).all(".box")


@pytest.mark.parametrize("code", ["99999", "x", "10507; Path=/"], ids=str)
def test_a_commune_that_is_none_is_not_kept(client: TestClient, code: str) -> None:
    client.post("/xa-phuong", data={"ma": code})
    assert "xa" not in client.cookies


def test_the_commune_that_a_server_serves_is_taken_for_granted(visit) -> None:
    assert "Phường Thành Đông" in page_of(visit(commune="10507").get("/")).one(".under").text


def test_ones_own_choice_goes_before_that_of_the_server(visit) -> None:
    client = visit(commune="10507")
    client.post("/xa-phuong", data={"ma": "10525"})
    assert "Phường Hải Dương" in page_of(client.get("/")).one(".under").text
