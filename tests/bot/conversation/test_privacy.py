"""Personal data is masked before it is kept; what is needed to understand a question stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.privacy import MASK, hashed, mask


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        pytest.param("số căn cước 000000000000 ạ", f"số căn cước {MASK} ạ", id="identity number"),
        pytest.param("cmnd 000 000 000", f"cmnd {MASK}", id="nine digits with spaces"),
        pytest.param("gọi 0000.000.000 nhé", f"gọi {MASK} nhé", id="phone with dots"),
        pytest.param("+84 000 000 000", MASK, id="phone with country code"),
        pytest.param("thư về khong.co@vidu.invalid", f"thư về {MASK}", id="e-mail"),
        pytest.param("hồ sơ H24.18-261109-0012 tới đâu", f"hồ sơ {MASK} tới đâu", id="dossier code"),
        pytest.param("tôi tên là Nguyễn Văn Không, muốn hỏi", f"tôi tên là {MASK} , muốn hỏi", id="a name"),
        pytest.param("sinh ngày 01/01/1900 tại đây", f"sinh ngày {MASK} tại đây", id="a birth date"),
    ],
)
def test_personal_data_is_masked(written: str, kept: str) -> None:
    assert mask(written) == kept


@pytest.mark.parametrize(
    "harmless",
    [
        "thủ tục 1.001193 cần gì",
        "con tôi 14 tuổi, nhà 120m2, phí 8.000 đồng",
        "theo Nghị định 123/2015/NĐ-CP",
        "tôi tên là gì không quan trọng",
        "nộp ngày 22/11/2026",
    ],
)
def test_what_is_not_personal_stays(harmless: str) -> None:
    assert mask(harmless) == harmless


@given(st.text(max_size=200))
def test_masking_never_fails_and_settles(text: str) -> None:
    once = mask(text)
    assert mask(once) == once


@given(st.text(alphabet="0123456789", min_size=9, max_size=14))
def test_no_long_number_survives(digits: str) -> None:
    assert digits not in mask(f"số {digits} của tôi")


def test_a_hash_depends_on_the_key_and_tells_nothing_of_the_value() -> None:
    assert hashed("telegram:42", "key") == hashed("telegram:42", "key")
    assert hashed("telegram:42", "key") != hashed("telegram:42", "other key")
    assert "42" not in hashed("telegram:42", "key")[:2] or len(hashed("telegram:42", "key")) == 24
