"""A photo of a receipt in the web chat: its code is asked about, and nothing of the picture stays."""

import io
import re
import tempfile
from datetime import UTC, datetime
from typing import Any

import pytest
import segno
import sqlalchemy as sa
from fastapi.testclient import TestClient
from httpx import Response
from sqlmodel import select

from bot.app import App
from bot.dossiers.pictures import MOST_BYTES, WORDS, Trouble
from bot.web.picture import SENT
from knowledge.dossiers.dossier import Entry
from knowledge.dossiers.ledger import Update, save
from knowledge.tables import Exchange

CODE, OTHER, MASKED = "H24.998-261105-0007", "H24.998-261105-0008", "H24.998-261105-****"
NUMBER = "000000000077"
LINK = f"https://mau.example.invalid/tra-cuu?SoDinhDanh={NUMBER}&MaHoSo={{}}"


def qr(text: str) -> bytes:
    out = io.BytesIO()
    segno.make(text, micro=False).save(out, kind="png", scale=4)
    return out.getvalue()


@pytest.fixture
def asking(client: TestClient, built: App) -> TestClient:
    """A browser that has spoken before, and one dossier to ask about."""
    with built.database.session() as session:
        save(session, [Update(entries=(Entry(code=CODE, status=4, due="2026-12-01"),))], datetime.now(UTC))
    client.post("/hoi", data={"text": "xin chào"})
    return client


def send(client: TestClient, content: bytes, name: str = "anh.png", **headers: str) -> Response:
    return client.post("/anh", files={"anh": (name, content)}, headers=headers)


def asked(page: str) -> str:
    return " ".join(re.findall(r'class="asked"[^>]*>(.*?)</h2>', page, re.DOTALL)[-1].split())


def test_the_dossier_on_a_receipt_is_told_and_its_number_stands_in_no_question(asking: TestClient) -> None:
    page = send(asking, qr(LINK.format(CODE))).text
    assert f"{SENT} {MASKED}" in asked(page)
    assert "01/12/2026" in page
    assert NUMBER not in page


def test_with_a_script_only_the_new_turn_comes_back(asking: TestClient) -> None:
    turn = send(asking, qr(CODE), **{"X-Fragment": "1"})
    assert turn.status_code == 200
    assert "<html" not in turn.text
    assert "01/12/2026" in turn.text


def test_nothing_of_a_picture_is_stored(asking: TestClient, built: App, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither on a disk while it is read, nor in the record of the turn."""
    written: list[Any] = []
    rollover = tempfile.SpooledTemporaryFile.rollover
    monkeypatch.setattr(tempfile.SpooledTemporaryFile, "rollover", lambda file: (written.append(1), rollover(file)))
    send(asking, qr(LINK.format(CODE)) + b"\0" * 3_000_000)
    with built.database.session() as session:
        row = session.exec(select(Exchange).order_by(sa.desc(Exchange.id))).first()  # type: ignore[arg-type]
    assert row is not None
    assert (row.ending, written) == ("dossier_told", [])
    assert CODE not in f"{row}"
    assert NUMBER not in f"{row}"


def test_of_several_receipts_the_citizen_says_which_one(asking: TestClient) -> None:
    page = send(asking, qr(f"{CODE}\n{OTHER}")).text
    assert f'value="dossier:{CODE}"' in page
    assert f'value="dossier:{OTHER}"' in page


@pytest.mark.parametrize(
    ("content", "trouble"),
    [
        pytest.param(b"no picture at all", Trouble.NOT_READABLE, id="no picture"),
        pytest.param(qr("https://example.invalid/"), Trouble.NO_CODE, id="another QR"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + b"\0" * MOST_BYTES, Trouble.TOO_BIG, id="too large to read"),
    ],
)
def test_a_picture_without_a_code_is_answered_in_words(content: bytes, trouble: Trouble, asking: TestClient) -> None:
    page = send(asking, content).text
    assert WORDS[trouble] in page
    assert asked(page).endswith(SENT)


def test_a_picture_larger_than_is_taken_is_refused_before_it_is_read(asking: TestClient) -> None:
    said = {"Content-Length": str(40_000_000), "Content-Type": "multipart/form-data; boundary=x"}
    answer = asking.post("/anh", content=b"x", headers=said)
    assert answer.status_code == 413
    assert "Ảnh quá lớn" in answer.text


@pytest.mark.parametrize(
    "sent",
    [{"data": {"anh": "words"}}, {"files": {"anh": ("", b"")}}, {"content": b"broken"}, {}],
    ids=["a text", "no file chosen", "no form", "nothing"],
)
def test_where_no_file_came_the_chat_is_shown_again(sent: dict[str, Any], asking: TestClient) -> None:
    answer = asking.post("/anh", follow_redirects=False, **sent)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


def test_a_form_that_breaks_off_is_no_error_of_ours(asking: TestClient) -> None:
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    answer = asking.post("/anh", content=b'--x\r\nContent-Disposition: form-data; name="a', headers=kind)
    assert answer.status_code < 500


def test_without_a_script_the_page_has_a_form_for_the_picture(client: TestClient) -> None:
    page = client.get("/").text
    assert 'action="/anh#moi-nhat" enctype="multipart/form-data"' in page
    assert '<input id="anh" type="file" name="anh"' in page


def test_a_first_visit_may_begin_with_a_picture(client: TestClient) -> None:
    page = send(client, qr("no code"))
    assert page.status_code == 200
    assert SENT in page.text
