"""Lost encodings are repaired, sound text is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.encodings import repair


@pytest.mark.parametrize(
    ("lost", "meant"),
    [
        ("thñ tôc ®¨ng ký giÊy khai sinh", "thủ tục đăng ký giấy khai sinh"),
        ("giÊy chøng nhËn", "giấy chứng nhận"),
        ("c¨n c\u00adíc", "căn cước"),
        ("hé khÈu", "hộ khẩu"),
        ("quyÒn sö dông ®Êt", "quyền sử dụng đất"),
        ("ñy ban nh©n d©n x·", "ủy ban nhân dân xã"),
        ("lÖ phÝ", "lệ phí"),
    ],
)
def test_tcvn3_fonts(lost: str, meant: str) -> None:
    assert repair(lost) == meant


@pytest.mark.parametrize(
    ("lost", "meant"),
    [
        ("thuû tuïc ñaêng kyù giaáy khai sinh", "thủ tục đăng ký giấy khai sinh"),
        ("giaáy chöùng nhaän", "giấy chứng nhận"),
        ("caên cöôùc", "căn cước"),
        ("quyeàn söû duïng ñaát", "quyền sử dụng đất"),
        ("uûy ban nhaân daân xaõ", "ủy ban nhân dân xã"),
    ],
)
def test_vni_windows_fonts(lost: str, meant: str) -> None:
    assert repair(lost) == meant


@pytest.mark.parametrize(
    ("lost", "meant"),
    [
        ("thu? tu.c dda(ng ky' gia^'y khai sinh", "thủ tục đăng ký giấy khai sinh"),
        ("ca(n cu+o+'c", "căn cước"),
        ("quye^`n su+? du.ng dda^'t", "quyền sử dụng đất"),
    ],
)
def test_viqr(lost: str, meant: str) -> None:
    assert repair(lost) == meant


@pytest.mark.parametrize("meant", ["đăng ký khai sinh", "giấy tờ", "thủ tục"])
def test_utf8_read_as_windows_1252(meant: str) -> None:
    raw = meant.encode()
    lost = "".join(bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in raw)
    assert repair(lost) == meant


def test_html_entities() -> None:
    assert repair("&#273;&#259;ng k&yacute;") == "đăng ký"


@pytest.mark.parametrize(
    "sound",
    [
        "làm giấy khai sinh cho con cần gì?",
        "hoà giải, thuỷ lợi, xoá đăng ký",
        "lam sao? co duoc khong. the nao",
        "gửi về 123@example.com (nhé)",
        "a+b = c, 'trích lục' [x]",
        "CHỨNG THỰC BẢN SAO",
    ],
)
def test_sound_text_is_left_alone(sound: str) -> None:
    assert repair(sound) == sound


@given(st.text(max_size=200))
def test_repairing_never_fails(text: str) -> None:
    assert isinstance(repair(text), str)
