"""The file of a backup: a zip of the data, as a SQLite database, and a manifest with its checksum.

It is written beside its place and moved there when it is whole.
"""

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO

import msgspec

from knowledge.backup.problems import DamagedBackupError, NewerBackupError
from knowledge.procedure import Value

DATA, MANIFEST = "motcua.sqlite3", "manifest.json"
FORM = 1  # of the file; raised when an older motcua could not read it
CHUNK = 1 << 20
MOST_MANIFEST = 1 << 20  # bytes; a real one has two thousand
COMPRESSION = 6  # 150 MB of a whole catalogue become 25; more saves little and takes twice as long


class Manifest(Value, frozen=True, kw_only=True):
    """What a backup says of itself. `key` tells the server's secret apart without telling it."""

    form: int
    made_at: datetime
    revision: str
    edition: int
    rows: dict[str, int]  # table → rows
    size: int  # bytes of the data
    sha256: str  # of the data
    key: str

    @property
    def total(self) -> int:
        return sum(self.rows.values())


@contextmanager
def beside(file: Path) -> Iterator[Path]:
    """A private folder on the same disk, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix=f".{file.name}.", dir=file.resolve().parent) as folder:
        yield Path(folder)


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def pack(data: Path, manifest: Manifest, file: Path) -> None:
    """Replaces a file that is there, whole or not at all; only its owner may read it."""
    written = data.with_suffix(".zip")
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, compresslevel=COMPRESSION) as archive:
        archive.writestr(MANIFEST, msgspec.json.encode(manifest))
        archive.write(data, DATA)
    written.chmod(0o600)
    with written.open("rb") as whole:
        os.fsync(whole.fileno())
    written.replace(file)


def unpack(file: Path, folder: Path) -> tuple[Manifest, Path]:
    """The data as it was packed, in `folder`. Raises DamagedBackupError, NewerBackupError, OSError."""
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = _manifest(archive, file)
            data = folder / DATA
            with archive.open(DATA) as packed, data.open("wb") as unpacked:
                _copy(packed, unpacked, manifest.size, file)
    except (zipfile.BadZipFile, EOFError, KeyError, NotImplementedError, RuntimeError) as error:
        raise DamagedBackupError(f"{file} is no whole backup of motcua ({error}). {_REMEDY}") from error
    if data.stat().st_size != manifest.size or digest_of(data) != manifest.sha256:
        raise DamagedBackupError(f"{file} is damaged: its content is not what its checksum says. {_REMEDY}")
    return manifest, data


_REMEDY = "Take another backup, or copy this one again from where it is kept. Nothing was changed."


def _manifest(archive: zipfile.ZipFile, file: Path) -> Manifest:
    with archive.open(MANIFEST) as packed:
        told = packed.read(MOST_MANIFEST)
    try:
        form = msgspec.json.decode(told, type=_Form).form
        if form > FORM:
            raise NewerBackupError(f"{file} was made by a newer motcua: install that version. Nothing was changed.")
        return msgspec.json.decode(told, type=Manifest)
    except msgspec.DecodeError as error:
        raise DamagedBackupError(f"{file} is damaged: its manifest cannot be read ({error}). {_REMEDY}") from error


class _Form(msgspec.Struct):
    form: int


def _copy(packed: IO[bytes], unpacked: IO[bytes], size: int, file: Path) -> None:
    """No more than was packed: a bomb is noticed at its first piece too many."""
    left = size
    while piece := packed.read(CHUNK):
        left -= len(piece)
        if left < 0:
            raise DamagedBackupError(f"{file} is damaged: it holds more than its manifest says. {_REMEDY}")
        unpacked.write(piece)
