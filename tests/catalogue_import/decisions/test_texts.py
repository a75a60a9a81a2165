"""Codes, syllables, days and lists as decisions print them."""

import re
from datetime import date
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue_import.formats.decision.codes import likely_codes, quoted_codes, read_codes, without_codes
from catalogue_import.formats.decision.letter import read_letter
from catalogue_import.formats.decision.syllables import is_syllable, mended
from catalogue_import.formats.decision.text import tidy
from catalogue_import.formats.decision.values import is_ditto, is_marked, items, split_times, time_shortened

NAMES = (
    "Thủ tục đăng ký nhận cha, mẹ, con có yếu tố nước ngoài",
    "Cấp giấy phép xây dựng mới đối với công trình cấp III, cấp IV và nhà ở riêng lẻ",
    "Công nhận hộ nghèo, hộ cận nghèo thường xuyên hằng năm",
    "Giải quyết chế độ trợ cấp ưu đãi đối với thân nhân liệt sĩ",
)
HEAD = ("Số: 9006/QĐ-UBND", "Hải Phòng, ngày 27 tháng 8 năm 2026", "QUYẾT ĐỊNH")


def pushed_apart(text: str) -> str:
    """As converters do it: a space before every letter with a mark that stands inside a word."""
    return re.sub(r"(?<=[^\W\d_])(?=[^\x00-\x7fđĐ])", " ", normalize("NFC", text))


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        pytest.param("1.004837.000.00.00.H24", "1.004837", id="suffix"),
        pytest.param("1. 014505", "1.014505", id="space"),
        pytest.param("2.001016.", "2.001016", id="final point"),
        pytest.param("2.000\u200b884", "2.000884", id="invisible character"),
        pytest.param("1,004884", "1.004884", id="comma"),
        pytest.param("1.0O4884", "1.004884", id="letter O"),
        pytest.param("1.0148\n84", "1.014884", id="narrow column"),
        pytest.param("2.001019.0\n00.00.00.H\n24", "2.001019", id="suffix in a narrow column"),
    ],
)
def test_a_code_is_read_however_it_is_printed(printed: str, code: str) -> None:
    assert read_codes(tidy(printed)).clean == (code,)


def test_a_spreadsheet_number_gets_its_zeros_back() -> None:
    assert read_codes("1,01279", 1.01279).clean == ("1.012790",)


@pytest.mark.parametrize("printed", ["10.005090", "1.00509", "QT-01", "1.0050901"])
def test_what_breaks_the_pattern_is_no_code(printed: str) -> None:
    assert read_codes(printed) == ((), printed)


def test_two_codes_in_a_cell_are_two() -> None:
    assert read_codes("2.002481\n1.005099").clean == ("2.002481", "1.005099")


def test_likely_codes_differ_by_one_slip() -> None:
    assert likely_codes("10.005090") == ("1.005090",)
    assert likely_codes("1.01279") == ("1.012790",)
    assert likely_codes("QT-01") == ()


def test_codes_quoted_in_a_text_are_found_and_taken_out_of_a_name() -> None:
    assert quoted_codes("mã số 1.004772, 2.000528 tại Quyết định số 1650/QĐ-UBND ngày 02/6/2025") == [
        "1.004772",
        "2.000528",
    ]
    assert without_codes("Đăng ký khai sinh (mã TTHC: 1.001193)") == "Đăng ký khai sinh"


@pytest.mark.parametrize("name", NAMES)
def test_letters_pushed_away_from_each_other_come_back(name: str) -> None:
    assert mended(pushed_apart(name)) == name


@pytest.mark.parametrize(
    "name", [*NAMES, "loại A, B, C, E cho phương tiện", "nộp 02 ảnh 4 x 6 cm ở ủy ban", "HIV, GPXD"]
)
def test_a_sound_text_is_left_alone(name: str) -> None:
    assert mended(name) == name


@given(st.text(max_size=60))
def test_mending_any_text_never_fails_and_loses_no_letter(text: str) -> None:
    assert "".join(mended(text).split(" ")) == "".join(text.split(" "))


@pytest.mark.parametrize(
    ("word", "expected"), [("đất", True), ("giếng", True), ("nghĩa", True), ("đ", False), ("viêc", False)]
)
def test_syllables_are_told_from_scraps(word: str, expected: bool) -> None:
    assert is_syllable(word) is expected


@pytest.mark.parametrize("text", ["-nt-", "nt", "Như trên", "- nt -", '"', "nt."])
def test_as_above_is_understood(text: str) -> None:
    assert is_ditto(text)


