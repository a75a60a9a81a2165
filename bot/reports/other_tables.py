"""Tables about the accuracy sample, petitions, and data that has become old."""

from collections import Counter

from bot.answers.wording.amounts import day
from bot.reports import words
from bot.reports.addresses import Kind, rows_of
from bot.reports.report import Report
from bot.reports.table import Table, number, row
from knowledge.accuracy import Accuracy, Verdict
from knowledge.figures.petition_figures import Column

FEW = 10  # judged answers: below, the interval is wider than half of everything


def accuracy(report: Report) -> Table:
    found = report.accuracy
    values = {Verdict.RIGHT: found.right, Verdict.WRONG: found.wrong, Verdict.UNSURE: found.unsure}
    judged = (
        row(label, number(values[verdict], rows_of(report.scope, Kind.SAMPLE, loai=verdict)))
        for verdict, label in words.VERDICTS.items()
    )
    return Table(
        key="do-dung",
        title="Độ đúng (cán bộ chấm mẫu ngẫu nhiên)",
        headings=("Chấm", "Số câu"),
        rows=(
            row("Số câu trong mẫu", number(found.drawn, rows_of(report.scope, Kind.SAMPLE))),
            *judged,
            row("Tỷ lệ đúng", accuracy_words(found)),
        ),
        note="Tính trên câu chấm được đúng hay sai, không gộp với tỷ lệ trả lời.",
    )


def accuracy_words(found: Accuracy) -> str:
    """With its interval: a share of thirty is a rough one."""
    if not found.judged:
        return "chưa chấm câu nào"
    low, high = found.interval
    rough = "; còn ít câu" if found.judged < FEW else ""
    told = f"{words.percent(found.share)} ({found.right}/{found.judged}"
    return f"{told}; khoảng tin cậy 95 %: {words.percent(low)} – {words.percent(high)}{rough})"


def petitions(report: Report) -> Table:
    kinds, scope = report.petitions.kinds, report.scope
    made = [
        row(
            words.PETITION_KINDS[kind],
            *(number(counts[column], rows_of(scope, Kind.PETITIONS, cot=column, loai=kind)) for column in Column),
        )
        for kind, counts in kinds.items()
    ]
    total = row(
        "Tổng số",
        *(number(report.petitions.of(column), rows_of(scope, Kind.PETITIONS, cot=column)) for column in Column),
    )
    return Table(
        key="phan-anh",
        title="Phản ánh, kiến nghị đã chỉ nơi gửi",
        headings=("Loại", *words.PETITION_COLUMNS.values()),
        rows=(*made, total) if made else (),
        has_total=bool(made),
        note="Trợ lý chỉ nơi gửi chính thức, không nộp thay; cán bộ ghi kết quả ở trang Phản ánh.",
    )


def stale(report: Report) -> Table:
    counts = Counter(each.kind for each in report.old.stale)
    made = (
        row(label, number(counts[kind], rows_of(report.scope, Kind.STALE, loai=kind)))
        for kind, label in words.STALE.items()
        if counts[kind]
    )
    return Table(
        key="du-lieu-cu",
        title="Dữ liệu của mình đã cũ",
        headings=("Loại", "Số mục cần xem lại"),
        rows=tuple(made),
        note=f"Tính đến {day(report.old_on)}, theo ấn bản hiện hành.",
        empty="Không thấy mục nào đã cũ.",
    )


def fees(report: Report) -> Table:
    found = report.old.fees
    return Table(
        key="lech-phi",
        title="Mức phí của danh mục quốc gia khác mức của HĐND thành phố",
        headings=("Kênh nộp", "Số thủ tục"),
        rows=tuple(
            row(words.FILED[channel].capitalize(), number(count, rows_of(report.scope, Kind.FEES, loai=channel)))
            for channel, count in sorted(Counter(each.channel for each in found).items())
        ),
        note=f"Tính đến {day(report.old_on)}.",
        empty="Không thấy chỗ nào khác nhau.",
    )
