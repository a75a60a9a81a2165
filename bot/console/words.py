"""What the console says, in Vietnamese."""

from datetime import datetime

from bot.answers.wording import waits
from bot.channels.names import CHANNEL_NAMES
from knowledge.clock import VIETNAM
from knowledge.communes import commune_of
from knowledge.operation.announcements import Announcement

DONE = {
    "luu": "Đã lưu bản nháp. Cần một người khác duyệt thì câu trả lời mới được dùng.",
    "duyet": "Đã duyệt. Trợ lý dùng câu trả lời này ngay từ bây giờ.",
    "xem-lai": "Đã ghi nhận: câu trả lời vẫn đúng. Đến ngày xem lại, mục này lại hiện ở đây.",
    "ngung": "Đã ngừng dùng.",
    "lay-lai": "Đã lấy lại bản cũ thành bản nháp mới.",
    "tu-de-nghi": "Đã ghi đề nghị. Cần một người khác duyệt thì trợ lý mới hiểu từ này.",
    "tu-duyet": "Đã duyệt. Trợ lý hiểu từ này ngay từ bây giờ.",
    "tu-nang": "Đã đề nghị thành phố dùng chung. Xã, phường vẫn dùng trong lúc chờ.",
    "tu-ngung": "Đã ngừng dùng từ này.",
    "bo-qua": "Đã bỏ qua câu hỏi.",
    "mo-lai": "Đã đưa câu hỏi về danh sách chờ.",
    "tat-hai-buoc": "Đã tắt đăng nhập hai bước.",
    "dat-lai": "Đã đặt lại. Lần sau người đó đăng nhập chỉ bằng mật khẩu.",
    "khoa": "Đã khóa tài khoản. Câu hỏi người đó phụ trách nay ai cũng nhận được.",
    "thong-bao": "Đã đăng thông báo. Các kênh hiện thông báo sau vài giây.",
    "dung-thong-bao": "Đã dừng thông báo.",
    "tat-kenh": "Đã tắt kênh. Sau vài giây kênh này không trả lời nữa.",
    "bat-kenh": "Đã bật lại kênh.",
    "nhap": "Đã lưu bản nháp. Khi được duyệt, người đã hỏi cũng nhận câu trả lời.",
    "da-tra-loi": "Đã gửi câu trả lời cho người hỏi và lưu bản nháp. Cần một người khác duyệt để ai hỏi cũng được đáp.",
    "chi-tra-loi": "Đã gửi câu trả lời cho người hỏi.",
    "dong": "Đã đóng câu hỏi. Không còn ai để gửi câu trả lời.",
    "ket-thuc": "Đã kết thúc; trợ lý trả lời lại ở đó. Câu trả lời của bạn là bản nháp chờ duyệt, nếu có.",
    "chua-dung": "Đã đưa câu hỏi vào danh sách chờ.",
    "giao": "Đã ghi người phụ trách.",
    "hen": "Đã hẹn; người hỏi được báo giờ hẹn.",
    "gop": "Đã gộp các câu hỏi.",
    "tach": "Đã tách câu hỏi ra riêng.",
    "gop-roi": "Câu hỏi bạn mở đã được gộp vào câu này.",
    "rut-mau": "Đã rút mẫu.",
    "cham": "Đã lưu kết quả chấm.",
    "phan-anh": "Đã ghi kết quả phản ánh.",
    "quay-lai": "Đã quay lại ấn bản cũ; nội dung đó nay là ấn bản mới nhất.",
}
STATES = {
    "draft": "Chờ duyệt",
    "live": "Đang dùng",
    "changed": "Đang dùng, có bản sửa chờ duyệt",
    "retired": "Đã ngừng",
}
WORD_STATES = {"proposed": "Chờ duyệt", "live": "Đang dùng", "raised": "Chờ thành phố duyệt", "retired": "Đã ngừng"}
WORD_KINDS = {"wording": "cách gọi", "short_form": "từ viết tắt"}
ROLES = {"officer": "cán bộ", "approver": "người duyệt", "admin": "quản trị"}
WHYS = {
    "declined": "chưa có câu trả lời",
    "unsure": "chưa chắc",
    "officer": "xin gặp cán bộ",
    "wrong": "người hỏi báo chưa đúng",
}
KINDS = {
    "starter": "Danh mục khởi đầu",
    "catalogue": "Danh mục quốc gia",
    "decision": "Quyết định công bố",
    "fees": "Bảng phí của HĐND",
    "communes": "Thông tin xã, phường",
    "faq": "Hỏi đáp",
    "words": "Từ ngữ",
    "go_back": "Quay lại ấn bản cũ",
}
DEEDS = {
    "staff_added": "thêm tài khoản",
    "staff_disabled": "khóa tài khoản",
    "staff_role": "đổi vai trò",
    "staff_password": "đổi mật khẩu",
    "logged_in": "đăng nhập",
    "factor_on": "bật đăng nhập hai bước",
    "factor_off": "tắt đăng nhập hai bước",
    "factor_reset": "đặt lại đăng nhập hai bước",
    "recovery_used": "dùng mã dự phòng",
    "drafted": "viết nháp",
    "revised": "sửa",
    "approved": "duyệt",
    "reviewed": "xem lại, thấy vẫn đúng",
    "retired": "ngừng dùng",
    "raised": "đề nghị dùng cho thành phố",
    "dismissed": "bỏ qua câu hỏi",
    "reopened": "mở lại câu hỏi",
    "insisted": "đã xem cảnh báo, vẫn làm",
    "answered": "trả lời câu hỏi",
    "promised": "hẹn trả lời",
    "assigned": "giao câu hỏi",
    "merged": "gộp câu hỏi",
    "split": "tách câu hỏi",
    "took_over": "trò chuyện trực tiếp",
    "gave_back": "trả cuộc trò chuyện cho trợ lý",
    "linked": "nối tài khoản trò chuyện",
    "unlinked": "bỏ nối tài khoản trò chuyện",
    "went_back": "quay lại ấn bản",
    "sample_drawn": "rút mẫu câu trả lời",
    "judged": "chấm câu trả lời",
    "petition": "ghi kết quả phản ánh",
    "announced": "đăng thông báo",
    "announcement_ended": "dừng thông báo",
    "channel_off": "tắt kênh",
    "channel_on": "bật kênh",
    "restored": "khôi phục dữ liệu",
    "person_forgotten": "xóa dữ liệu của một người",
    "pruned": "dọn dữ liệu hết hạn",
}
FIELDS = {
    "wordings": "Người dân hỏi thế nào",
    "answer": "Câu trả lời",
    "procedures": "Thủ tục liên quan",
    "commune": "Phạm vi",
    "instead_of": "Thay mục số",
    "valid_from": "Dùng từ ngày",
    "valid_to": "Đến hết ngày",
    "review_on": "Ngày xem lại",
}
TYPED = FIELDS | {  # what else may have been typed when a session ended
    "tu": "Từ",
    "den": "Đến lúc",
    "nghia": "Viết đầy đủ",
    "cau_thu": "Câu để thử",
    "ly_do": "Lý do",
    "tin_nhan": "Tin nhắn",
    "tu_dap": "Câu trả lời của bạn",
    "loi": "Lời nhắn cho người dân",
    "noi_dung": "Nội dung thông báo",
    "noi": "Xã, phường",
    "thu_tuc": "Thủ tục",
    "ghi_chu": "Ghi chú",
    "xem_lai": "Ngày xem lại lần tới",
}
ENDINGS = {
    "no_data": "Danh mục chưa có thủ tục này",
    "unknown": "Chưa có câu trả lời",
    "officer": "Chuyển cán bộ",
    "complaint": "Hướng dẫn phản ánh, kiến nghị",
    "out_of_scope": "Ngoài phạm vi",
    "legal_advice": "Tư vấn pháp luật: chuyển nơi khác",
    "greeting": "Chào hỏi",
    "commune_chosen": "Ghi nhận nơi ở",
    "dossier": "Tra cứu hồ sơ",
}

