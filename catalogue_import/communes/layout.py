"""The sheets and columns of the communes' workbook, for writing and reading alike."""

from enum import StrEnum
from typing import NamedTuple

GUIDE_SHEET = "Hướng dẫn"
HEADING_ROW = 1
LAST_DAY_HINT = "ngày/tháng/năm, ví dụ 22/11/2026"


class Key(StrEnum):
    CODE = "code"
    NAME = "name"  # for those who fill it in; not read
    CENTRE = "centre"
    ADDRESS = "address"
    HOTLINES = "hotlines"
    HOURS = "hours"
    OUT_OF_HOURS = "out_of_hours"
    TOLD_BY = "told_by"
    TOLD_ON = "told_on"
    COUNTER = "counter"
    TEXT = "text"
    PROCEDURE = "procedure"
    FIELD = "field"


class Column(NamedTuple):
    key: Key
    heading: str
    width: int
    is_optional: bool = False  # workbooks of earlier versions lack it


class Sheet(NamedTuple):
    name: str
    columns: tuple[Column, ...]


_CODE = Column(Key.CODE, "Mã xã (5 số)", 14)
_ABOUT = (Column(Key.PROCEDURE, "Mã thủ tục", 14), Column(Key.FIELD, "hoặc Lĩnh vực", 30))

PLACES = Sheet(
    "Trung tâm",
    (
        _CODE,
        Column(Key.NAME, "Xã, phường, đặc khu", 28),
        Column(Key.CENTRE, "Tên trung tâm", 40),
        Column(Key.ADDRESS, "Địa chỉ", 44),
        Column(Key.HOTLINES, "Điện thoại", 30),
        Column(Key.HOURS, "Giờ làm việc", 40),
        Column(Key.TOLD_BY, "Người cập nhật", 26),
        Column(Key.TOLD_ON, "Ngày cập nhật", 16),
        Column(Key.OUT_OF_HOURS, "Lời nhắn ngoài giờ", 44, is_optional=True),
    ),
)
COUNTERS = Sheet("Quầy", (_CODE, Column(Key.COUNTER, "Quầy", 26), *_ABOUT))
HINTS = Sheet("Lời nhắc", (_CODE, Column(Key.TEXT, "Lời nhắc cho người dân", 80), *_ABOUT))
SHEETS = (PLACES, COUNTERS, HINTS)

GUIDE = (
    "Thông tin của xã, phường, đặc khu cho trợ lý trả lời người dân",
    "Sheet “Trung tâm”: mỗi xã một dòng. Ô chưa biết thì để trống, trợ lý sẽ không nói gì; không ghi đoán.",
    "Giờ làm việc: ghi như “7h30–11h30, 13h–17h, thứ Hai đến thứ Sáu”; câu hỏi chờ cán bộ được tính theo giờ này.",
    "Lời nhắn ngoài giờ: câu mà người xin gặp cán bộ ngoài giờ đọc được, ví dụ số trực. Để trống cũng được.",
    "Điện thoại: nhiều số cách nhau bằng dấu chấm phẩy. Ngày cập nhật: " + LAST_DAY_HINT + ".",
    "Người cập nhật và ngày cập nhật là căn cứ của mọi điều ghi ở đây: bắt buộc khi dòng có thông tin.",
    "Sheet “Quầy”: quầy nào nhận thủ tục nào (ghi mã thủ tục), hoặc cả một lĩnh vực (ghi tên lĩnh vực).",
    "Sheet “Lời nhắc”: câu ngắn cho người dân. Không ghi mã thủ tục và lĩnh vực thì nhắc ở mọi thủ tục.",
    "Xong thì chạy: motcua communes import TỆP.xlsx. Xã không có trong tệp giữ nguyên thông tin cũ.",
)
