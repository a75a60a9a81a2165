"""What reports say, in Vietnamese."""

from datetime import datetime, timedelta

from bot.answers.wording.amounts import day
from bot.channels.names import CHANNEL_NAMES
from knowledge.accuracy import Verdict
from knowledge.clock import VIETNAM
from knowledge.communes import commune_of
from knowledge.dossiers.dossier import Status
from knowledge.figures.dossier_places import Apart, Outcome
from knowledge.figures.petition_figures import Column
from knowledge.figures.questions import Part
from knowledge.figures.staff_work import Standing
from knowledge.periods import Period, PeriodKind
from knowledge.petitions import PetitionKind, PetitionState
from knowledge.procedure import Channel
from knowledge.stale import Ours

CITY = "Toàn thành phố"
ROMAN = ("I", "II", "III", "IV")
PERIOD_KINDS = {
    PeriodKind.DAY: "Ngày",
    PeriodKind.WEEK: "Tuần",
    PeriodKind.MONTH: "Tháng",
    PeriodKind.QUARTER: "Quý",
    PeriodKind.YEAR: "Năm",
}
PARTS = {
    Part.ANSWERED: "Trả lời ngay",
    Part.CHOSEN: "Mời người hỏi chọn",
    Part.DOSSIER: "Tra cứu hồ sơ",
    Part.ROUTED: "Chỉ đúng nơi (phản ánh, khẩn cấp)",
    Part.OFFICER: "Nhắn xin gặp cán bộ",
    Part.DECLINED: "Chưa trả lời được",
}
OUTCOMES = {
    Outcome.EARLY: "trước hạn",
    Outcome.ON_TIME: "đúng hạn",
    Outcome.LATE: "quá hạn",
    Outcome.OPEN: "đang giải quyết, trong hạn",
    Outcome.OVERDUE: "đang giải quyết, quá hạn",
}
APARTS = {
    Apart.UNCLEAR: "Cần đối chiếu (thiếu hoặc mâu thuẫn ngày xong)",
    Apart.NO_DUE: "Không có ngày hẹn trả",
    Apart.NOT_TAKEN: "Mới đăng ký hoặc không được tiếp nhận",
}
STATUSES: dict[int | None, str] = {
    None: "Không rõ trạng thái",
    Status.FILED: "Mới đăng ký",
    Status.RECEIVED: "Được tiếp nhận",
    Status.REFUSED: "Không được tiếp nhận",
    Status.IN_WORK: "Đang xử lý",
    Status.TO_ADD: "Yêu cầu bổ sung giấy tờ",
    Status.TO_PAY: "Yêu cầu thực hiện nghĩa vụ tài chính",
    Status.WITHDRAWN: "Công dân yêu cầu rút hồ sơ",
    Status.STOPPED: "Dừng xử lý",
    Status.DONE: "Đã xử lý xong",
    Status.HANDED_OVER: "Đã trả kết quả",
}
FILING: dict[int | None, str] = {None: "sổ không ghi", 1: "trực tiếp", 2: "trực tuyến", 3: "bưu chính"}
PETITION_KINDS = {
    PetitionKind.CONDUCT: "Chậm trễ, phiền hà, thái độ",
    PetitionKind.RULES: "Quy định không phù hợp",
    PetitionKind.IDEA: "Đề xuất, góp ý",
    PetitionKind.FAULT: "Lỗi phần mềm, cổng dịch vụ",
    PetitionKind.LIVING: "Hạ tầng, môi trường, trật tự",
    PetitionKind.FRAUD: "Lừa đảo, giả danh",
    PetitionKind.OWN_LAW: "Khiếu nại, tố cáo (theo luật riêng)",
    PetitionKind.OTHER: "Việc khác",
}
PETITION_STATES = {
    PetitionState.OPEN: "Chưa xử lý",
    PetitionState.HANDED: "Đã chuyển",
    PetitionState.CLOSED: "Đã xong",
}
PETITION_COLUMNS = {
    Column.BEFORE: "Kỳ trước chuyển sang",
    Column.RECEIVED: "Phát sinh trong kỳ",
    Column.CLOSED: "Đã xong trong kỳ",
    Column.AFTER: "Còn lại cuối kỳ",
    Column.HANDED: "Trong đó đã chuyển",
}
STANDINGS = {
    Standing.WAITING: "đang chờ",
    Standing.ANSWERED: "cán bộ đã trả lời",
    Standing.DISMISSED: "cán bộ bỏ qua",
}
VERDICTS = {Verdict.RIGHT: "Đúng", Verdict.WRONG: "Sai", Verdict.UNSURE: "Không thể nói"}
STALE = {
    Ours.PLAIN_WORDS: "Lời dễ hiểu",
    Ours.WORDING: "Cách hỏi",
    Ours.FEE_RULE: "Bảng phí của HĐND",
    Ours.POSTER: "Áp phích",
    Ours.FAQ: "Mục hỏi đáp",
}
FILED = {Channel.DIRECT: "trực tiếp", Channel.ONLINE: "trực tuyến", Channel.POSTAL: "bưu chính"}
OPERATORS = dict.fromkeys(("ask", "terminal", "batch", "replay"), "Dòng lệnh")


def period_name(period: Period) -> str:
    first = period.first
    names = {
        PeriodKind.DAY: f"Ngày {day(first)}",
        PeriodKind.WEEK: f"Tuần {first.isocalendar().week} ({day(first)} – {day(period.last)})",
        PeriodKind.MONTH: f"Tháng {first.month}/{first.year}",
        PeriodKind.QUARTER: f"Quý {ROMAN[(first.month - 1) // 3]}/{first.year}",
        PeriodKind.YEAR: f"Năm {first.year}",
    }
    return names[period.kind]


def part_name(period: Period) -> str:
    """As a row among others of its kind."""
    return day(period.first) if period.kind is PeriodKind.DAY else period_name(period)


def short_name(period: Period) -> str:
    """Under a bar of a chart: the day of a month, or the month."""
    return f"{period.first.day}" if period.kind is PeriodKind.DAY else f"T{period.first.month}"


def place(commune: str) -> str:
    """An empty code is the city."""
    found = commune_of(commune)
    return found.full_name if found else (commune or CITY)


def asker_place(commune: str) -> str:
    """Of citizens: "" is what nobody knows."""
    return place(commune) if commune else "Chưa rõ xã, phường"


def channel(name: str) -> str:
    return OPERATORS.get(name) or CHANNEL_NAMES.get(name, name)


def share(part: int, whole: int) -> str:
    """Percent with one digit; nothing of nothing is no percent."""
    return f"{100 * part / whole:.1f}".replace(".", ",") + " %" if whole else "–"


def percent(value: float) -> str:
    return f"{100 * value:.0f} %"


def span(of: timedelta | None) -> str:
    """How long somebody waited, in two units at most."""
    if of is None:
        return "–"
    minutes = round(of.total_seconds() / 60)
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    parts = ((days, "ngày"), (hours, "giờ"), (0 if days else minutes, "phút"))
    return " ".join(f"{number} {unit}" for number, unit in parts if number) or "dưới 1 phút"


def moment(at: datetime) -> str:
    return f"{at.astimezone(VIETNAM):%H:%M %d/%m/%Y}"


def vietnamese_day(iso: str | None) -> str:
    """A day of a dossier, "2026-11-12" or with a time."""
    return f"{iso[8:10]}/{iso[5:7]}/{iso[:4]}" if iso else ""
