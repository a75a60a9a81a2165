"""The widget's script, and which sites may ask from their pages."""

import gzip
import re
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from pydantic import ValidationError
from sqlmodel import select

from bot.answers.layout import lay_out
from bot.conversation.messages import Ending
from bot.conversation.privacy import hashed
from bot.settings import Settings
from bot.web.security import HEADERS
from bot.web.templating import STATIC
from knowledge.tables import Exchange

HERE = "https://phuong-thu.example"
ELSEWHERE = "https://noi-khac.example"
SCRIPT = (STATIC / "widget.js").read_text("utf-8")
MOST_BYTES = 15_000
CHAT = "mot-cuoc-tro-chuyen"


@pytest.fixture
def shared_site(visit: Callable[..., TestClient]) -> TestClient:
    return visit(widget_origins=f"{HERE},http://localhost:8000")


def preflight(client: TestClient, path: str, origin: str) -> dict[str, str]:
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    return dict(client.options(path, headers={"Origin": origin, **asked}).headers)


def test_the_script_may_be_loaded_by_any_site(client: TestClient) -> None:
    response = client.get("/widget.js")
    assert response.headers["content-type"].startswith("text/javascript")
    assert response.headers["cross-origin-resource-policy"] == "cross-origin"
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.headers["cache-control"] == "public, max-age=3600"
    assert response.headers["content-security-policy"] == HEADERS["Content-Security-Policy"]
    assert response.text == SCRIPT
    assert client.get("/widget.js", headers={"If-None-Match": response.headers["etag"]}).status_code in {200, 304}


def test_the_script_is_small() -> None:
    assert len(gzip.compress(SCRIPT.encode(), 6)) < MOST_BYTES


@pytest.mark.parametrize(
    "forbidden",
    [r"\beval\b", r"new Function", r"innerHTML", r"insertAdjacentHTML", r"\.style\b", r"\bimport\b"],
    ids=str,
)
def test_the_script_uses_nothing_that_a_strict_policy_forbids(forbidden: str) -> None:
    code = "\n".join(line for line in SCRIPT.splitlines() if not line.lstrip().startswith("//"))
    assert not re.search(forbidden, code)


def test_the_script_loads_nothing_from_anywhere() -> None:
    assert not re.search(r"url\(|@import|https?://(?!ADDRESS)", SCRIPT)


def test_the_widget_says_what_every_channel_says_at_first() -> None:
    said = "".join(re.findall(r'introduction:\s*((?:\s*"[^"]*"\s*\+?)+),', SCRIPT)[0])
    words = "".join(re.findall(r'"([^"]*)"', said))
    assert words == " ".join(block.plain for block in lay_out(Ending.INTRODUCTION))


@pytest.mark.parametrize("path", ["/api/v1/ask", "/api/v1/forget"], ids=["asking", "forgetting"])
@pytest.mark.parametrize("origin", [HERE, "http://localhost:8000"], ids=["a site", "a trial on this machine"])
def test_a_named_site_may_ask(shared_site: TestClient, path: str, origin: str) -> None:
    headers = preflight(shared_site, path, origin)
    assert headers["access-control-allow-origin"] == origin
    assert headers["access-control-allow-methods"] == "POST"
    assert "content-type" in headers["access-control-allow-headers"].lower()
    assert "access-control-allow-credentials" not in headers
    assert "Origin" in headers["vary"]


def test_a_named_site_reads_answers_and_refusals(shared_site: TestClient) -> None:
    asked = shared_site.post("/api/v1/ask", json={"text": "khai sinh"}, headers={"Origin": HERE})
    refused = shared_site.post("/api/v1/ask", json={"text": "khai sinh", "chat": "?"}, headers={"Origin": HERE})
    assert (asked.status_code, refused.status_code) == (200, 422)
    for response in (asked, refused):
        assert response.headers["access-control-allow-origin"] == HERE
        assert response.headers["vary"] == "Origin"


@pytest.mark.parametrize(
    "origin",
    [ELSEWHERE, "null", HERE + ".example", "http://phuong-thu.example", HERE + ":8443", HERE.upper(), "*"],
    ids=["another", "none", "a longer name", "without TLS", "another port", "capitals", "a star"],
)
def test_no_other_site_is_let_in(shared_site: TestClient, origin: str) -> None:
    assert "access-control-allow-origin" not in preflight(shared_site, "/api/v1/ask", origin)
    asked = shared_site.post("/api/v1/ask", json={"text": "khai sinh"}, headers={"Origin": origin})
    assert "access-control-allow-origin" not in asked.headers


