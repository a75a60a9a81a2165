"""What the template asks for: its sheets, columns, hints and examples. The writer and the reader share it."""

from enum import StrEnum
from typing import NamedTuple

from catalogue_import.decision_file import OnlineLevel, Status
from knowledge.procedure import Level

GUIDE_SHEET, DECISION_SHEET, LIST_SHEET = "Hướng dẫn", "Quyết định (mẫu)", "Danh mục (mẫu)"
EXAMPLE = "VÍ DỤ"  # in the first column: rows that are not read
HEADING_ROW = 1
LAST_LISTED_ROW = 500  # lists to choose from reach so far; the longest decision of a quarter has some 200 rows

STATUSES = {
    "Mới ban hành": Status.NEW,
    "Sửa đổi, bổ sung": Status.AMENDED,
    "Bãi bỏ": Status.REPEALED,
    "Thay thế": Status.REPLACED,
}
LEVELS: dict[str, tuple[Level, ...]] = {
    "Cấp xã": (Level.COMMUNE,),
    "Cấp tỉnh": (Level.PROVINCE,),
    "Cấp tỉnh, cấp xã": (Level.PROVINCE, Level.COMMUNE),
    "Cấp bộ, cấp tỉnh, cấp xã": (Level.MINISTRY, Level.PROVINCE, Level.COMMUNE),
    "Cấp bộ": (Level.MINISTRY,),
}
ONLINE = {"Toàn trình": OnlineLevel.FULL, "Một phần": OnlineLevel.PARTIAL, "Không": OnlineLevel.NONE}


class Key(StrEnum):
    """One for each column of the list and each line of the decision."""

    EXAMPLE = "example"
    STATUS = "status"
    CODE = "code"
    NAME = "name"
    FIELD = "field"
    LEVEL = "level"
    TIME = "time"
    TIME_SHORTENED = "time_shortened"
    PLACE = "place"
    FEE = "fee"
    ONLINE = "online"
    LEGAL = "legal"
    SUCCESSOR = "successor"
    EFFECTIVE = "effective"
    NUMBER = "number"
    DAY = "day"
    ISSUER = "issuer"
    TITLE = "title"


class Column(NamedTuple):
    """`choices` become a list to choose from; `width` is in characters."""

    key: Key
    heading: str
    hint: str
    width: int
    example: str = ""
    choices: tuple[str, ...] = ()


COLUMNS = (
    Column(Key.EXAMPLE, "Ghi chú", f"Để trống. Dòng ghi “{EXAMPLE}” không được đọc.", 10, EXAMPLE),
    Column(Key.STATUS, "Nội dung công bố *", "Chọn trong danh sách.", 18, "Sửa đổi, bổ sung", tuple(STATUSES)),
    Column(Key.CODE, "Mã TTHC *", "Tám ký tự, ví dụ 1.001193. Chép đúng như trong quyết định.", 12, "1.000000"),
    Column(Key.NAME, "Tên TTHC *", "Tên đầy đủ trong quyết định.", 50, "Thủ tục làm ví dụ"),
    Column(Key.FIELD, "Lĩnh vực", "Ví dụ: Hộ tịch.", 18, "Hộ tịch"),
    Column(Key.LEVEL, "Cấp thực hiện", "Chọn trong danh sách.", 18, "Cấp xã", tuple(LEVELS)),
    Column(Key.TIME, "Thời hạn theo quy định", "Ghi cả đơn vị: 05 ngày làm việc.", 20, "05 ngày làm việc"),
    Column(Key.TIME_SHORTENED, "Thời hạn sau cắt giảm", "Để trống nếu không cắt giảm.", 20, "2,5 ngày làm việc"),
    Column(
        Key.PLACE, "Địa điểm thực hiện", "Nhiều nơi thì cách nhau bằng dấu chấm phẩy.", 28, "Trung tâm PVHCC cấp xã"
    ),
    Column(Key.FEE, "Phí, lệ phí", "Chép nguyên văn; để trống nếu quyết định không ghi.", 24, "8.000 đồng"),
    Column(Key.ONLINE, "Dịch vụ công trực tuyến", "Chọn trong danh sách.", 14, "Toàn trình", tuple(ONLINE)),
    Column(Key.LEGAL, "Căn cứ pháp lý", "Nhiều văn bản thì cách nhau bằng dấu chấm phẩy.", 32, "Luật số 1/2024/QH15"),
    Column(Key.SUCCESSOR, "Mã TTHC thay thế", "Chỉ khi chọn “Thay thế”: mã của thủ tục mới.", 14),
    Column(Key.EFFECTIVE, "Ngày hiệu lực riêng", "Chỉ khi khác ngày hiệu lực chung. Ví dụ 01/03/2027.", 14),
)
LINES = (
    Column(Key.NUMBER, "Số quyết định *", "Ví dụ 1234/QĐ-UBND", 0),
    Column(Key.DAY, "Ngày ký *", "Ví dụ 08/09/2026", 0),
    Column(Key.EFFECTIVE, "Ngày có hiệu lực *", "Ví dụ 08/09/2026; “kể từ ngày ký” thì ghi ngày ký", 0),
    Column(Key.ISSUER, "Cơ quan ban hành", "Ví dụ: Chủ tịch Ủy ban nhân dân thành phố Hải Phòng", 0),
    Column(Key.TITLE, "Trích yếu", "Về việc …", 0),
)
GUIDE = (
    "MẪU NHẬP DANH MỤC THỦ TỤC HÀNH CHÍNH TỪ QUYẾT ĐỊNH CÔNG BỐ",
    "Dùng khi quyết định chỉ có bản giấy hoặc bản quét (ảnh), máy không đọc được chữ.",
    f"1. Ở trang “{DECISION_SHEET}”: ghi số, ngày ký và ngày có hiệu lực của quyết định.",
    f"2. Ở trang “{LIST_SHEET}”: mỗi thủ tục một dòng. Cột có dấu * là bắt buộc.",
    "3. Cột có danh sách: bấm vào ô rồi chọn, không gõ chữ khác.",
    f"4. Dòng có chữ “{EXAMPLE}” chỉ để xem, máy không đọc; có thể xóa.",
    "5. Quyết định không ghi nội dung nào thì để trống ô đó, không tự điền.",
    "6. Không đổi tên trang tính và tên cột. Không gộp ô.",
    "7. Lưu tệp rồi kiểm tra bằng lệnh: motcua catalogue read TỆP",
    "   Mỗi chỗ sai được báo theo dòng và cột. Sửa hết rồi mới công bố.",
)
