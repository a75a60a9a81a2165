"""The national interface: DongBoHoSoMC, CapNhatTienDoHoSoMC, TraCuuHoSo."""

from typing import Any

from bot.conversation.privacy import mask as masked
from bot.dossiers.payloads.fields import Fields, data_of
from bot.dossiers.words import channel_of
from knowledge.dossiers.dossier import Entry, Step
from knowledge.dossiers.factors import Keys
from knowledge.dossiers.ledger import Update

ON_SUPPLEMENT = "2"  # HinhThucThu: the fee is due with the supplement
MOST_THINGS = 20  # papers or fees told of one dossier


def synchronised(document: Any, keys: Keys, system: str) -> list[Update]:
    """DongBoHoSoMC: whole dossiers, with their supplements and the due date that these moved."""
    return [Update(entries=(_whole(row, keys, system),)) for row in data_of(document)]


def _whole(row: Fields, keys: Keys, system: str) -> Entry:
    code, supplements = row.code("MaHoSo"), row.rows("DanhSachHoSoBoSung")
    last = max(supplements, key=lambda each: each.moment("NgayBoSung") or "", default=None)
    dates = [row.moment("NgayHenTra"), *(each.moment("NgayHenTraMoi") for each in supplements)]
    identities = [each.text("SoDinhDanh") for each in row.rows("DinhDanhCHS")]
    return Entry(
        system=system,
        code=code,
        other_codes=row.other_code(code, "MaHoSoKhac", "MaHoSoLT", "MaHoSoMCDT"),
        procedure_code=row.text("MaTTHC"),
        procedure=row.text("TenTTHC"),
        agency=row.text("DonViXuLy"),
        channel=channel_of(row.text("KenhThucHien")),
        received=row.moment("NgayTiepNhan"),
        due=max(filter(None, dates[1:]), default=dates[0]),
        finished=row.moment("NgayKetThucXuLy", "NgayTuChoi"),
        returned=row.moment("NgayTra"),
        status=row.status("TrangThaiHoSo"),
        status_raw="" if row.status("TrangThaiHoSo") else row.text("TrangThaiHoSo"),
        supplements=len(supplements),
        requested=last.moment("NgayBoSung") if last else None,
        to_add=_to_add(last) if last else (),
        to_pay=_to_pay(row, last),
        factors=keys.factors_of(code, row.text("SoDienThoai"), row.text("SoGiayToChuHoSo"), *identities),
    )


def _to_add(supplement: Fields) -> tuple[str, ...]:
    papers = [paper.text("TenGiayTo") for paper in supplement.rows("DanhSachGiayToBoSung")]
    named = [paper for paper in papers if paper] or [supplement.text("NoiDungBoSung")]
    return tuple(masked(paper) for paper in named[:MOST_THINGS] if paper)


def _to_pay(row: Fields, supplement: Fields | None) -> tuple[str, ...]:
    fees = supplement.rows("DanhSachLePhiBoSung") if supplement else []
    fees = fees or row.rows("DanhSachLePhi")
    named = ((fee.text("TenPhiLePhi"), fee.text("Gia")) for fee in fees[:MOST_THINGS])
    return tuple(f"{masked(name)}: {_dong(amount)}" if amount else masked(name) for name, amount in named if name)


def _dong(amount: str) -> str:
    return f"{int(amount):,} đồng".replace(",", ".") if amount.isascii() and amount.isdigit() else masked(amount)


def progress(document: Any, _keys: Keys, system: str) -> list[Update]:
    """CapNhatTienDoHoSoMC and iGate's CapNhatTienTrinh: steps, in any order and repeated."""
    by_code: dict[str, list[tuple[Step, Fields]]] = {}
    for row in data_of(document):
        at, status = row.moment("ThoiDiemXuLy"), row.status("TrangThai")
        code = row.code("MaHoSo")
        if at and status:
            step = Step(code=code, at=at, status=status, unit=row.text("PhongBanXuLy"), system=system)
            by_code.setdefault(code, []).append((step, row))
    return [_progressed(steps) for steps in by_code.values()]


def _progressed(steps: list[tuple[Step, Fields]]) -> Update:
    """What the last step says; the earlier ones are history."""
    last, row = max(steps, key=lambda pair: pair[0].at)
    entry = Entry(
        system=last.system,
        code=last.code,
        agency=last.unit,
        status=last.status,
        due=row.moment("NgayKetThucTheoQuyDinh"),
        updated=last.at,
    )
    return Update(entries=(entry,), steps=tuple(step for step, _ in steps), partial=True)


def looked_up(document: Any, _keys: Keys, system: str) -> list[Update]:
    """TraCuuHoSo: one dossier as the other system shows it now; no row means that it has none."""
    return [Update(entries=(_row(row, system),), partial=True) for row in data_of(document)]


def _row(row: Fields, system: str) -> Entry:
    status = row.status("MaTrangThai", "TrangThaiHoSo")
    return Entry(
        system=system,
        code=row.code("MaHoSo"),
        procedure_code=row.text("MaTTHC"),
        procedure=row.text("TenDVC"),
        agency=row.text("DonViXuLy"),
        received=row.moment("NgayTiepNhan"),
        due=row.moment("NgayHenTra"),
        status=status,
        status_raw="" if status else row.text("TrangThaiHoSo"),
    )