def test_without_the_setting_only_the_own_site_asks(client: TestClient) -> None:
    assert "access-control-allow-origin" not in preflight(client, "/api/v1/ask", HERE)
    own = client.post("/api/v1/ask", json={"text": "khai sinh"}, headers={"Origin": "http://testserver"})
    assert own.status_code == 200


@pytest.mark.parametrize("path", ["/", "/hoi", "/can-bo/", "/api/v1/dossiers/payloads", "/api/v1/search"], ids=str)
def test_a_named_site_reads_nothing_else(shared_site: TestClient, path: str) -> None:
    assert "access-control-allow-origin" not in preflight(shared_site, path, HERE)
    assert "access-control-allow-origin" not in shared_site.get(path, headers={"Origin": HERE}).headers


@pytest.mark.parametrize(
    "written",
    ["*", "phuong-thu.example", HERE + "/", f"{HERE}, {ELSEWHERE}", "ftp://a.example", HERE + ","],
    ids=["all", "no scheme", "a path", "a blank", "another scheme", "an empty one"],
)
def test_what_is_no_list_of_sites_stops_the_start(written: str) -> None:
    with pytest.raises(ValidationError, match="widget_origins"):
        Settings(widget_origins=written)


def test_a_forgotten_chat_has_no_subject(client: TestClient) -> None:
    def asked(text: str) -> str:
        return str(client.post("/api/v1/ask", json={"text": text, "chat": CHAT}).json()["text"])

    asked("khai sinh cho con cần giấy tờ gì")
    assert "khai sinh" in asked("mất bao nhiêu tiền").casefold()
    forgotten = client.post("/api/v1/forget", json={"chat": CHAT})
    assert forgotten.json()["ending"] == Ending.FORGOTTEN
    assert "khai sinh" not in asked("mất bao nhiêu tiền").casefold()


@pytest.mark.parametrize("body", [{}, {"chat": "ngan"}, {"chat": CHAT, "text": "x"}, {"chat": None}], ids=str)
def test_only_a_chat_can_be_forgotten(client: TestClient, body: dict[str, str]) -> None:
    assert client.post("/api/v1/forget", json=body).status_code == 422


def test_its_colours_are_those_of_the_pages() -> None:
    colours = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")
    pages = set(colours.findall((STATIC / "motcua.css").read_text("utf-8")))
    shown = set(colours.findall(SCRIPT))
    assert len(shown) > 20
    assert shown <= pages


def channels_of(client: TestClient, chat: str) -> list[str]:
    """Of the turns recorded under this name, by whatever channel."""
    app = client.app.state.site.app  # type: ignore[attr-defined]  the application of FastAPI
    hashes = {hashed(f"{channel}:{chat}", app.secret) for channel in ("api", "widget")}
    with app.database.session() as session:
        rows = session.exec(select(Exchange).where(Exchange.chat.in_(hashes)).order_by(Exchange.id))  # type: ignore[attr-defined]  a column
        return [row.channel for row in rows]


def test_it_is_counted_by_itself_and_deleted_under_every_name(client: TestClient) -> None:
    chat = "rieng-mot-khung-chat"
    for widget in (True, False):
        body = {"text": "khai sinh cho con cần giấy tờ gì", "chat": chat, "widget": widget}
        assert client.post("/api/v1/ask", json=body).status_code == 200
    assert channels_of(client, chat) == ["widget", "api"]
    client.post("/api/v1/forget", json={"chat": chat})
    assert channels_of(client, chat) == []


def test_the_script_says_that_it_is_the_widget() -> None:
    assert "widget: true" in SCRIPT


def test_a_control_below_an_answer_says_that_it_is_wrong(client: TestClient) -> None:
    body = {"text": "khai sinh cho con cần giấy tờ gì", "chat": "chat-khong-dung", "widget": True}
    client.post("/api/v1/ask", json=body)
    answer = client.post("/api/v1/ask", json={**body, "text": "Câu trả lời chưa đúng", "action": "wrong"}).json()
    assert answer["ending"] == Ending.FEEDBACK
    assert 'ask(WORDS.wrong, "wrong")' in SCRIPT
