"""Where systems disagree about a dossier: which rule decides, why, and what staff should do (they read Vietnamese)."""

from collections.abc import Iterable, Iterator

from knowledge.dossiers.dossier import Dossier, Entry, Flag, Status, Timeliness
from knowledge.dossiers.moments import Moment, is_same
from knowledge.dossiers.timeliness import flags, timeliness
from knowledge.procedure import Value

RULE = "Lấy theo hệ thống của cơ quan; hệ thống quốc gia chỉ bù chỗ còn trống."
WHAT_TO_DO = {
    Flag.SHOWN_LATE: "Không gửi thư xin lỗi. Sửa lại ở hệ thống đang báo trễ.",
    Flag.SHOWN_FINE: "Thực tế đã trễ: gửi thư xin lỗi nếu chưa gửi, và sửa lại hệ thống đang báo đúng hạn.",
    Flag.REWRITTEN: "Trạng thái bị đổi khi đẩy lên quốc gia: trả lời theo hệ thống của cơ quan.",
}


class Row(Value, frozen=True):
    """What one system says, judged alone with the joined due date if it has none."""

    system: str
    status: int | None
    due: Moment | None
    finished: Moment | None
    returned: Moment | None
    verdict: Timeliness


class Disagreement(Value, frozen=True):
    code: str
    verdict: Timeliness
    flags: tuple[Flag, ...]
    conflicts: tuple[str, ...]
    rows: tuple[Row, ...]
    cause: str
    rule: str
    what_to_do: tuple[str, ...]


def disagreements(dossiers: Iterable[Dossier], now: Moment) -> Iterator[Disagreement]:
    """Those that differ in a field or in what the fields come to."""
    for dossier in dossiers:
        raised = flags(dossier, now)
        if raised or dossier.conflicts:
            yield disagreement(dossier, raised, now)


def disagreement(dossier: Dossier, raised: tuple[Flag, ...], now: Moment) -> Disagreement:
    return Disagreement(
        code=dossier.code,
        verdict=timeliness(dossier, now),
        flags=raised,
        conflicts=dossier.conflicts,
        rows=tuple(_row(entry, dossier, now) for entry in dossier.entries),
        cause=_cause(dossier),
        rule=RULE,
        what_to_do=tuple(WHAT_TO_DO[flag] for flag in raised),
    )


def _row(entry: Entry, dossier: Dossier, now: Moment) -> Row:
    return Row(
        system=entry.system,
        status=entry.status,
        due=entry.due,
        finished=entry.finished,
        returned=entry.returned,
        verdict=timeliness(entry, now, dossier.due),
    )


def _cause(dossier: Dossier) -> str:
    """The likeliest of the causes that offices name, as far as the fields show it."""
    own = [entry for entry in dossier.entries if not entry.is_national]
    national = [entry for entry in dossier.entries if entry.is_national]
    pairs = [(one, other) for one in own for other in national]
    return next((said for one, other in pairs if (said := _difference(one, other))), "Hai nơi ghi khác nhau.")


def _difference(own: Entry, national: Entry) -> str:
    if own.status in {Status.TO_ADD, Status.TO_PAY, Status.STOPPED} and national.status == Status.DONE:
        return "Trạng thái bị ghi lại thành “đã xử lý xong” khi đẩy lên quốc gia."
    if own.finished and not national.finished:
        return "Bên quốc gia chưa ghi ngày xong: chưa bấm kết thúc, hoặc đẩy chậm."
    if own.returned and national.finished and is_same(own.returned, national.finished):
        return "Bên quốc gia lấy ngày trả làm ngày xong."
    if (own.supplements or 0) != (national.supplements or 0):
        return "Một bên chưa trừ thời gian chờ bổ sung."
    if own.finished and national.finished and not is_same(own.finished, national.finished):
        return "Ngày xong hai bên khác nhau: bấm kết thúc muộn, hoặc đẩy chậm."
    return ""
