"""Headings between rows: what they set, and what they end."""

from datetime import date

import pytest

from catalogue_import.decision_file import Status
from catalogue_import.formats.decision.sections import Section, deeper, looks_like_section, looks_like_title, section_of
from knowledge.procedure import Level

STATUSES = {
    Status.NEW: "A. DANH MỤC TTHC BAN HÀNH MỚI | PHẦN I. DANH MỤC TTHC MỚI ĐƯỢC BAN HÀNH | I. TTHC mới",
    Status.AMENDED: "B. TTHC ĐƯỢC SỬA ĐỔI, BỔ SUNG | Danh mục TTHC được sửa đổi | A. DANH MỤC TTHC CHUẨN HÓA",
    Status.REPEALED: "DANH MỤC TTHC BỊ BÃI BỎ | DANH MỤC THỦ TỤC HÀNH CHÍNH HỦY BỎ | TTHC HẾT HIỆU LỰC",
    Status.REPLACED: "DANH MỤC TTHC ĐƯỢC THAY THẾ | D. THỦ TỤC HÀNH CHÍNH THAY THẾ",
}
LEVELS = {
    "II. THỦ TỤC HÀNH CHÍNH CẤP XÃ": (Level.COMMUNE,),
    "THỦ TỤC HÀNH CHÍNH DÙNG CHUNG (CẤP BỘ, CẤP TỈNH, CẤP XÃ)": (Level.MINISTRY, Level.PROVINCE, Level.COMMUNE),
    "I. TTHC thuộc thẩm quyền giải quyết của Ủy ban nhân dân cấp xã": (Level.COMMUNE,),
    "II. THỦ TỤC HÀNH CHÍNH CẤP THÀNH PHỐ": (Level.PROVINCE,),
    "II. TTHC thực hiện tại cấp tỉnh và cấp xã": (Level.PROVINCE, Level.COMMUNE),
    "A. THỦ TỤC HÀNH CHÍNH CẤP TRUNG ƯƠNG": (Level.MINISTRY,),
}
FIELDS = {
    "LĨNH VỰC ĐẤT ĐAI": "Đất đai",
    "1. Lĩnh vực Hộ tịch (05 TTHC)": "Hộ tịch",
    "LĨNH VỰC: Y TẾ": "Y tế",
    "II. LĨNH VỰC BẢO TRỢ XÃ HỘI – CẤP XÃ": "Bảo trợ xã hội",
    "IV. LĨNH VỰC THÀNH LẬP VÀ HOẠT ĐỘNG CỦA HỢP TÁC XÃ": "Thành lập và hoạt động của hợp tác xã",
    "I. ĐẤT ĐAI": "Đất đai",
}


def outline(*headings: str) -> tuple[Section, ...]:
    sections: tuple[Section, ...] = ()
    for heading in headings:
        sections = deeper(sections, section_of(heading))
    return sections


@pytest.mark.parametrize(
    ("text", "status"), [(text, status) for status, texts in STATUSES.items() for text in texts.split(" | ")]
)
def test_a_heading_sets_the_status(text: str, status: Status) -> None:
    assert section_of(text).status is status


@pytest.mark.parametrize(("text", "levels"), LEVELS.items(), ids=LEVELS)
def test_a_heading_sets_the_levels(text: str, levels: tuple[Level, ...]) -> None:
    assert section_of(text).levels == levels
    assert not section_of(text).is_unknown


@pytest.mark.parametrize(("text", "field"), FIELDS.items(), ids=FIELDS)
def test_a_heading_sets_the_field(text: str, field: str) -> None:
    assert section_of(text).field == field


def test_a_heading_may_set_a_day() -> None:
    section = section_of("1. LĨNH VỰC PHÒNG BỆNH (có hiệu lực kể từ ngày 01/3/2027)")
    assert (section.field, section.effective) == ("Phòng bệnh", date(2027, 3, 1))


def test_a_list_of_an_unknown_kind_is_told_from_one_that_only_names_an_office() -> None:
    assert section_of("E. DANH MỤC THỦ TỤC HÀNH CHÍNH TẠM NGỪNG").is_unknown
    assert not section_of("DANH MỤC TTHC THUỘC PHẠM VI QUẢN LÝ CỦA SỞ NỘI VỤ").is_unknown
    assert section_of("DANH MỤC TTHC MỚI BAN HÀNH; ĐƯỢC SỬA ĐỔI").is_unclear


def test_a_new_higher_section_ends_the_lower_ones() -> None:
    found = outline("A. TTHC MỚI BAN HÀNH", "I. TTHC CẤP TỈNH", "LĨNH VỰC Y TẾ", "B. TTHC BỊ BÃI BỎ")
    assert [section.number for section in found] == ["B"]


def test_a_section_of_the_same_kind_takes_the_place_of_the_one_before() -> None:
    found = outline(
        "A. TTHC MỚI BAN HÀNH", "I. TTHC CẤP TỈNH", "LĨNH VỰC Y TẾ", "II. TTHC CẤP XÃ", "1. LĨNH VỰC HỘ TỊCH"
    )
    assert [section.text for section in found] == ["A. TTHC MỚI BAN HÀNH", "II. TTHC CẤP XÃ", "1. LĨNH VỰC HỘ TỊCH"]


def test_a_field_above_the_status_ends_it() -> None:
    found = outline("I. LĨNH VỰC A", "1. TTHC mới ban hành", "2. TTHC bị bãi bỏ", "II. LĨNH VỰC B")
    assert [section.field for section in found] == ["B"]


@pytest.mark.parametrize(
    ("headings", "status", "levels", "field"),
    [
        pytest.param(
            ("DANH MỤC TTHC SỬA ĐỔI, BỔ SUNG TRONG LĨNH VỰC A", "LĨNH VỰC B"), Status.AMENDED, (), "B", id="the status"
        ),
        pytest.param(
            ("TTHC BỊ BÃI BỎ CẤP TỈNH LĨNH VỰC A", "LĨNH VỰC B"),
            Status.REPEALED,
            (Level.PROVINCE,),
            "B",
            id="the level",
        ),
        pytest.param(
            ("TTHC MỚI BAN HÀNH CẤP TỈNH LĨNH VỰC A", "CẤP XÃ"), Status.NEW, (Level.COMMUNE,), "A", id="the field"
        ),
    ],
)
def test_of_a_title_that_says_more_the_rest_is_kept(
    headings: tuple[str, ...], status: Status, levels: tuple[Level, ...], field: str
) -> None:
    found = outline(*headings)
    assert [part.status for part in found if part.status] == [status]
    assert [part.levels for part in found if part.levels] == ([levels] if levels else [])
    assert [part.field for part in found if part.field] == [field]


def test_processes_of_one_field_are_followed_by_those_of_another() -> None:
    found = outline("QUY TRÌNH NỘI BỘ LĨNH VỰC A", "LĨNH VỰC B")
    assert any(part.is_internal for part in found)
    assert not any(part.is_internal for part in outline("I. QUY TRÌNH NỘI BỘ LĨNH VỰC A", "II. LĨNH VỰC B"))


@pytest.mark.parametrize(
    "name",
    ["lĩnh vực đất đai theo quy định", "sản gắn liền với đất; cho thuê", "Cấp giấy phép", "Thủ tục đăng ký khai tử"],
)
def test_a_name_that_goes_on_is_no_heading(name: str) -> None:
    assert not looks_like_section(name)


def test_a_short_numbered_line_in_capitals_is_a_heading_between_tables_only() -> None:
    assert looks_like_title("I. ĐẤT ĐAI")
    assert not looks_like_section("I. ĐẤT ĐAI")
