"""Headings of columns, in the many words offices use, and what they mean."""

import pytest

from catalogue_import.formats.decision.columns import Meaning, column_of
from catalogue_import.formats.decision.values import fee_text

HEADINGS = {
    Meaning.NUMBER: """
        STT
        TT
        Số TT
        Số thứ tự
        STT (1)
    """,
    Meaning.CODE: """
        Mã TTHC
        Mã số TTHC
        Mã thủ tục
        Mã số
        Mã
        Mã hồ sơ TTHC
        Mã số hồ sơ
        Số hồ sơ TTHC
        MÃ SỐ TTHC
        Mã TTHC trên Cổng DVCQG
        Mã thủ tục hành chính
        Mã TTHC (CSDLQG)
        Mã số thủ tục hành chính
        Mã số TTHC trên CSDLQG về TTHC
    """,
    Meaning.NAME: """
        Tên TTHC
        Tên thủ tục hành chính
        Thủ tục hành chính
        Tên thủ tục
        Danh mục thủ tục hành chính
        TTHC
        Nội dung TTHC
        Tên các thủ tục hành chính
        Tên TTHC được sửa đổi, bổ sung
        Tên TTHC bị bãi bỏ
        Tên TTHC/Lĩnh vực
    """,
    Meaning.TIME: """
        Thời hạn giải quyết
        Thời gian giải quyết
        Thời hạn giải quyết | Theo quy định
        Thời hạn | Thời gian quy định
        Thời hạn giải quyết theo quy định
        Thời gian giải quyết (ngày) | Quy định
        Thời hạn giải quyết | Trước cắt giảm
        Thời hạn giải quyết | Theo luật
        Thời hạn giải quyết | Theo quy định của pháp luật
        Thời gian theo quy định của pháp luật chuyên ngành
        Thời hạn giải quyết | Thời hạn theo quy định
        Thời hạn giải quyết (trước và sau cắt giảm) | Trước khi cắt giảm
    """,
    Meaning.TIME_SHORTENED: """
        Thời hạn giải quyết | Sau cắt giảm
        Thời hạn | Thời gian cắt giảm 50%
        Thời gian giải quyết sau khi cắt giảm
        Thời hạn giải quyết | Thời gian rút ngắn
        Thời hạn giải quyết | Sau khi đã cắt giảm
        Thời hạn giải quyết | Cắt giảm còn
        Thời hạn giải quyết | Thực hiện tại thành phố
        Thời hạn giải quyết sau rút gọn
        Thời hạn giải quyết | Thời gian thực tế giải quyết
        Thời hạn giải quyết | Sau đơn giản hóa
        Thời hạn giải quyết của thành phố
        Thời gian còn lại
    """,
    Meaning.PLACE: """
        Địa điểm thực hiện
        Địa điểm tiếp nhận và trả kết quả
        Nơi tiếp nhận
        Địa điểm
        Địa điểm nộp hồ sơ
        Địa điểm, cách thức thực hiện
        Cách thức, địa điểm thực hiện
        Nơi nộp hồ sơ
        Cơ quan tiếp nhận hồ sơ
    """,
    Meaning.AGENCY: """
        Cơ quan thực hiện
        Cơ quan giải quyết
        Đơn vị thực hiện
        Cơ quan có thẩm quyền giải quyết
        Thẩm quyền giải quyết
        Cơ quan thực hiện TTHC
        Cơ quan, đơn vị giải quyết
        Cơ quan thực hiện tại địa phương
    """,
    Meaning.FEE: """
        Phí, lệ phí
        Phí
        Lệ phí
        Phí, lệ phí (nếu có)
        Mức phí
        Phí/lệ phí
        Mức thu phí, lệ phí
        Phí, lệ phí (đồng)
        Phí và lệ phí
    """,
    Meaning.ONLINE_FULL: """
        Cung cấp DVC trực tuyến | Toàn trình
        DVCTT | DVCTT toàn trình
        Mức độ DVC | Toàn trình
        Dịch vụ công trực tuyến toàn trình
    """,
    Meaning.ONLINE_PARTIAL: """
        Cung cấp DVC trực tuyến | Một phần
        DVCTT một phần
    """,
    Meaning.ONLINE: """
        Cung cấp DVC trực tuyến
        Mức độ cung cấp DVC
        DVCTT
        Mức độ dịch vụ công
        Dịch vụ công trực tuyến
        Mức độ DVCTT
    """,
    Meaning.DIRECT: """
        Cách thức thực hiện | Trực tiếp
        Cách thức thực hiện | Nộp trực tiếp
        Cách thức thực hiện | TT
    """,
    Meaning.ONLINE_CHANNEL: """
        Cách thức thực hiện | DVCTT
        Cách thức thực hiện | Trực tuyến
        Cách thức | Nộp trực tuyến
        Hình thức nộp | Trực tuyến
    """,
    Meaning.POSTAL: """
        Cách thức thực hiện | Bưu chính công ích
        Cách thức | BCCI
        Cách thức | Qua bưu điện
        Cách thức | Dịch vụ BCCI
    """,
    Meaning.CHANNELS: """
        Cách thức thực hiện
        Hình thức nộp hồ sơ
    """,
    Meaning.LEGAL: """
        Căn cứ pháp lý
        Cơ sở pháp lý
        Văn bản quy định
        Tên VBQPPL quy định việc bãi bỏ
        Tên văn bản QPPL quy định nội dung bãi bỏ TTHC
        Căn cứ
        VBQPPL
        Tên VBQPPL quy định nội dung sửa đổi, bổ sung
        Lý do bãi bỏ
        Tên VB QPPL quy định việc bãi bỏ TTHC
        Văn bản QPPL quy định việc thay thế
        Căn cứ pháp lý/Ghi chú
    """,
    Meaning.FIELD: """
        Lĩnh vực
        Thuộc lĩnh vực
        Ngành, lĩnh vực
    """,
    Meaning.LEVEL: """
        Cấp thực hiện
        Cấp giải quyết
        Cấp
        Cấp có thẩm quyền
        Cấp hành chính
    """,
    Meaning.ANNOUNCED_BY: """
        Quyết định đã công bố
        Số quyết định công bố
        Quyết định công bố TTHC
        Quyết định công bố của Bộ
        QĐ đã công bố
        Số, ngày QĐ công bố
        TTHC đã công bố tại Quyết định
        Quyết định ban hành
    """,
    Meaning.OLD_CODE: """
        TTHC được thay thế | Mã TTHC
        Mã TTHC cũ
        TTHC bị thay thế | Mã số
        Thủ tục cũ | Mã
        Mã số TTHC bị thay thế
        TTHC đã công bố | Mã TTHC
    """,
    Meaning.OLD_NAME: """
        TTHC được thay thế | Tên TTHC
        Tên TTHC cũ
        Thủ tục cũ | Tên
        TTHC được thay thế
        TTHC bị thay thế | Tên thủ tục
    """,
    Meaning.NEW_CODE: """
        TTHC thay thế | Mã TTHC
        Mã TTHC mới
        Thủ tục mới | Mã
        Mã TTHC thay thế
        TTHC mới ban hành thay thế | Mã số
    """,
    Meaning.NEW_NAME: """
        TTHC thay thế | Tên TTHC
        Tên TTHC mới
        Thủ tục mới | Tên
        TTHC thay thế | Tên thủ tục hành chính
    """,
    Meaning.EFFECTIVE: """
        Ngày có hiệu lực
        Thời điểm có hiệu lực
        Hiệu lực thi hành
    """,
    Meaning.NOTE: """
        Ghi chú
    """,
    Meaning.STATUS: """
        Trạng thái
        Nội dung công bố
        Loại công bố
        Hình thức công bố
    """,
}
ROWS = [
    pytest.param(line.split(" | "), meaning, id=line.replace(" | ", " > "))
    for meaning, lines in HEADINGS.items()
    for line in map(str.strip, lines.strip().split("\n"))
]


