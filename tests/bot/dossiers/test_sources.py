"""Every source that is asked answers found, not found and down; and none can hold up answers."""

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import httpx
import msgspec
import pytest

from bot.dossiers.payloads import PAYLOADS, read_payload
from bot.dossiers.payloads.fields import InvalidPayloadError
from bot.dossiers.sources import SOURCES, Source, SourceDownError
from bot.dossiers.sources.guarded import AT_ONCE, FAILURES, REST, Guarded
from bot.dossiers.sources.source import MOST_BYTES, Access
from knowledge.dossiers.factors import Keys
from knowledge.dossiers.ledger import Update
from web_app import MovingClock

KEYS = Keys("a key for tests")
CODE = "H24.17-261110-0009"
ACCESS = Access(url="https://motcua.invalid/adapter", user="u", password="p", unit="H24", system="Một cửa TP")
ROW = {"MaHoSo": CODE, "MaTrangThai": "4", "TrangThaiHoSo": "Đang xử lý", "HoTenNguoiNop": "Nguyễn Văn Mẫu",
       "NgayHenTra": "20261125134500", "DonViXuLy": "Sở Xây dựng"}  # fmt: skip
FOUND_BY_SEARCH = {
    "id": "x",
    "code": CODE,
    "nationCode": "G22.99-261110-000999",
    "appointmentDate": "2026-11-25T13:45:00.000+0700",
    "dossierStatus": {"id": 11, "name": "Đang xử lý"},
    "agency": {"name": "Sở Xây dựng"},
    "applicant": {"data": {"fullname": "Nguyễn Văn Mẫu", "phoneNumber": "0000000010"}},
}
FOUND: dict[str, Any] = {"tra_cuu": {"error_code": "00", "data": [ROW]}, "igate": {"content": [FOUND_BY_SEARCH]}}
NOT_FOUND: dict[str, list[Any]] = {
    "tra_cuu": [{"error_code": "00", "data": None}, {"error_code": 0, "result": []}, {"error_code": "0", "result": ""}],
    "igate": [{"content": []}],
}
Answer = Callable[[httpx.Request], httpx.Response]