REFUSED = {
    "LastAdminError": "Đây là quản trị cuối cùng của nơi này nên chưa khóa được. "
    "Bạn nhờ người quản trị máy chủ thêm một quản trị khác trước.",
    "NotWaitingError": "Có người vừa trả lời hoặc bỏ qua câu hỏi này. Những gì bạn viết vẫn còn ở dưới.",
    "NotSettledError": "Câu hỏi này đang chờ hoặc đang có bản nháp, nên không cần đưa về danh sách chờ.",
    "NotInGroupError": "Câu vừa chọn không còn ở đây: có người vừa tách, gộp hoặc trả lời câu đó.",
    "PromisedError": "Câu này vừa được hẹn giờ, giờ hẹn ghi ở trên. Muốn đổi, bạn chọn lại rồi bấm.",
    "BadColleagueError": "Không giao được cho người này: tài khoản đã khóa, hoặc không xem được câu hỏi này.",
    "MergedError": "Câu hỏi này vừa được gộp vào câu dưới đây. Những gì bạn viết vẫn còn.",
    "OperationalError": "Có người khác vừa ghi cùng lúc nên chưa lưu được. Bạn bấm lại sau vài giây.",
    "UnknownGroupError": "Câu hỏi này không còn trong danh sách.",
    "OwnDraftError": "Bạn là người viết bản này nên cần một người khác duyệt.",
    "NotAllowedError": "Tài khoản của bạn không được làm việc này.",
    "ChangedMeanwhileError": "Có người vừa lưu một bản mới hơn. Bạn xem bản mới rồi làm lại.",
    "OwnWordError": "Bạn là người đề nghị nên cần một người khác duyệt.",
    "WordKnownError": "Từ này đã có người đề nghị rồi.",
    "NothingToDoError": "Từ này đã được duyệt hoặc đã ngừng, không còn gì để làm.",
    "BadReplacementError": "Mục cần thay không phải mục đang có của thành phố. Bạn xem lại số ở ô “Thay mục số”.",
    "InUseError": "Có mục của xã, phường đang thay mục này. Bạn ngừng hoặc sửa mục đó trước.",
    "BadReviewDayError": "Bạn ghi ngày xem lại lần tới, sau hôm nay, như 31/12/2026.",
    "NothingToPublishError": "Bản này đã được duyệt hoặc đã ngừng, không còn gì để làm.",
    "PublishConflictError": "Một ấn bản khác đang được công bố cùng lúc. Bạn thử lại sau vài giây.",
    "UnknownEditionError": "Không có ấn bản đó, hoặc nó đang là ấn bản hiện hành.",
}


def done(name: str) -> str:
    """Nothing for a name that is not ours: addresses are typed by anybody."""
    return DONE.get(name, "")


def place(commune: str) -> str:
    found = commune_of(commune)
    return found.full_name if found else "Toàn thành phố"


def channel(name: str) -> str:
    return CHANNEL_NAMES.get(name, name)


def concerned(announcement: Announcement) -> str:
    """Whom an announcement is for, in a few words."""
    channels = ", ".join(map(channel, announcement.channels))
    communes = ", ".join(place(code) for code in announcement.communes)
    procedures = ", ".join(announcement.procedures)
    return " · ".join((channels or "mọi kênh", communes or "toàn thành phố", procedures or "mọi câu trả lời"))


def moment(at: datetime) -> str:
    return f"{at.astimezone(VIETNAM):%H:%M %d/%m/%Y}"


waited = waits.waited
