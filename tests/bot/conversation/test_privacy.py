"""What is stored or logged: redacted by the table, and beyond it whatever may be personal where nobody can ask."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.privacy import DOSSIER, NAME, NUMBER, hashed, mask, mask_event
from personal_texts import texts


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        pytest.param("số căn cước 000000000000 ạ", "số căn cước [CCCD] ạ", id="identity number"),
        pytest.param("thư về khong.co@vidu.invalid", "thư về [EMAIL]", id="e-mail"),
        pytest.param("hồ sơ H24.18-261109-0012 tới đâu", "hồ sơ H24.18-261109-**** tới đâu", id="dossier code"),
        pytest.param("tôi tên là Nguyễn Văn Không, muốn hỏi", f"tôi tên là {NAME}, muốn hỏi", id="a name"),
        pytest.param("EM LÀ Trần Thị Không", f"EM LÀ {NAME}", id="a name after a cue in capitals"),
        pytest.param("sinh ngày 01/01/1900 tại đây", "sinh ngày [NGAYSINH] tại đây", id="a birth date"),
        pytest.param("vcb 1011 0022 0033 04", f"vcb {NUMBER}", id="an account without its cue"),
        pytest.param("số 12345678901", f"số {NUMBER}", id="a long number of no kind"),
        pytest.param("24.18-250704-0012 tới đâu", f"{DOSSIER} tới đâu", id="a code without its letter"),
        pytest.param("h24.18-250230-0012 tới đâu", f"{DOSSIER} tới đâu", id="a code with an impossible day"),
        pytest.param("h24.18-250704-012", DOSSIER, id="a code with a digit missing"),
        pytest.param("H24.18-250704-****", "H24.18-250704-****", id="a code masked before"),
        pytest.param(
            "đây https://mau.invalid/t?HoTen=A&SoDinhDanh=000000000012&MaHoSo=H24.18-250704-0012&id=7 ạ",
            "đây H24.18-250704-**** ạ",
            id="a receipt's link",
        ),
        pytest.param("https://mau.invalid/?HoTen=A&MaHoSo=%00", DOSSIER, id="a link without a readable code"),
    ],
)
def test_what_may_be_personal_is_not_kept(written: str, kept: str) -> None:
    assert mask(written) == kept


@pytest.mark.parametrize(
    "harmless",
    [
        "thủ tục 1.001193 cần gì",
        "con tôi 14 tuổi, nhà 120m2, phí 8.000 đồng",
        "theo Nghị định 123/2015/NĐ-CP",
        "tôi tên là gì không quan trọng",
        "nộp ngày 22/11/2026",
        "nộp ngày 22-11-2026 lúc 8 giờ",
        "gọi 18001096 hoặc 1900 123456",
        "lệ phí 12.500.000 đồng, vốn 10.000.000.000 đồng",
        "edition loaded",
    ],
)
def test_what_is_not_personal_stays(harmless: str) -> None:
    assert mask(harmless) == harmless


@given(texts)
def test_masking_never_fails_and_settles(text: str) -> None:
    once = mask(text)
    assert mask(once) == once


@given(st.text(alphabet="0123456789", min_size=9, max_size=14))
def test_no_long_number_survives(digits: str) -> None:
    assert digits not in mask(f"số {digits} của tôi") or digits.startswith(("1800", "1900"))


def test_every_value_of_a_log_line_is_masked_and_numbers_stay() -> None:
    event = {
        "event": "gọi 0992000001",
        "error": ValueError("000000000012"),
        "tries": 2,
        "ms": 1.5,
        "ok": True,
        "x": None,
    }
    masked = mask_event(None, "info", event)
    assert masked == {"event": "gọi [DT]", "error": "[CCCD]", "tries": 2, "ms": 1.5, "ok": True, "x": None}


def test_a_hash_depends_on_the_key_and_tells_nothing_of_the_value() -> None:
    assert hashed("telegram:42", "key") == hashed("telegram:42", "key")
    assert hashed("telegram:42", "key") != hashed("telegram:42", "other key")
    assert "42" not in hashed("telegram:42", "key")[:2] or len(hashed("telegram:42", "key")) == 24
