"""Registers made for tests: the same dossiers in any layout. All people and codes are invented."""

import csv
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import openpyxl

from bot.dossiers.registers.importing import import_register
from bot.dossiers.registers.output import output
from bot.dossiers.registers.report import Report
from knowledge.database import Database
from knowledge.dossiers.factors import Keys
from knowledge.dossiers.moments import moment_of

KEYS = Keys("a key for tests")
HEADINGS = (
    "Mã hồ sơ",
    "Tên TTHC",
    "Chủ hồ sơ",
    "Số điện thoại",
    "Cơ quan giải quyết",
    "Ngày tiếp nhận",
    "Ngày hẹn trả",
    "Trạng thái",
)
BIRTH = (
    "H24.999-261110-0001",
    "Đăng ký khai sinh",
    "Phạm Thị Mẫu 1",
    "0000000001",
    "UBND xã Ví Dụ",
    "10/11/2026 08:00",
    "13/11/2026 08:00",
    "Đang xử lý",
)
LAND = (
    "H24.60.4-261105-0003",
    "Cấp đổi Giấy chứng nhận",
    "Vũ Minh Mẫu 2",
    "0000000002",
    "Văn phòng Đăng ký đất đai",
    "05/11/2026",
    "27/11/2026",
    "Chờ bổ sung",
)


def write_csv(path: Path, rows: Sequence[Sequence[str]], delimiter: str = ",", encoding: str = "utf-8-sig") -> Path:
    with path.open("w", newline="", encoding=encoding) as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    return path


def write_xlsx(path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return path


class Imports:
    """Imports files into one database at one time, and keeps the last report."""

    def __init__(self, database: Database, now: datetime) -> None:
        self.database, self.now = database, now
        self.report = Report("")

    def __call__(self, path: Path) -> dict[str, Any]:
        with import_register(path, self.database, KEYS, self.now) as imported:
            self.report = imported.report
            document: dict[str, Any] = msgspec.json.decode("".join(output(imported, moment_of(self.now))))
        return document

    def dossiers(self, path: Path) -> dict[str, dict[str, Any]]:
        return {dossier["code"]: dossier for dossier in self(path)["dossiers"]}
