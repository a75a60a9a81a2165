"""What can be wrong in a file of a decision, a template or a list: in the words of the staff who work with it.

Unlike the findings of an import (`issues.py`, for operators, in English) these are handed to those who typed the
file, so their sentences are Vietnamese and name what to do.
"""

from enum import Enum

from catalogue_import.decision_file import CellIssue, Place
from catalogue_import.issues import NOTE, STOP, WARN, Severity

MOST_ISSUES = 2_000  # more than anybody reads; a hostile file has one in every cell
LONGEST_SUBJECT = 40_000  # characters of quoted text: more than a cell of a workbook can hold (32,767)
LONGEST_LINE = 300  # characters of a message on a terminal


class ReadingIssue(Enum):
    """(code, severity, sentence); {subject} is quoted from the file. STOP: only an explicit choice may publish."""

    NO_LIST = (
        "no-list",
        STOP,
        (
            "Không tìm thấy bảng danh mục thủ tục nào. Kiểm tra lại có đúng tệp quyết định công bố không; "
            "nếu phụ lục là ảnh quét thì xin bản có chữ"
        ),
    )
    NO_HEADER = (
        "no-header",
        STOP,
        "Bảng có mã thủ tục nhưng không có dòng tiêu đề hiểu được (cần ít nhất “Mã TTHC” và “Tên TTHC”): {subject}",
    )
    NO_STATUS = (
        "no-status",
        STOP,
        "Chưa đọc thủ tục {subject}: không rõ là mới, sửa đổi, bãi bỏ hay thay thế. Thêm dòng mục “DANH MỤC …” ở trên",
    )
    UNKNOWN_STATUS = (
        "unknown-status",
        STOP,
        "Không hiểu mục “{subject}”: chỉ biết mới ban hành, sửa đổi bổ sung, bãi bỏ, thay thế",
    )
    SHIFTED_ROW = (
        "shifted-row",
        STOP,
        "Dòng lệch cột: mã {subject} nằm ngoài cột mã. Chưa đọc dòng này; sắp lại các ô",
    )
    NO_CODE = ("no-code", STOP, "Dòng không có mã thủ tục nên chưa đọc: {subject}")
    NO_NAME = ("no-name", WARN, "Thủ tục {subject} không có tên")
    NO_SUCCESSOR = ("no-successor", WARN, "Thủ tục {subject} bị thay thế nhưng không ghi mã thủ tục thay thế")
    BAD_CODE = ("bad-code", STOP, "Mã “{subject}” không đúng dạng 1.001193; cần người kiểm tra, chưa đọc dòng này")
    OUTSIDE_TABLE = ("outside-table", STOP, "Có mã thủ tục nằm ngoài bảng danh mục nên chưa đọc: {subject}")
    OPEN_TABLE = (
        "open-table",
        STOP,
        "Bảng không kẻ ô: đọc theo vị trí chữ, có thể nhầm ô. Đối chiếu từng dòng; đúng cả thì mới chọn --only-sound",
    )
    WRONG_PAGE = ("wrong-page", STOP, "Tệp chứa trang của thủ tục khác nên không dùng: {subject}. Tải lại đúng trang")
    UNREAD_ROW = ("unread-row", STOP, "Không hiểu dòng này nên chưa đọc: {subject}")
    BAD_DAY = ("bad-day", STOP, "Ngày “{subject}” không có thật. Sửa lại trong tệp")
    EARLY_DAY = ("early-day", WARN, "Ngày hiệu lực {subject} trước ngày ký. Kiểm tra lại")
    NO_EFFECTIVE_DAY = ("no-effective-day", STOP, "Không thấy ngày có hiệu lực trong phần Điều … của quyết định")
    NO_NUMBER = ("no-number", STOP, "Không thấy số quyết định (dạng “Số: 1234/QĐ-UBND”)")
    NO_SIGNING_DAY = ("no-signing-day", WARN, "Không thấy ngày ký quyết định")
    UNCLEAR_EXEMPTION = (
        "unclear-exemption",
        WARN,
        "Có ngày hiệu lực riêng nhưng không rõ cho thủ tục nào: “{subject}”",
    )
    UNUSED_EXEMPTION = (
        "unused-exemption",
        WARN,
        "Ngày hiệu lực riêng không khớp thủ tục nào trong danh mục: “{subject}”",
    )
    UNKNOWN_COLUMN = ("unknown-column", WARN, "Không hiểu cột “{subject}”; các ô của cột này chưa được đọc")
    REPEATED_COLUMN = ("repeated-column", WARN, "Cột “{subject}” trùng nghĩa với một cột khác; lấy cả hai")
    GUESSED_COLUMN = ("guessed-column", WARN, "Cột “{subject}” chứa mã thủ tục nên được coi là cột mã")
    UNKNOWN_SECTION = (
        "unknown-section",
        WARN,
        "Không hiểu dòng mục “{subject}”; lĩnh vực, cấp của các dòng sau có thể thiếu",
    )
    REPEATED_CODE = ("repeated-code", WARN, "Mã {subject} có ở nhiều dòng; chỉ lấy dòng đầu")
    TWO_SUCCESSORS = ("two-successors", STOP, "Mã bị thay thế bởi hai mã khác nhau: {subject}. Chỉ được một mã")
    TWO_STATUSES = ("two-statuses", WARN, "Mã {subject} vừa ở danh mục này vừa ở danh mục khác. Kiểm tra lại")
    BOTH_ONLINE = ("both-online", WARN, "Đánh dấu cả “Toàn trình” và “Một phần” cho {subject}; lấy “Toàn trình”")
    NAMES_DIFFER = ("names-differ", WARN, "Số tên và số mã trong ô không bằng nhau: {subject}")
    EMPTY_CELL = ("empty-cell", STOP, "Ô bắt buộc đang trống: {subject}")
    EMPTY_TEMPLATE = ("empty-template", STOP, "Chưa có dòng thủ tục nào được điền (dòng ví dụ không tính)")
    NOT_A_CHOICE = ("not-a-choice", STOP, "“{subject}” không có trong danh sách của cột. Bấm vào ô rồi chọn")
    HIDDEN_ROW = ("hidden-row", WARN, "Dòng bị ẩn nên không đọc: {subject}. Bỏ ẩn nếu dòng này có hiệu lực")
    HIDDEN_SHEET = ("hidden-sheet", WARN, "Trang tính bị ẩn “{subject}” không được đọc")
    IMAGE_PAGE = ("image-page", STOP, "Trang chỉ có ảnh, không có chữ để đọc. Xin bản .docx hoặc PDF có lớp chữ")
    COUNT_DIFFERS = ("count-differs", WARN, "Điều 1 ghi {subject}. Kiểm tra dòng bị thiếu")
    INTERNAL_CODE = ("internal-code", NOTE, "Mã {subject} là quy trình nội bộ nên không lấy")
    TOTAL_ROW = ("total-row", NOTE, "Dòng tổng, dòng ghi chú được bỏ qua: {subject}")
    MANY = ("many", STOP, "Còn nhiều vấn đề khác nữa (quá {subject})")

    def __init__(self, code: str, severity: Severity, sentence: str) -> None:
        self.code = code
        self.severity = severity
        self.sentence = sentence


def cut(text: str, longest: int) -> str:
    return f"{text[:longest]} …" if len(text) > longest else text


class Reporter:
    """Collects issues in the order in which they are met, up to MOST_ISSUES. What was not read is quoted whole."""

    def __init__(self) -> None:
        self._issues: list[CellIssue] = []

    @property
    def issues(self) -> tuple[CellIssue, ...]:
        return tuple(self._issues)

    def add(self, kind: ReadingIssue, subject: str = "", where: Place | None = None) -> None:
        if len(self._issues) > MOST_ISSUES:
            return
        if len(self._issues) == MOST_ISSUES:
            kind, subject, where = ReadingIssue.MANY, f"{MOST_ISSUES:,}", None
        shown = " ".join(subject.split())
        message = kind.sentence.format(subject=cut(shown, LONGEST_SUBJECT))
        self._issues.append(CellIssue(code=kind.code, severity=kind.severity, message=message, where=where or Place()))