@pytest.mark.parametrize(("path", "meaning"), ROWS)
def test_a_heading_means(path: list[str], meaning: Meaning) -> None:
    assert column_of(path).meaning is meaning


@pytest.mark.parametrize(
    ("path", "unit"),
    [
        pytest.param(["Thời hạn giải quyết (ngày làm việc)", "Theo quy định"], "ngày làm việc", id="above"),
        pytest.param(["Thời hạn", "Sau cắt giảm (ngày)"], "ngày", id="leaf"),
        pytest.param(["Số ngày làm việc theo quy định"], "ngày làm việc", id="counted"),
        pytest.param(["Thời hạn (kể từ ngày nhận hồ sơ)"], "", id="no unit at all"),
        pytest.param(["Thời gian cắt giảm 50%"], "", id="a share"),
    ],
)
def test_the_unit_of_bare_numbers_stands_in_the_heading(path: list[str], unit: str) -> None:
    assert column_of(path).unit == unit


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("Phí, lệ phí (đồng)", "đồng"),
        ("Lệ phí (VNĐ)", "đồng"),
        ("Phí (ĐVT: nghìn đồng)", "nghìn đồng"),
        ("Mức phí (1.000 đồng)", "nghìn đồng"),
        ("Phí (triệu đồng)", "triệu đồng"),
        ("Phí, lệ phí (nếu có)", ""),
        ("Phí, lệ phí", ""),
    ],
)
def test_the_unit_of_bare_amounts_stands_in_the_heading(heading: str, unit: str) -> None:
    assert column_of([heading]).unit == unit


@pytest.mark.parametrize(
    ("text", "unit", "told"),
    [
        ("50.000", "đồng", "50.000 đồng"),
        ("1.500,5", "đồng", "1.500,5 đồng"),
        ("50.000 đồng", "đồng", "50.000 đồng"),
        ("0", "đồng", "0"),
        ("Không", "đồng", "Không"),
        ("Theo Thông tư 226/2016", "đồng", "Theo Thông tư 226/2016"),
        ("-", "đồng", None),
        ("50.000", "", "50.000"),
    ],
)
def test_only_a_bare_amount_gets_the_unit(text: str, unit: str, told: str | None) -> None:
    assert fee_text(text, unit) == told


def test_a_heading_that_nobody_knows_is_unknown() -> None:
    assert column_of(["Quy mô"]).meaning is Meaning.UNKNOWN
