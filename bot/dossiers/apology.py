"""A draft of the slip by which an office apologises for being late and names a new day (phiếu xin lỗi và hẹn lại).

Only for dossiers that are truly late. An official fills in what the ledger does not keep, the citizen's name above
all, and signs. Its page: bot.dossiers.apology_letter.
"""

from datetime import date

import msgspec

from knowledge.dossiers.dossier import Dossier, Status, Timeliness
from knowledge.dossiers.moments import Moment, as_datetime, day_of, has_time
from knowledge.dossiers.timeliness import LATE, timeliness

BLANK = "…" * 20
TITLE = ("PHIẾU XIN LỖI", "và hẹn lại ngày trả kết quả")


class NotLateError(ValueError):
    """Nothing to apologise for; the message says what is so."""


class Apology(msgspec.Struct, frozen=True, kw_only=True):
    """What the slip says. `ended` is said in place of a new day where there is nothing left to wait for."""

    code: str
    procedure: str
    agency: str
    received: Moment | None
    due: Moment
    ended: str = ""
    new_day: date | None = None
    reason: str = ""
    parent: str = ""
    place: str = "Hải Phòng"


def apology_for(
    dossier: Dossier, now: Moment, *, reason: str = "", new_day: date | None = None, parent: str = ""
) -> Apology:
    """What to say about a dossier. Raises NotLateError if it is not late, or the new day is no later day."""
    state = timeliness(dossier, now)
    if state not in LATE or dossier.due is None:
        raise NotLateError(f"{dossier.code} is not late ({_WHY_NOT.get(state, state)}): no apology is drafted")
    if new_day and new_day.isoformat() <= max(day_of(now), day_of(dossier.due)):
        raise NotLateError(f"the new day {new_day:%d/%m/%Y} must lie after today and after the day promised before")
    return Apology(
        code=dossier.code,
        procedure=dossier.procedure,
        agency=dossier.agency,
        received=dossier.received,
        due=dossier.due,
        ended=_ended(dossier),
        new_day=new_day,
        reason=reason,
        parent=parent,
    )


def _ended(dossier: Dossier) -> str:
    if dossier.status in {Status.WITHDRAWN, Status.STOPPED}:
        return "Hồ sơ nay đã dừng giải quyết."
    if dossier.status == Status.HANDED_OVER:
        return f"Kết quả đã trả {_when(dossier.returned)}." if dossier.returned else "Kết quả đã trả."
    if dossier.finished:
        return f"Hồ sơ đã có kết quả {_when(dossier.finished)}. Kính mời Ông/Bà đến nhận tại nơi nộp hồ sơ."
    return ""


_WHY_NOT = {
    Timeliness.NONE: "it has no due date, or was not received",
    Timeliness.IN_TIME: "its due date is still to come",
    Timeliness.PAUSED: "its time stands still while the office waits for the citizen",
    Timeliness.EARLY: "it ended before its due date",
    Timeliness.ON_TIME: "it ended on its due date",
    Timeliness.NEEDS_CHECK: "check first when it was finished: only the day of collection is known",
}


def sentences(apology: Apology) -> list[str]:
    procedure = f" về việc {apology.procedure}" if apology.procedure else ""
    received = f", tiếp nhận {_when(apology.received)}" if apology.received else ""
    agency = apology.agency or BLANK
    new_day = f"{agency} hẹn lại ngày trả kết quả: {written_day(apology.new_day)}. Việc hẹn lại chỉ thực hiện một lần."
    return [
        f"{agency} nhận giải quyết hồ sơ mã số {apology.code}{procedure}{received}.",
        f"Theo giấy tiếp nhận, kết quả hẹn trả {_when(apology.due)}. Hồ sơ không được giải quyết đúng thời hạn này.",
        f"Lý do: {apology.reason or BLANK * 3}",
        f"{agency} xin lỗi Ông/Bà về sự chậm trễ này.",
        apology.ended or new_day,
        f"Mọi thắc mắc xin liên hệ: {BLANK}, điện thoại {BLANK}.",
    ]


def _when(moment: Moment) -> str:
    at = as_datetime(moment)
    clock = f"lúc {at.hour} giờ {at.minute:02} phút, " if has_time(moment) else ""
    return f"{clock}ngày {_form_day(at.date())}"


def written_day(day: date | None) -> str:
    return f"ngày {_form_day(day)}" if day else "ngày …… tháng …… năm ………"


def _form_day(day: date) -> str:
    """Days under ten and the first two months have a zero before them (NĐ 30/2020, phụ lục I, phần II, 4)."""
    month = f"{day.month:02}" if day.month <= 2 else day.month  # noqa: PLR2004  January and February
    return f"{day.day:02} tháng {month} năm {day.year}"
