"""Headings of columns, in the many words offices use, and what they mean."""

import pytest

from catalogue_import.formats.decision.columns import column_of
from catalogue_import.formats.decision.meanings import Meaning
from catalogue_import.formats.decision.values import fee_text

HEADINGS = {
    Meaning.NUMBER: """
        STT
        TT
        Số TT
        Số thứ tự
        STT (1)
        S TT
        S.T.T
        Số thứ tự TTHC
        TT (1)
        Thứ tự
        No
        TT chung
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
        Mã số TTHC trên Cổng DVC quốc gia
        Số hiệu TTHC
        Mã TTHC/ Số hồ sơ
        Mã định danh TTHC
        Mã dịch vụ công
        Mã TTHC (trên CSDL QG)
        Mã số thủ tục
        Mã hồ sơ
        Mã quốc gia
        Mã TTHC quốc gia
        Số hồ sơ
        Mã số (CSDLQG)
        Ký hiệu TTHC
        Mã TTHC địa phương
        Số hồ sơ TTHC (1)
        Mã DVC
        Mã số TTHC cấp xã
        Mã CSDLQG
        Mã TT
        Mã TTHC được sửa đổi, bổ sung
        Mã TTHC bị bãi bỏ
        Mã thủ tục bãi bỏ
        Mã TTHC mới ban hành
        Mã số hồ sơ TTHC
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
        Tên TTHC/Dịch vụ công
        Tên dịch vụ công
        Tên gọi thủ tục
        Tên TTHC được công bố
        Danh mục TTHC
        Tên thủ tục hành chính (TTHC)
        Nội dung thủ tục hành chính
        Tên thủ tục hành chính bị bãi bỏ
        Tên TTHC mới ban hành
        Tên thủ tục hành chính được sửa đổi, bổ sung
        Tên của thủ tục
        Thủ tục hành chính công bố
        Các thủ tục hành chính
        Tên đầy đủ của TTHC
        Tên TTHC theo Quyết định công bố của Bộ
        Tên thủ tục, lĩnh vực
        Tên lĩnh vực/TTHC
        Tên lĩnh vực, thủ tục hành chính
        Lĩnh vực/Tên thủ tục hành chính
        Lĩnh vực, tên TTHC
        Tên DVC
        Danh mục các thủ tục hành chính bãi bỏ
        Tên
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
        Thời hạn giải quyết theo quy định của pháp luật
        Thời gian thực hiện
        Thời hạn GQ
        Thời hạn thực hiện
        Thời hạn trả kết quả
        Thời hạn giải quyết TTHC
        Thời gian GQ theo QĐ
        TG giải quyết
        T.hạn giải quyết
        Thời hạn giải quyết | Theo QĐ
        Thời hạn giải quyết | Quy định của TW
        Thời hạn giải quyết | Theo Luật
        Thời hạn giải quyết | Quy định của Bộ
        Thời hạn giải quyết | Trung ương quy định
        Thời hạn giải quyết | Trước khi rút ngắn
        Thời hạn giải quyết | Thời hạn cũ
        Thời gian giải quyết | Pháp luật quy định
        Số ngày giải quyết
        Thời hạn | Chưa cắt giảm
        Tổng thời gian giải quyết
        Thời hạn giải quyết (ngày làm việc) | Theo quy định của pháp luật
        Thời hạn giải quyết (trước khi cắt giảm)
        Thời hạn theo luật định
        Hạn giải quyết
        Thời hạn giải quyết | Thời gian tối đa
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
        Thời hạn giải quyết | Cam kết thực hiện
        Thời hạn giải quyết | Thời gian cam kết
        Thời hạn giải quyết | Thực hiện tại Hải Phòng
        Thời hạn giải quyết | Theo QĐ của UBND thành phố
        Thời hạn giải quyết | Rút xuống còn
        Thời hạn rút ngắn 30%
        Thời hạn giải quyết | Đã cắt giảm
        Thời hạn sau rà soát, cắt giảm
        Thời hạn giải quyết | Thời hạn mới
        Thời hạn giải quyết | Địa phương cắt giảm
        Thời hạn giải quyết | Đề xuất cắt giảm
        Thời hạn giải quyết | Sau CG
        Thời hạn giải quyết | Sau khi rút ngắn
        Thời hạn giải quyết | Thành phố quy định
        Thời hạn giải quyết | UBND thành phố quy định
        Thời gian cắt giảm còn
        Thời hạn giải quyết | Giảm còn
        Thời gian giải quyết sau cắt giảm (ngày làm việc)
        Thời hạn giải quyết | Còn
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
        Nơi thực hiện
        Nơi tiếp nhận và trả kết quả
        Địa điểm giải quyết
        Bộ phận tiếp nhận
        Nơi nộp
        Địa chỉ tiếp nhận hồ sơ
        Địa điểm nộp hồ sơ, nhận kết quả
        Nơi tiếp nhận, trả kết quả TTHC
        Địa điểm thực hiện TTHC
        Nơi nhận hồ sơ
        Bộ phận một cửa
        Địa điểm tiếp nhận
        Địa điểm/Cơ quan thực hiện
        Nơi thực hiện TTHC
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
        Cơ quan giải quyết TTHC
        Cơ quan có thẩm quyền
        Thẩm quyền
        Cơ quan/đơn vị thực hiện
        Đơn vị giải quyết
        Cơ quan quản lý
        Cơ quan chủ trì
        Sở, ngành
        Đơn vị chủ trì
        Cơ quan trực tiếp thực hiện
        Cấp/cơ quan thực hiện
        Cơ quan thực hiện thủ tục hành chính
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
        Phí, lệ phí (VNĐ)
        Mức thu
        Lệ phí (nếu có)
        Phí (nếu có)
        Biểu phí
        Phí, lệ phí, giá dịch vụ
        Số tiền phí
        Chi phí
        Phí - Lệ phí
        Phí+lệ phí
        Mức thu phí
        Phí thẩm định
        Mức thu lệ phí
        Lệ phí (đồng)
        Phí, lệ phí theo quy định
        Thu phí, lệ phí
        Tiền phí
        Giá dịch vụ
        Nghĩa vụ tài chính
        Phí, Lệ phí (nghìn đồng/hồ sơ)
        Phí, lệ phí (mức thu/hồ sơ)
    """,
    Meaning.ONLINE_FULL: """
        Cung cấp DVC trực tuyến | Toàn trình
        DVCTT | DVCTT toàn trình
        Mức độ DVC | Toàn trình
        Dịch vụ công trực tuyến toàn trình
        DVC trực tuyến | TT
        DVC trực tuyến | Toàn phần
        Trực tuyến toàn trình
        DVCTT | TT
        Cung cấp dịch vụ công trực tuyến | Dịch vụ công toàn trình
        Mức độ cung cấp | Toàn trình
        Toàn trình
        Mức độ 4
        Cung cấp DVCTT | DVC toàn trình
    """,
    Meaning.ONLINE_PARTIAL: """
        Cung cấp DVC trực tuyến | Một phần
        DVCTT một phần
        DVC trực tuyến | MP
        DVC trực tuyến | 1 phần
        Trực tuyến một phần
        DVCTT | Một phần
        Một phần
        Cung cấp dịch vụ công trực tuyến | DVC một phần
        Mức độ 3
    """,
    Meaning.ONLINE: """
        Cung cấp DVC trực tuyến
        Mức độ cung cấp DVC
        DVCTT
        Mức độ dịch vụ công
        Dịch vụ công trực tuyến
        Mức độ DVCTT
        Mức độ trực tuyến
        Dịch vụ công
        DVC trực tuyến
        Mức độ DVC trực tuyến
        Cung cấp dịch vụ công trực tuyến
        Thực hiện DVCTT
        Dịch vụ công trực tuyến (Toàn trình/Một phần)
        Loại hình DVCTT
        Mức độ cung cấp dịch vụ công trực tuyến
        DVCTT (toàn trình hoặc một phần)
    """,
    Meaning.DIRECT: """
        Cách thức thực hiện | Trực tiếp
        Cách thức thực hiện | Nộp trực tiếp
        Cách thức thực hiện | TT
        Hình thức nộp hồ sơ | Trực tiếp tại TTPVHCC
        Cách thức nộp hồ sơ | Tại Trung tâm
        Cách thức thực hiện | Nộp hồ sơ trực tiếp
        Trực tiếp
        Hình thức | Trực tiếp
        Cách thức thực hiện | Tại Bộ phận Một cửa
    """,
    Meaning.ONLINE_CHANNEL: """
        Cách thức thực hiện | DVCTT
        Cách thức thực hiện | Trực tuyến
        Cách thức | Nộp trực tuyến
        Hình thức nộp | Trực tuyến
        Cách thức thực hiện | Online
        Cách thức thực hiện | Qua mạng
        Cách thức thực hiện | DVC trực tuyến
        Hình thức nộp | Qua Cổng DVC
        Cách thức thực hiện | Môi trường mạng
        Cách thức thực hiện | Môi trường điện tử
        Hình thức tiếp nhận | Trực tuyến
    """,
    Meaning.POSTAL: """
        Cách thức thực hiện | Bưu chính công ích
        Cách thức | BCCI
        Cách thức | Qua bưu điện
        Cách thức | Dịch vụ BCCI
        Cách thức thực hiện | BCCI
        Thực hiện qua dịch vụ BCCI
        Hình thức | Dịch vụ bưu chính
        Cách thức thực hiện | Qua đường bưu điện
        Dịch vụ bưu chính công ích
        Cách thức thực hiện | DVBCCI
    """,
    Meaning.CHANNELS: """
        Cách thức thực hiện
        Hình thức nộp hồ sơ
        Hình thức nộp
        Cách thức
        Hình thức tiếp nhận hồ sơ
        Phương thức nộp hồ sơ
        Cách thức nộp, nhận kết quả
        Hình thức thực hiện
        Phương thức thực hiện
        Kênh thực hiện
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
        Căn cứ pháp lý của TTHC
        Văn bản QPPL
        Văn bản quy định TTHC
        Tên văn bản quy phạm pháp luật quy định nội dung sửa đổi, bổ sung
        Quy định pháp luật
        VB pháp lý
        Pháp lý
        Tên văn bản quy phạm pháp luật quy định việc bãi bỏ thủ tục hành chính
        Căn cứ bãi bỏ
        Căn cứ pháp lý bãi bỏ
        Văn bản bãi bỏ
        Văn bản quy định việc hủy bỏ
        Tên VBQPPL quy định nội dung thay thế
        Lý do
        Văn bản làm căn cứ bãi bỏ
        Văn bản quy phạm pháp luật
        Luật, Nghị định, Thông tư
        Tên VBQPPL quy định việc thay thế
        Lý do hủy bỏ
    """,
    Meaning.FIELD: """
        Lĩnh vực
        Thuộc lĩnh vực
        Ngành, lĩnh vực
        Nhóm lĩnh vực
        Lĩnh vực TTHC
        Ngành/Lĩnh vực
        Tên lĩnh vực
        Lĩnh vực thực hiện
    """,
    Meaning.LEVEL: """
        Cấp thực hiện
        Cấp giải quyết
        Cấp
        Cấp có thẩm quyền
        Cấp hành chính
        Cấp thực hiện TTHC
        Cấp giải quyết TTHC
        Cấp chính quyền
        Cấp thẩm quyền
        Cấp thực hiện (tỉnh/xã)
        Phân cấp
        Cấp tiếp nhận
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
        Quyết định đã công bố TTHC
        Quyết định công bố của UBND thành phố
        Số Quyết định đã công bố
        Quyết định đã công bố trước đây
        QĐ công bố của Chủ tịch UBND
        Đã công bố tại Quyết định
        Thứ tự TTHC tại Quyết định đã công bố
        Quyết định công bố danh mục
        QĐ công bố
        Số quyết định công bố TTHC bị bãi bỏ
    """,
    Meaning.OLD_CODE: """
        TTHC được thay thế | Mã TTHC
        Mã TTHC cũ
        TTHC bị thay thế | Mã số
        Thủ tục cũ | Mã
        Mã số TTHC bị thay thế
        TTHC đã công bố | Mã TTHC
        Mã số TTHC cũ
        TTHC cũ | Mã số
        TTHC bị thay thế | Số hồ sơ
        Mã TTHC bị thay thế
        Thủ tục hành chính đã công bố | Mã
        TTHC trước đây | Mã TTHC
        Mã trước khi thay thế
        TTHC đã được công bố | Mã số TTHC
        Mã cũ
        Trước khi thay thế | Mã TTHC
        TTHC hết hiệu lực | Mã
    """,
    Meaning.OLD_NAME: """
        TTHC được thay thế | Tên TTHC
        Tên TTHC cũ
        Thủ tục cũ | Tên
        TTHC được thay thế
        TTHC bị thay thế | Tên thủ tục
        Tên TTHC bị thay thế
        Thủ tục hành chính được thay thế
        Tên cũ
        TTHC cũ | Tên
        Thủ tục hành chính đã công bố | Tên thủ tục
        Trước khi thay thế | Tên TTHC
        Tên thủ tục hành chính được thay thế
    """,
    Meaning.NEW_CODE: """
        TTHC thay thế | Mã TTHC
        Mã TTHC mới
        Thủ tục mới | Mã
        Mã TTHC thay thế
        TTHC mới ban hành thay thế | Mã số
        Mã mới
        TTHC mới | Mã
        Mã số TTHC thay thế
        Sau khi thay thế | Mã TTHC
        TTHC thay thế | Số hồ sơ
        Được thay thế bằng | Mã TTHC
        Thay bằng | Mã
        TTHC sau thay thế | Mã số
    """,
    Meaning.NEW_NAME: """
        TTHC thay thế | Tên TTHC
        Tên TTHC mới
        Thủ tục mới | Tên
        TTHC thay thế | Tên thủ tục hành chính
        Tên mới
        TTHC mới | Tên
        Thủ tục hành chính thay thế
        Sau khi thay thế | Tên TTHC
        Được thay thế bằng | Tên TTHC
        Tên thủ tục hành chính thay thế
        Tên thủ tục hành chính mới
        Thay thế bằng TTHC
    """,
    Meaning.EFFECTIVE: """
        Ngày có hiệu lực
        Thời điểm có hiệu lực
        Hiệu lực thi hành
        Ngày hiệu lực
        Hiệu lực
        Thời gian có hiệu lực
        Ngày áp dụng
        Thời điểm áp dụng
        Hiệu lực thi hành từ ngày
        Ngày thực hiện
    """,
    Meaning.NOTE: """
        Ghi chú
        Lưu ý
        Chú thích
        Ghi chú khác
    """,
    Meaning.STATUS: """
        Trạng thái
        Nội dung công bố
        Loại công bố
        Hình thức công bố
        Tình trạng TTHC
        Mới/Sửa đổi/Bãi bỏ
        Hình thức (mới, sửa đổi, bãi bỏ)
    """,
    Meaning.IGNORED: """
        Thành phần hồ sơ
        Đối tượng thực hiện
        Kết quả thực hiện
        Số lượng hồ sơ
        Thực hiện không phụ thuộc địa giới hành chính
        TTHC liên thông
        Số bộ hồ sơ
        Phi địa giới
        Cơ quan phối hợp
        Mẫu đơn, tờ khai
        Số trang
        Tiếp nhận và trả kết quả phi địa giới
    """,
    Meaning.INTERNAL: """
        Tên quy trình nội bộ
        Quy trình nội bộ
        Quy trình
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
    ("leaf", "meaning"),
    [("Trực tiếp", Meaning.DIRECT), ("Trực tuyến", Meaning.ONLINE_CHANNEL), ("BCCI", Meaning.POSTAL)],
)
def test_a_channel_below_a_heading_that_also_speaks_of_time_is_a_channel(leaf: str, meaning: Meaning) -> None:
    assert column_of(["Thời hạn và hình thức thực hiện", "Hình thức thực hiện", leaf]).meaning is meaning


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


@pytest.mark.parametrize(
    "text",
    [
        "Mã số thuế",
        "Mã số doanh nghiệp",
        "Mất trộm",
        "Mà trên thực tế",
        "mắc cúm",
        "Mạng lưới cơ sở",
        "Thủ tục cung cấp thông tin",
        "Phi địa giới",
        "Mẫu số 01",
    ],
)
def test_words_that_look_like_a_code_a_side_or_a_fee_are_none(text: str) -> None:
    meanings = {Meaning.CODE, Meaning.OLD_CODE, Meaning.OLD_NAME, Meaning.NEW_CODE, Meaning.FEE}
    assert column_of([text]).meaning not in meanings


def test_a_heading_that_nobody_knows_is_unknown() -> None:
    assert column_of(["Quy mô"]).meaning is Meaning.UNKNOWN
