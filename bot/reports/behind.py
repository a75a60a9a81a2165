"""The rows behind a number of a report: masked, and dossiers without their codes. A roll by kind."""

from collections.abc import Callable, Mapping
from datetime import datetime

import msgspec
from sqlmodel import Session

from bot.answers.wording.amounts import money
from bot.reports import words
from bot.reports.addresses import PETITIONS, WAITING, Kind
from bot.reports.dossier_tables import NO_FIELD
from bot.reports.report import Report
from bot.reports.table import Cell, Table, row, text
from knowledge.accuracy import Verdict, sample
from knowledge.dossiers.moments import moment_of
from knowledge.faq.entry import number_of
from knowledge.figures.dossier_figures import COLUMNS, DossierRow, Wanted, dossier_rows
from knowledge.figures.exchange_rows import PARTS, exchange_rows
from knowledge.figures.exchange_rows import Wanted as WantedTurns
from knowledge.figures.petition_figures import Column, petition_rows
from knowledge.figures.scope import Page, Scope
from knowledge.figures.staff_work import Standing, waiting_rows
from knowledge.petitions import PetitionKind
from knowledge.procedure import Channel
from knowledge.stale import Ours

FIELDS = ("phan", "kenh", "ma", "cot", "linh_vuc", "trang_thai", "loai")  # what an address may ask for besides

SHOWN_LETTERS = 240


