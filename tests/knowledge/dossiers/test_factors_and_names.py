import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.dossiers.factors import Keys, last_digits
from knowledge.dossiers.sensitive import SENSITIVE, is_sensitive

CODE = "H24.999-261110-0001"
KEYS = Keys("one secret")


@pytest.mark.parametrize(
    ("number", "end"),
    [("0912 345 678", "5678"), ("+84912345678", "5678"), ("000000001234", "1234"), ("1234", ""), ("", ""), ("abc", "")],
)
def test_the_end_of_a_number_is_taken_whatever_parts_it(number: str, end: str) -> None:
    assert last_digits(number) == end


def test_a_factor_belongs_to_its_code_and_to_its_key() -> None:
    factors = KEYS.factors_of(CODE, "0000001234", "000000005678", "0000001234")
    assert len(factors) == 2
    assert KEYS.proves("1234", {CODE: factors})
    assert KEYS.proves("5678", {CODE: factors})
    assert not KEYS.proves("1235", {CODE: factors})
    assert not KEYS.proves("1234", {"H24.999-261110-0002": factors})
    assert not Keys("another secret").proves("1234", {CODE: factors})


def test_a_code_in_logs_is_another_one_next_year() -> None:
    assert KEYS.code(CODE, 2026) == KEYS.code(CODE, 2026) != KEYS.code(CODE, 2027)
    assert CODE not in KEYS.code(CODE, 2026)


@given(st.text("0123456789", min_size=4, max_size=4))
def test_no_factor_proves_a_dossier_that_has_none(digits: str) -> None:
    assert not KEYS.proves(digits, {CODE: ()})
    assert not KEYS.proves(digits, {})


@pytest.mark.parametrize(
    "name",
    [
        "Thủ tục đăng ký nhận cha, mẹ, con",
        "CẤP GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN",
        "Thuc hien, dieu chinh, thoi huong tro cap xa hoi hang thang",
        "Đổi, cấp lại Giấy xác nhận khuyết tật",
        "Cấp Phiếu lý lịch tư pháp số 2",
        "Đăng ký nuôi con nuôi trong nước",
        *SENSITIVE,
    ],
)
def test_a_name_that_tells_of_a_person_is_sensitive(name: str) -> None:
    assert is_sensitive(name)


@pytest.mark.parametrize("name", ["Đăng ký khai sinh", "Cấp giấy phép xây dựng", "Đăng ký kết hôn", ""])
def test_other_names_may_be_shown(name: str) -> None:
    assert not is_sensitive(name)


def test_staff_add_kinds_of_their_own() -> None:
    assert is_sensitive("Cấp lại hộ chiếu", ("hộ chiếu",))
    assert not is_sensitive("Cấp lại hộ chiếu", ("", " "))
