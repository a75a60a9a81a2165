"""Looking at office files before any library opens them: what they really are, and whether they are safe.

Everything here raises InputError in Vietnamese: such files come from staff, who must know what to do.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import IO
from zipfile import BadZipFile, ZipFile, ZipInfo

from catalogue_import.files import HEAD, MEBIBYTE, InputError, unreadable
from knowledge.workbook_merges import MOST_MERGED, merged_cells

MAX_FILE = 64 * MEBIBYTE  # of the file itself; the longest decisions with pictures have some ten
MAX_PART = 24 * MEBIBYTE  # of one unpacked part; a sheet of 20,000 rows has sixteen, in memory ten times that
MAX_UNPACKED = 128 * MEBIBYTE
MAX_PARTS = 5_000  # of a real document some dozens, with pictures some hundred
MAX_RATIO = 200  # repetitive sheets shrink by fifty, a bomb of zeros by a thousand
FREE_SIZE = MEBIBYTE  # below which no ratio is suspicious
FORBIDDEN = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)|<\x00!\x00D\x00O\x00C\x00T|\x00<\x00!\x00D\x00O\x00C", re.IGNORECASE)


# What zipfile, lxml and the libraries above them raise on damaged packages; XML errors are SyntaxErrors
DAMAGE = (
    *(BadZipFile, zlib.error, struct.error, EOFError, SyntaxError, RecursionError, NotImplementedError, RuntimeError),
    *(KeyError, IndexError, ValueError, TypeError, AttributeError),
)


class Kind(StrEnum):
    """What a file is by its content."""

    WORD = "Word (.docx)"
    WORKBOOK = "Excel (.xlsx)"
    PDF = "PDF (.pdf)"
    PAGE = "trang web (.html)"
    OTHER = "khác"


SUFFIXES = {".docx": Kind.WORD, ".xlsx": Kind.WORKBOOK, ".pdf": Kind.PDF, ".html": Kind.PAGE, ".htm": Kind.PAGE}
MACROS = {".docm": ".docx", ".xlsm": ".xlsx", ".dotm": ".docx", ".xltm": ".xlsx", ".xlsb": ".xlsx"}
LEGACY = {".doc": ".docx", ".xls": ".xlsx"}
MAIN_PARTS = {"word/document.xml": Kind.WORD, "xl/workbook.xml": Kind.WORKBOOK}


def office_kind(path: Path) -> Kind | None:
    """What a file with an office name is; None for other names. Raises InputError when it cannot be read as that."""
    suffix = path.suffix.lower()
    if path.is_dir() or suffix not in {*SUFFIXES, *MACROS, *LEGACY}:
        return None
    if suffix in MACROS:
        raise _with_macros(path, MACROS[suffix])
    if suffix in LEGACY:
        raise InputError(
            f"{path.name} là định dạng cũ. Mở bằng Word hoặc Excel, lưu thành {LEGACY[suffix]} rồi đọc lại"
        )
    kind = _content_kind(path)
    if kind is not SUFFIXES[suffix]:
        raise InputError(
            f"{path.name} không phải tệp {SUFFIXES[suffix]}: nội dung là {kind}. Đổi lại đúng phần mở rộng, hoặc lưu "
            "lại từ phần mềm gốc"
        )
    return kind


def _content_kind(path: Path) -> Kind:
    head = _head(path)
    if not head:
        raise InputError(f"{path.name} là tệp rỗng. Tải hoặc sao chép lại")
    if head.startswith(b"PK"):
        return _zip_kind(path)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise _compound(path)
    if b"%PDF-" in head[:1024]:
        return Kind.PDF
    return Kind.PAGE if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") else Kind.OTHER


def _head(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_FILE:
            raise InputError(f"{path.name} lớn hơn {MAX_FILE >> 20} MiB. Bỏ bớt ảnh, hoặc tách tệp rồi đọc lại")
        with path.open("rb") as file:
            return file.read(HEAD)
    except OSError as error:
        raise unreadable(path, error) from error


def _compound(path: Path) -> InputError:
    """The old container: a file with a password, or one of the formats before 2007."""
    if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
        return InputError(f"{path.name} được đặt mật khẩu. Bỏ mật khẩu (Tệp, Thông tin, Bảo vệ) rồi lưu và đọc lại")
    return InputError(f"{path.name} là định dạng cũ (.doc, .xls). Mở bằng Word hoặc Excel, lưu thành .docx hoặc .xlsx")


def _zip_kind(path: Path) -> Kind:
    try:
        with ZipFile(path) as package:
            return _checked_package(path, package)
    except DAMAGE as error:
        raise damaged(path) from error


def damaged(path: Path) -> InputError:
    return InputError(f"{path.name} bị hỏng hoặc thiếu phần cuối. Tải hoặc sao chép lại tệp")


def scanned(path: Path) -> InputError:
    return InputError(
        f"{path.name} là bản quét (ảnh), không có chữ để đọc. Xin cơ quan ban hành tệp .docx hoặc PDF xuất từ Word; "
        "nếu không có, dùng phần mềm nhận dạng chữ (OCR) tạo tệp .docx, soát lại rồi đọc, hoặc điền mẫu của "
        "motcua catalogue template"
    )


def _checked_package(path: Path, package: ZipFile) -> Kind:
    parts = package.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise InputError(f"{path.name} được đặt mật khẩu. Bỏ mật khẩu rồi lưu và đọc lại")
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED or any(map(_is_bomb, parts)):
        raise InputError(
            f"{path.name} giải nén ra kích thước không tài liệu nào có, nên không mở (giới hạn {MAX_PART >> 20} MiB "
            f"một phần, {MAX_UNPACKED >> 20} MiB tất cả). Nếu là tệp thật: xóa dòng, cột trống và ảnh thừa rồi lưu lại"
        )
    names = {part.filename for part in parts}
    if any(name.endswith("vbaProject.bin") for name in names):
        raise _with_macros(path, path.suffix)
    kind = next((kind for name, kind in MAIN_PARTS.items() if name in names), Kind.OTHER)
    if kind is not Kind.OTHER:
        _refuse_definitions(path, package, parts)
    if kind is Kind.WORKBOOK and merged_cells(package) > MOST_MERGED:
        raise InputError(f"{path.name} có ô gộp trải hết cả cột hay cả trang. Bỏ gộp các ô đó rồi lưu và đọc lại")
    return kind


def _is_bomb(part: ZipInfo) -> bool:
    is_dense = part.file_size > FREE_SIZE and part.file_size > MAX_RATIO * max(part.compress_size, 1)
    return part.file_size > MAX_PART or is_dense


def _refuse_definitions(path: Path, package: ZipFile, parts: list[ZipInfo]) -> None:
    """Office files define no entities; a file that does is made to blow up whoever opens it."""
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            with package.open(part) as file:
                if any(FORBIDDEN.search(piece) for piece in _pieces(file)):
                    raise InputError(f"{path.name} chứa định nghĩa XML không an toàn nên không mở. Xin lại tệp gốc")


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    """Overlapping, so that nothing hides at a border."""
    tail = b""
    while piece := file.read(MEBIBYTE):
        yield tail + piece
        tail = piece[-32:]


def _with_macros(path: Path, suffix: str) -> InputError:
    return InputError(
        f"{path.name} chứa macro (chương trình) nên không mở. Lưu lại thành {suffix} không có macro rồi đọc lại"
    )
