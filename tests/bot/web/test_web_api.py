import pytest
from fastapi.testclient import TestClient

from bot.conversation.messages import Ending, Family
from web_app import BIRTH, FORMALITY_ID, RICH

ASK = "/api/v1/ask"


def test_a_question_gets_its_answer_with_everything_a_program_needs(client: TestClient) -> None:
    answer = client.post(ASK, json={"text": "lam giay khai sinh cho con can giay to gi"}).json()
    assert answer["family"] == Family.ANSWER
    assert answer["procedures"][0] == BIRTH
    assert "Giấy chứng sinh" in answer["text"]
    assert answer["blocks"][0]["kind"] == "heading"
    assert {choice["label"] for choice in answer["choices"]} >= {"Nộp trực tuyến", "Hỏi cán bộ"}
    assert 0 < answer["confidence"] <= 1
    assert answer["edition"] == 3


def test_giving_the_chat_back_keeps_the_subject(client: TestClient) -> None:
    chat = client.post(ASK, json={"text": "khai sinh cho con"}).json()["chat"]
    answer = client.post(ASK, json={"text": "mất bao nhiêu tiền", "chat": chat}).json()
    assert answer["procedures"][0] == BIRTH
    assert answer["aspect"] == "fee"


def test_a_tap_is_sent_back_as_an_action(client: TestClient) -> None:
    answer = client.post(ASK, json={"text": "", "action": f"show:{RICH}:steps"}).json()
    assert answer["ending"] == Ending.ASPECT
    assert "Nhận giấy phép" in answer["text"]


def test_chats_of_programs_never_meet_those_of_the_pages(client: TestClient) -> None:
    client.post("/hoi", data={"text": "khai sinh cho con"})
    name = client.cookies["phien"].split(".")[0]
    answer = client.post(ASK, json={"text": "mất bao nhiêu tiền", "chat": name}).json()
    assert answer["procedures"][:1] != [BIRTH]


def test_asking_sets_no_cookie(client: TestClient) -> None:
    assert "set-cookie" not in client.post(ASK, json={"text": "khai sinh"}).headers


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": None},
        {"text": "a", "chat": "short"},
        {"text": "a", "chat": "a b c d e f g h"},
        {"text": "a", "commune": "1050"},
        {"text": "a", "commune": "１０５０７"},
        {"text": "a", "action": "x" * 65},
        {"text": "a" * 5_001},
    ],
    ids=["empty", "null", "short chat", "spaces", "four digits", "wide digits", "long action", "long text"],
)
def test_what_is_not_as_described_is_refused(client: TestClient, body: dict[str, str]) -> None:
    response = client.post(ASK, json=body)
    assert response.status_code == 422
    assert response.json()["error"]["fields"]


def test_a_procedure_is_given_whole(client: TestClient) -> None:
    known = client.get(f"/api/v1/procedures/{RICH}").json()
    assert known["edition"] == 3
    assert known["procedure"]["channels"][0]["fees"][0] == {"kind": "service_fee", "amount": 120000, "note": "mỗi con"}
    assert known["fees"][0]["ground"] == "Nghị quyết 23/2026/NQ-HĐND"


def test_a_procedure_is_also_known_by_its_formality_id(client: TestClient) -> None:
    assert client.get(f"/api/v1/procedures/{FORMALITY_ID}").json()["procedure"]["code"] == RICH


def test_an_unknown_procedure_is_said_to_be_unknown(client: TestClient) -> None:
    response = client.get("/api/v1/procedures/9.999999")
    assert response.status_code == 404
    assert response.json()["error"]["code"] == "not_found"


def test_the_search_pages_and_counts(client: TestClient) -> None:
    first = client.get("/api/v1/search", params={"level": "commune"}).json()
    assert len(first["results"]) == 20
    assert first["total"] > 20
    last = client.get("/api/v1/search", params={"level": "commune", "page": first["pages"]}).json()
    assert last["page"] == first["pages"]
    assert (first["pages"] - 1) * 20 + len(last["results"]) == first["total"]


def test_the_search_finds_what_citizens_type(client: TestClient) -> None:
    codes = [
        found["code"] for found in client.get("/api/v1/search", params={"q": "khai sinh cho con"}).json()["results"]
    ]
    assert BIRTH in codes[:3]


@pytest.mark.parametrize("wanted", [{"page": "0"}, {"level": "village"}, {"q": "a" * 301}], ids=str)
def test_a_search_that_makes_no_sense_is_refused(client: TestClient, wanted: dict[str, str]) -> None:
    assert client.get("/api/v1/search", params=wanted).status_code == 422


def test_communes_are_found_by_former_names(client: TestClient) -> None:
    found = client.get("/api/v1/communes", params={"q": "cam thuong"}).json()
    assert [commune["full_name"] for commune in found["results"]] == ["Phường Thành Đông"]
    assert "Phường Cẩm Thượng" in found["results"][0]["old_units"]
    assert client.get("/api/v1/communes").json()["total"] == 114
