"""The folder of a fetch: raw answers, and a journal from which the next run goes on.

details/ID.json    the answer about one procedure, byte for byte; the importer reads this folder
list/0001.json     the pages of the list, byte for byte
withdrawn/ID.json  answers about procedures that the list no longer has
journal.jsonl      one line for each answer: when, and what it said (the last line about an id counts)
walk.json          how far the reading of the list has come
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Lock

import msgspec
from filelock import FileLock, Timeout

from catalogue_import.fetching.answers import FetchError
from knowledge.procedure import Value


class Entry(Value, frozen=True):
    """What was answered about one procedure. `fingerprint` is "" when the portal had no details of it."""

    id: str
    at: datetime
    listed: str  # fingerprint of its object in the list at that time
    fingerprint: str = ""


class Walk(Value, frozen=True):
    """How far the list was read: `items` are fingerprints by id, `total` what the portal said there are."""

    begun: datetime
    last_id: str = ""
    pages: int = 0
    total: int = 0
    items: dict[str, str] = msgspec.field(default_factory=dict)
    is_finished: bool = False

    @property
    def is_whole(self) -> bool:
        """Pages that shift while they are read lose some: then absence says nothing."""
        return self.is_finished and len(self.items) >= self.total > 0


class Store:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.details = folder / "details"
        self._journal = folder / "journal.jsonl"
        self._walk = folder / "walk.json"
        self._lock = Lock()

    @contextmanager
    def opened(self) -> Iterator[None]:
        """One fetch at a time; a lock that a killed one left behind does not count."""
        for folder in (self.details, self.folder / "list", self.folder / "withdrawn"):
            folder.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(self.folder / ".lock", timeout=0):
                yield
        except Timeout as error:
            raise FetchError(f"another fetch works in {self.folder}; wait until it is done") from error

    def entries(self) -> dict[str, Entry]:
        """The last about each id. A line that a kill has cut counts for nothing: its answer is asked for again."""
        lines = self._journal.read_bytes().splitlines() if self._journal.exists() else []
        found = (entry for line in lines if (entry := _entry(line)))
        return {entry.id: entry for entry in found if not entry.fingerprint or self._file(entry.id).exists()}

    def walk(self) -> Walk | None:
        try:
            return msgspec.json.decode(self._walk.read_bytes(), type=Walk)
        except (FileNotFoundError, msgspec.DecodeError):
            return None

    def keep_page(self, walk: Walk, body: bytes) -> None:
        _write(self.folder / "list" / f"{walk.pages:04}.json", body)
        _write(self._walk, msgspec.json.encode(walk))

    def keep_detail(self, entry: Entry, body: bytes | None) -> None:
        """First the file, then the line; without a body (unchanged, or none there is) only the line."""
        if body is not None:
            _write(self._file(entry.id), body)
        with self._lock, self._journal.open("ab") as journal:
            journal.write(b"\n" * _is_torn(self._journal) + msgspec.json.encode(entry) + b"\n")

    def withdraw(self, listed: Iterable[str]) -> list[str]:
        """Put aside the details of procedures that are not listed any more; gives their ids."""
        kept = set(listed)
        gone = sorted(file.stem for file in self.details.glob("*.json") if file.stem not in kept)
        for key in gone:
            self._file(key).replace(self.folder / "withdrawn" / f"{key}.json")
        return gone

    def _file(self, key: str) -> Path:
        return self.details / f"{key}.json"


def _entry(line: bytes) -> Entry | None:
    try:
        return msgspec.json.decode(line, type=Entry)
    except msgspec.DecodeError:
        return None


def _is_torn(journal: Path) -> bool:
    """Whether the last line lost its end."""
    with journal.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - 1))
        return size > 0 and file.read(1) != b"\n"


def _write(path: Path, body: bytes) -> None:
    """Whole or not at all."""
    unfinished = path.with_name(f".{path.name}.part")
    unfinished.write_bytes(body)
    unfinished.replace(path)