def source_of(kind: str, answer: Answer) -> Source:
    def answered(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/login"):
            return httpx.Response(200, json={"error_code": "00", "session": "s"})
        return answer(request)

    return SOURCES[kind](httpx.Client(transport=httpx.MockTransport(answered)), ACCESS, KEYS)


@pytest.mark.parametrize("kind", SOURCES)
def test_a_dossier_is_found_as_the_system_shows_it(kind: str) -> None:
    (update,) = source_of(kind, lambda _request: httpx.Response(200, json=FOUND[kind])).ask(CODE)
    entry = update.entries[0]
    assert (entry.code, entry.status, entry.due) == (CODE, 4, "2026-11-25T13:45")
    assert (entry.agency, entry.system) == ("Sở Xây dựng", "Một cửa TP")
    assert "Mẫu" not in msgspec.json.encode(entry).decode()


@pytest.mark.parametrize(("kind", "answer"), [(kind, answer) for kind in SOURCES for answer in NOT_FOUND[kind]])
def test_what_the_system_does_not_have_is_no_error(kind: str, answer: Any) -> None:
    assert source_of(kind, lambda _request: httpx.Response(200, json=answer)).ask(CODE) == []


@pytest.mark.parametrize("kind", SOURCES)
def test_another_dossier_than_the_one_asked_for_is_not_taken(kind: str) -> None:
    source = source_of(kind, lambda _request: httpx.Response(200, json=FOUND[kind]))
    assert source.ask("H24.17-261110-0010") == []


def refused(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("refused", request=request)


def too_slow(request: httpx.Request) -> httpx.Response:
    raise httpx.ReadTimeout("slow", request=request)


BROKEN: dict[str, Answer] = {
    "refused": refused,
    "too slow": too_slow,
    "a server error": lambda _request: httpx.Response(503),
    "a page instead of JSON": lambda _request: httpx.Response(200, text="<html>bảo trì</html>"),
    "half an answer": lambda _request: httpx.Response(200, text='{"error_code": "00", "data": ['),
    "an endless answer": lambda _request: httpx.Response(200, content=b" " * (MOST_BYTES + 1)),
    "another shape": lambda _request: httpx.Response(200, json=["x"]),
    "busy": lambda _request: httpx.Response(200, json={"error_code": "99", "message": "Hệ thống bận"}),
    "a date that cannot be": lambda _request: httpx.Response(
        200,
        json={
            "error_code": "00",
            "data": [ROW | {"NgayHenTra": "31/11/2026"}],
            "content": [FOUND_BY_SEARCH | {"appointmentDate": "31/11/2026"}],
        },
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", SOURCES)
@pytest.mark.parametrize("answer", BROKEN.values(), ids=BROKEN)
def test_a_broken_system_is_down_and_nothing_worse(kind: str, answer: Answer) -> None:
    with pytest.raises(SourceDownError) as caught:
        source_of(kind, answer).ask(CODE)
    assert CODE not in str(caught.value)


def test_an_expired_login_is_renewed_once() -> None:
    sessions: list[str] = []

    def answered(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/login"):
            return httpx.Response(200, json={"error_code": "00", "session": f"s{len(sessions)}"})
        sessions.append(msgspec.json.decode(request.content)["session"])
        expired = {"error_code": "-1", "result": None}
        return httpx.Response(200, json=expired if len(sessions) == 1 else FOUND["tra_cuu"])

    source = SOURCES["tra_cuu"](httpx.Client(transport=httpx.MockTransport(answered)), ACCESS, KEYS)
    assert len(source.ask(CODE)) == 1
    assert sessions == ["s0", "s1"]


# The guard


class Slow:
    """Answers when it is let go."""

    name = "slow"

    def __init__(self) -> None:
        self.go, self.begun = threading.Event(), threading.Semaphore(0)
        self.asked = 0

    def ask(self, code: str) -> list[Update]:
        self.asked += 1
        self.begun.release()
        self.go.wait()
        return []


class Down:
    name = "down"

    def __init__(self) -> None:
        self.asked = 0

    def ask(self, code: str) -> list[Update]:
        self.asked += 1
        raise SourceDownError("down")


@pytest.fixture
def slow() -> Iterator[Slow]:
    source = Slow()
    yield source
    source.go.set()


def test_a_slow_system_is_waited_for_no_longer_than_the_limit_and_by_few(slow: Slow) -> None:
    guarded = Guarded(slow, MovingClock(), seconds=0.05)  # type: ignore[arg-type]  it needs no client
    for _ in range(AT_ONCE):
        with pytest.raises(SourceDownError, match="too slow"):
            guarded.ask(CODE)
        assert slow.begun.acquire(timeout=120)  # its thread may begin later than the limit ends
    with pytest.raises(SourceDownError, match="busy"):
        guarded.ask(CODE)
    assert slow.asked == AT_ONCE
    guarded.close()


def test_after_repeated_failures_nobody_asks_for_a_while() -> None:
    source, clock = Down(), MovingClock()
    guarded = Guarded(source, clock)  # type: ignore[arg-type]  it needs no client
    for _ in range(10):
        with pytest.raises(SourceDownError):
            guarded.ask(CODE)
    assert source.asked == FAILURES
    clock.move(seconds=REST.total_seconds() + 1)
    with pytest.raises(SourceDownError):
        guarded.ask(CODE)
    assert source.asked == FAILURES + 1
    guarded.close()


# Payloads of the field variant


def test_the_variant_of_igate_is_read() -> None:
    person = {"SoDienThoai": "0000001234", "SoDinhDanh": "000000005678", "TenNguoiNop": "Nguyễn Văn Mẫu"}
    filed = {"MaHoSo": "G09.20-20260609-0000637", "NgayNop": "2026-06-08 14:07:53", "NgayTiepNhan": "",
             "ThongTinNguoiNop": {"ThongTinChiTiet": person}}  # fmt: skip
    (update,) = read_payload("NoiHoSo", filed, KEYS, "iGate")
    assert update.entries[0].status == 1
    assert len(update.entries[0].factors) == 2
    (update,) = read_payload("CapNhatTrangThai", [{"IdHoSo": "x", "MaHoSo": CODE, "TrangThai": 5}], KEYS, "iGate")
    assert (update.entries[0].status, update.partial) == (5, True)


@pytest.mark.parametrize("service", PAYLOADS)
@pytest.mark.parametrize("document", [{}, [], None, {"data": None}, {"content": None}], ids=repr)
def test_an_empty_payload_is_empty_or_refused_and_never_a_crash(service: str, document: Any) -> None:
    with suppress(InvalidPayloadError):
        assert read_payload(service, document, KEYS, "x") == []
