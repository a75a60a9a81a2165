"""Tables about dossiers: Biểu 06/VPCP/KSTT, and what stands beside it."""

from bot.reports import words
from bot.reports.addresses import Kind, rows_of
from bot.reports.report import Report
from bot.reports.table import Cell, Table, number, row, text
from knowledge.figures.dossier_figures import Line
from knowledge.figures.dossier_places import Apart, Origin, Outcome
from knowledge.figures.scope import Scope

NO_FIELD = "Chưa rõ lĩnh vực"
FORM = "06/VPCP/KSTT"
# Column by column as the form has them: what it counts, its heading, its number and what it must equal.
COLUMNS: tuple[tuple[str, str, str], ...] = (
    ("received", "Tổng số", "(3)=(4)+(5)+(6)"),
    (Origin.ONLINE, "Trực tuyến", "(4)"),
    (Origin.DIRECT, "Trực tiếp, bưu chính", "(5)"),
    (Origin.CARRIED, "Từ kỳ trước", "(6)"),
    ("resolved", "Tổng số", "(7)=(8)+(9)+(10)"),
    (Outcome.EARLY, "Trước hạn", "(8)"),
    (Outcome.ON_TIME, "Đúng hạn", "(9)"),
    (Outcome.LATE, "Quá hạn", "(10)"),
    ("pending", "Tổng số", "(11)=(12)+(13)"),
    (Outcome.OPEN, "Trong hạn", "(12)"),
    (Outcome.OVERDUE, "Quá hạn", "(13)"),
)
ABOVE = (("", 2), ("Số hồ sơ nhận giải quyết", 4), ("Số hồ sơ đã giải quyết", 4), ("Số hồ sơ đang giải quyết", 3))


def form_06(report: Report) -> Table:
    figures, scope = report.dossiers, report.scope
    made = [
        row(number(at), text(field or NO_FIELD), *_cells(line, scope, field))
        for at, (field, line) in enumerate(figures.lines.items(), start=1)
    ]
    total = row("", "Tổng số", *_cells(figures.total, scope, None))
    return Table(
        key="bieu-06",
        title=f"Tình hình giải quyết hồ sơ (theo Biểu số {FORM})",
        headings=("STT", "Lĩnh vực", *(heading for _, heading, _ in COLUMNS)),
        above=ABOVE,
        numbered=("(1)", "(2)", *(told for _, _, told in COLUMNS)),
        rows=(*made, total) if made else (),
        has_total=bool(made),
        note=_note(report),
        empty="Chưa nhập sổ hồ sơ nào có hồ sơ trong kỳ này.",
    )


def _cells(line: Line, scope: Scope, field: str | None) -> tuple[Cell, ...]:
    """`field` None: all of them."""
    values: dict[str, int] = {
        "received": line.received,
        "resolved": line.resolved,
        "pending": line.pending,
        **{each: line.origins.get(each, 0) for each in Origin},
        **{each: line.outcomes.get(each, 0) for each in Outcome},
    }
    own = {} if field is None else {"linh_vuc": field or NO_FIELD}
    return tuple(number(values[column], rows_of(scope, Kind.DOSSIERS, cot=column, **own)) for column, _, _ in COLUMNS)


def _note(report: Report) -> str:
    figures = report.dossiers
    unclear = sum(figures.apart.get(each, 0) for each in (Apart.UNCLEAR, Apart.NO_DUE))
    notes = (
        f"{unclear} hồ sơ chưa vào biểu vì cần đối chiếu, xem bảng dưới." if unclear else "",
        f"{figures.no_channel} hồ sơ sổ không ghi kênh nộp, tính vào cột (5)." if figures.no_channel else "",
    )
    return " ".join(filter(None, notes))


def by_status(report: Report) -> Table:
    counted = report.dossiers.statuses
    made = (
        row(label, number(counted[status], rows_of(report.scope, Kind.DOSSIERS, cot="all", trang_thai=_key(status))))
        for status, label in words.STATUSES.items()
        if counted.get(status)
    )
    return Table(
        key="trang-thai",
        title="Hồ sơ theo trạng thái hiện nay",
        headings=("Trạng thái", "Số hồ sơ"),
        rows=tuple(made),
        note="Mọi hồ sơ có trong kỳ, kể cả hồ sơ chưa vào biểu.",
    )


def _key(status: int | None) -> str:
    return "khong" if status is None else str(int(status))


def apart(report: Report) -> Table:
    made = (
        row(label, number(report.dossiers.apart.get(why, 0), rows_of(report.scope, Kind.DOSSIERS, cot=why)))
        for why, label in words.APARTS.items()
        if report.dossiers.apart.get(why)
    )
    return Table(
        key="ngoai-bieu",
        title="Hồ sơ chưa vào biểu",
        headings=("Vì sao", "Số hồ sơ"),
        rows=tuple(made),
        note="Lệnh motcua dossiers reconcile liệt kê chỗ các hệ thống ghi khác nhau.",
    )