class UnknownRowsError(Exception):
    """An address that no report of ours has."""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What the page of rows was asked for; `given` are fields of its address, `sensitive` kinds of procedures whose
    names are hidden besides the usual ones. `old` gives the report that data grown old stands in."""

    scope: Scope
    page: Page
    now: datetime
    given: Mapping[str, str]
    sensitive: tuple[str, ...]
    report: Callable[[], Report]

    def field(self, name: str) -> str:
        return self.given.get(name, "")


def rows_behind(session: Session, kind: str, asked: Asked) -> Table:
    """Raises UnknownRowsError."""
    try:
        return ROWS[Kind(kind)](session, asked)
    except ValueError as error:  # no value of an enumeration: nobody's address but a forger's
        raise UnknownRowsError(kind) from error


def _turns(session: Session, asked: Asked) -> Table:
    part = asked.field("phan")
    if part not in PARTS:
        raise UnknownRowsError(part)
    wanted = WantedTurns(part=part, channel=asked.field("kenh"), subject=asked.field("ma"))
    made = (
        row(
            words.moment(each.asked_at),
            text(each.question or "(bấm nút)"),
            text(_beginning(each.shown)),
            words.channel(each.channel),
            words.asker_place(each.commune),
        )
        for each in exchange_rows(session, asked.scope, wanted, asked.page)
    )
    headings = ("Lúc", "Người dân hỏi", "Trợ lý trả lời", "Kênh", "Nơi")
    return Table(key="dong", title=_turns_title(part), headings=headings, rows=tuple(made))


def _beginning(shown: str) -> str:
    """Enough of an answer to know it by: a hundred whole ones are no list."""
    return shown if len(shown) <= SHOWN_LETTERS else f"{shown[:SHOWN_LETTERS].rstrip()}…"


def _turns_title(part: str) -> str:
    others = {"": "Lượt hỏi", "taps": "Lượt bấm nút", "taken": "Lượt chọn sau khi được mời"}
    return others.get(part) or {str(each): label for each, label in words.PARTS.items()}[part]


def _waiting(session: Session, asked: Asked) -> Table:
    standing = Standing(asked.field("loai")) if asked.field("loai") else None
    made = (
        row(words.moment(each.asked_at), Cell(each.question, f"{WAITING}/{each.id}"), words.STANDINGS[each.standing])
        for each in waiting_rows(session, asked.scope, standing, asked.page)
    )
    headings = ("Lúc", "Câu hỏi (đã che thông tin riêng)", "Đến nay")
    return Table(key="dong", title="Câu chuyển vào danh sách chờ", headings=headings, rows=tuple(made))


def _dossiers(session: Session, asked: Asked) -> Table:
    column, field, status = asked.field("cot"), asked.field("linh_vuc"), asked.field("trang_thai")
    if column not in COLUMNS:
        raise UnknownRowsError(column)
    wanted = Wanted(
        column=column,
        field={"": None, NO_FIELD: ""}.get(field, field),
        status={"": -1, "khong": None}.get(status, -1) if status in {"", "khong"} else int(status),
    )
    found = dossier_rows(session, asked.scope, moment_of(asked.now), wanted, asked.page, asked.sensitive)
    headings = ("Thủ tục", "Lĩnh vực", "Cơ quan", "Kênh nộp", "Nhận", "Hẹn trả", "Xong", "Trạng thái", "Thời hạn")
    return Table(key="dong", title="Hồ sơ (không ghi mã)", headings=headings, rows=tuple(map(_dossier, found)))


def _dossier(each: DossierRow) -> tuple[Cell, ...]:
    counts = each.counts
    stands = words.APARTS[each.apart] if each.apart else (words.OUTCOMES[each.place.outcome] if each.place else "")
    return row(
        text(each.procedure or "(không nêu tên)"),
        text(each.field or NO_FIELD),
        text(counts.agency),
        words.FILING.get(counts.channel, "khác"),
        words.vietnamese_day(counts.begun),
        words.vietnamese_day(counts.due),
        words.vietnamese_day(counts.finished or counts.returned),
        words.STATUSES.get(counts.status, "khác"),
        stands,
    )


def _petitions(session: Session, asked: Asked) -> Table:
    column, kind = Column(asked.field("cot")), asked.field("loai")
    found = petition_rows(session, asked.scope, column, PetitionKind(kind) if kind else None, asked.page)
    made = (
        row(
            words.moment(each.received_at),
            Cell(each.text, f"{PETITIONS}/{each.id}"),
            words.PETITION_KINDS[each.kind],
            words.asker_place(each.commune),
            words.PETITION_STATES[each.state],
            text(each.note),
        )
        for each in found
    )
    headings = ("Lúc", "Nội dung (đã che thông tin riêng)", "Loại", "Nơi", "Đến nay", "Ghi chú")
    return Table(key="dong", title=f"Phản ánh: {words.PETITION_COLUMNS[column]}", headings=headings, rows=tuple(made))


def _sample(session: Session, asked: Asked) -> Table:
    verdict = Verdict(asked.field("loai")) if asked.field("loai") else None
    found = sample(session, asked.scope, verdict)[asked.page.skipped :][: asked.page.size]
    made = (
        row(text(each.question), text(each.shown), words.VERDICTS[each.verdict] if each.verdict else "", each.who)
        for each in found
    )
    headings = ("Người dân hỏi", "Trợ lý trả lời", "Chấm", "Người chấm")
    return Table(key="dong", title="Câu trong mẫu", headings=headings, rows=tuple(made))


def _stale(_session: Session, asked: Asked) -> Table:
    kind = Ours(asked.field("loai"))
    every = [each for each in asked.report().old.stale if each.kind is kind]
    made = (
        row(Cell(each.what, _address(each.code)), text(each.code), text(each.reason))
        for each in every[asked.page.skipped :][: asked.page.size]
    )
    headings = ("Mục", "Mã", "Vì sao cần xem lại")
    return Table(key="dong", title=f"Đã cũ: {words.STALE[kind]}", headings=headings, rows=tuple(made))


def _address(code: str) -> str:
    """Of a procedure, or of the entry that a code stands for."""
    entry = number_of(code)
    return f"/tthc/{code}" if entry is None else f"/can-bo/hoi-dap/{entry}"


def _fees(_session: Session, asked: Asked) -> Table:
    channel = Channel(asked.field("loai"))
    every = [each for each in asked.report().old.fees if each.channel is channel]
    made = (
        row(
            Cell(each.name, f"/tthc/{each.code}"),
            text(each.code),
            " hoặc ".join(map(money, each.recorded)),
            money(each.city),
            text(each.ground),
        )
        for each in every[asked.page.skipped :][: asked.page.size]
    )
    headings = ("Thủ tục", "Mã", "Danh mục ghi", "HĐND quy định", "Căn cứ")
    title = f"Mức phí khác nhau khi nộp {words.FILED[channel]}"
    return Table(key="dong", title=title, headings=headings, rows=tuple(made))


ROWS: Mapping[Kind, Callable[[Session, Asked], Table]] = {
    Kind.TURNS: _turns,
    Kind.WAITING: _waiting,
    Kind.DOSSIERS: _dossiers,
    Kind.PETITIONS: _petitions,
    Kind.SAMPLE: _sample,
    Kind.STALE: _stale,
    Kind.FEES: _fees,
}
