"""What a column holds, by the meaning of its heading: first the headings we have met, then their telling words."""

import re
from enum import StrEnum

from bot.dossiers.words import squeezed


class Column(StrEnum):
    """What an importer takes from a register. OWNER, PHONE and IDENTITY are read and never stored."""

    CODE = "code"
    NATIONAL_CODE = "national_code"
    PROCEDURE = "procedure"
    PROCEDURE_CODE = "procedure_code"
    OWNER = "owner"
    PHONE = "phone"
    IDENTITY = "identity"
    AGENCY = "agency"
    RECEIVED = "received"
    DUE = "due"
    FINISHED = "finished"
    RETURNED = "returned"
    STATUS = "status"
    CHANNEL = "channel"
    SUPPLEMENTS = "supplements"
    REQUESTED = "requested"
    UPDATED = "updated"
    SYSTEM = "system"


# Met in real exports or in the official forms; the earlier of two headings of one column is the better one.
_MET = {
    Column.CODE: "mã hồ sơ|mã số hồ sơ|số hồ sơ|mahoso|mã biên nhận|số biên nhận|code|dossier code",
    Column.NATIONAL_CODE: "mã hồ sơ quốc gia|mã hồ sơ trên cổng dvcqg|mã hồ sơ dvcqg|mã hồ sơ khác|mahosokhac"
    "|nationcode|mã liên thông|mahosolt|mã qg",
    Column.PROCEDURE: "tên tthc|tên thủ tục|tên thủ tục hành chính|thủ tục hành chính|thủ tục|tentthc"
    "|trích yếu hồ sơ|trichyeuhoso|tên hồ sơ|loại hồ sơ|tên loại hồ sơ",
    Column.PROCEDURE_CODE: "mã tthc|mã thủ tục|mã thủ tục hành chính|matthc",
    Column.OWNER: "chủ hồ sơ|họ tên chủ hồ sơ|chuhoso|tên cá nhân, tổ chức|tổ chức, cá nhân|người nộp|người nộp hồ sơ"
    "|tên người nộp|công dân|tên công dân|khách hàng|tên khách hàng|người đứng tên",
    Column.PHONE: "số điện thoại|điện thoại|sđt|điện thoại liên hệ|sodienthoai|địa chỉ, số điện thoại"
    "|phone|liên hệ|di động|số di động",
    Column.IDENTITY: "số giấy tờ|sogiaytochuhoso|số định danh|số cccd|cccd|số căn cước",
    Column.AGENCY: "cơ quan chủ trì giải quyết|cơ quan giải quyết|đơn vị giải quyết|đơn vị thụ lý|đơn vị xử lý"
    "|nơi giải quyết|donvixuly|đơn vị|cơ quan|phòng chuyên môn|phòng ban|cơ quan tiếp nhận|đơn vị tiếp nhận",
    Column.RECEIVED: "ngày tiếp nhận|tiếp nhận|nhận hồ sơ|ngày nhận hồ sơ|ngày nhận|ngày giờ tiếp nhận"
    "|thời điểm tiếp nhận|ngaytiepnhan|ngày vào sổ",
    Column.DUE: "hẹn trả kết quả|ngày hẹn trả|ngày hẹn trả kết quả|hẹn trả|hạn trả|hạn xử lý|ngayhentra|ngày hẹn",
    Column.FINISHED: "ngày kết thúc xử lý|kết thúc xử lý|hoàn thành|ngày hoàn thành|ngày xử lý xong|ngày có kết quả"
    "|ngayketthucxuly",
    Column.RETURNED: "trả kết quả|ngày trả|ngày trả kết quả|ngày trả kq|đã trả ngày|ngaytra",
    Column.STATUS: "trạng thái|trạng thái hồ sơ|tình trạng|tình trạng hồ sơ|mã trạng thái|trangthaihoso|trangthai"
    "|status",
    Column.CHANNEL: "kênh thực hiện|kênh nộp|hình thức nộp|hình thức tiếp nhận|cách thức nộp|kenhthuchien",
    Column.SUPPLEMENTS: "số lần bổ sung|số lần yêu cầu bổ sung|lần bổ sung",
    Column.REQUESTED: "ngày yêu cầu bổ sung|thời điểm yêu cầu bổ sung|ngaybosung",
    Column.UPDATED: "cập nhật lúc|cập nhật lần cuối|ngày cập nhật|thời điểm cập nhật",
    Column.SYSTEM: "hệ thống|hệ thống nguồn|nguồn|nguồn dữ liệu",
}

