"""The machine in a hall: server-rendered, and nothing of anybody stays."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from html_pages import Page, page_of
from web_app import BIRTH

QUESTION = "lam giay khai sinh cho con can giay to gi"
COMMUNE = "11329"

Visit = Callable[..., TestClient]


def ask(client: TestClient, text: str, before: Page | None = None, **fields: str) -> Page:
    kept = before.one("#lai input[name=phien]").attributes["value"] if before else ""
    return page_of(client.post("/kiosk", data={"text": text, "phien": kept, **fields}))


def test_a_question_is_answered_without_script(client: TestClient) -> None:
    page = ask(client, QUESTION)
    assert "Giấy chứng sinh" in page.one(".answer").text
    assert page.one("h1").text == "Bạn hỏi: " + QUESTION
    assert page.one("form.choices").attributes["action"] == "/kiosk"


def test_a_tap_and_a_follow_up_keep_the_subject(client: TestClient) -> None:
    first = ask(client, QUESTION)
    action = first.one("form.choices button").attributes["value"]
    assert "khai sinh" in ask(client, "Xem thêm", first, action=action).one(".answer").text.casefold()
    assert "đồng" in ask(client, "mất bao nhiêu tiền", first).one(".answer").text


@pytest.mark.parametrize("path", ["/kiosk", "/kiosk/khong-co"], ids=["first page", "error"])
def test_no_page_sets_a_cookie_or_is_kept(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert "set-cookie" not in response.headers
    assert response.headers["cache-control"] in {"no-store", "no-cache"}


def test_an_answer_sets_no_cookie_and_is_kept_nowhere(client: TestClient) -> None:
    response = client.post("/kiosk", data={"text": QUESTION})
    assert "set-cookie" not in response.headers
    assert response.headers["cache-control"] == "no-store"
    assert QUESTION not in client.get("/kiosk").text
    assert QUESTION not in client.get("/").text


def test_who_begins_anew_is_forgotten(client: TestClient) -> None:
    first = ask(client, QUESTION)
    name = first.one("#lai input[name=phien]").attributes["value"]
    answer = client.post("/kiosk/xoa", data={"phien": name, "xa": COMMUNE}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/kiosk?xa={COMMUNE}")
    assert "khai sinh" not in ask(client, "mất bao nhiêu tiền", first).one(".answer").text.casefold()


@pytest.mark.parametrize("forged", ["abc", "abc.def", "https://noi-khac.example"], ids=str)
def test_a_forged_name_opens_nobody_elses_conversation(client: TestClient, forged: str) -> None:
    page = page_of(client.post("/kiosk", data={"text": QUESTION, "phien": forged, "xa": forged}))
    assert page.one("#lai input[name=phien]").attributes["value"] != forged
    assert page.one("#lai input[name=xa]").attributes["value"] == ""


@pytest.mark.parametrize(
    "text",
    ["tra cứu hồ sơ H24.18-261109-0012", "H24.18-261109-0012", "hồ sơ của tôi đến đâu rồi"],
    ids=["a question", "a code alone", "no code"],
)
def test_no_dossier_is_shown_or_repeated(client: TestClient, text: str) -> None:
    page = ask(client, text)
    assert "không xem ở máy dùng chung" in page.one(".answer").text
    assert "261109" not in page.text
    assert page.one("#lai input[name=phien]").attributes["value"] == ""


@pytest.mark.parametrize("address", ["/kiosk", f"/kiosk?xa={COMMUNE}", "/kiosk/khong-co"], ids=str)
def test_nothing_leads_away_from_it(client: TestClient, address: str) -> None:
    assert all(link.attributes["href"] == "/kiosk" for link in page_of(client.get(address)).all("a"))


@pytest.mark.parametrize("question", [QUESTION, "sổ đỏ", "cho gap can bo", "nop truc tuyen o dau"], ids=str)
def test_no_answer_leads_away_from_it(client: TestClient, question: str) -> None:
    page = ask(client, question)
    assert page.all("a") == []
    assert {form.attributes["action"] for form in page.all("form")} <= {"/kiosk", "/kiosk/xoa"}


def test_boxes_offer_nothing_that_others_typed(client: TestClient) -> None:
    box = page_of(client.get("/kiosk")).one("#cau-hoi").attributes
    assert (box["autocomplete"], box["spellcheck"], box["autocapitalize"]) == ("off", "false", "off")


def test_it_says_what_it_is_and_when_it_forgets(visit: Visit) -> None:
    page = page_of(visit(kiosk_seconds=45).get("/kiosk"))
    said = page.one("main").text
    assert "trợ lý tự động" in said
    assert "45 giây" in said
    assert page.one("body").attributes["data-seconds"] == "45"


def test_it_begins_anew_without_script_too(client: TestClient) -> None:
    page = ask(client, QUESTION, xa=COMMUNE)
    assert page.one("noscript meta").attributes["content"] == f"90; url=/kiosk?xa={COMMUNE}"
    assert not page_of(client.get("/kiosk")).all("noscript")


def test_it_serves_the_commune_of_its_hall(client: TestClient) -> None:
    page = page_of(client.get(f"/kiosk?xa={COMMUNE}"))
    assert page.one(".city").text != "Hải Phòng"
    assert page_of(client.get("/kiosk?xa=99999")).one(".city").text == "Hải Phòng"


def test_an_answer_is_taken_home_by_its_code(visit: Visit) -> None:
    page = ask(visit(public_url="https://motcua.example/"), QUESTION)
    assert page.one("figure svg").attributes["role"] == "img"
    assert not ask(visit(), QUESTION).all("figure")


def test_an_empty_question_is_the_first_page(client: TestClient) -> None:
    assert page_of(client.post("/kiosk", data={"text": "  "})).one("h1").text == "Bạn cần làm giấy tờ gì?"


def test_a_failure_leaves_it_at_the_kiosk(visit: Visit) -> None:
    client = visit(rate_per_minute=1)
    client.get("/kiosk")
    page = page_of(client.post("/kiosk", data={"text": BIRTH}))
    assert page.status == 429
    assert "cán bộ tại quầy" in page.one("main").text
    assert page.one("meta[http-equiv=refresh]").attributes["content"] == "90; url=/kiosk"


def test_numbers_of_papers_are_not_shown_again(client: TestClient) -> None:
    page = ask(client, "tôi số căn cước 000000000001 muốn đăng ký kết hôn")
    assert "000000000001" not in page.text
    assert "kết hôn" in page.one("h1").text


def test_a_trial_says_so(visit: Visit) -> None:
    client = visit(is_testing=True)
    for address in ("/kiosk", "/tv"):
        assert "chạy thử" in page_of(client.get(address)).text


def test_an_answer_can_be_said_to_be_wrong(client: TestClient) -> None:
    first = ask(client, QUESTION)
    fields = {each.attributes["name"]: each.attributes["value"] for each in first.all(".doubt input")}
    page = page_of(client.post("/kiosk", data={**fields, "action": first.one(".doubt button").attributes["value"]}))
    assert "Góp ý đã được ghi lại" in page.one(".answer").text
    assert not page.all(".doubt")


def test_who_types_that_he_wants_to_be_forgotten_is(client: TestClient) -> None:
    first = ask(client, QUESTION, xa=COMMUNE)
    page = ask(client, "/xoa", first, xa=COMMUNE)
    assert not page.all(".turn")
    assert "khai sinh" not in ask(client, "mất bao nhiêu tiền", first).one(".answer").text.casefold()
