"""Official names for headings: sentence case, cut at a sensible border, never in the middle of a phrase."""

import pytest

from bot.answers.wording import titles


@pytest.mark.parametrize(
    ("official", "heading"),
    [
        ("Thủ tục đăng ký khai sinh", "Đăng ký khai sinh"),
        ("HƯỞNG BẢO HIỂM XÃ HỘI MỘT LẦN.", "Hưởng bảo hiểm xã hội một lần"),
        ("THỦ TỤC CHO NGƯỜI NƯỚC NGOÀI TẠI VIỆT NAM (CẤP TỈNH)", "Cho người nước ngoài tại Việt Nam (cấp tỉnh)"),
        ("Cấp Giấy xác nhận của UBND", "Cấp Giấy xác nhận của Ủy ban nhân dân"),
        ("Thủ tục hải quan đối với hàng tạm nhập", "Thủ tục hải quan đối với hàng tạm nhập"),
        (
            "Cấp giấy chứng nhận đủ điều kiện kinh doanh thuốc thuộc thẩm quyền của Sở (Cơ sở bán buôn; bán lẻ)",
            "Cấp giấy chứng nhận đủ điều kiện kinh doanh thuốc thuộc thẩm quyền của Sở",
        ),
        (
            "Cấp giấy chứng nhận đủ điều kiện kinh doanh thuốc thuộc thẩm quyền của cơ quan quản lý ở địa phương",
            "Cấp giấy chứng nhận đủ điều kiện kinh doanh thuốc",
        ),
        (
            "Cấp lại giấy phép hoạt động của Sàn giao dịch bất động sản (trong trường hợp Giấy phép bị mất, bị rách)",
            "Cấp lại giấy phép hoạt động của Sàn giao dịch bất động sản",
        ),
    ],
    ids=[
        "opening word",
        "capitals",
        "a country in capitals",
        "abbreviation",
        "customs",
        "brackets",
        "authority",
        "a case",
    ],
)
def test_a_heading_reads_like_a_sentence(official: str, heading: str) -> None:
    assert titles.title(official) == heading


def test_a_long_name_without_a_border_stays_whole() -> None:
    name = "Chấp thuận " + "nội dung thay đổi biểu tượng kênh " * 4 + "trong nước"
    assert titles.title(name) == name


def test_a_beginning_that_says_nothing_is_no_heading() -> None:
    name = "Chế độ, chính sách đối với người được huy động, người tham gia chữa cháy chưa tham gia bảo hiểm xã hội chết"
    assert titles.title(name) == name


def test_the_whole_name_keeps_its_end() -> None:
    assert titles.whole("THỦ TỤC QUỸ TỰ GIẢI THỂ (CẤP XÃ)") == "Quỹ tự giải thể (cấp xã)"
