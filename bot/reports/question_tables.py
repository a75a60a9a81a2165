"""Tables about questions."""

from bot.reports import words
from bot.reports.addresses import WAITING, Kind, rows_of
from bot.reports.report import Report
from bot.reports.table import Cell, Table, number, row, share, span, text
from knowledge.figures.questions import Counted, Part
from knowledge.figures.scope import Scope
from knowledge.figures.staff_work import StaffWork, Standing

ONCE = "Một người hỏi ở nhiều dòng chỉ tính một lần ở dòng cả kỳ."
STAFF = ("Còn chờ cán bộ", "Cán bộ đã trả lời", "Thời gian trả lời (trung vị)")
SPLIT = ("Lượt hỏi", "Người hỏi", *words.PARTS.values())  # the columns of every table that splits the questions


def outcome(report: Report) -> Table:
    """What became of the questions, each kind with its share of all."""
    scope, found, staff = report.scope, report.questions, report.staff

    def turns(part: str, value: int) -> Cell:
        return number(value, rows_of(scope, Kind.TURNS, phan=part))

    def waiting(value: int, standing: str = "") -> Cell:
        return number(value, rows_of(scope, Kind.WAITING, loai=standing))

    whole = found.questions
    parts = (
        row(label, turns(part, found.of(part)), share(found.of(part), whole)) for part, label in words.PARTS.items()
    )
    return Table(
        key="ket-qua",
        title="Kết quả trả lời",
        headings=("Chỉ tiêu", "Số lượng", "Tỷ lệ trên lượt hỏi"),
        rows=(
            row("Lượt hỏi", turns("", whole), ""),
            row("Người hỏi (đếm theo cuộc trò chuyện)", turns("", found.people), ""),
            *parts,
            row("Lượt chọn sau khi được mời", turns("taken", found.taken), ""),
            row("Lượt bấm nút", turns("taps", found.taps), ""),
            row("Câu chuyển vào danh sách chờ cán bộ", waiting(staff.came), share(staff.came, whole)),
            row("– đến nay còn chờ", waiting(staff.waiting, Standing.WAITING), share(staff.waiting, whole)),
            row("– cán bộ đã trả lời", waiting(staff.answered, Standing.ANSWERED), share(staff.answered, whole)),
            row(
                "– cán bộ bỏ qua, có lý do", waiting(staff.dismissed, Standing.DISMISSED), share(staff.dismissed, whole)
            ),
            row("Thời gian chờ cán bộ trả lời (trung vị)", span(staff.median), ""),
            row("Thời gian chờ lâu nhất", span(staff.longest), ""),
        ),
        note="Lượt hỏi là tin nhắn có hỏi; lời chào, cảm ơn và lượt bấm nút không tính.",
    )


def by_time(report: Report) -> Table | None:
    if not report.times:
        return None
    made = [
        row(words.part_name(part), *_cells(found, Scope(period=part, commune=report.scope.commune)))
        for part, found in report.times
    ]
    return Table(
        key="thoi-gian",
        title="Theo thời gian",
        headings=("Kỳ", *SPLIT),
        rows=(*made, row("Cả kỳ", *_cells(report.questions, report.scope))),
        has_total=True,
        note=ONCE,
    )


def by_commune(report: Report) -> Table | None:
    """The one with most questions first; what nobody knows the commune of counts for the city alone, last."""
    if report.scope.commune:
        return None
    period = report.scope.period
    ordered = sorted(report.communes.items(), key=lambda each: (not each[0], -each[1].questions, each[0]))
    made = []
    for code, found in ordered:
        scope = Scope(period=period, commune=code) if code else None
        staff = report.staff_communes.get(code, StaffWork())
        made.append(row(words.asker_place(code), *_cells(found, scope), *_waits(staff, scope)))
    total = row("Cả kỳ", *_cells(report.questions, report.scope), *_waits(report.staff, report.scope))
    return Table(
        key="xa-phuong",
        title="Theo xã, phường, đặc khu",
        headings=("Nơi", *SPLIT, *STAFF),
        rows=(*made, total) if made else (),
        has_total=bool(made),
        note=ONCE if made else "",
    )


def _waits(staff: StaffWork, scope: Scope | None) -> tuple[Cell, ...]:
    """The columns of STAFF."""

    def questions(value: int, standing: Standing) -> Cell:
        return number(value, rows_of(scope, Kind.WAITING, loai=standing) if scope else "")

    waiting = questions(staff.waiting, Standing.WAITING)
    return (waiting, questions(staff.answered, Standing.ANSWERED), span(staff.median))


def by_channel(report: Report) -> Table:
    headings = ("Kênh", *SPLIT)
    made = []
    for name, found in report.channels.items():
        made.append(row(words.channel(name), *_cells(found, report.scope, kenh=name)))
    return Table(key="kenh", title="Theo kênh", headings=headings, rows=tuple(made))


def _cells(found: Counted, scope: Scope | None, **more: str) -> tuple[Cell, ...]:
    """The columns of SPLIT; without a scope there is no page of the rows."""

    def turns(part: str, value: int) -> Cell:
        return number(value, rows_of(scope, Kind.TURNS, phan=part, **more) if scope else "")

    parts = (turns(part, found.of(part)) for part in Part)
    return (turns("", found.questions), turns("", found.people), *parts)


def most_asked(report: Report) -> Table:
    scope = report.scope
    made = (
        row(
            number(at),
            text(each.name or "(không còn trong danh mục)"),
            text(each.code),
            number(each.times, rows_of(scope, Kind.TURNS, phan=Part.ANSWERED, ma=each.code)),
            number(each.people, rows_of(scope, Kind.TURNS, phan=Part.ANSWERED, ma=each.code)),
        )
        for at, each in enumerate(report.asked, start=1)
    )
    return Table(
        key="hoi-nhieu",
        title="Hỏi nhiều nhất",
        headings=("STT", "Thủ tục hoặc mục hỏi đáp", "Mã", "Lượt hỏi", "Người hỏi"),
        rows=tuple(made),
    )


def most_missed(report: Report) -> Table:
    made = (
        row(
            number(at),
            Cell(each.question, f"{WAITING}/{each.id}"),
            words.STANDINGS[each.standing],
            number(each.times, f"{WAITING}/{each.id}"),
            number(each.people, f"{WAITING}/{each.id}"),
        )
        for at, each in enumerate(report.missed, start=1)
    )
    return Table(
        key="thieu-nhieu",
        title="Chưa trả lời được nhiều nhất",
        headings=("STT", "Câu hỏi (đã che thông tin riêng)", "Đến nay", "Lượt hỏi", "Người hỏi"),
        rows=tuple(made),
    )