_WHEN = r"(?:(?:ngay|thang|thoi diem|thoi gian|tg|gio|luc),? )"
# Telling words of headings nobody wrote down yet; the first that fits wins, None: a column we must not take.
_TELLING: tuple[tuple[str, Column | None], ...] = (
    (r"hen lai|gia han|xin loi|danh gia|ghi chu|ly do|ky nhan|so luong|can bo|nguoi (?:nhan|tra|xu ly|thu ly)", None),
    (r"^(?:ngay|noi) cap\b", None),  # of an identity card
    (r"(?:phuong thuc|hinh thuc|cach thuc|noi|dia diem) (?:nhan|tra)", None),
    (r"cap nhat|dong bo", Column.UPDATED),
    (rf"{_WHEN}+.*(?:bo sung|\bycbs\b)", Column.REQUESTED),
    (r"lan .*(?:bo sung|\bycbs\b|\bbs\b)|lan ycbs", Column.SUPPLEMENTS),
    (
        r"(?:ma|so) .*(?:quoc gia|dvcqg|cong dvc|lien thong|ho so khac)|^nation(?:al)? ?code",
        Column.NATIONAL_CODE,
    ),
    (
        r"^(?:ma|so|ma so|so hieu) (?:ho so|hs|tiep nhan|tra cuu|(?:giay |phieu )?(?:bien nhan|tiep nhan))",
        Column.CODE,
    ),
    (r"^ma (?:so )?(?:tthc|thu tuc|dvc|dich vu cong|quy trinh)", Column.PROCEDURE_CODE),
    (
        r"^(?:ten |loai |noi dung )?(?:tthc|thu tuc|dich vu cong)|trich yeu|^noi dung (?:ho so|giai quyet)",
        Column.PROCEDURE,
    ),
    (r"trang thai|tinh trang", Column.STATUS),
    (r"hen tra|\bhan (?:tra|xu ly|giai quyet|chot|hoan thanh)|phai tra|den han|du kien tra", Column.DUE),
    (r"\btra .*(?:du kien|theo hen|theo quy dinh)", Column.DUE),
    (
        r"(?:ket thuc|hoan thanh|xu ly xong|giai quyet xong|co ket qua|co kq|\bra ket qua|\bra kq|^ngay xong)",
        Column.FINISHED,
    ),
    (r"kenh|(?:hinh thuc|cach thuc|phuong thuc|loai) (?:nop|tiep nhan)|^nop qua", Column.CHANNEL),
    (rf"^{_WHEN}*(?:tiep nhan|nhan)(?: ho so| hs)?(?: chinh thuc)?$", Column.RECEIVED),
    (rf"^(?:{_WHEN}+|da |thuc )*tra(?: ket qua| kq| thuc te| cho .*)*(?: ngay)?$", Column.RETURNED),
    (rf"^{_WHEN}+(?:cong dan |nguoi dan )?(?:nhan|giao)(?: ket qua| kq)$|cong dan nhan$|^thuc te tra", Column.RETURNED),
    (r"dien thoai|\bsdt\b|\bdt\b|di dong", Column.PHONE),
    (r"cccd|can cuoc|cmnd|dinh danh|giay to tuy than", Column.IDENTITY),
    (r"chu ho so|nguoi nop|nguoi yeu cau|ho (?:va )?ten|ca nhan|to chuc", Column.OWNER),
    (r"he thong|nguon|phan mem", Column.SYSTEM),
    (r"^(?:co quan|don vi|noi(?! dung)|phong|bo phan) .*(?:giai quyet|xu ly|thu ly|thuc hien)", Column.AGENCY),
)
_RANKS = {
    squeezed(heading): (column, rank)
    for column, headings in _MET.items()
    for rank, heading in enumerate(headings.split("|"))
}
_UNKNOWN_RANK = 100  # behind every heading met
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]|\*")


def column_of(heading: str) -> tuple[Column, int] | None:
    """The column a heading names and its rank among headings of that column (0 is best)."""
    words = squeezed(heading)
    found = _RANKS.get(words) or _RANKS.get(words := squeezed(_BRACKETS.sub(" ", heading)))
    if found or not words or len(words) > LONGEST:
        return found
    for pattern, column in _TELLING:
        if re.search(pattern, words):
            return (column, _UNKNOWN_RANK) if column else None
    return None


LONGEST = 60  # characters; a cell longer than any heading is prose