@pytest.mark.parametrize("text", ["Không thực hiện cắt giảm", "Không cắt giảm", "Giữ nguyên", "-", "", "Không"])
def test_no_shortening_is_none(text: str) -> None:
    assert time_shortened(text, "ngày") is None


@pytest.mark.parametrize(
    ("text", "marked"), [("x", True), ("X", True), ("✓", True), ("\uf0fc", True), ("-", False), ("", False)]
)
def test_marks_of_a_column(text: str, marked: bool) -> None:
    assert is_marked(tidy(text)) is marked


def test_a_list_loses_its_bullets_and_repetitions() -> None:
    assert items("- Trung tâm A\n- Trung tâm B;\n+ Trung tâm A.") == ("Trung tâm A", "Trung tâm B")
    assert items("Luật số 1/2024/QH15; Nghị định số 2/2025/NĐ-CP") == (
        "Luật số 1/2024/QH15",
        "Nghị định số 2/2025/NĐ-CP",
    )


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("05 ngày (cắt giảm còn 2,5 ngày)", ("05 ngày", "2,5 ngày")),
        ("Theo quy định: 10 ngày; sau cắt giảm: 5 ngày", ("10 ngày", "5 ngày")),
        ("15 ngày làm việc", ("15 ngày làm việc", "")),
        ("24 ngày (cấp xã: 05 ngày; Sở Nội vụ: 19 ngày)", ("24 ngày (cấp xã: 05 ngày; Sở Nội vụ: 19 ngày)", "")),
    ],
)
def test_both_times_of_one_cell_come_apart(text: str, both: tuple[str, str]) -> None:
    assert split_times(text) == both


@pytest.mark.parametrize(
    ("article", "day"),
    [
        ("Quyết định này có hiệu lực kể từ ngày ký.", date(2026, 8, 27)),
        ("Quyết định này có hiệu lực thi hành kể từ ngày ký ban hành./.", date(2026, 8, 27)),
        ("Quyết định này có hiệu lực thi hành sau 10 ngày kể từ ngày ký.", date(2026, 9, 6)),
        ("Quyết định này có hiệu lực kể từ ngày 01 tháng 9 năm 2026.", date(2026, 9, 1)),
        ("Quyết định có hiệu lực thi hành từ ngày 01/7/2026", date(2026, 7, 1)),
        ("Quyết định này có hi ệu l ực k ể t ừ ng ày 01/3/2027.", date(2027, 3, 1)),
        ("Các thủ tục tại Điều 1 hết hiệu lực kể từ ngày Quyết định này có hiệu lực.", None),
    ],
)
def test_the_day_of_effect_is_read_from_its_article(article: str, day: date | None) -> None:
    assert read_letter([*HEAD, tidy(f"Điều 2. {article}")]).announcement.effective == day


def test_numbers_of_quoted_decisions_are_not_the_decisions_own() -> None:
    letter = read_letter(["Số:     /QĐ-UBND", "Căn cứ Quyết định số 12/QĐ-BTP ngày 01/02/2025;", "Điều 1. Công bố."])
    assert (letter.announcement.number, letter.announcement.day) == ("", None)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("1.000001 - Đăng ký khai sinh", "Đăng ký khai sinh"),
        ("Đăng ký khai sinh (mã: 1.000001)", "Đăng ký khai sinh"),
        ("Đăng ký khai sinh\n(1.000\n001.000.00.00.H24)", "Đăng ký khai sinh"),
        ("1.000001, 1.000002", ""),
        ("1.000001 và 1.000002", ""),
        ("Khai tử", "Khai tử"),
    ],
)
def test_a_name_is_left_when_its_codes_are_taken_away(text: str, name: str) -> None:
    assert without_codes(text, ("1.000001",)) == name


@pytest.mark.parametrize(
    ("text", "clean", "broken"),
    [
        ("1.640\n001", ("1.640001",), ""),
        ("2.000\n513.000.00.00.H24", ("2.000513",), ""),
        ("1,640002", ("1.640002",), ""),
        ("Chưa có mã", (), "Chưa có mã"),
        ("10.00\n5090", (), "10.005090"),
        ("1.640010\n(thay 1.640099)", ("1.640010",), ""),
        ("-", (), ""),
    ],
)
def test_a_cell_for_codes_says_them_or_what_stands_there(text: str, clean: tuple[str, ...], broken: str) -> None:
    assert read_codes(text) == (clean, broken)
