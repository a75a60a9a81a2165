"""Reading files that may be anything: bounded, in a known encoding, and unchanged while being read.

InputError   the file cannot be used; the message names it, the reason and the remedy
"""

import gzip
import os
import stat
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BufferedReader
from itertools import count
from pathlib import Path
from typing import NamedTuple

MEBIBYTE = 1 << 20
MAX_RECORD = 16 * MEBIBYTE  # the longest record has 188,737 bytes
MAX_DOCUMENT = 256 * MEBIBYTE  # all 5,665 records have 76 million bytes, 100 million when indented
MAX_TOTAL = 1024 * MEBIBYTE  # thirteen times the catalogue of 2026
MAX_RATIO = 100  # real catalogues shrink by ten; gzip reaches 1,032 on a bomb of zeros
MAX_FILES = 100_000  # a file a procedure are 6,000; far more is somebody's whole disk
HEAD = 4096  # bytes looked at to tell what a file is
GZIP_MAGIC = b"\x1f\x8b"
UTF8_MARK = b"\xef\xbb\xbf"
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")

Progress = Callable[[int, int], None]  # bytes done, bytes in all


def no_progress(_done: int, _total: int) -> None:
    """Nobody watches."""


class InputError(Exception):
    """The file or folder cannot be used; nothing was imported."""


class Stream:
    """An open file, packed or not. `given` counts unpacked bytes, `done` those of the file itself."""

    def __init__(self, path: Path, raw: BufferedReader) -> None:
        self.path = path
        self._raw = raw
        is_packed = raw.peek(len(GZIP_MAGIC)).startswith(GZIP_MAGIC)
        self._data: BufferedReader | gzip.GzipFile = gzip.GzipFile(fileobj=raw) if is_packed else raw
        self.given = 0

    @property
    def done(self) -> int:
        return self._raw.tell()

    def head(self) -> bytes:
        return self._data.peek(HEAD)[:HEAD]

    def line(self) -> bytes:
        """The next line, b"" at the end."""
        line = self._data.readline(MAX_RECORD + 1)
        self._count(line, is_too_long=len(line) > MAX_RECORD)
        return line

    def all(self) -> bytes:
        """Everything, piece by piece, so that a bomb is noticed before it fills the memory."""
        pieces: list[bytes] = []
        while piece := self._data.read(MEBIBYTE):
            pieces.append(piece)
            self._count(piece, is_too_long=self.given > MAX_DOCUMENT)
        return b"".join(pieces)

    def _count(self, data: bytes, *, is_too_long: bool) -> None:
        self.given += len(data)
        is_bomb = self.given > MAX_RECORD and self.given > MAX_RATIO * self.done
        if is_too_long or is_bomb or self.given > MAX_TOTAL:
            raise InputError(
                f"{self.path} holds a record or unpacks to a size that no catalogue has (limits: "
                f"{MAX_RECORD >> 20} MiB a line, {MAX_DOCUMENT >> 20} MiB a document, {MAX_TOTAL >> 20} MiB a file, "
                f"{MAX_RATIO} times the packed size). Nothing of it was used; fetch the file again"
            )


def lines(path: Path) -> Iterator[tuple[int, bytes, int]]:
    """(number from 1, line, bytes of the file done) of a text file, packed or not; raises InputError."""
    with opened(path) as stream:
        for number in count(1):
            line = stream.line()
            if not line:
                return
            yield number, line.removeprefix(UTF8_MARK) if number == 1 else line, stream.done


def document(path: Path) -> bytes:
    """The whole file, unpacked; raises InputError."""
    with opened(path) as stream:
        return stream.all().removeprefix(UTF8_MARK)


@contextmanager
def opened(path: Path) -> Iterator[Stream]:
    """The open file, looked at before and after; every failure to read it is an InputError."""
    require(path)
    try:
        with path.open("rb") as raw:
            before = fingerprint(path)
            stream = Stream(path, raw)
            check_head(path, stream.head())
            yield stream
            if fingerprint(path) != before:
                raise InputError(f"{path} changed while it was being read. Wait until it is complete and try again")
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InputError(f"{path} is damaged or cut off ({error}). Fetch or copy it again") from error
    except OSError as error:
        raise unreadable(path, error) from error


def check_head(path: Path, head: bytes) -> None:
    """Refuse what is certainly no JSON in UTF-8, in words that say what it is."""
    start = head.removeprefix(UTF8_MARK).lstrip()
    if not start and len(head) < HEAD:
        raise InputError(f"{path} is empty. Fetch or copy it again")
    if head.startswith(UTF16_MARKS) or b"\x00" in head:
        raise InputError(f"{path} is not text in UTF-8 (UTF-16, or a binary file). Save it as UTF-8")
    if start.startswith(b"<"):
        raise InputError(
            f"{path} is a web page, not JSON: the portal's guard answers “Request Rejected” as a page. Fetch it again"
        )


def fingerprint(path: Path) -> tuple[int, int, int]:
    """Changes when the file does."""
    status = path.stat()
    return status.st_ino, status.st_size, status.st_mtime_ns


class Found(NamedTuple):
    path: Path
    size: int


def walk(folder: Path) -> list[Found]:
    """Every file below a folder, in order, hidden ones apart; links to folders are not followed."""
    found: list[Found] = []
    for parent, folders, names in os.walk(folder, onerror=_refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        visible = sorted(name for name in names if not name.startswith("."))
        found += [Found(Path(parent) / name, size_of(Path(parent) / name)) for name in visible]
        if len(found) > MAX_FILES:
            raise InputError(f"{folder} holds more than {MAX_FILES:,} files: name the folder of the catalogue itself")
    return found


def size_of(path: Path) -> int:
    """In bytes; 0 for what cannot be looked at, such as a dangling link: reading it will say so."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def require(path: Path) -> os.stat_result:
    """The status of a path that must be a file or a folder; raises InputError."""
    try:
        status = path.stat()
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise unreadable(path, error) from error
    if not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)):
        raise InputError(f"{path} is neither a file nor a folder (a pipe or device). Copy its content into a file")
    return status


def unreadable(path: Path, error: Exception) -> InputError:
    reason = getattr(error, "strerror", None) or error
    return InputError(f"cannot read {path}: {reason}. Check the name, the permissions and that links lead somewhere")


def _refuse(error: OSError) -> None:
    raise unreadable(Path(error.filename), error) from error
