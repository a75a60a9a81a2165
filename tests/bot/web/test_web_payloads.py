"""What agencies' systems send: only with the token, once, whole or not at all, and nothing personal kept."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from starlette.testclient import TestClient

from bot.app import App
from bot.web import build_web
from bot.web.body_limit import LARGER
from knowledge.dossiers.factors import Keys
from knowledge.dossiers.ledger import Known, find_dossier
from web_app import MovingClock, make_app

TOKEN = "a token of the city's system"
PATH = "/api/v1/dossiers/payloads"
CODE = "H24.999-261110-0001"


def dossier(code: str = CODE, **fields: Any) -> dict[str, Any]:
    return {
        "MaHoSo": code,
        "MaTTHC": "1.001193",
        "TenTTHC": "Thủ tục đăng ký khai sinh",
        "KenhThucHien": 2,
        "ChuHoSo": "Phạm Thị Mẫu",
        "SoGiayToChuHoSo": "000000005678",
        "SoDienThoai": "0000001234",
        "NgayTiepNhan": "20261110080000",
        "NgayHenTra": "20261113080000",
        "TrangThaiHoSo": "5",
        "DonViXuLy": "UBND xã Ví Dụ",
        "GhiChu": "ghi chú riêng",
        "DanhSachHoSoBoSung": [
            {
                "NgayBoSung": "20261111090000",
                "NoiDungBoSung": "",
                "NgayHenTraMoi": "20261120080000",
                "DanhSachGiayToBoSung": [{"TenGiayTo": "Giấy chứng sinh"}],
            }
        ],
        **fields,
    }


def payload(*dossiers: dict[str, Any], service: str = "DongBoHoSoMC", **rest: Any) -> dict[str, Any]:
    return {"session": "x", "madonvi": "H24", "service": service, "isUpdating": "False", "data": list(dossiers), **rest}


class System:
    """The sender and what became of what it sent."""

    def __init__(self, app: App) -> None:
        self.app, self.http = app, TestClient(build_web(app))

    def send(self, body: Any, token: str = TOKEN) -> Any:
        content = body if isinstance(body, bytes) else msgspec.json.encode(body)
        return self.http.post(PATH, content=content, headers={"Authorization": f"Bearer {token}"})

    def known(self, code: str = CODE) -> Known | None:
        with self.app.database.session() as session:
            return find_dossier(session, code)


@pytest.fixture
def system(tmp_path: Path) -> Iterator[System]:
    app = make_app(tmp_path, MovingClock())
    app.settings.dossier_token = TOKEN
    yield System(app)
    app.close()


def test_a_dossier_comes_in_with_its_supplement_and_nothing_personal(system: System) -> None:
    assert system.send(payload(dossier())).json()["error_code"] == "00"
    known = system.known()
    assert known
    told = known.dossier
    assert (told.status, told.due, told.supplements) == (5, "2026-11-20T08:00", 1)
    assert (told.requested, told.to_add) == ("2026-11-11T09:00", ("Giấy chứng sinh",))
    assert Keys(system.app.secret).proves("1234", {CODE: told.entries[0].factors})
    stored = msgspec.json.encode(told).decode()
    for personal in ("Phạm", "0000001234", "000000005678", "ghi chú riêng"):
        assert personal not in stored


def test_progress_makes_history_in_any_order_and_repeated(system: System) -> None:
    steps = [
        {"MaHoSo": CODE, "ThoiDiemXuLy": f"202611{day}080000", "TrangThai": status, "NguoiXuLy": "Cán bộ"}
        for day, status in ((12, "4"), (10, "2"), (12, "4"), (14, "9"))
    ]
    system.send(payload(*steps[:2], service="CapNhatTienDoHoSoMC"))
    system.send(payload(*reversed(steps), service="CapNhatTienDoHoSoMC"))
    known = system.known()
    assert known
    assert [(step.at[:10], step.status) for step in known.steps] == [
        ("2026-11-10", 2),
        ("2026-11-12", 4),
        ("2026-11-14", 9),
    ]
    assert known.dossier.status == 9


@pytest.mark.parametrize("token", ["", "wrong", TOKEN[:-1], TOKEN.upper()])
def test_without_the_token_nothing_is_taken_in(token: str, system: System) -> None:
    answer = system.send(payload(dossier()), token)
    assert (answer.status_code, answer.json()["error_code"]) == (401, "401")
    assert system.known() is None


def test_without_a_token_configured_nobody_may_send(system: System) -> None:
    system.app.settings.dossier_token = ""
    assert system.send(payload(dossier()), "").status_code == 401


def test_a_replayed_payload_does_not_bring_an_old_state_back(system: System) -> None:
    old, new = payload(dossier(TrangThaiHoSo="4")), payload(dossier(TrangThaiHoSo="10"))
    for body in (old, new, old):
        assert system.send(body).status_code == 200
    known = system.known()
    assert known
    assert known.dossier.status == 10


@pytest.mark.parametrize(
    ("body", "said"),
    [
        pytest.param(b"{", "not JSON", id="half a body"),
        pytest.param(b"\xff\xfe{}", "not JSON", id="another encoding"),
        pytest.param([], "no object", id="a list"),
        pytest.param(payload(service="XoaHoSo"), "unknown", id="another service"),
        pytest.param(payload(dossier(), dossier("mã lạ")), "data[1].MaHoSo", id="a dossier without a code"),
        pytest.param(payload(dossier(), dossier(NgayHenTra="31/11/2026")), "data[1].NgayHenTra", id="no such day"),
        pytest.param(b"[" * 100_000, "not JSON", id="a bottomless list"),
        pytest.param(payload(dossier(), "x"), "data[1]", id="a text for a dossier"),
        pytest.param(payload(data=[dossier()] * 5_001), "more than 5000", id="too many"),
    ],
)  # fmt: skip
def test_a_broken_payload_is_refused_at_its_place_and_nothing_of_it_is_kept(
    body: Any, said: str, system: System
) -> None:
    answer = system.send(body)
    assert answer.status_code == 422
    assert said in answer.json()["message"]
    assert "Phạm" not in answer.text
    assert system.known() is None


def test_an_oversized_payload_is_not_read(system: System) -> None:
    assert system.send(b"x" * (LARGER[PATH] + 1)).status_code == 413


@pytest.mark.parametrize("service", ["DongBoHoSoMC", "CapNhatTienDoHoSoMC"])
def test_the_public_samples_are_taken_in(service: str, shared: Path, system: System) -> None:
    name = {"DongBoHoSoMC": "dong_bo_ho_so_mc_5.json", "CapNhatTienDoHoSoMC": "cap_nhat_tien_do_events.json"}[service]
    assert system.send((shared / "dossiers" / "samples" / name).read_bytes()).json()["error_code"] == "00"
    assert system.known("H24.999-261121-0009") is not None
