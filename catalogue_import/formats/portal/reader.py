"""Finding the portal's objects in a file or folder, whatever way they were saved."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from catalogue_import.files import Found, InputError, Progress, document, lines, size_of, walk
from catalogue_import.formats.portal.fields import DETAIL_FIELDS, LIST_FIELDS
from catalogue_import.formats.portal.identity import is_detail
from catalogue_import.issues import Issue, IssueKind
from catalogue_import.source_record import SourceRecord

LINES = (".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz")
DOCUMENTS = (".json", ".json.gz")
MOST_BAD_LINES = 100  # then the file is no JSON lines at all, and a thousand issues would not help more
MARKS = frozenset({"codeNotation", "type", "departmentPromulgate", "procedureProposal", "executionMethods"})

ANYTHING = msgspec.json.Decoder()
LIST_OF_RAW = msgspec.json.Decoder(list[msgspec.Raw])

Item = SourceRecord | Issue


class NotJsonError(Exception):
    """Bytes that are not one JSON value; the message says where in them."""


def claims(path: Path) -> bool:
    if path.is_dir():
        return any(is_ours(found.path) for found in walk(path))
    return is_ours(path)


def is_ours(path: Path) -> bool:
    return path.name.lower().endswith(LINES + DOCUMENTS)


def read(path: Path, progress: Progress) -> Iterator[Item]:
    """Records and issues in the order of the file; of a folder, file after file by name."""
    if path.is_dir():
        yield from _read_folder(path, progress)
    else:
        total = size_of(path)
        yield from _read_file(path, path.name, lambda done: progress(done, total))


def _read_folder(folder: Path, progress: Progress) -> Iterator[Item]:
    """One unreadable file does not hide the problems of the others."""
    files = walk(folder)
    total, before = sum(file.size for file in files), 0
    for file in files:
        place = file.path.relative_to(folder).as_posix()
        if is_ours(file.path):
            yield from _read_one(file.path, place)
        else:
            yield Issue(IssueKind.SKIPPED_FILE, "", place)
        before += file.size
        progress(before, total)
    if _ours(walk(folder)) != _ours(files):
        raise InputError(f"{folder} changed while it was being read. Wait until it is complete and try again")


def _ours(files: list[Found]) -> list[Found]:
    return [file for file in files if is_ours(file.path)]


def _read_one(path: Path, place: str) -> Iterator[Item]:
    try:
        yield from _read_file(path, place, lambda _done: None)
    except InputError as error:
        yield Issue(IssueKind.UNREADABLE_FILE, str(error), place)


def _read_file(path: Path, place: str, progress: Callable[[int], None]) -> Iterator[Item]:
    reader = _read_lines if path.name.lower().endswith(LINES) else _read_document
    return reader(path, place, progress)


def _read_lines(path: Path, place: str, progress: Callable[[int], None]) -> Iterator[Item]:
    bad = 0
    for number, line, done in lines(path):
        progress(done)
        if line.isspace():
            continue
        try:
            yield from _records(_decode(path, line), f"{place}, line {number}")
        except NotJsonError as error:
            bad += 1
            yield Issue(IssueKind.NOT_JSON, str(error), f"{place}, line {number}")
        if bad > MOST_BAD_LINES:
            raise InputError(
                f"{path}: more than {MOST_BAD_LINES} lines are not JSON ({MOST_BAD_LINES + 1} of {number}). "
                "One object a line is expected; one document over many lines belongs in a .json file"
            )


def _read_document(path: Path, place: str, progress: Callable[[int], None]) -> Iterator[Item]:
    content = document(path)
    size = size_of(path)
    try:
        pieces = _pieces(path, content)
        for number, piece in enumerate(pieces, start=1):
            yield from _records(_decode(path, piece), f"{place}, item {number}" if piece is not content else place)
            progress(size * number // len(pieces))
    except NotJsonError as error:
        raise InputError(
            f"{path} is not JSON: {error}. The file is damaged or cut off; fetch or copy it again "
            "(one object a line belongs in a .jsonl file)"
        ) from error


def _pieces(path: Path, content: bytes) -> Sequence[bytes | msgspec.Raw]:
    """The members of a list one by one, so that not all of them are unpacked at the same time."""
    if not content.lstrip().startswith(b"["):
        return [content]
    pieces: list[msgspec.Raw] = _decode(path, content, LIST_OF_RAW)
    return pieces


def _decode(path: Path, piece: bytes | msgspec.Raw, decoder: "msgspec.json.Decoder[Any]" = ANYTHING) -> Any:
    try:
        return decoder.decode(piece)
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path} is not text in UTF-8 ({error.reason}): saved in a Windows encoding? Save it as UTF-8"
        ) from error
    except msgspec.DecodeError as error:
        raise NotJsonError(str(error)) from error
    except RecursionError as error:
        raise NotJsonError("nested too deeply") from error


def _records(value: Any, place: str) -> Iterator[Item]:
    members = _members(value)
    for number, member in enumerate(members, start=1):
        where = f"{place}, item {number}" if len(members) > 1 else place
        if type(member) is dict and not MARKS.isdisjoint(member):
            yield _record(member, where)
        else:
            yield Issue(IssueKind.NOT_A_RECORD, _described(value, member), where)


def _members(value: Any) -> list[Any]:
    """The objects in an answer: in its envelope {code, data, message}, on its page {items} or {rows}, or bare."""
    for key in ("data", "items", "rows"):
        if type(value) is dict and key in value and MARKS.isdisjoint(value):
            value = value[key]
    return value if type(value) is list else [value]


def _record(values: dict[str, Any], where: str) -> SourceRecord:
    code = str(values.get("code", "no code"))[:40]  # a clean one has eight characters
    record = SourceRecord(values, f"{where} ({code})", DETAIL_FIELDS)
    return record if is_detail(record) else SourceRecord(values, record.where, LIST_FIELDS)


def _described(value: Any, member: Any) -> str:
    if member is None and type(value) is dict:
        return f"the portal's answer {value.get('code')!r} ({value.get('message')!r}), which has no data,"
    return f"an object with the keys {', '.join(member)[:80]}" if type(member) is dict else f"a {type(member).__name__}"
