import json

import pytest
from fastapi.testclient import TestClient

from bot.web.body_limit import BODY_BYTES
from bot.web.errors import TROUBLES
from bot.web.security import HEADERS
from html_pages import page_of
from web_app import MovingClock


@pytest.mark.parametrize("status", sorted(TROUBLES), ids=str)
def test_every_trouble_says_what_it_is_why_and_what_to_do(status: int) -> None:
    trouble = TROUBLES[status]
    assert trouble.title[0].isupper()
    assert trouble.reason.endswith(".")
    assert trouble.remedy.endswith(".")
    for sentence in f"{trouble.reason} {trouble.remedy}".split(". "):
        assert len(sentence.split()) <= 20


def test_a_wrong_address_is_a_page_in_plain_words(client: TestClient) -> None:
    page = page_of(client.get("/khong-co"))
    assert page.status == 404
    assert page.one("h1").text == "Không có trang này"
    assert page.one("form[role=search]")
    assert page.one("html").attributes["lang"] == "vi"


def test_a_wrong_method_says_which_ones_are_taken(client: TestClient) -> None:
    response = client.delete("/hoi")
    assert response.status_code == 405
    assert response.headers["allow"] == "POST"
    assert "không nhận yêu cầu" in page_of(response).one("h1").text


@pytest.mark.parametrize(
    "body",
    [b"text=" + b"a" * BODY_BYTES, iter([b"text=", b"a" * BODY_BYTES])],
    ids=["announced", "in chunks"],
)
def test_a_body_that_no_question_needs_is_refused_in_words(client: TestClient, body: bytes) -> None:
    response = client.post("/hoi", content=body, headers={"content-type": "application/x-www-form-urlencoded"})
    assert response.status_code == 413
    assert "quá dài" in page_of(response).one("h1").text


def test_the_interface_refuses_a_large_body_as_json(client: TestClient) -> None:
    response = client.post("/api/v1/ask", content=b'{"text": "' + b"a" * BODY_BYTES + b'"}')
    assert response.status_code == 413
    assert response.json()["error"]["code"] == "too_large"


def test_a_body_up_to_the_limit_is_read(client: TestClient) -> None:
    text = "a" * (BODY_BYTES - len("text="))
    assert client.post("/hoi", data={"text": text}).status_code == 200


@pytest.mark.parametrize("length", ["-1", "1e9", "9" * 5000, "²"], ids=["negative", "float", "endless", "superscript"])
def test_a_length_that_is_no_number_breaks_nothing(client: TestClient, length: str) -> None:
    response = client.post("/hoi", content=b"text=a", headers={"content-length": length.encode()})
    assert response.status_code in {200, 303, 400, 413}


def test_the_hasty_are_asked_to_wait_in_words(visit) -> None:
    client = visit(rate_per_minute=3)
    assert [client.get("/").status_code for _ in range(4)] == [200, 200, 200, 429]
    response = client.get("/")
    assert response.headers["retry-after"] == "20"
    assert page_of(response).one("h1").text == "Bạn hỏi nhanh quá"


def test_after_waiting_as_told_one_is_served_again(visit, clock: MovingClock) -> None:
    client = visit(rate_per_minute=3)
    waits = [client.get("/").headers.get("retry-after") for _ in range(4)]
    clock.move(seconds=int(waits[-1]))
    assert client.get("/").status_code == 200


def test_one_clients_haste_does_not_hold_up_another(visit) -> None:
    client = visit(rate_per_minute=1)
    assert [client.get("/").status_code for _ in range(2)] == [200, 429]
    other = TestClient(client.app, client=("10.0.0.2", 1))
    assert other.get("/").status_code == 200


def test_styles_and_health_stay_outside_the_limit(visit) -> None:
    client = visit(rate_per_minute=1)
    assert {client.get("/health").status_code for _ in range(5)} == {200}
    assert {client.get("/static/motcua.css").status_code for _ in range(5)} == {200}


def test_the_interface_tells_the_hasty_as_json(visit) -> None:
    client = visit(rate_per_minute=1)
    client.get("/api/v1/communes")
    response = client.get("/api/v1/communes")
    assert response.status_code == 429
    assert response.json()["error"]["message"].startswith("Bạn hỏi nhanh quá")
    assert int(response.headers["retry-after"]) <= 60


def test_an_unforeseen_error_is_a_polite_page_with_every_header(client: TestClient) -> None:
    @client.app.get("/broken")
    def broken() -> None:
        raise RuntimeError("the secret reason")

    response = client.get("/broken")
    assert response.status_code == 500
    assert "Có lỗi ở phía máy chủ" in page_of(response).one("h1").text
    assert "secret reason" not in response.text
    assert all(response.headers[name] == value for name, value in HEADERS.items())


def test_an_unforeseen_error_is_raised_again_behind_its_page(client: TestClient) -> None:
    @client.app.get("/broken")
    def broken() -> None:
        raise RuntimeError("for the log")

    with pytest.raises(RuntimeError, match="for the log"):
        TestClient(client.app).get("/broken")


@pytest.mark.parametrize(
    "body", [b"", b"{", b"\xff\xfe", b'{"text": "a", "extra": 1}', b'{"text": 5}', b'{"text": "\\ud800"}'], ids=repr
)
def test_a_broken_request_to_the_interface_is_explained(client: TestClient, body: bytes) -> None:
    response = client.post("/api/v1/ask", content=body, headers={"content-type": "application/json"})
    assert response.status_code in {400, 422}
    error = json.loads(response.text)["error"]
    assert error["code"] in {"bad_request", "invalid"}
    assert error["message"]


def test_a_wrong_field_is_named(client: TestClient) -> None:
    error = client.post("/api/v1/ask", json={"text": "a", "commune": "abc"}).json()["error"]
    assert error["fields"] == ["body.commune"]
