"""A dossier in plain words: whose move it is, since when, by when, and what to do now."""

from datetime import date, datetime

from bot.answers.wording import amounts
from bot.dossiers.outcomes import Told
from knowledge.clock import VIETNAM
from knowledge.communes import find_communes
from knowledge.dossiers.dossier import Dossier, Status, Timeliness
from knowledge.dossiers.moments import Moment, as_datetime, day_of, has_time, is_after, moment_of

STATES = {
    Status.FILED: ("Đang chờ cơ quan", "kiểm tra hồ sơ bạn đã gửi"),
    Status.RECEIVED: ("Đang chờ cơ quan", "đã nhận hồ sơ của bạn"),
    Status.REFUSED: ("Cơ quan không nhận hồ sơ này", ""),
    Status.IN_WORK: ("Đang chờ cơ quan", "hồ sơ đang được giải quyết"),
    Status.TO_ADD: ("Đang chờ bạn", "bổ sung giấy tờ"),
    Status.TO_PAY: ("Đang chờ bạn", "nộp thuế, phí hoặc lệ phí thì hồ sơ mới đi tiếp"),
    Status.WITHDRAWN: ("Bạn đã xin rút hồ sơ", ""),
    Status.STOPPED: ("Cơ quan đã dừng giải quyết hồ sơ", ""),
    Status.DONE: ("Đã có kết quả", "bạn chưa nhận"),
    Status.HANDED_OVER: ("Kết quả đã trả", ""),
}
TO_DO = {
    Status.FILED: "Bạn chưa phải làm gì. Chưa có ngày hẹn trả.",
    Status.RECEIVED: "Bạn chưa phải làm gì.",
    Status.REFUSED: "Bạn xem lý do trong phiếu từ chối, sửa rồi nộp lại.",
    Status.IN_WORK: "Bạn chưa phải làm gì.",
    Status.TO_ADD: "Bạn nộp thêm giấy tờ theo phiếu yêu cầu bổ sung.",
    Status.TO_PAY: "Bạn nộp tiền theo thông báo của cơ quan.",
    Status.STOPPED: "Bạn xem lý do trong thông báo của cơ quan.",
    Status.DONE: "Bạn mang giấy hẹn đến nhận, hoặc chờ bưu điện nếu đã chọn gửi.",
}
PAUSE = "Thời gian chờ bạn thường không tính vào hạn."
PROMISED = {Status.RECEIVED, Status.IN_WORK}


def state(told: Told) -> tuple[str, str]:
    """Whose move it is, and the rest of the sentence; the office's own word for a status nobody mapped."""
    dossier = told.dossier
    if dossier.status is None:
        word = f"Cơ quan ghi: “{dossier.status_raw}”" if dossier.status_raw else "Sổ chưa ghi hồ sơ đang ở bước nào"
        return word, ""
    whose, what = STATES[Status(dossier.status)]
    since = f"từ {day(told.since)}" if told.since else ""
    if dossier.status == Status.IN_WORK and dossier.received and not since:
        since = f"nhận ngày {day(dossier.received)}"
    if dossier.status == Status.HANDED_OVER and told.since:
        return f"{whose} ngày {day(told.since)}", ""
    return whose, f"{what} ({since})" if what and since else what or since


def to_do(told: Told) -> str:
    dossier = told.dossier
    if told.timeliness is Timeliness.OVERDUE:
        return "Bạn hỏi nơi giải quyết ngày trả mới."
    return TO_DO.get(Status(dossier.status), "") if dossier.status else "Bạn hỏi nơi giải quyết để biết rõ."


def due(told: Told) -> str:
    """The due date as the system gives it, and what the rules make of it; never computed anew."""
    dossier, promised = told.dossier, told.dossier.due
    if promised is None:
        return "Sổ chưa ghi ngày hẹn trả." if dossier.status in PROMISED else ""
    end = dossier.finished or dossier.returned
    said = {
        Timeliness.IN_TIME: f"Hẹn trả: {by(promised)}, {left(promised, told.now)}.",
        Timeliness.OVERDUE: f"Đã quá hẹn từ {by(promised)}. Cơ quan có trách nhiệm xin lỗi và hẹn lại ngày trả.",
        Timeliness.PAUSED: f"Hẹn trả: {by(promised)}{_ahead(promised, told.now)}. {PAUSE}",
        Timeliness.EARLY: f"Xong {day(end or '')}, sớm hơn ngày hẹn {day(promised)}.",
        Timeliness.ON_TIME: f"Xong {day(end or '')}, đúng hẹn.",
        Timeliness.LATE: _late(dossier, promised),
        Timeliness.NEEDS_CHECK: _unclear(told, promised),
    }
    return said.get(told.timeliness, "")


def _late(dossier: Dossier, promised: Moment) -> str:
    if dossier.status == Status.TO_ADD:
        return f"Hẹn trả: {by(promised)}. Yêu cầu bổ sung quá một lần, hoặc sau ngày hẹn, tính là cơ quan trễ hạn."
    return f"Xong {day(dossier.finished or '')}, muộn hơn ngày hẹn {by(promised)}. Cơ quan có trách nhiệm xin lỗi."


def _unclear(told: Told, promised: Moment) -> str:
    if told.dossier.returned:
        return f"Hẹn trả: {by(promised)}. Sổ không ghi ngày làm xong, nên chưa rõ có đúng hẹn không."
    if is_after(told.now, promised):
        return f"Hẹn trả: {by(promised)}, đã qua. Sổ chưa ghi ngày xong: bạn hỏi lại nơi giải quyết."
    return f"Hẹn trả: {by(promised)}."


def office(dossier: Dossier) -> str:
    """The office as the system names it, and its hotline if the directory of communes has one."""
    if not dossier.agency:
        return ""
    named = find_communes(dossier.agency)
    contact = named[0].contact if len(named) == 1 else None
    hotline = f", điện thoại {', '.join(contact.hotlines)}" if contact and contact.hotlines else ""
    check = " (cần đối chiếu)" if hotline and contact and contact.second_hand else ""
    return f"Nơi giải quyết: {dossier.agency}{hotline}{check}."


def source(told: Told) -> str:
    dossier = told.dossier
    at = moment(dossier.updated or moment_of(told.read_at))
    system = dossier.systems[0] if dossier.systems else f"sổ của {dossier.agency}" if dossier.agency else "sổ theo dõi"
    return f"Cập nhật {at}, theo {system}"


def day(value: Moment) -> str:
    return amounts.day(date.fromisoformat(day_of(value))) if value else ""


def by(value: Moment) -> str:
    """A day by which something is due, with its weekday, and its time if it has one."""
    return f"{clock(value)}{amounts.weekday(date.fromisoformat(day_of(value)))}"


def clock(value: Moment) -> str:
    if not has_time(value):
        return ""
    at = datetime.fromisoformat(value)
    return f"{at.hour} giờ{f' {at.minute:02}' if at.minute else ''}, "


def moment(value: Moment) -> str:
    return f"{value[11:]} {day(value)}" if has_time(value) else day(value)


def _ahead(promised: Moment, now: Moment) -> str:
    return "" if is_after(now, promised) else f", {left(promised, now)}"


def left(promised: Moment, now: Moment) -> str:
    days = (as_datetime(day_of(promised)) - as_datetime(day_of(now)).astimezone(VIETNAM)).days
    return {0: "là hôm nay", 1: "là ngày mai"}.get(days, f"còn {days} ngày")
