"""The field variant of iGate: NoiHoSo, CapNhatTrangThai, and the answer of its search."""

from typing import Any

from bot.dossiers.payloads.fields import Fields, data_of, rows_of
from bot.dossiers.words import status_of
from knowledge.dossiers.dossier import Entry, Status
from knowledge.dossiers.factors import Keys
from knowledge.dossiers.ledger import Update


def connected(document: Any, keys: Keys, system: str) -> list[Update]:
    """NoiHoSo: a dossier filed at a ministry; its number of places where the person's numbers stand."""
    return [Update(entries=(_filed(row, keys, system),), partial=True) for row in data_of(document)]


def _filed(row: Fields, keys: Keys, system: str) -> Entry:
    code = row.code("MaHoSo")
    person = row.inner("ThongTinNguoiNop").inner("ThongTinChiTiet")
    numbers = (person.text(name) for name in ("SoDienThoai", "SoDinhDanh", "SoDinhDanhChuHs"))
    received = row.moment("NgayTiepNhan")
    return Entry(
        system=system,
        code=code,
        procedure_code=row.text("MaTTHC", "MaDichVuCong"),
        received=received,
        due=row.moment("NgayHenTra"),
        status=Status.RECEIVED if received else Status.FILED,
        factors=keys.factors_of(code, *numbers),
    )


def status_set(document: Any, _keys: Keys, system: str) -> list[Update]:
    """CapNhatTrangThai: nothing but a status, without a time of its own."""
    return [
        Update(entries=(Entry(system=system, code=row.code("MaHoSo"), status=row.status("TrangThai")),), partial=True)
        for row in data_of(document)
    ]


def searched(document: Any, keys: Keys, system: str) -> list[Update]:
    """The answer of …/pa/dossier/search; its numbers of statuses are the vendor's own, so their names are mapped."""
    content = document.get("content") if isinstance(document, dict) else document
    return [Update(entries=(_found(row, keys, system),)) for row in rows_of(content, "content")]


def _found(row: Fields, keys: Keys, system: str) -> Entry:
    code = row.code("code", "nationCode")
    word = row.inner("dossierStatus").text("name")
    status = status_of(word) if not word.isdigit() else None
    person = row.inner("applicant").inner("data")
    return Entry(
        system=system,
        code=code,
        other_codes=row.other_code(code, "nationCode"),
        procedure_code=row.inner("procedure").text("code"),
        procedure=row.inner("procedure").text("name"),
        agency=row.inner("agency").text("name"),
        received=row.moment("acceptedDate"),
        due=row.moment("appointmentDate"),
        status=status,
        status_raw="" if status else word,
        factors=keys.factors_of(code, person.text("phoneNumber"), person.text("identityNumber")),
    )
